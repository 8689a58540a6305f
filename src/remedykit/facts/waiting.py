"""For whom a case waits: who must act next, and since when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from remedykit.facts.matters import Matter, has_passed, made_as, moment_reached
from remedykit.facts.steps import Steps, steps_of
from remedykit.facts.values import Happening
from remedykit.model.words import PARTIES

NOBODY = "nobody"
_CUSTOMER = "customer"
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


_UNKNOWN = Waiting(None)


def waiting(events: Sequence[Happening], told: Iterable[Matter], at: datetime | None) -> Waiting:
    """Return who must act next.

    Args:
        events: what has happened up to `at`, in order of time.
        told: their `matters`.
        at: the moment of decision; ``None``: unknown.
    """
    walk = _walked(events, made_as("offer_made", told), moment_reached(events, at))
    return _UNKNOWN if at is None and walk.may_be_over() else walk.found


def waiting_from(
    events: Sequence[Happening], told: Iterable[Matter], at: datetime
) -> Steps[Waiting]:
    """Return who must act next from a moment on, if nothing happens any more.

    Args:
        events: what has happened up to `at`, in order of time.
        told: their `matters`.
        at: the moment of decision.
    """
    offers = made_as("offer_made", told)
    walk = _walked(events, offers, at)
    ends = sorted((due, each.number) for each in offers if (due := each.due_after(at)) is not None)
    return steps_of(walk.found, _lapsing(walk, ends))


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


def _walked(
    events: Sequence[Happening], offers: Sequence[Matter], reached: datetime | None
) -> _Walk:
    """Return a walk through all events, and the ends of offers up to a moment."""
    lapses = _lapses(offers, reached)
    walk = _Walk(events)
    for number, event in enumerate(events):
        while lapses and lapses[-1] < (event.at, number):  # those that are made already
            walk.end_offer(lapses.pop()[1])
        walk.take(number, event)
    for _, number in reversed(lapses):
        walk.end_offer(number)
    return walk


def _lapsing(
    walk: _Walk, ends: Iterable[tuple[datetime, int]]
) -> Iterator[tuple[datetime, Waiting]]:
    """Go on with a walk through the ends of offers; yield who is waited for from each on."""
    for due, number in ends:
        walk.end_offer(number)
        yield due, walk.found


class _Walk:
    """One walk through the events in order of time.

    It keeps everybody who may be waited for: several where nobody knows who made a promise, or who
    carried out a remedy.
    """

    def __init__(self, events: Sequence[Happening]) -> None:
        self._events = events
        self._open: dict[int, Happening] = {}  # offers that the customer has yet to answer
        # What started the clock of each who may be waited for; of nobody, or unknown: nothing.
        self._clocks: dict[str, Happening | None] = {NOBODY: None}

    @property
    def found(self) -> Waiting:
        """Who is waited for after the events that were taken."""
        if len(self._clocks) > 1:
            return _UNKNOWN
        ((party, event),) = self._clocks.items()
        return Waiting(party, None if event is None else event.at, event)

    def take(self, number: int, event: Happening) -> None:
        """Take the next event."""
        match event.type:
            case "offer_made":
                self._open[number] = event
                self._wait_for((_CUSTOMER,), event)
            case "offer_refused" | "offer_accepted" | "offer_expired" | "remedy_given":
                self._take_end_of_offer(event)
            case "promise_made":
                self._clocks = dict.fromkeys(_possible(event.by), event)
            case "promise_broken":
                self._wait_for(_possible(self._maker(event)), event)
            case "promise_kept":
                self._act(event.by or self._maker(event))
            case "claim_decided":
                self._take_verdict(event)
            case "contact" | "claim_filed" | "seller_asked":
                self._take_call(event)
            case "seller_answered":
                self._act(event.by)
            case "resolved":
                self._clocks = {NOBODY: None}
            case kind if kind in _HANDS_ON:
                self._wait_for(_possible(event.to), event)
            case _:
                pass

    def end_offer(self, number: int) -> None:
        """Let an offer be over: nobody need answer it, but there may be others to answer."""
        if self._open.pop(number, None) is not None and not self._open:
            self._act(_CUSTOMER)

    def may_be_over(self) -> bool:
        """Return whether all that the customer has yet to answer may be over by now."""
        dues = [offer.due for offer in self._open.values()]
        return _CUSTOMER in self._clocks and bool(dues) and None not in dues

    def _take_end_of_offer(self, event: Happening) -> None:
        """Take an answer to an offer, its expiry, or a remedy, which need not have been offered."""
        maker = self._maker(event)
        if event.answers is not None:
            self.end_offer(event.answers)
        if event.type == "remedy_given":
            self._act(event.by or maker)
        elif event.type != "offer_expired" and maker is not None:
            self._wait_for((maker,), event)

    def _take_verdict(self, event: Happening) -> None:
        """Take how a claim was decided: with that, they have acted to whom it was filed."""
        claim = self._subject(event)
        filed_to = None if claim is None else claim.to
        for party in (event.by, filed_to):
            if party is not None:
                self._act(party)

    def _take_call(self, event: Happening) -> None:
        """Take what calls on somebody, if the customer does it."""
        if event.type == "seller_asked":
            self._wait_for(("seller",), event)
        elif event.by == _CUSTOMER:
            self._wait_for(_possible(event.to), event)
        elif event.type == "contact":
            self._act(event.by)

    def _act(self, by: str | None) -> None:
        """Let somebody act: if it is the one who is waited for, nobody is any more."""
        if by is None:
            self._clocks[NOBODY] = None  # or still the same, if it was somebody else
        elif by in self._clocks:
            del self._clocks[by]
            self._clocks[NOBODY] = None

    def _wait_for(self, parties: Iterable[str], event: Happening) -> None:
        """Let one of some parties be waited for; whoever is already is not waited for anew."""
        self._clocks = {party: self._clock(party, event) for party in parties}

    def _clock(self, party: str, event: Happening) -> Happening | None:
        """Return what started the clock of a party whose turn it is at an event, at the latest."""
        if party not in self._clocks:
            return event
        return self._clocks[party] if len(self._clocks) == 1 else None

    def _subject(self, answer: Happening) -> Happening | None:
        """Return what was answered."""
        return None if answer.answers is None else self._events[answer.answers]

    def _maker(self, answer: Happening) -> str | None:
        """Return who made what was answered."""
        subject = self._subject(answer)
        return None if subject is None else subject.by


def _possible(party: str | None) -> tuple[str, ...]:
    """Return who a party may be: anybody, if it is unknown."""
    return PARTIES if party is None else (party,)
