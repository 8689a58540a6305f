"""Where a mutant may show: situations that are made for it, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from remedykit.authoring.boundaries.boundary import Boundary
from remedykit.authoring.boundaries.finding import BoundaryWalk
from remedykit.authoring.boundaries.hosts import Hosts
from remedykit.authoring.boundaries.offerings import Shown
from remedykit.authoring.mutation.mutant import Mutant
from remedykit.authoring.mutation.turns import Turns
from remedykit.authoring.situations.goals import Goal
from remedykit.authoring.situations.search import Found, SituationSearch
from remedykit.authoring.situations.situation import Situation
from remedykit.language.syntax import (
    And,
    Compare,
    Entitle,
    Expression,
    In,
    IsKnown,
    Limit,
    Not,
    Offer,
    Or,
    Rule,
    Shifted,
    Tested,
)
from remedykit.language.types import BOOL, Truth
from remedykit.policy import Policy

_Goals = tuple[Goal, ...]

_MOST_SHOWN = 3  # ways to let a decision show a condition
_MOST_SOUGHT = 16  # searches for one mutant
_MOST_AROUND = 24  # the same, around where its amount turns
_MOST_BOUNDARIES = 24  # of the clause of one mutant
# A condition before and after; first those that a decision shows best.
_SIDES: tuple[tuple[Truth, Truth], ...] = (
    (True, False),
    (False, True),
    (True, None),
    (None, True),
    (None, False),
    (False, None),
)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Makes situations in which the mutants of one policy may show."""

    search: SituationSearch
    hosts: Hosts

    @classmethod
    def of(cls, policy: Policy, currency: str) -> Whereabouts:
        """Return what makes them for a policy, with amounts of one currency."""
        search = SituationSearch.hasty(policy, currency=currency)
        return cls(search, Hosts.of(policy.checked))

    def at_boundaries(self, changed: Iterable[str], mutated: Policy) -> Iterator[Situation]:
        """Yield situations at the boundaries that the changed clauses of a mutant itself have."""
        search = SituationSearch.hasty(mutated, currency=self.search.solver.currency)
        walk = BoundaryWalk(search, Hosts.of(mutated.checked))
        for clause in changed:
            for each in islice(walk.of_clause(clause), _MOST_BOUNDARIES):
                if isinstance(each, Boundary):
                    yield each.situation

    def where_it_differs(self, mutant: Mutant) -> Iterator[Situation]:
        """Yield situations in which what was changed comes out otherwise, and shows."""
        for goals in islice(self._goals(mutant), _MOST_SOUGHT):
            found = self.search.find(goals)
            if isinstance(found, Found):
                yield self.search.furnished(found, goals).situation

    def where_amounts_turn(self, mutant: Mutant) -> Iterator[Situation]:
        """Yield situations around the places where what a changed amount is worth turns."""
        if not _changes_an_amount(mutant):
            return
        turns = Turns(self.search.solver, self.hosts)
        for goals, chosen in islice(turns.of_clause(mutant.clause), _MOST_AROUND):
            found = self.search.find(goals, chosen)
            if isinstance(found, Found):
                yield self.search.furnished(found, goals).situation

    def _goals(self, mutant: Mutant) -> Iterator[_Goals]:
        alone = self._alone(mutant.clause)
        shown = tuple(islice(self._shown(mutant), _MOST_SHOWN))
        for sides in _sides(mutant):
            for each in shown:
                if alone:
                    yield (*sides, *alone, *each.goals)
                yield (*sides, *each.goals)
        yield from _sides(mutant)  # what comes to nothing before the change is never offered

    def _shown(self, mutant: Mutant) -> Iterator[Shown]:
        """Yield what would let a decision show the clause that was changed."""
        word, _, name = mutant.clause.partition(":")
        policy = self.search.policy.checked
        if word == "define":
            yield from self.hosts.of_amount(name)
            for host in islice(self.hosts.of_define(name), _MOST_SHOWN):
                for each in host.shown[:1] or (Shown(()),):
                    yield Shown((*host.beside, *each.goals))
            return
        wanted = f"needs:{name}" if word == "value" else mutant.clause
        for host in self.hosts.clauses:
            if host.clause == wanted:
                yield from self._capped(policy.limits, name) if word == "limit" else host.shown

    def _capped(self, limits: tuple[Limit, ...], name: str) -> Iterator[Shown]:
        """Yield what makes a remedy worth more than a limit lets it be."""
        for limit in limits:
            if limit.id == name:
                for each in self.hosts.selected(limit.of, limit.remedy_condition):
                    if each.value is not None:
                        more = Compare(">", each.value, limit.at_most, limit.place)
                        beside = (Goal(each.rule.condition, True), Goal(more, True))
                        yield from (way.beside(beside) for way in self.hosts.offered(each))

    def _alone(self, clause: str) -> _Goals:
        """Return goals with which no other rule offers what a rule offers."""
        rules = self.search.policy.checked.rules
        rule = next((each for each in rules if f"rule:{each.id}" == clause), None)
        kinds = frozenset[str]() if rule is None else _offered(rule)
        return tuple(
            Goal(each.condition, False)
            for each in rules
            if each is not rule and _offered(each) & kinds
        )


def _sides(mutant: Mutant) -> Iterator[_Goals]:
    """Yield the ways in which what was changed can come out otherwise."""
    pairs, within = mutant.watched.pairs, mutant.watched.within
    inside = () if within is None else (Goal(within, True),)
    if not pairs:
        yield inside
        return
    old, new = pairs[-1]
    if not _is_condition(old):
        yield (*inside, Goal(Compare("!=", old, new, mutant.place), True))
        return
    for before, after in _SIDES:
        yield (*inside, Goal(old, before), Goal(new, after))


def _changes_an_amount(mutant: Mutant) -> bool:
    pairs = mutant.watched.pairs
    return mutant.operator == "value" or bool(pairs and not _is_condition(pairs[-1][0]))


def _is_condition(expression: Expression) -> bool:
    match expression:
        case And() | Or() | Not() | Tested() | Compare() | In() | IsKnown():
            return True
        case Shifted():
            return False
        case _:
            return expression.type == BOOL


def _offered(rule: Rule) -> frozenset[str]:
    if isinstance(rule.effect, Offer | Entitle):
        return frozenset(outcome.kind for outcome in rule.effect.outcomes)
    return frozenset()
