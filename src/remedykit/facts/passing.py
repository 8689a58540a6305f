"""What follows from the timeline of a case at later moments, if time passes and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from remedykit.facts.matters import Matter, made_as, matters
from remedykit.facts.patterns import PlainMatcher
from remedykit.facts.steps import Steps, steps_of
from remedykit.facts.values import Facts, Offered
from remedykit.facts.waiting import Waiting, waiting_from
from remedykit.language.types import Value


@dataclass(frozen=True, slots=True)
class Passing:
    """The facts of one decision that go in steps after it; found by one walk through the events.

    What counts whole days or hours is not among them, only since when hours are counted.

    Attributes:
        values: of each such fact that is read.
        waiting: who must act next; ``None`` if nobody told what happened.
        expiring: the offers that are still open, each with its place among all and its due.
    """

    values: Mapping[str, Steps[Value | None]]
    waiting: Steps[Waiting] | None = None
    expiring: tuple[tuple[datetime, int], ...] = ()

    @classmethod
    def of(cls, facts: Facts, at: datetime, matcher: PlainMatcher) -> Passing:
        """Return what comes of the facts of a decision.

        Args:
            facts: those of the decision.
            at: its moment.
            matcher: that of its policy.
        """
        events = facts.events
        if not events:
            return cls({})
        told = matters(events)
        expiring = _open(made_as("offer_made", told), at)
        broken = [due for due, _ in _open(made_as("promise_made", told), at)]
        dues = [*broken, *(due for due, _ in expiring)]
        waiting = waiting_from(events, told, at)
        found = {fact.name: matcher.steps(fact, events, at) for fact in matcher.facts}
        found |= {
            "case.promises_broken": _growing(facts, "case.promises_broken", broken),
            "case.deviation_level": _growing(facts, "case.deviation_level", dues),
            "case.waiting_on": _parties(waiting),
        }
        return cls(found, waiting, expiring)

    def offers(self, facts: Facts, at: datetime) -> tuple[Offered, ...]:
        """Return what was offered before, with what has expired by a moment."""
        over = {place for due, place in self.expiring if due <= at}
        if not over:
            return facts.offers
        return tuple(
            replace(offer, status="expired") if place in over else offer
            for place, offer in enumerate(facts.offers)
        )


def _open(told: Iterable[Matter], at: datetime) -> tuple[tuple[datetime, int], ...]:
    """Return what is open and due after a moment: the due, and the place among all told."""
    return tuple(
        (due, place) for place, each in enumerate(told) if (due := each.due_after(at)) is not None
    )


def _growing(facts: Facts, name: str, dues: Iterable[datetime]) -> Steps[Value | None]:
    """Return a count that grows by one at each of some moments, if it is known."""
    now = facts.values[name]
    if not isinstance(now, int):
        return steps_of(now, ())
    return steps_of(now, ((due, now + more) for more, due in enumerate(sorted(dues), 1)))


def _parties(waiting: Steps[Waiting]) -> Steps[Value | None]:
    first, *later = (each.party for each in waiting.values)
    return steps_of(first, zip(waiting.moments, later, strict=True))
