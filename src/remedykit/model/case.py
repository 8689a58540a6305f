"""The case: what has happened since the incident, what was offered and how it was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Self, cast

from pydantic import PrivateAttr, field_validator

from remedykit.model.base import AsTuple, Fact, Model, fault, faults
from remedykit.model.border import RefusedError, read
from remedykit.model.event import Event
from remedykit.model.shapes import Amount, Kind, Shape
from remedykit.model.timeline import Timeline, timeline_of
from remedykit.model.words import OfferStatus

_EVENTS = Shape(Kind.MODELS)


class Offer(Model):
    """A remedy that was offered before."""

    kind: Annotated[str, Fact("the remedy kind, as the policy's catalogue names it")]
    value: Annotated[Amount | None, Fact("worth to the customer", at_least=0)] = None
    at: Annotated[datetime | None, Fact("when it was offered")] = None
    status: Annotated[OfferStatus, Fact("how it was answered")]


class Case(Model):
    """What has happened since. No case is the same as an empty one: nothing has happened yet.

    It is told as a timeline (`events`), from which all else follows; or as its sum (the other
    fields), where a platform keeps no events. What is told both ways must agree.
    """

    events: Annotated[Sequence[Event], AsTuple()] | None = None
    offers: Annotated[Sequence[Offer], AsTuple()] = ()
    apologies_made: Annotated[int, Fact("apologies made so far", at_least=0)] = 0
    opened_at: Annotated[datetime | None, Fact("when the case was opened")] = None
    contacts: Annotated[
        int, Fact("how often the customer had to get in touch", unit="contacts", at_least=0)
    ] = 0
    promises_broken: Annotated[
        int, Fact("promises made and not kept", unit="promises", at_least=0)
    ] = 0

    _timeline: Timeline | None = PrivateAttr(default=None)

    @field_validator("events", mode="before")
    @classmethod
    def _read_anew(cls, events: object) -> object:
        # ``model_construct`` and ``model_copy(update=...)`` make events that were never checked.
        if not isinstance(events, list | tuple):
            return events
        told = cast("Sequence[object]", events)
        return [dict(each) if isinstance(each, Event) else each for each in told]

    def with_event(self, event: Event | Mapping[str, object]) -> Self:
        """Return the case with one more event; events may be added in any order of time.

        Args:
            event: what happened, or a map of its fields.

        Raises:
            ValidationError: if the event is wrong, contradicts those before it, or is one too many.

        >>> case = Case().with_event({"type": "contact", "at": "2026-11-20T18:30:00-05:00"})
        >>> case.events[0].by
        'customer'
        """
        made = Event.model_validate(_as_fields(event))
        before = self.events
        if self.timeline() is None:  # there are none, or nobody checked them
            before = Case.model_validate({"events": before}).events
        try:
            events = read(_EVENTS, (*(before or ()), made))
        except RefusedError as error:
            wrong = (("events",), fault("value", str(error)))
            raise faults(type(self).__name__, [wrong]) from None
        case = self.model_copy(update={"events": events})
        case._settle()  # noqa: SLF001 -- of its own class
        return case

    def timeline(self) -> Timeline | None:
        """Return the order of the events; ``None`` if there are none, or if nobody checked them."""
        timeline = self._timeline
        return timeline if timeline and timeline.handed_in is self.__dict__.get("events") else None

    def _settle(self) -> None:
        if self.events is None:
            return
        self._timeline, wrong = timeline_of(self.events)
        if wrong:
            raise faults(
                type(self).__name__,
                [(("events", *where), fault("contradiction", told)) for where, told in wrong],
            )


def _as_fields(event: object) -> object:
    """Return an event as a map of its fields, so that it is checked anew; else what was given."""
    if isinstance(event, Mapping):
        return dict(cast("Mapping[object, object]", event))
    return dict(event) if isinstance(event, Event) else event
