"""Boundary incidents: situations just below, at and above every threshold of a policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

from remedykit.authoring.boundaries.boundary import Boundaries, Boundary, Unreached
from remedykit.authoring.boundaries.hosts import Host, Hosts
from remedykit.authoring.boundaries.offerings import Goals, Offering, Shown
from remedykit.authoring.boundaries.points import Point, met, points_of
from remedykit.authoring.situations.building import Unbuildable
from remedykit.authoring.situations.goals import Chosen, Goal
from remedykit.authoring.situations.pivots import pivots, pivots_of_define
from remedykit.authoring.situations.search import SituationSearch
from remedykit.diagnostics import Place
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.explain.wording import worded
from remedykit.language.operands import operands_of
from remedykit.language.syntax import (
    Adjust,
    AskApproval,
    Cases,
    Compare,
    Define,
    Expression,
    Limit,
    RemedyRead,
    Rule,
    Selector,
    Tested,
)
from remedykit.language.types import BOOL, Truth
from remedykit.policy import Policy

_MOST_HOSTS = 6  # clauses through which a define is tried to be shown
_MOST_OFFERED = 8  # remedies by whose worth a threshold is tried to be met
_MOST_FOUND = 60  # searches for one boundary


def boundary_situations(policy: Policy, *, currency: str | None = None) -> Boundaries:
    """Return situations around every threshold of a policy, the same ones each time.

    For every test of rules, limits, defines, `needs` and `states`: just below, at and above each
    threshold, by the smallest step of its type; each word that is named and one other; with and
    without an element of a list; unknown, where it can be. The condition turns exactly there. A
    define is reached through a rule that reads it, and its own tests are met once, not in each.

    Args:
        policy: only its facts, bounds and thresholds are read.
        currency: of all amounts; without it, the first one of the policy.
    """
    walk = BoundaryWalk.of(policy, currency=currency)
    found = tuple(each for stretch in walk.stretches() for each in stretch())
    return Boundaries(
        tuple(each for each in found if isinstance(each, Boundary)),
        tuple(each for each in found if isinstance(each, Unreached)),
    )


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to a test: the condition that turns with it, and what must hold beside.

    Attributes:
        condition: turns with the test.
        beside: goals of the tests beside it.
        shown: what else would let a decision show it, one way after the other.
        fixed: whether there must be a fix in the plan.
        about: the property of a remedy that the condition reads, and what makes it.
    """

    condition: Expression
    beside: Goals
    shown: tuple[Shown, ...] = ()
    fixed: bool = False
    about: tuple[str, Expression] | None = None

    def truth(self, evaluation: ReferenceEvaluation) -> Truth:
        """Return whether the condition holds."""
        if self.about is not None:
            name, amount = self.about
            evaluation = evaluation.about({name: evaluation.value(amount)})
        return evaluation.truth(self.condition)


