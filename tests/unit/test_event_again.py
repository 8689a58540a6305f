"""An event that was made can be handed on: as it is, as plain data, as JSON, in a case."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from remedykit.model.case import Case
from remedykit.model.event import EVENT_FORMS, Event
from remedykit.model.money import Money
from remedykit.model.words import EVENT_TYPES, EventType

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
OPENS = (
    {"type": "offer_made", "at": START, "kind": "refund", "value": "3.50", "id": "an offer"},
    {"type": "promise_made", "at": START, "id": "a promise"},
    {"type": "claim_filed", "at": START, "id": "a claim"},
    {"type": "resolved", "at": START},
)
OF = {"promise_kept": "a promise", "promise_broken": "a promise", "claim_decided": "a claim"}


def least(kind: EventType) -> Event:
    """Return an event that says no more than it must."""
    said: dict[str, Any] = {"kind": "refund", "value": "3.50", "granted": True}
    needed = {name: said[name] for name in EVENT_FORMS[kind].needed}
    return Event.model_validate({"type": kind, "at": START + timedelta(hours=1), **needed})


def most(kind: EventType) -> Event:
    """Return an event that says all that its type may say."""
    said: dict[str, Any] = {
        "type": kind,
        "at": START + timedelta(hours=1),
        "by": "platform",
        "to": "carrier",
        "id": "the event",
        "of": OF.get(kind, "an offer"),
        "kind": "refund",
        "value": Money("3.50", "USD"),
        "basis": "goodwill",
        "due": START + timedelta(hours=2),
        "parcel": "P1",
        "hours": "1.25",
        "granted": False,
    }
    return Event.model_validate({name: said[name] for name in EVENT_FORMS[kind].fields})


EACH = pytest.mark.parametrize(
    "event",
    [
        pytest.param(made(kind), id=f"{made.__name__}-{kind}")
        for kind in EVENT_TYPES
        for made in (least, most)
    ],
)


def case_before(event: Event) -> Case:
    """Return a case in which the event can happen."""
    told = [each for each in OPENS if not each["type"] == event.type == "resolved"]
    return Case.model_validate({"events": told})


@EACH
def test_an_event_is_read_again_from_what_it_holds(event: Event) -> None:
    assert Event.model_validate(event) == event
    assert Event.model_validate(dict(event)) == event
    assert Event.model_validate(event.model_dump()) == event
    assert Event.model_validate_json(event.model_dump_json()) == event
    assert Event.model_validate(event.model_copy().model_dump()) == event


@EACH
def test_an_event_that_was_made_is_taken_into_a_case(event: Event) -> None:
    before = case_before(event)
    after = before.with_event(event)

    assert after.events == (*(before.events or ()), event)
    assert Case(events=after.events) == after


@EACH
def test_a_case_is_read_again_from_where_it_was_stored(event: Event) -> None:
    case = case_before(event).with_event(event)

    assert Case.model_validate(case.model_dump()) == case
    assert Case.model_validate_json(case.model_dump_json()) == case
    assert Case.model_validate(case.model_copy().model_dump()).timeline() == case.timeline()


def test_who_is_to_act_next_cannot_be_another_than_the_type_of_event_says() -> None:
    with pytest.raises(ValidationError, match="an event `seller_asked` has no `to`"):
        Event.model_validate({"type": "seller_asked", "at": START, "to": "shop"})
