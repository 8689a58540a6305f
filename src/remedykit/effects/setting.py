"""What every layer of the effects reads: policy, facts, matches and values of one decision."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from remedykit.effects.properties import Properties
from remedykit.effects.tables import EffectTables
from remedykit.engine.arithmetic import half_up
from remedykit.engine.kleene import all_of
from remedykit.engine.matching import Evaluation, Matches
from remedykit.engine.open_facts import open_facts
from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy, Expression, Limit, Rule, Selector
from remedykit.language.types import Truth
from remedykit.model.exact import MAX_DIGITS

MOST_MINOR_UNITS = 10**MAX_DIGITS - 1  # the highest amount there is, in input and output


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One policy, one set of facts, what an engine found to match, and the values behind it."""

    tables: EffectTables
    evaluation: Evaluation
    matches: Matches

    @classmethod
    def of(cls, tables: EffectTables, evaluation: Evaluation) -> Setting:
        """Return the setting of the decision that an engine evaluated."""
        return cls(tables=tables, evaluation=evaluation, matches=evaluation.matches)

    @property
    def policy(self) -> CheckedPolicy:
        """The policy that decides."""
        return self.evaluation.policy

    @property
    def facts(self) -> Facts:
        """The facts of the decision."""
        return self.evaluation.facts

    def holds(self, clause: str) -> Truth:
        """Return whether a clause holds; ``None`` if unknown."""
        return self.matches.truth(self.tables.numbers[clause])

    def amount(self, expression: Expression) -> int | None:
        """Return an amount in whole minor units, half a unit rounded up; ``None`` if unknown.

        It may be higher than `MOST_MINOR_UNITS`.
        """
        value = self.evaluation.value(expression)
        return half_up(value) if isinstance(value, int | Fraction) else None

    def open_facts(self, *expressions: Expression | None) -> tuple[str, ...]:
        """Return the unknown facts that leave one of the expressions unknown, sorted."""
        return _sorted_open(self.evaluation, expressions)

    def applies(self, clause: Rule | Limit, of: Selector, remedy: Properties) -> Truth:
        """Return whether a rule or limit holds and is about a remedy; ``None`` if unknown."""
        if remedy.kind not in of.kinds or of.basis not in {None, remedy.basis}:
            return False
        prefix = "rule" if isinstance(clause, Rule) else "limit"
        about = self.evaluation.about(remedy.values)
        return all_of(
            (
                self.holds(f"{prefix}:{clause.id}"),
                about.truth(clause.remedy_condition),
            )
        )

    def open_facts_of(self, clause: Rule | Limit, remedy: Properties) -> tuple[str, ...]:
        """Return the unknown facts that leave open whether a clause applies to a remedy, sorted."""
        about = self.evaluation.about(remedy.values)
        return _sorted_open(about, (clause.condition, clause.remedy_condition))


def _sorted_open(
    evaluation: Evaluation, expressions: tuple[Expression | None, ...]
) -> tuple[str, ...]:
    said = [expression for expression in expressions if expression is not None]
    return tuple(sorted({fact for item in said for fact in open_facts(item, evaluation)}))