@dataclass(frozen=True, slots=True)
class BoundaryWalk:
    """Goes through the tests of a policy.

    Attributes:
        search: finds the situations.
        hosts: finds what shows how a condition comes out.
    """

    search: SituationSearch
    hosts: Hosts

    @classmethod
    def of(cls, policy: Policy, *, currency: str | None = None) -> BoundaryWalk:
        """Return the walk through a policy; see `boundary_situations`."""
        return cls(SituationSearch.of(policy, currency=currency), Hosts.of(policy.checked))

    def stretches(self) -> tuple[Callable[[], Iterator[Boundary | Unreached]], ...]:
        """Return the walk in its order as stretches; each finds its boundaries by itself."""
        policy = self.search.policy.checked
        clauses: tuple[Rule | Limit, ...] = (*policy.rules, *policy.limits)
        return (
            *(partial(self._of_host, host) for host in self.hosts.clauses),
            *(partial(self._of_worth, clause) for clause in clauses),
            *(partial(self._of_cap, limit) for limit in policy.limits),
            *(partial(self._of_define, define) for define in policy.defines),
        )

    def of_clause(self, name: str) -> Iterator[Boundary | Unreached]:
        """Yield the boundaries of one clause, such as ``rule:late.fix``, as they are found."""
        policy = self.search.policy.checked
        for host in self.hosts.clauses:
            if host.clause == name:
                yield from self._of_host(host)
        clauses: tuple[Rule | Limit, ...] = (*policy.rules, *policy.limits)
        for clause in clauses:
            if _name(clause) == name:
                yield from self._of_worth(clause)
                if isinstance(clause, Limit):
                    yield from self._of_cap(clause)
        for define in policy.defines:
            if f"define:{define.name}" == name:
                yield from self._of_define(define)

    def _of_host(self, host: Host) -> Iterator[Boundary | Unreached]:
        for pivot in pivots(host.condition):
            way = _Way(host.condition, pivot.beside, host.shown)
            for point in points_of(self.search.solver, pivot.test):
                yield self._at(host.clause, pivot.test.place, point, (way,))

    # --- defines -------------------------------------------------------------------------------

    def _of_define(self, define: Define) -> Iterator[Boundary | Unreached]:
        """Yield the boundaries of a define's own tests, through a clause that it decides."""
        if not isinstance(define.body, Cases) and define.type != BOOL:
            return
        for pivot, row in pivots_of_define(define):
            ways = tuple(self._ways_to(define, pivot.beside, row))
            for point in points_of(self.search.solver, pivot.test):
                yield self._at(f"define:{define.name}", pivot.test.place, point, ways)

    def _ways_to(self, define: Define, beside: Goals, row: Expression) -> Iterator[_Way]:
        if isinstance(define.body, Cases):
            offered = self.hosts.of_amount(define.name)
            yield _Way(row, beside, tuple(islice(offered, _MOST_HOSTS)))
        else:
            for host in islice(self.hosts.of_define(define.name), _MOST_HOSTS):
                yield _Way(row, (*beside, *host.beside), host.shown)
            yield _Way(row, beside)

    # --- what remedies are worth ---------------------------------------------------------------

    def _of_worth(self, clause: Rule | Limit) -> Iterator[Boundary | Unreached]:
        """Yield the boundaries of tests on what a remedy is worth, or costs."""
        of = _selector(clause)
        if of is None:
            return
        for pivot in pivots(clause.remedy_condition):
            match pivot.test:
                case (
                    Tested(subject=RemedyRead(name="remedy.value" | "remedy.cost" as read)) as test
                ):
                    offered = tuple(self.hosts.selected(of, clause.remedy_condition))
                    for operand in operands_of(test.test):
                        yield from self._fullest(_Worth(clause, test, read, operand), offered)
                case _:
                    pass

    def _of_cap(self, limit: Limit) -> Iterator[Boundary | Unreached]:
        """Yield the boundaries at which one remedy alone is worth as much as a limit lets it be."""
        offered = tuple(self.hosts.selected(limit.of, limit.remedy_condition))
        yield from self._fullest(_Worth(limit, None, "remedy.value", limit.at_most), offered)

    def _fullest(
        self, worth: _Worth, offered: tuple[Offering, ...]
    ) -> tuple[Boundary | Unreached, ...]:
        """Return the boundaries on the remedy for which most of them can be reached."""
        fullest: tuple[Boundary | Unreached, ...] = ()
        for each in islice(offered, _MOST_OFFERED):
            found = tuple(self._of_remedy(worth, each))
            if found and all(isinstance(one, Boundary) for one in found):
                return found
            fullest = max(fullest, found, key=_reached)
        return fullest

    def _of_remedy(self, worth: _Worth, each: Offering) -> Iterator[Boundary | Unreached]:
        amount = each.value if worth.read == "remedy.value" else each.cost or each.value
        if amount is None:
            return
        clause, currency = worth.clause, self.search.solver.currency
        beside = (Goal(clause.condition, True), Goal(each.rule.condition, True))
        compared = Compare("<=", amount, worth.threshold, worth.place)
        ways = tuple(
            _Way(
                worth.test or compared,
                (*beside, *offered.goals),
                fixed=offered.fixed,
                about=(worth.read, amount),
            )
            for offered in self.hosts.offered(each)
        )
        subject = f"{worth.read.removeprefix('remedy.')} of {each.kind.name}"
        value = worded(worth.threshold, currency)
        for point in met(self.search.solver, compared, subject, value):
            yield self._at(_name(clause), worth.place, point, ways)

    # --- one of them ---------------------------------------------------------------------------

    def _at(
        self, clause: str, place: Place, point: Point, ways: tuple[_Way, ...]
    ) -> Boundary | Unreached:
        problem = _no_such_value(point)
        policy = self.search.policy
        for way, shown, chosen in islice(self._tries(point, ways), _MOST_FOUND):
            found = self.search.find(shown.goals, chosen)
            if isinstance(found, Unbuildable):
                problem = found
                continue
            made = self.search.furnished(found, shown.goals)
            asks = shown.offered or shown.fixed
            if asks and not shown.is_met_by(made.situation.decide(policy)):
                continue
            return Boundary(
                clause=clause,
                place=place,
                subject=point.subject,
                side=point.side,
                value=point.value,
                truth=way.truth(ReferenceEvaluation(policy.checked, made.facts)),
                situation=made.situation,
            )
        return Unreached(
            clause=clause,
            place=place,
            subject=point.subject,
            side=point.side,
            value=point.value,
            reason=problem.reason,
        )

    def _tries(self, point: Point, ways: tuple[_Way, ...]) -> Iterator[tuple[_Way, Shown, Chosen]]:
        """Yield what to search for: first what a decision shows, last what does not turn alone."""
        for way in ways:
            for shown in way.shown:
                for chosen in point.ways:
                    yield way, shown.beside((*point.goals, *way.beside)), chosen
        for way in ways:
            for chosen in point.ways:
                yield way, Shown((*point.goals, *way.beside), fixed=way.fixed), chosen
        facts_of = self.search.solver.facts_of
        for way in ways:
            for chosen in point.ways:
                # Where a test beside reads the same fact, it cannot always be held still.
                apart = (
                    goal for goal in way.beside if not facts_of(goal.condition) & chosen.keys()
                )
                yield way, Shown((*point.goals, *apart)), chosen


@dataclass(frozen=True, slots=True)
class _Worth:
    """A threshold of what a remedy is worth; without a test it is what a limit allows."""

    clause: Rule | Limit
    test: Tested | None
    read: str
    threshold: Expression

    @property
    def place(self) -> Place:
        """Where the threshold stands."""
        return self.threshold.place


def _no_such_value(point: Point) -> Unbuildable:
    told = f"{point.subject} cannot be {point.side} {point.value}"
    return Unbuildable(f"{told}: no such value is allowed, or none was found")


def _reached(found: tuple[Boundary | Unreached, ...]) -> int:
    return sum(isinstance(each, Boundary) for each in found)


def _selector(clause: Rule | Limit) -> Selector | None:
    match clause:
        case Limit(of=of) | Rule(effect=Adjust(of=of) | AskApproval(of=of)):
            return of
        case _:
            return None


def _name(clause: Rule | Limit) -> str:
    return f"{'rule' if isinstance(clause, Rule) else 'limit'}:{clause.id}"
