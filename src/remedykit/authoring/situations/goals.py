"""Finding facts that make conditions true, false or unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count, islice, product
from typing import NamedTuple

from remedykit.authoring.situations.fact_pools import Pools
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.facts.values import Facts
from remedykit.language.degree import body_parts, facts_read
from remedykit.language.names_used import names_used
from remedykit.language.syntax import (
    And,
    CheckedPolicy,
    Constant,
    Define,
    DefineRead,
    EqualTo,
    Expression,
    Not,
    Or,
    Tested,
)
from remedykit.language.types import BOOL, Truth, Value

Chosen = Mapping[str, Value | None]
_Domains = Mapping[str, tuple[Value | None, ...]]

_MOST_TRIED = 2_000  # combinations of values for one set of tests
_MOST_WAYS = 200  # sets of tests that meet the goals
_MOST_STEPS = 1_000  # choices on the way to them


class Goal(NamedTuple):
    """A condition, and the truth that it is wanted to have."""

    condition: Expression
    truth: Truth


@dataclass(frozen=True, slots=True)
class _TakenApart:
    """Goals on the way to tests.

    Attributes:
        goals: those that are left.
        tests: those that cannot be taken apart.
        wanted: the truth of every condition so far, by its identity.
        domains: the values of each fact with which the tests on it alone come out.
    """

    goals: tuple[Goal, ...]
    tests: tuple[Goal, ...]
    wanted: Mapping[int, Truth]
    domains: _Domains


class _Read(NamedTuple):
    """A condition and what it reads.

    Attributes:
        condition: kept, so that no other one gets its identity.
        facts: the names of those that it reads.
        policy: with no other params and defines than it needs.
    """

    condition: Expression
    facts: frozenset[str]
    policy: CheckedPolicy


class Solver:
    """Searches the facts of one policy; what it found out about single tests it keeps.

    First the goals are taken apart, until only tests are left; of the alternatives, those go at
    once that leave some fact no value. Only then are values chosen.
    """

    def __init__(
        self,
        policy: CheckedPolicy,
        currency: str,
        *,
        most_tried: int = _MOST_TRIED,
        most_ways: int = _MOST_WAYS,
    ) -> None:
        """Make ready to search.

        Args:
            policy: whose conditions are goals.
            currency: of all amounts.
            most_tried: combinations of values for one set of tests, before it is given up.
            most_ways: sets of tests that meet the goals, before these are given up.
        """
        self._most_tried, self._most_ways = most_tried, most_ways
        self.policy = policy
        self.currency = currency
        self.pools = Pools.of(policy, currency)
        self.defines: Mapping[str, Define] = {define.name: define for define in policy.defines}
        self._passing: dict[tuple[int, Truth], tuple[Value | None, ...]] = {}
        self._reads: dict[int, _Read] = {}

    def solutions(self, goals: tuple[Goal, ...], chosen: Chosen) -> Iterator[Chosen]:
        """Yield facts with which every goal comes out as wanted, the simplest first.

        Facts that it leaves out may be what they like. How facts hang together is not looked at:
        see `situation_building`.

        Args:
            goals: all of them must be met.
            chosen: facts that are settled already.
        """
        apart = _TakenApart(goals, (), {}, {})
        for way in islice(self._ways_of(apart, chosen, count()), self._most_ways):
            yield from self._valued(way, chosen)

    def facts_of(self, condition: Expression) -> frozenset[str]:
        """Return the names of the facts that a condition reads."""
        return self._read(condition).facts

    def evaluation(self, chosen: Chosen, condition: Expression) -> ReferenceEvaluation:
        """Return what can be said where only some facts are known, about one condition."""
        return ReferenceEvaluation(self._read(condition).policy, Facts(chosen, self.currency))

    def _read(self, condition: Expression) -> _Read:
        found = self._reads.get(id(condition))
        if found is None:
            facts = facts_read(condition, self.defines)
            names = names_used([condition])
            for define in reversed(self.policy.defines):  # each reads only those before it
                if define.name in names:
                    names |= names_used(body_parts(define.body))
            defines = tuple(each for each in self.policy.defines if each.name in names)
            params = tuple(each for each in self.policy.params if each.name in names)
            narrow = replace(self.policy, params=params, defines=defines)
            found = self._reads[id(condition)] = _Read(condition, facts, narrow)
        return found

    def _simplified(self, goal: Goal) -> list[tuple[Goal, ...]] | None:
        """Return goals of which one set must be met instead; ``None`` if there are none simpler."""
        match goal.condition:
            case And(parts=parts):
                return _joined(parts, goal.truth, neutral=True)
            case Or(parts=parts):
                return _joined(parts, goal.truth, neutral=False)
            case Not(part=part):
                return [(Goal(part, _flipped(goal.truth)),)]
            case Tested(
                subject=DefineRead(name=name), test=EqualTo(operand=Constant(value=bool() as value))
            ):
                truth = goal.truth if value else _flipped(goal.truth)
                return self._of_define(name, truth)
            case DefineRead(name=name):
                return self._of_define(name, goal.truth)
            case _:
                return None

    def _of_define(self, name: str, truth: Truth) -> list[tuple[Goal, ...]] | None:
        body = self.defines[name].body
        if isinstance(body, Expression) and self.defines[name].type == BOOL:
            return [(Goal(body, truth),)]
        return None

    def _ways_of(
        self, apart: _TakenApart, chosen: Chosen, steps: Iterator[int]
    ) -> Iterator[_TakenApart]:
        """Yield goals that are all tests; whatever meets all tests of one meets all goals."""
        settled = self._settled(apart, chosen)
        if settled is None:
            return
        if not settled.goals:
            yield settled
            return
        first, *rest = settled.goals
        for alternative in self._simplified(first) or ():
            if next(steps) < _MOST_STEPS:
                further = replace(settled, goals=(*alternative, *rest))
                yield from self._ways_of(further, chosen, steps)

    def _settled(self, apart: _TakenApart, chosen: Chosen) -> _TakenApart | None:
        """Take goals apart until only such are left that leave a choice; ``None``: they clash."""
        wanted = dict(apart.wanted)
        tests: list[Goal] = []
        choices: list[Goal] = []
        pending = list(reversed(apart.goals))
        while pending:
            goal = pending.pop()
            condition = id(goal.condition)  # a part of the policy, or of the goals: it stays
            is_repeated = condition in wanted
            if wanted.setdefault(condition, goal.truth) is not goal.truth:
                return None
            simpler = self._simplified(goal)
            if simpler is None:
                if not is_repeated:
                    tests.append(goal)
            elif len(simpler) == 1:
                pending += reversed(simpler[0])
            else:
                choices.append(goal)
        domains = self._narrowed(apart.domains, tests, chosen)
        if domains is None:
            return None
        return _TakenApart(tuple(choices), (*apart.tests, *tests), wanted, domains)

    def _narrowed(
        self, domains: _Domains, tests: Iterable[Goal], chosen: Chosen
    ) -> _Domains | None:
        """Leave each fact the values with which more tests on it alone come out.

        ``None``: some fact is left no value.
        """
        narrowed = dict(domains)
        for test in tests:
            reads = self.facts_of(test.condition)
            if not reads and not self._met(test, chosen):
                return None
            for name in reads:
                domain = narrowed.get(name) or self._pool(name, chosen)
                if len(reads) == 1:
                    passing = self._values_for(test, name, chosen)
                    domain = tuple(value for value in domain if value in passing)
                if not domain:
                    return None
                narrowed[name] = domain
        return narrowed

    def _pool(self, name: str, chosen: Chosen) -> tuple[Value | None, ...]:
        return (chosen[name],) if name in chosen else self.pools.values[name]

    def _values_for(self, test: Goal, name: str, chosen: Chosen) -> tuple[Value | None, ...]:
        """Return the values of the one fact that a test reads with which it comes out as wanted."""
        if name in chosen:
            return (chosen[name],) if self._met(test, chosen) else ()
        key = id(test.condition), test.truth  # `_reads` keeps the condition
        if key not in self._passing:
            pool = self.pools.values[name]
            self._passing[key] = tuple(each for each in pool if self._met(test, {name: each}))
        return self._passing[key]

    def _met(self, test: Goal, chosen: Chosen) -> bool:
        return self.evaluation(chosen, test.condition).truth(test.condition) is test.truth

    def _valued(self, way: _TakenApart, chosen: Chosen) -> Iterator[Chosen]:
        """Yield values with which all tests come out as wanted."""
        domains = way.domains
        together = [test for test in way.tests if len(self.facts_of(test.condition)) > 1]
        # What stands alone varies last, for its first value is nearly always as good as any.
        read = {name for test in together for name in self.facts_of(test.condition)}
        names = sorted(domains, key=lambda name: (name in read, name))
        for values in islice(product(*(domains[name] for name in names)), self._most_tried):
            found = {**chosen, **dict(zip(names, values, strict=True))}
            if all(self._met(test, found) for test in together):
                yield found


def _joined(
    parts: tuple[Expression, ...], truth: Truth, *, neutral: bool
) -> list[tuple[Goal, ...]]:
    """Return the ways to give a conjunction (`neutral` true) or disjunction a truth.

    It is `neutral` where all parts are; else one part decides, with all others `neutral`, or,
    where that cannot be, whatever they are.
    """
    if truth is neutral:
        return [tuple(Goal(part, neutral) for part in parts)]
    alone = [
        tuple(Goal(each, truth if each is part else neutral) for each in parts) for part in parts
    ]
    return alone if truth is None else [*alone, *((Goal(part, truth),) for part in parts)]


def _flipped(truth: Truth) -> Truth:
    return None if truth is None else not truth
