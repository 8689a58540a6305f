"""One more fact handed in: what follows from it, and what it must not contradict."""

from datetime import UTC, datetime, timedelta

import pytest

from remedykit.errors import InputError
from remedykit.facts.answered import agreeing_with, answered
from remedykit.facts.extract import fact_reader
from remedykit.facts.patterns import PlainMatcher
from remedykit.facts.schema import model_schema
from remedykit.facts.values import Facts
from remedykit.language.types import Value

READER = fact_reader(model_schema())
PLAIN = PlainMatcher()  # of a policy that lets nothing follow from the timeline
MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def facts(at: datetime | None = None, **fields: object) -> Facts:
    order = {"id": "A", "currency": "USD"}
    for name in ("total", "placed_at", "label_created_at", "first_scan_at", "refunded"):
        if name in fields:
            order[name] = fields.pop(name)  # type: ignore[assignment]  # fields of several types
    return READER.facts({"kind": "late_delivery", "order": order, **fields}, {}, at=at)


@pytest.mark.parametrize(
    ("known", "name", "value", "derived", "follows"),
    [
        (
            facts(promised_by=MONDAY),
            "incident.delivered_at",
            MONDAY + 3 * DAY,
            "incident.days_late",
            3,
        ),
        (
            facts(promised_by=MONDAY, at=MONDAY + 9 * DAY),
            "incident.delivered_at",
            MONDAY + 3 * DAY,
            "incident.days_late",
            3,
        ),
        (facts(at=MONDAY), "incident.promised_by", MONDAY - 2 * DAY, "incident.days_late", 2),
        (facts(), "order.first_scan_at", MONDAY, "incident.carrier_scanned", True),
        (facts(), "order.total", 5000, "order.paid", 5000),
        (facts(), "incident.days_late", 4, "incident.promised_by", None),
    ],
)
def test_what_follows_from_a_fact_is_derived_anew(
    known: Facts, name: str, value: Value, derived: str, follows: Value | None
) -> None:
    after = answered(known, name, value, PLAIN)
    assert after.values[name] == value
    assert after.values[derived] == follows
    assert known.values[name] is None


@pytest.mark.parametrize(
    ("known", "name", "value"),
    [
        (facts(days_late=4, at=MONDAY), "incident.promised_by", MONDAY - 2 * DAY),
        (facts(carrier_scanned=False), "order.first_scan_at", MONDAY),
        (facts(placed_at=MONDAY), "order.label_created_at", MONDAY - DAY),
        (facts(placed_at=MONDAY), "order.first_scan_at", MONDAY - DAY),
        (facts(placed_at=MONDAY), "incident.delivered_at", MONDAY - DAY),
        (facts(first_scan_at=MONDAY), "incident.delivered_at", MONDAY - DAY),
        (facts(delivered_at=MONDAY), "order.placed_at", MONDAY + DAY),
        (facts(at=MONDAY), "incident.delivered_at", MONDAY + DAY),
        (facts(at=MONDAY), "order.first_scan_at", MONDAY + DAY),
    ],
)
def test_what_contradicts_what_is_known_is_refused(known: Facts, name: str, value: Value) -> None:
    with pytest.raises(InputError):
        answered(known, name, value, PLAIN)


def test_no_more_was_refunded_than_paid() -> None:
    known = facts()
    known = Facts({**known.values, "order.refunded": 3000}, known.currency)
    for name in ("order.paid", "order.total"):
        with pytest.raises(InputError):
            answered(known, name, 2999, PLAIN)
        assert answered(known, name, 3000, PLAIN).values["order.paid"] == 3000


def test_facts_that_follow_from_others_are_kept_with_these() -> None:
    assert agreeing_with({"incident.days_late"}) == {
        "incident.days_late",
        "incident.promised_by",
        "incident.delivered_at",
        "at",
    }
    assert agreeing_with({"at", "customer.tier"}) == {"at", "customer.tier"}
    assert "order.first_scan_at" in agreeing_with({"incident.carrier_scanned"})
    assert "order.placed_at" in agreeing_with({"order.label_created_at"})
