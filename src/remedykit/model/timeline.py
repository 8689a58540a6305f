"""The events of a case in order of time, each once, and what each of them answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heappop, heappush

from remedykit.model.answers import ANSWERED, MATTERS, OpenMatters, differences, said
from remedykit.model.border import closest
from remedykit.model.event import Event
from remedykit.model.exact import shown
from remedykit.model.words import EventType

EventFault = tuple[tuple[str | int, ...], str]  # where below `events`, and what is wrong there
_MOST_NEAR = 20  # ids that are compared with a wrong one, and faults for which they are


@dataclass(frozen=True, slots=True)
class Timeline:
    """The order of some events.

    Attributes:
        handed_in: the events in any order.
        places: where each event stands among those handed in, in order of time; those of the same
            time as they were handed in, and of equal ones only the first.
        answers: for each of them, which one of them it answers, if it answers one.
    """

    handed_in: Sequence[Event]
    places: tuple[int, ...]
    answers: tuple[int | None, ...]


def timeline_of(events: Sequence[Event]) -> tuple[Timeline, list[EventFault]]:
    """Return the order of events, and all contradictions between them by place.

    Args:
        events: each with fields of the right types, in any order of time.
    """
    places = sorted(range(len(events)), key=lambda place: events[place].at)
    reading = _Reading(events)
    for place in places:
        reading.take(place)
    timeline = Timeline(events, tuple(reading.places), tuple(reading.answers))
    return timeline, sorted(reading.faults, key=lambda each: each[0])


def _nothing_open() -> dict[EventType, OpenMatters]:
    return {subject: OpenMatters() for subject in MATTERS}


def _identity(event: Event) -> Event | str:
    """Return what two tellings of one event have in common."""
    return event if event.id is None else event.id


@dataclass(slots=True)
class _Reading:
    """One walk through the events in order of time."""

    events: Sequence[Event]
    places: list[int] = field(default_factory=list[int])
    answers: list[int | None] = field(default_factory=list[int | None])
    faults: list[EventFault] = field(default_factory=list[EventFault])
    seen: dict[Event | str, int] = field(default_factory=dict[Event | str, int])
    open: dict[EventType, OpenMatters] = field(default_factory=_nothing_open)
    lapsed: dict[EventType, OpenMatters] = field(default_factory=_nothing_open)
    accepted: OpenMatters = field(default_factory=OpenMatters)
    answered_by: dict[int, int] = field(default_factory=dict[int, int])
    answered_last: dict[EventType, int] = field(default_factory=dict[EventType, int])
    dues: list[tuple[datetime, int]] = field(default_factory=list[tuple[datetime, int]])
    delivered: dict[str, int] = field(default_factory=dict[str, int])
    is_resolved: bool = False
    latest: dict[tuple[object, ...], int] | None = None  # see `_order_hint`
    ids: dict[str, int] | None = None  # see `_id_hint`

    def take(self, place: int) -> None:
        """Take the event at a place, the next in order of time."""
        event = self.events[place]
        number = len(self.places)
        if self._is_known(event, number, place):
            return
        self.places.append(place)
        self._let_lapse(event.at)
        answers = self._answered(event, number, place) if event.type in ANSWERED else None
        self.answers.append(answers)
        if event.type in MATTERS:
            self.open[event.type].add(number, event)
            if event.due is not None:
                heappush(self.dues, (event.due, number))
        elif event.type == "delivered" and event.parcel is not None:
            self._deliver(event.parcel, place)
        elif event.type in {"resolved", "reopened"}:
            self._close(event, place)

    # --- each event once -----------------------------------------------------------------------

    def _is_known(self, event: Event, number: int, place: int) -> bool:
        """Return whether an event was there before, or contradicts one that has its id."""
        first = self.seen.setdefault(_identity(event), number)
        if first == number:
            return False
        if event != self._event(first):
            problem = (
                f"{shown(event.id)} is the id of events[{self.places[first]}] too, which is "
                "another event; each event has its own"
            )
            self.faults.append(((place, "id"), problem))
        return True

    def _event(self, number: int) -> Event:
        return self.events[self.places[number]]

    # --- answers -------------------------------------------------------------------------------

    def _let_lapse(self, at: datetime) -> None:
        """Move what was to be answered before a time to where it is looked for last."""
        while self.dues and self.dues[0][0] < at:
            _, number = heappop(self.dues)
            event = self._event(number)
            if self.open[event.type].remove(number, event):
                self.lapsed[event.type].add(number, event)

    def _answered(self, event: Event, number: int, place: int) -> int | None:
        """Return what an answer answers; what is wrong with it is kept."""
        of = ANSWERED[event.type]
        found = self._found(event, of) if event.of is None else self._named(event, of)
        if isinstance(found, str):
            self.faults.append(((place, "of") if event.of is not None else (place,), found))
            return None
        if found is not None:
            self._compare(event, found, place)
            self._settle(event, found)
            self.answered_by[found] = number
            self.answered_last[of] = found
        return found

    def _named(self, event: Event, of: EventType) -> int | str:
        """Return the number of the event that an answer names, or what is wrong with that."""
        number = self.seen.get(event.of or "")
        if number is None or number == len(self.places) - 1:
            hint = self._order_hint(event) or self._id_hint(event, of)
            return f"{shown(event.of)} is the id of no earlier event{hint}"
        subject = self._event(number)
        if subject.type != of:
            return f"{shown(event.of)} is of type `{subject.type}`; `{event.type}` answers `{of}`"
        if not self._is_open(event, number):
            answer = self.places[self.answered_by[number]]
            return f"{shown(event.of)} was answered before, by events[{answer}]"
        return number

    def _is_open(self, event: Event, number: int) -> bool:
        before = self.answered_by.get(number)
        if before is None:
            return True
        return event.type == "remedy_given" and self._event(before).type == "offer_accepted"

    def _found(self, event: Event, of: EventType) -> int | str | None:
        """Return the number of the only open event that an answer can mean, or what is wrong."""
        is_given = event.type == "remedy_given"
        groups = (self.open[of], self.lapsed[of])
        for group in (self.accepted, *groups) if is_given else groups:
            match group.agreeing(event):
                case (number,):
                    return number
                case (first, second):
                    one, other = (self.places[each] for each in (first, second))
                    return (
                        f"may answer events[{one}] or events[{other}]; "
                        f"say which {MATTERS[of]} with `of`"
                    )
                case _:
                    pass
        return None if is_given else self._nothing_answered(event, of)

    def _nothing_answered(self, event: Event, of: EventType) -> str:
        """Return what is wrong with an answer that agrees with nothing, and what it might mean."""
        problem, hint = f"answers no open {MATTERS[of]}", self._order_hint(event)
        match (*self.open[of].first_two(), *self.lapsed[of].first_two()):
            case (number,) if not hint:
                subject = self._event(number)
                name, *_ = differences(event, subject)
                told, made = said(event, name), said(subject, name)
                words = f"is yet to be answered, but its `{name}` is {made}, not {told}"
            case (number, *_) if not hint:
                told = "`by`" if of == "promise_made" else "`kind` and `value`"
                words = f"and others are yet to be answered, but none agrees with it in {told}"
            case _:
                return f"{problem}{hint or self._repetition_hint(event, of)}"
        return f"{problem}: events[{self.places[number]}] {words}"

    def _order_hint(self, event: Event) -> str:
        """Return what to do if what is answered stands, at the same time, behind its answer."""
        if self.latest is None:  # made for the first fault; most timelines have none
            self.latest = {
                (each.at, each.type, id_): place
                for place, each in enumerate(self.events)
                if each.type in MATTERS
                for id_ in (None, each.id)
            }
        found = self.latest.get((event.at, ANSWERED[event.type], event.of), -1)
        if found < self.places[-1] or _identity(self.events[found]) in self.seen:
            return ""  # there is none, or it was read before
        if differences(event, self.events[found]):
            return ""
        return f"; events[{found}] is of the same time: hand it in before its answer"

    def _id_hint(self, event: Event, of: EventType) -> str:
        """Return where the id stands that no earlier event has, or which one may be meant."""
        if event.of == event.id:
            return "; it is that of this event itself"
        if self.ids is None:  # made for the first fault, too
            self.ids = {
                each.id: place for place, each in enumerate(self.events) if each.id is not None
            }
        later = self.ids.get(event.of or "")
        if later is not None:
            return f"; it is that of events[{later}], which comes later"
        meant = self._near_id(event, of) if len(self.faults) < _MOST_NEAR else None
        return "" if meant is None else f"; did you mean {shown(meant)}?"

    def _near_id(self, event: Event, of: EventType) -> str | None:
        """Return the id that an answer may mean: the only one that it can answer, or a near one."""
        made = [self._event(number) for number in range(len(self.places))]
        ids = [
            each.id
            for number, each in enumerate(made)
            if each.type == of and each.id is not None
            if self._is_open(event, number) and not differences(event, each)
        ]
        return ids[0] if len(ids) == 1 else closest(event.of or "", ids[-_MOST_NEAR:])

    def _repetition_hint(self, event: Event, of: EventType) -> str:
        """Return what was answered last, if an answer may be meant for that, and by which event."""
        number = self.answered_last.get(of)
        if number is None or differences(event, self._event(number)):
            return ""
        made, answer = self.places[number], self.places[self.answered_by[number]]
        return f"; events[{made}] was answered before, by events[{answer}]"

    def _compare(self, event: Event, number: int, place: int) -> None:
        """Keep what an answer says otherwise than what it answers."""
        subject = self._event(number)
        for name in differences(event, subject):
            problem = (
                f"{said(event, name)} is not what events[{self.places[number]}] says, "
                f"{said(subject, name)}; leave it out, or mend it"
            )
            self.faults.append(((place, name), problem))

    def _settle(self, event: Event, number: int) -> None:
        """Take what was answered from what is open; what was accepted is yet to be given."""
        subject = self._event(number)
        for group in (self.open[subject.type], self.lapsed[subject.type], self.accepted):
            group.remove(number, subject)
        if event.type == "offer_accepted":
            self.accepted.add(number, subject)

    # --- what cannot happen twice ---------------------------------------------------------------

    def _deliver(self, parcel: str, place: int) -> None:
        first = self.delivered.setdefault(parcel, place)
        if first != place:
            problem = f"{shown(parcel)} was delivered before, by events[{first}]"
            self.faults.append(((place, "parcel"), problem))

    def _close(self, event: Event, place: int) -> None:
        resolves = event.type == "resolved"
        if resolves and self.is_resolved:
            self.faults.append(((place,), "the case is resolved already"))
        if not resolves and not self.is_resolved:
            self.faults.append(((place,), "the case is not resolved, so it cannot be opened again"))
        self.is_resolved = resolves
