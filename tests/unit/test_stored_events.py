"""A decision keeps the events on which it was made, and nothing that tells whose they are."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from remedykit import Decision, InputError, Policy

NURTURE = Policy.shipped("nurture")
ORDER = {"id": "A", "currency": "USD", "lines": [{"id": "1", "price": "35.00"}]}
INCIDENT = {"kind": "late_delivery", "order": ORDER, "affected": ["1"], "days_late": 4}
START = datetime(2026, 11, 2, 9, tzinfo=UTC)


def event(hours: float, kind: str, /, **fields: object) -> dict[str, Any]:
    return {"type": kind, "at": START + timedelta(hours=hours), **fields}


EVENTS = [
    event(0, "label_created", parcel="1Z-SECRET"),
    event(1, "contact", id="SECRET", hours="0.5"),
    event(2, "offer_made", kind="refund", value="8.00", basis="goodwill", id="SECRET-2"),
    event(3, "offer_refused", of="SECRET-2"),
    event(4, "promise_made", by="shop", due=START + timedelta(hours=30)),
    event(5, "claim_filed", hours=2),
    event(6, "claim_decided", granted=False),
]
MOMENT = START + timedelta(hours=10)


def decided(case: Any) -> Decision:
    return NURTURE.decide(INCIDENT, {}, case=case, at=MOMENT)


@pytest.mark.parametrize("case", [None, {}, {"contacts": 2}, {"events": EVENTS}])
def test_a_decision_is_replayed_from_its_text(case: Any) -> None:
    decision = decided(case)
    restored = Decision.from_json(decision.to_json())

    assert restored == decision
    assert NURTURE.replay(restored).to_json() == decision.to_json()
    assert NURTURE.facts_of(decision).events == (
        NURTURE.reader.facts(INCIDENT, {}, case=case, at=MOMENT).events
    )


def test_a_decision_says_whether_anybody_told_what_had_happened() -> None:
    assert decided(None).events == ()
    assert decided({"events": []}).events == ()
    assert decided({"contacts": 2}).events is None


def test_neither_ids_nor_names_of_parcels_are_kept() -> None:
    text = decided({"events": EVENTS}).to_json()

    assert "SECRET" not in text
    assert json.loads(text)["events"][3] == {
        "type": "offer_refused",
        "at": "2026-11-02T12:00:00Z",
        "by": "customer",
        "to": None,
        "answers": 2,
        "kind": "refund",
        "value": None,
        "basis": None,
        "due": None,
        "parcel": None,
        "hours": None,
        "granted": None,
    }


def _answers_itself(events: list[Any]) -> None:
    events[3]["answers"] = 3


def _answers_nothing(events: list[Any]) -> None:
    events[3]["answers"] = -1


def _answers_a_contact(events: list[Any]) -> None:
    events[3]["answers"] = 1


def _is_no_answer(events: list[Any]) -> None:
    events[4]["answers"] = 2


def _is_out_of_order(events: list[Any]) -> None:
    events[4]["at"] = "2026-11-02T09:00:00Z"


def _is_to_come(events: list[Any]) -> None:
    events[6]["at"] = "2026-11-09T09:00:00Z"


def _is_in_euros(events: list[Any]) -> None:
    events[2]["value"]["currency"] = "EUR"


@pytest.mark.parametrize(
    ("harm", "problem"),
    [
        (_answers_itself, r"decision.events\[3\]: answers event 3, which it cannot answer"),
        (_answers_nothing, r"decision.events\[3\]: answers event -1, which it cannot answer"),
        (_answers_a_contact, r"decision.events\[3\]: answers event 1, which it cannot answer"),
        (_is_no_answer, r"decision.events\[4\]: answers event 2, which it cannot answer"),
        (_is_out_of_order, r"decision.events\[4\]: is before the event before it"),
        (_is_to_come, r"decision.events\[6\]: is after the moment of decision"),
        (_is_in_euros, r"decision.events\[2\]: is in EUR, the decision in USD"),
    ],
)
def test_events_that_cannot_have_happened_so_are_refused(
    harm: Callable[[list[Any]], None], problem: str
) -> None:
    data = json.loads(decided({"events": EVENTS}).to_json())
    harm(data["events"])
    harmed = Decision.from_json(decision_text(data))

    with pytest.raises(InputError, match=problem):
        NURTURE.facts_of(harmed)


def decision_text(data: dict[str, Any]) -> str:
    """Return the text of a decision whose points have one decimal place, as they must."""
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False)
