"""For whom a case waits: who must act next, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from remedykit.facts.matters import Matter, has_passed, matters, moment_reached
from remedykit.facts.values import Happening

NOBODY = "nobody"
_CUSTOMER = "customer"
_ENDS = frozenset({"seller_answered", "promise_kept", "claim_decided", "resolved"})
_HANDS_ON = frozenset({"handed_over", "escalated", "reopened"})


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who must act next.

    Attributes:
        party: a party or `NOBODY`; ``None``: unknown.
        since: when the clock started; ``None``: nobody is waited for, or it is unknown.
        event: what started the clock.
    """

    party: str | None
    since: datetime | None = None
    event: Happening | None = None


_FOR_NOBODY = Waiting(NOBODY)
_UNKNOWN = Waiting(None)


def waiting(events: Sequence[Happening], at: datetime | None) -> Waiting:
    """Return who must act next.

    Args:
        events: what has happened up to `at`, in order of time.
        at: the moment of decision; ``None``: unknown.
    """
    reached = moment_reached(events, at)
    offers = [each for each in matters(events) if each.made.type == "offer_made"]
    lapses = _lapses(offers, reached)
    walk = _Walk(events)
    for number, event in enumerate(events):
        while lapses and lapses[-1][0] <= event.at:
            walk.end_offer(lapses.pop()[1])
        walk.take(number, event)
    for _, number in reversed(lapses):
        walk.end_offer(number)
    return _UNKNOWN if at is None and walk.may_be_over() else walk.found


def hours_waiting(found: Waiting, at: datetime | None) -> int | None:
    """Return for how many whole hours somebody is waited for: 0 for nobody."""
    if found.party == NOBODY:
        return 0
    if found.since is None or at is None:
        return None
    return (at - found.since) // timedelta(hours=1)


def _lapses(offers: Sequence[Matter], reached: datetime | None) -> list[tuple[datetime, int]]:
    """Return the offers that were over before they were answered, with when; the last one first."""
    found: list[tuple[datetime, int]] = []
    for offer in offers:
        due = offer.made.due
        if due is None or not has_passed(due, reached):
            continue
        if not offer.answers or offer.answers[0].at > due:
            found.append((due, offer.number))
    return sorted(found, reverse=True)


class _Walk:
    """One walk through the events in order of time."""

    def __init__(self, events: Sequence[Happening]) -> None:
        self.found = _FOR_NOBODY
        self._events = events
        self._open: dict[int, Happening] = {}  # offers that the customer has yet to answer

    def take(self, number: int, event: Happening) -> None:
        """Take the next event."""
        match event.type:
            case "offer_made":
                self._open[number] = event
                self._wait_for(_CUSTOMER, event)
            case "offer_refused" | "offer_accepted":
                self._open.pop(event.answers or 0, None)
                self._wait_for(self._answered_by(event) or NOBODY, event)
            case "offer_expired":
                self.end_offer(event.answers or 0)
            case "promise_made":
                self.found = Waiting(event.by, event.at, event) if event.by else _UNKNOWN
            case "promise_broken":
                self._wait_for(self._answered_by(event), event)
            case "remedy_given":
                self._open.pop(-1 if event.answers is None else event.answers, None)
                self._act(event.by or self._answered_by(event))
            case "contact" | "claim_filed" | "seller_asked":
                self._take_call(event)
            case kind if kind in _HANDS_ON:
                self._wait_for(event.to, event)
            case kind if kind in _ENDS:
                self.found = _FOR_NOBODY
            case _:
                pass

    def end_offer(self, number: int) -> None:
        """Let an offer be over: nobody need answer it, but there may be others to answer."""
        self._open.pop(number, None)
        if self.found.party == _CUSTOMER and not self._open:
            self.found = _FOR_NOBODY

    def may_be_over(self) -> bool:
        """Return whether all that the customer has yet to answer may be over by now."""
        dues = [offer.due for offer in self._open.values()]
        return self.found.party == _CUSTOMER and bool(dues) and None not in dues

    def _take_call(self, event: Happening) -> None:
        """Take what calls on somebody, if the customer does it."""
        if event.type == "seller_asked":
            self._wait_for("seller", event)
        elif event.by == _CUSTOMER:
            self._wait_for(event.to, event)
        elif event.type == "contact":
            self._act(event.by)

    def _act(self, by: str | None) -> None:
        """Let somebody act: if it is the one who is waited for, nobody is any more."""
        if by == self.found.party:
            self.found = _FOR_NOBODY
        elif by is None and self.found.party != NOBODY:
            self.found = _UNKNOWN

    def _wait_for(self, party: str | None, event: Happening) -> None:
        """Let somebody be waited for; whoever is already is not waited for anew."""
        if party == NOBODY:
            self.found = _FOR_NOBODY
        elif party != self.found.party:
            since = None if self.found.party is None else event.at
            self.found = Waiting(party, since, event)

    def _answered_by(self, answer: Happening) -> str | None:
        """Return who made what was answered."""
        return None if answer.answers is None else self._events[answer.answers].by
