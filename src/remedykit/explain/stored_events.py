"""The events of a case as the plain data that a decision keeps, and back."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from remedykit.errors import InputError
from remedykit.facts.values import Facts, Happening
from remedykit.model.answers import ANSWERED
from remedykit.model.money import Money
from remedykit.model.past_event import PastEvent

PastEvents = tuple[PastEvent, ...]


def stored_events(facts: Facts) -> PastEvents | None:
    """Return what had happened as plain data; ``None`` if nobody told."""
    if facts.events is None:
        return None
    currency = facts.currency
    return tuple([_stored(each, currency) for each in facts.events])


def restored_events(
    stored: PastEvents | None, currency: str, at: datetime | None
) -> tuple[Happening, ...] | None:
    """Return the events that `stored_events` wrote.

    Raises:
        InputError: if they are out of order, after the moment of decision, answer what they cannot
            answer, or are of another currency.
    """
    if stored is None:
        return None
    for place, event in enumerate(stored):
        problem = _wrong(stored, place, event, currency, at)
        if problem:
            raise InputError(f"decision.events[{place}]", problem)
    return tuple([_restored(each) for each in stored])


def _stored(event: Happening, currency: str) -> PastEvent:
    return PastEvent(
        type=event.type,
        at=event.at,
        by=event.by,
        to=event.to,
        answers=event.answers,
        kind=event.kind,
        value=None if event.value is None else Money.of_minor(event.value, currency),
        basis=event.basis,
        due=event.due,
        parcel=event.parcel,
        hours=None if event.hours is None else Fraction(event.hours),
        granted=event.granted,
    )


def _restored(event: PastEvent) -> Happening:
    return Happening(
        type=event.type,
        at=event.at,
        by=event.by,
        to=event.to,
        answers=event.answers,
        kind=event.kind,
        value=None if event.value is None else event.value.minor,
        basis=event.basis,
        due=event.due,
        parcel=event.parcel,
        hours=None if event.hours is None else _number(event.hours),
        granted=event.granted,
    )


def _number(number: Fraction) -> int | Fraction:
    return number.numerator if number.denominator == 1 else number


def _wrong(
    stored: PastEvents, place: int, event: PastEvent, currency: str, at: datetime | None
) -> str:
    """Return what is wrong with an event that was written; empty if nothing is."""
    if place and event.at < stored[place - 1].at:
        return "is before the event before it"
    if at is not None and event.at > at:
        return "is after the moment of decision"
    if event.value is not None and event.value.currency != currency:
        return f"is in {event.value.currency}, the decision in {currency}"
    answered = event.answers
    if answered is None:
        return ""
    if not 0 <= answered < place or stored[answered].type != ANSWERED.get(event.type):
        return f"answers event {answered}, which it cannot answer"
    return ""
