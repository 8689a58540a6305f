"""What every layer of the effects reads: policy, facts, matches and values of one decision."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from remedykit.effects.claimed_kinds import ClaimedKind
from remedykit.effects.tables import EffectTables
from remedykit.engine.arithmetic import half_up
from remedykit.engine.matching import Evaluation, Matches
from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy, Expression
from remedykit.language.types import Truth
from remedykit.model.exact import MAX_DIGITS

MOST_MINOR_UNITS = 10**MAX_DIGITS - 1  # the highest amount there is, in input and output


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One policy, one set of facts, what an engine found to match, and the values behind it.

    Attributes:
        unknown: the clauses of which it is unknown whether they hold.
    """

    tables: EffectTables
    policy: CheckedPolicy
    facts: Facts
    evaluation: Evaluation
    matches: Matches
    unknown: int

    @classmethod
    def of(cls, tables: EffectTables, evaluation: Evaluation) -> Setting:
        """Return the setting of the decision that an engine evaluated."""
        matches = evaluation.matches
        return cls(
            tables=tables,
            policy=evaluation.policy,
            facts=evaluation.facts,
            evaluation=evaluation,
            matches=matches,
            unknown=matches.possible & ~matches.definite,
        )

    def amount(self, expression: Expression) -> int | None:
        """Return an amount in whole minor units, half a unit rounded up; ``None`` if unknown.

        It may be higher than `MOST_MINOR_UNITS`.
        """
        value = self.evaluation.value(expression)
        if isinstance(value, int):
            return value
        return half_up(value) if isinstance(value, Fraction) else None

    def open_facts(self, unknown: Expression) -> frozenset[str]:
        """Return the unknown facts that leave an expression unknown, which it is."""
        return self.tables.open_facts.behind_unknown(unknown, self.evaluation)

    def applies(self, number: int, of: ClaimedKind, about: Evaluation) -> Truth:
        """Return whether a clause that concerns a remedy applies to it; ``None`` if unknown.

        Args:
            number: the clause.
            of: the remedy as it is claimed.
            about: the evaluation with its properties, if the clause is tested on them.
        """
        holds = self.matches.truth(number)
        if holds is False or not of.tested >> number & 1:
            return holds
        passes = about.truth(self.tables.clauses[number].remedy_condition)
        return passes if holds or passes is False else None

    def open_facts_of(self, number: int, of: ClaimedKind, about: Evaluation) -> frozenset[str]:
        """Return the unknown facts that leave open whether a clause applies to a remedy."""
        clause = self.tables.clauses[number]
        open_facts: frozenset[str] = frozenset()
        if self.unknown >> number & 1:
            open_facts = self.open_facts(clause.condition)
        if of.tested >> number & 1:
            open_facts |= self.tables.open_facts.behind(clause.remedy_condition, about)
        return open_facts
