"""What must hold for a target to be seen: sets of goals, one way after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple

from remedykit.authoring.analysis.conditions import POSSIBLY
from remedykit.authoring.boundaries.hosts import Hosts
from remedykit.authoring.boundaries.offerings import Goals, Offering
from remedykit.authoring.coverage.possible import Room
from remedykit.authoring.coverage.remedy_tests import on_facts
from remedykit.authoring.coverage.settled import Settled
from remedykit.authoring.coverage.targets import Origin
from remedykit.authoring.coverage.watched import selector_of
from remedykit.authoring.situations.goals import Chosen, Goal, Solver
from remedykit.authoring.situations.pivots import pivots, pivots_of_define
from remedykit.language.degree import walk
from remedykit.language.syntax import (
    And,
    Cases,
    Compare,
    Define,
    Expression,
    Forbid,
    Limit,
    RemedyKind,
    RemedyRead,
    Rule,
)

_MOST_OFFERINGS = 4  # remedies by which a test on remedies is tried to be shown


class Route(NamedTuple):
    """Goals with which a target may be seen, and facts that are settled already."""

    goals: Goals
    chosen: Chosen


@dataclass(frozen=True, slots=True)
class Routes:
    """Finds the routes to the targets of one policy."""

    solver: Solver
    hosts: Hosts
    room: Room

    @property
    def _settled(self) -> Settled:
        return Settled(self.solver)

    def settled(self, origin: Origin) -> Iterator[Route]:
        """Yield the same routes with facts that a search of values would hardly hit on."""
        for goals, chosen in self.to(origin):
            if not chosen:
                found = chain(self._settled.lists(goals), self._settled.around(goals))
                yield from (Route(goals, each) for each in found)

    def to(self, origin: Origin) -> Iterator[Route]:
        """Yield routes to a target, the plainest first."""
        match origin.owner:
            case Define():
                goals = _of_row if origin.row is not None else _of_define_test
                yield from (Route(each, {}) for each in goals(origin.owner, origin))
            case RemedyKind():
                yield from (Route(each, {}) for each in self._of_kind(origin.owner, origin))
            case _:
                yield from self._of_clause(origin.owner, origin)

    # --- remedy kinds --------------------------------------------------------------------------

    def _of_kind(self, kind: RemedyKind, origin: Origin) -> Iterator[Goals]:
        for offering in self.hosts.offerings:
            if offering.kind is not kind:
                continue
            claimed = Goal(offering.rule.condition, True)
            if origin.goal is None:
                for way in self.hosts.offered(offering):
                    yield from self._stands((claimed, *way.goals), offering)
            else:
                # what it needs and what it states must hold together
                both = And((kind.needs, kind.states), kind.place)
                for beside in _beside(both, origin):
                    yield (origin.goal, *beside, claimed)
                    # it is asked for, too, where it is open whether the rule holds
                    yield (origin.goal, *beside, claimed._replace(truth=None))
                    yield (origin.goal, *origin.rest, claimed._replace(truth=None))

    def _stands(self, goals: Goals, offering: Offering) -> Iterator[Goals]:
        """Yield goals with which a remedy is offered: where no rule forbids it, then as they are.

        As they are, because a rule may forbid no more than what was refused before.
        """
        forbidding = tuple(self._forbidding(offering))
        if forbidding:
            yield (*goals, *(Goal(each, False) for each in forbidding))
        yield goals

    def _forbidding(self, offering: Offering) -> Iterator[Expression]:
        """Yield the conditions of the rules that forbid a remedy as it is offered."""
        if offering.basis == "entitlement":
            return
        for rule in self.solver.policy.rules:
            match rule.effect:
                case Forbid(of=of) if any(
                    each is offering for each in self.hosts.selected(of, rule.remedy_condition)
                ):
                    yield rule.condition
                case _:
                    pass

    # --- rules and limits ----------------------------------------------------------------------

    def _of_clause(self, clause: Rule | Limit, origin: Origin) -> Iterator[Route]:
        if origin.goal is not None:
            for beside in _beside(clause.condition, origin):
                yield Route((origin.goal, *beside), {})
        if origin.aspect == "fires":
            yield Route((Goal(clause.condition, True),), {})
            return
        for offering in islice(self._selected(clause), _MOST_OFFERINGS):
            for wanted in _of_remedy(clause, origin, offering):
                tests = on_facts(self.solver.policy, wanted, offering)
                if tests is not None:
                    yield from self._met(tests, clause, offering)

    def _selected(self, clause: Rule | Limit) -> Iterator[Offering]:
        """Yield the offerings that a clause is about, where both conditions can hold at once."""
        of = selector_of(clause)
        if of is not None:
            room = self.room.where(clause.condition, POSSIBLY)
            for offering in self.hosts.selected(of, And((), clause.place)):
                if room.where(offering.rule.condition, POSSIBLY).boxes:
                    yield offering

    def _met(self, tests: Goals, clause: Rule | Limit, offering: Offering) -> Iterator[Route]:
        """Yield goals with facts around the places where their amounts meet, and as they are."""
        holds, claimed = Goal(clause.condition, True), Goal(offering.rule.condition, True)
        forbids = isinstance(clause, Rule) and isinstance(clause.effect, Forbid)
        offered = [(*tests, holds, claimed, *way.goals) for way in self.hosts.offered(offering)]
        ways = [
            way
            for goals in offered
            for way in ((goals,) if forbids else self._stands(goals, offering))
        ]
        around = tuple(self._settled.around(tests))
        for way in ways:
            yield from (
                Route(way, chosen) for chosen in around if self._settled.may_meet(way, chosen)
            )
        if around:
            return
        yield from (Route(way, {}) for way in ways)
        if _asks_refused(clause.remedy_condition):
            refused = {"case.offers_refused": (offering.kind.name,)}
            yield from (Route(goals, refused) for goals in offered)
        # what forbids also acts on what is not offered in the end, and where much is unknown
        yield Route((*tests, holds, claimed), {})
        for truth in (True, None):
            yield Route((*tests, holds._replace(truth=None), claimed._replace(truth=truth)), {})


def _asks_refused(condition: Expression) -> bool:
    return any(
        isinstance(node, RemedyRead) and node.name.startswith("remedy.refused")
        for node in walk(condition)
    )


def _of_remedy(clause: Rule | Limit, origin: Origin, offering: Offering) -> Iterator[Goals]:
    """Yield goals with which a remedy is what a target of the tests on it asks for."""
    if origin.goal is not None:
        for beside in _beside(clause.remedy_condition, origin):
            yield (origin.goal, *beside)
        return
    acts = Goal(clause.remedy_condition, True)
    if origin.aspect == "applies":
        yield (acts,)
    elif isinstance(clause, Limit) and offering.value is not None:
        yield (Goal(Compare(">", offering.value, clause.at_most, clause.place), True), acts)


def _beside(condition: Expression, origin: Origin) -> Iterator[Goals]:
    """Yield what must hold beside a test of a condition so that the condition turns with it."""
    for each in pivots(condition):
        if each.test is origin.test:
            yield (*origin.rest, *each.beside)


# --- defines --------------------------------------------------------------------------------------


def _of_define_test(define: Define, origin: Origin) -> Iterator[Goals]:
    if origin.goal is not None:
        for pivot, _ in pivots_of_define(define):
            if pivot.test is origin.test:
                yield (origin.goal, *origin.rest, *pivot.beside)


def _of_row(define: Define, origin: Origin) -> Iterator[Goals]:
    """Yield what must hold for a row to be chosen: it matches, and no row that goes before it."""
    if not isinstance(define.body, Cases) or origin.row is None:
        return
    rows = define.body.rows
    matching = tuple(Goal(row.when, True) for row in rows[origin.row : origin.row + 1])
    before = tuple(Goal(row.when, False) for row in rows[: origin.row])
    yield (*matching, *before) if define.body.op == "first" or not matching else matching
