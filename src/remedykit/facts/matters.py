"""What was offered, promised or claimed in a case, and what has become of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from remedykit.facts.values import Happening
from remedykit.model.answers import MATTERS
from remedykit.model.words import EventType

_STATUSES = (
    ("remedy_given", "fulfilled"),
    ("offer_accepted", "accepted"),
    ("offer_refused", "refused"),
    ("offer_expired", "expired"),
)


@dataclass(frozen=True, slots=True)
class Matter:
    """An offer, a promise or a claim.

    Attributes:
        number: the place among the events of the one that made it.
        made: that event.
        answers: in order of time; more than one only where an accepted offer was carried out.
    """

    number: int
    made: Happening
    answers: tuple[Happening, ...]

    @property
    def value(self) -> int | None:
        """What it is worth, as far as the offer or an answer says."""
        told = (each.value for each in (self.made, *self.answers))
        return next((each for each in told if each is not None), None)

    def due_after(self, at: datetime) -> datetime | None:
        """Return its due if it is without answer and due after a moment."""
        due = self.made.due
        return None if self.answers or due is None or due <= at else due


def matters(events: Iterable[Happening]) -> tuple[Matter, ...]:
    """Return what was offered, promised and claimed, in order of time."""
    made: dict[int, Happening] = {}
    answers: dict[int, list[Happening]] = {}
    for number, event in enumerate(events):
        if event.answers is not None:
            answers[event.answers].append(event)
        elif event.type in MATTERS:
            made[number], answers[number] = event, []
    return tuple([Matter(number, each, tuple(answers[number])) for number, each in made.items()])


def made_as(event_type: EventType, told: Iterable[Matter]) -> list[Matter]:
    """Return those of some matters that an event of one type has made."""
    return [each for each in told if each.made.type == event_type]


def moment_reached(events: Sequence[Happening], at: datetime | None) -> datetime | None:
    """Return the moment of decision, or else the last of which it is known that it has come."""
    return events[-1].at if at is None and events else at


def has_passed(due: datetime | None, reached: datetime | None) -> bool:
    """Return whether a due has come by a moment: what is open until then is over at that instant.

    Args:
        due: until when something is open, if there is an end.
        reached: see `moment_reached`.
    """
    return due is not None and reached is not None and due <= reached


def is_broken(promise: Matter, reached: datetime | None) -> bool:
    """Return whether a promise was broken: said so, or not kept until it was due."""
    due = promise.made.due
    match promise.answers:
        case (first, *_) if first.type == "promise_broken":
            return True
        case (first, *_):
            return due is not None and first.at > due
        case _:
            return has_passed(due, reached)


def status(offer: Matter, reached: datetime | None) -> str:
    """Return how an offer was answered; one without an answer has expired when it was due."""
    if not offer.answers:
        return "expired" if has_passed(offer.made.due, reached) else "offered"
    types = {answer.type for answer in offer.answers}
    return next(word for type_, word in _STATUSES if type_ in types)


def open_dues(
    events: Sequence[Happening], types: Collection[str], at: datetime
) -> tuple[Happening, ...]:
    """Return what was made by events of some types, is without answer and due after a moment."""
    due = (each.made for each in matters(events) if each.due_after(at) is not None)
    return tuple([made for made in due if made.type in types])
