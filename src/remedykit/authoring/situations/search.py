"""Finding a situation in which conditions come out as wanted; nothing is returned unverified."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from remedykit.authoring.situations.building import (
    FACTS_OF_LINES,
    Built,
    Unbuildable,
    built,
    simplest,
)
from remedykit.authoring.situations.goals import Chosen, Goal, Solver
from remedykit.authoring.situations.pivots import pivots
from remedykit.authoring.situations.situation import Situation
from remedykit.authoring.situations.timelines import facts_of_timeline
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.language.degree import walk
from remedykit.language.syntax import CheckedPolicy, Constant, EqualTo, Expression, Tested
from remedykit.language.types import Base, Truth, Value
from remedykit.policy import Policy

_DEFAULT_CURRENCY = "USD"  # of policies that decide in any

# What no plain value is known of: it hangs together with other facts, or is particular.
_LEFT_OPEN = frozenset({Base.DATE, Base.TIME, Base.DURATION, Base.TEXTS})
# What few affected lines have; without it, what depends on it stays open, and shows.
_PARTICULAR = ("incident.part_cost", "incident.return_cost")
_OF_CASE = "case."  # follows from what has happened, and is plain where nothing has
_MOST_BUILT = 60  # solutions for which a situation is tried to be built


@dataclass(frozen=True, slots=True)
class Found:
    """A situation with the facts that were chosen for it."""

    built: Built
    chosen: Chosen

    @property
    def situation(self) -> Situation:
        """The situation alone."""
        return self.built.situation


@dataclass(frozen=True, slots=True)
class SituationSearch:
    """Searches situations for one policy; make one with `of` and use it many times."""

    policy: Policy
    solver: Solver

    @classmethod
    def of(cls, policy: Policy, *, currency: str | None = None) -> SituationSearch:
        """Return a search for a policy, in a currency, or else in its first one."""
        return cls(policy, Solver(policy.checked, currency or first_currency(policy.checked)))

    @classmethod
    def hasty(cls, policy: Policy, *, currency: str | None = None) -> SituationSearch:
        """Return a search that gives up early, for who has many situations to search."""
        chosen = currency or first_currency(policy.checked)
        return cls(policy, Solver(policy.checked, chosen, most_tried=200, most_ways=10))

    def find(self, goals: tuple[Goal, ...], chosen: Chosen | None = None) -> Found | Unbuildable:
        """Return a situation in which every goal comes out as wanted, decided by the reference.

        Args:
            goals: conditions, each with the truth that it must have.
            chosen: facts that are settled already.
        """
        problem = Unbuildable("no values of the facts were found with which it comes out so")
        for solution in islice(self.solver.solutions(goals, chosen or {}), _MOST_BUILT):
            made = built(self.policy, solution, self.solver.currency)
            if isinstance(made, Unbuildable):
                problem = made
            elif self._holds(made, goals):
                return Found(made, solution)
            else:
                problem = Unbuildable("facts that follow from others stand against it")
        return problem

    def furnished(self, found: Found, goals: tuple[Goal, ...]) -> Built:
        """Return a situation with what else the policy reads known, too, as far as that can be.

        Nothing particular happened beside what was wanted: so few questions are left open.
        """
        for leave in (_PARTICULAR, FACTS_OF_LINES, None):
            plain = {} if leave is None else self._plain(leave) | self._told(found.chosen)
            made = built(self.policy, {**plain, **found.chosen}, self.solver.currency)
            if isinstance(made, Built) and self._holds(made, goals):
                return made
        return found.built

    def _told(self, chosen: Chosen) -> dict[str, Value]:
        """Return what has a case told as a timeline, where that says more than its sum."""
        timed = facts_of_timeline(self.policy.checked)
        is_unknown = any(chosen[name] is None for name in timed & chosen.keys())
        return {} if is_unknown or timed.isdisjoint(self.policy.reads) else {"case.resolved": False}

    def _plain(self, leave: Collection[str]) -> dict[str, Value]:
        """Return plain values for what the policy reads and nobody need know."""
        reads = frozenset(self.policy.reads) - frozenset(leave)
        useful = _useful(self.policy.checked)
        plain: dict[str, Value] = {}
        for declaration in self.policy.schema.declarations:
            name, base = declaration.name, declaration.type.base
            if name not in reads or declaration.always_known or base in _LEFT_OPEN:
                continue
            if name.startswith(_OF_CASE):
                continue
            match base:
                case Base.BOOL:
                    plain[name] = name in useful
                case Base.INT:
                    plain[name] = max(0, int(declaration.at_least or 0))
                case Base.TEXT if declaration.type.values is None:
                    pass
                case _:
                    plain[name] = simplest(declaration, self.solver.currency)
        return plain

    def _holds(self, made: Built, goals: tuple[Goal, ...]) -> bool:
        found = ReferenceEvaluation(self.policy.checked, made.facts)
        return all(found.truth(goal.condition) is goal.truth for goal in goals)


def first_currency(policy: CheckedPolicy) -> str:
    """Return the currency in which a policy is looked at where none is wanted."""
    return (*policy.currencies, _DEFAULT_CURRENCY)[0]


def _useful(policy: CheckedPolicy) -> frozenset[str]:
    """Return the facts that remedies need to be true."""
    return frozenset(
        node.subject.name
        for kind in policy.remedies
        for node in walk(kind.needs)
        if isinstance(node, Tested)
        and isinstance(node.test, EqualTo)
        and isinstance(node.test.operand, Constant)
        and node.test.operand.value is True
    )


def situation_for(
    search: SituationSearch,
    condition: Expression,
    wanted: Truth,
    *,
    test: Expression | None = None,
    fixed: Chosen | None = None,
) -> Situation | Unbuildable:
    """Return a situation in which a condition, or one test of it, has a truth.

    Args:
        search: of the policy.
        condition: of a rule, limit, `needs` or `states`, or of a row.
        wanted: ``None`` is unknown.
        test: one of the tests that the condition is made of. It gets the truth that is wanted, and
            the tests beside it are such that the condition turns with it. Without it, the whole
            condition gets the truth.
        fixed: facts that must have these values.

    Returns:
        The situation, verified by the reference engine; or why there is none, as far as the search
        goes: it tries the values around those that the policy names, not all.
    """
    problem = Unbuildable("the condition has no such test")
    for goals in _ways(condition, wanted, test):
        found = search.find(goals, fixed)
        if isinstance(found, Found):
            return found.situation
        problem = found
    return problem


def _ways(
    condition: Expression, wanted: Truth, test: Expression | None
) -> Iterator[tuple[Goal, ...]]:
    if test is None:
        yield (Goal(condition, wanted),)
        return
    for pivot in pivots(condition):
        if pivot.test == test:
            yield (Goal(test, wanted), *pivot.beside)
