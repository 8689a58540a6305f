"""What a mutant makes of facts, worked out from what the policy made of them: only what changed.

Nearly all of a mutant is the policy itself. Evaluating it anew for each of a hundred situations
would take most of the time that mutants take.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from remedykit.engine.matching import Evaluation, Matches, clauses
from remedykit.engine.open_facts import OpenFacts
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.facts.values import Facts
from remedykit.language.names_used import names_used, with_their_readers
from remedykit.language.occurrences import (
    amounts_and_placeholders,
    amounts_of_ranking,
    conditions_on_remedies,
    defines_of_ranking,
    placeholders,
)
from remedykit.language.syntax import CheckedPolicy, Expression, Limit, Rule
from remedykit.language.types import Truth, Value

_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True)
class MutantEvaluation:
    """An `Evaluation` of a mutant whose matches are known already.

    Attributes:
        policy: the mutant.
        values: what its params and defines are.
        matches: the clauses that hold.
    """

    policy: CheckedPolicy
    values: ReferenceEvaluation
    matches: Matches

    @property
    def facts(self) -> Facts:
        """What it is evaluated for."""
        return self.values.facts

    def value(self, expression: Expression) -> Value | None:
        """Return the exact value of an expression of the policy."""
        return self.values.value(expression)

    def truth(self, expression: Expression) -> Truth:
        """Return whether a condition of the policy holds."""
        return self.values.truth(expression)

    def defined(self, name: str) -> Value | None:
        """Return the value of a define."""
        return self.values.defined(name)

    def about(self, remedy: Mapping[str, Value | None]) -> MutantEvaluation:
        """Return the same evaluation with values for ``remedy.*``."""
        return MutantEvaluation(self.policy, self.values.about(remedy), self.matches)


class Ground(NamedTuple):
    """On what a mutant decides, beside what it shares with the policy.

    Where all that is otherwise are conditions, mutants with the same ground decide the same on
    the same facts: what a condition is made of is read for nothing but its truth and what is open.

    Attributes:
        matches: the clauses that hold.
        opened: the clauses that other facts leave unknown than in the policy, with these facts.
    """

    matches: Matches
    opened: tuple[tuple[int, frozenset[str]], ...]


class ChangedCondition(NamedTuple):
    """The condition of a clause, known by its number, in a policy and in a mutant."""

    number: int
    before: Expression
    after: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What of a policy comes out otherwise in a mutant.

    Attributes:
        policy: the mutant.
        names: the params and defines that may.
        conditions: of the clauses that may.
        acts: whether more is otherwise than what the conditions come to: what a clause does, or a
            value that is read elsewhere than in conditions.
        is_read_late: whether what may have another value is read after the effects, too.
    """

    policy: CheckedPolicy
    names: frozenset[str]
    conditions: tuple[ChangedCondition, ...]
    acts: bool
    is_read_late: bool

    @classmethod
    def between(cls, policy: CheckedPolicy, mutant: CheckedPolicy) -> Changed:
        """Return what is otherwise in a mutant of a policy."""
        names = _names_changed(policy, mutant)
        pairs = zip(clauses(policy), clauses(mutant), strict=True)
        return cls(
            policy=mutant,
            names=names,
            conditions=tuple(
                ChangedCondition(number, before.condition, after.condition)
                for number, (before, after) in enumerate(pairs)
                if before.condition is not after.condition
                or (names and names_used([after.condition]) & names)
            ),
            acts=_acts_otherwise(policy, mutant)
            or (bool(names) and not names.isdisjoint(_read_beside(mutant))),
            is_read_late=bool(names) and not names.isdisjoint(_read_late(mutant)),
        )

    def values(self, before: ReferenceEvaluation) -> ReferenceEvaluation:
        """Return what its params, defines and expressions are, by what the policy's are."""
        return before.of_variant(self.policy, self.names) if self.names else before

    def evaluation(self, before: ReferenceEvaluation, matches: Matches) -> Evaluation:
        """Return what the mutant makes of facts.

        Args:
            before: what the policy makes of them.
            matches: the clauses of the policy that hold.
        """
        values = self.values(before)
        definite, possible = matches
        for number, _, condition in self.conditions:
            truth, bit = values.truth(condition), 1 << number
            definite = definite | bit if truth else definite & ~bit
            possible = possible & ~bit if truth is False else possible | bit
        return MutantEvaluation(self.policy, values, Matches(definite, possible))

    def ground(self, before: ReferenceEvaluation, after: Evaluation, tables: OpenFacts) -> Ground:
        """Return on what the mutant decides.

        Args:
            before: what the policy makes of facts.
            after: what the mutant makes of them.
            tables: of the policy.
        """
        opened = (
            (number, tables.behind(new, after))
            for number, old, new in self.conditions
            if tables.behind(old, before) != tables.behind(new, after)
        )
        return Ground(after.matches, tuple(opened))


def _acts_otherwise(policy: CheckedPolicy, mutant: CheckedPolicy) -> bool:
    """Return whether more of a rule, a limit or a kind is otherwise than a condition."""
    own: tuple[Rule | Limit, ...] = (*policy.rules, *policy.limits)
    others: tuple[Rule | Limit, ...] = (*mutant.rules, *mutant.limits)
    return any(
        replace(after, condition=before.condition) != before
        for before, after in _others(own, others)
    ) or any(
        replace(after, needs=before.needs, states=before.states) != before
        for before, after in _others(policy.remedies, mutant.remedies)
    )


def _others(before: tuple[_Part, ...], after: tuple[_Part, ...]) -> Iterator[tuple[_Part, _Part]]:
    return (pair for pair in zip(before, after, strict=True) if pair[0] is not pair[1])


def _read_beside(policy: CheckedPolicy) -> frozenset[str]:
    """Return the params and defines that are read elsewhere than in conditions on facts."""
    read = names_used((*conditions_on_remedies(policy), *amounts_and_placeholders(policy)))
    return read | defines_of_ranking(policy)


def _read_late(policy: CheckedPolicy) -> frozenset[str]:
    """Return the params and defines that ranking and texts read."""
    read = names_used((*placeholders(policy), *amounts_of_ranking(policy)))
    return read | defines_of_ranking(policy)


def _names_changed(policy: CheckedPolicy, mutant: CheckedPolicy) -> frozenset[str]:
    """Return the params and defines that may have another value, also through others."""
    params = _others(policy.params, mutant.params)
    defines = _others(policy.defines, mutant.defines)
    changed = frozenset({after.name for _, after in params} | {after.name for _, after in defines})
    return with_their_readers(changed, mutant.defines)
