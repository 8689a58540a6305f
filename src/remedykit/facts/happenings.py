"""From the events of a case to what has happened: plain values, in order of time, each once."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

from remedykit.facts.convert import in_utc
from remedykit.facts.inputs import Fault, input_error, validated
from remedykit.facts.sources import Source
from remedykit.facts.values import Happening
from remedykit.language.types import MONEY, NUMBER, FactDeclaration
from remedykit.model.border import RefusedError
from remedykit.model.case import Case
from remedykit.model.event import Event
from remedykit.model.timeline import Timeline

_AMOUNT = Source.of("value", FactDeclaration(name="value", type=MONEY, means="worth"))
_HOURS = Source.of("hours", FactDeclaration(name="hours", type=NUMBER, means="time it cost"))


def happenings(case: Case, currency: str, at: datetime | None) -> tuple[Happening, ...] | None:
    """Return what has happened in a case, amounts in minor units of `currency`.

    ``None`` if nobody told: a case without events, of which other things are told. Neither ids nor
    names of parcels are kept.

    Args:
        case: of any origin; events that were never checked are checked now.
        currency: the order's.
        at: the moment of decision; what is to happen later is not read. Without it, all events
            count.

    Raises:
        InputError: if an event is wrong, contradicts another, or has an amount of another currency.
    """
    timeline = _timeline(case)
    if timeline is None:
        return None if case.model_fields_set - {"events"} else ()
    reading = _Reading(timeline, currency)
    for place, answers in zip(timeline.places, timeline.answers, strict=True):
        event = timeline.handed_in[place]
        if at is not None and event.at > at:
            break
        reading.take(event, place, answers)
    if reading.faults:
        raise input_error(reading.faults)
    return tuple(reading.found)


def _timeline(case: Case) -> Timeline | None:
    events = case.__dict__.get("events")
    timeline = case.timeline()
    if timeline is None and events is not None:
        return validated(Case, {"events": events}, "case").timeline()
    return timeline


class _Reading:
    """One walk through the events of a case."""

    def __init__(self, timeline: Timeline, currency: str) -> None:
        self.found: list[Happening] = []
        self.faults: list[Fault] = []
        self._parcels: dict[str, int] = {}
        self._timeline = timeline
        self._currency = currency

    def take(self, event: Event, place: int, answers: int | None) -> None:
        kind, parcel = event.kind, event.parcel
        if kind is None and answers is not None:
            kind = self.found[answers].kind
        self.found.append(
            Happening(
                type=event.type,
                at=_in_utc(event.at),
                by=event.by,
                to=event.to,
                answers=answers,
                kind=kind,
                value=self._value(event, place),
                basis=event.basis,
                due=None if event.due is None else _in_utc(event.due),
                parcel=None if parcel is None else self._parcel(parcel),
                hours=_hours(event),
                granted=event.granted,
            )
        )

    def _parcel(self, name: str) -> int:
        return self._parcels.setdefault(name, len(self._parcels))

    def _value(self, event: Event, place: int) -> int | None:
        value = event.value
        if value is None:
            return None
        minor = _AMOUNT.straight(value, _AMOUNT, self._currency)
        if minor is None:
            try:
                minor = _AMOUNT.with_care(value, self._currency)
            except RefusedError as error:
                self.faults.append((f"case.events[{place}].value", str(error)))
        return minor if isinstance(minor, int) else None


def _in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo is UTC else in_utc(moment)


def _hours(event: Event) -> int | Fraction | None:
    if event.hours is None:
        return None
    hours = _HOURS.straight(event.hours, _HOURS, "")
    if hours is None:
        hours = _HOURS.with_care(event.hours, "")
    return hours if isinstance(hours, int | Fraction) else None
