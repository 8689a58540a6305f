"""For whom a case waits, and since when."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from remedykit.facts.happenings import happenings
from remedykit.facts.matters import matters
from remedykit.facts.values import Happening
from remedykit.facts.waiting import Waiting, hours_waiting, waiting
from remedykit.model.case import Case

START = datetime(2026, 11, 2, 9, tzinfo=UTC)


def hour(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def event(hours: float, kind: str, /, **fields: object) -> dict[str, Any]:
    return {"type": kind, "at": hour(hours), **fields}


def found(*events: dict[str, Any], at: float | None = 100) -> Waiting:
    moment = None if at is None else hour(at)
    told = happenings(Case.model_validate({"events": events}), "USD", moment)
    return waiting(told or (), matters(told or ()), moment)


def since(*events: dict[str, Any], at: float | None = 100) -> tuple[str | None, float | None]:
    """Return who is waited for, and since how many hours after the start."""
    one = found(*events, at=at)
    return one.party, None if one.since is None else (one.since - START) / timedelta(hours=1)


CONTACT = event(0, "contact")
OFFER = event(1, "offer_made", kind="refund", by="shop")
PROMISE = event(1, "promise_made", by="carrier")
NOBODY = ("nobody", None)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((), NOBODY),
        ((CONTACT,), ("shop", 0)),
        ((event(0, "contact", to="platform"),), ("platform", 0)),
        ((event(0, "contact", by="shop"),), NOBODY),
        ((event(0, "seller_asked"),), ("seller", 0)),
        ((CONTACT, OFFER), ("customer", 1)),
        ((OFFER, event(2, "offer_refused")), ("shop", 2)),
        ((OFFER, event(2, "offer_accepted")), ("shop", 2)),
        ((event(1, "offer_made", kind="x"), event(2, "offer_refused")), NOBODY),
        ((OFFER, event(2, "offer_expired")), NOBODY),
        ((CONTACT, PROMISE), ("carrier", 1)),
        ((PROMISE, event(2, "promise_broken")), ("carrier", 1)),
        ((PROMISE, event(2, "contact"), event(3, "promise_broken")), ("carrier", 3)),
        ((PROMISE, event(2, "promise_kept")), NOBODY),
        ((CONTACT, event(1, "promise_made")), (None, None)),
        ((CONTACT, event(1, "escalated")), ("platform", 1)),
        ((CONTACT, event(1, "handed_over", to="carrier")), ("carrier", 1)),
        ((event(0, "resolved"), event(1, "reopened")), ("shop", 1)),
        ((event(0, "claim_filed"),), ("platform", 0)),
        ((CONTACT, event(1, "claim_filed", by="shop", to="carrier")), ("shop", 0)),
        ((event(0, "claim_filed"), event(1, "claim_decided", granted=True)), NOBODY),
        ((event(0, "seller_asked"), event(1, "seller_answered")), NOBODY),
        ((CONTACT, event(1, "claim_filed"), event(2, "claim_decided", granted=True)), NOBODY),
        ((CONTACT, event(1, "resolved")), NOBODY),
        # Who is waited for acts; others do, or nobody knows who does.
        ((CONTACT, event(1, "contact", by="shop")), NOBODY),
        ((CONTACT, event(1, "contact", by="seller")), ("shop", 0)),
        ((CONTACT, event(1, "remedy_given", by="shop")), NOBODY),
        ((CONTACT, event(1, "remedy_given", by="carrier")), ("shop", 0)),
        ((CONTACT, event(1, "remedy_given")), (None, None)),
        ((event(1, "remedy_given"),), NOBODY),
        ((event(0, "promise_made"), event(1, "remedy_given")), (None, None)),
        ((event(0, "promise_made"), event(1, "remedy_given", by="shop")), (None, None)),
        ((event(0, "promise_made"), event(1, "promise_broken")), (None, None)),
        ((OFFER, event(2, "offer_accepted"), event(3, "remedy_given")), NOBODY),
        ((CONTACT, event(1, "apology_made", by="shop")), ("shop", 0)),
        ((event(0, "escalated"), event(1, "seller_answered")), ("platform", 0)),
        ((PROMISE, event(2, "escalated"), event(3, "promise_kept")), ("platform", 2)),
        ((PROMISE, event(2, "contact", to="carrier"), event(3, "promise_kept")), NOBODY),
        (
            (
                event(0, "claim_filed", by="shop", to="carrier"),
                event(1, "seller_asked"),
                event(2, "claim_decided", by="carrier", granted=False),
            ),
            ("seller", 1),
        ),
        (
            (
                event(0, "claim_filed", to="seller"),
                event(1, "claim_decided", by="platform", granted=True),
            ),
            NOBODY,
        ),
        # What was offered and is carried out need not be answered.
        ((OFFER, event(2, "remedy_given", by="shop")), NOBODY),
        (
            (
                OFFER,
                event(1, "offer_made", kind="credit"),
                event(2, "remedy_given", kind="credit", by="shop"),
            ),
            ("customer", 1),
        ),
        ((OFFER, event(2, "escalated"), event(3, "offer_refused")), ("shop", 3)),
        (
            (
                event(1, "offer_made", kind="x"),
                event(2, "escalated"),
                event(3, "offer_refused"),
            ),
            ("platform", 2),
        ),
        # What changes nothing.
        ((CONTACT, event(1, "trip"), event(2, "self_repaired")), ("shop", 0)),
        ((CONTACT, event(1, "shipped", by="shop"), event(2, "scanned")), ("shop", 0)),
        # The clock of who is waited for runs on; a promise starts it anew.
        ((CONTACT, event(5, "contact")), ("shop", 0)),
        ((CONTACT, event(5, "promise_made", by="shop")), ("shop", 5)),
        ((CONTACT, event(1, "escalated"), event(2, "contact")), ("shop", 2)),
        ((CONTACT, event(1, "remedy_given"), event(2, "contact")), ("shop", None)),
    ],
)
def test_each_event_says_who_must_act_next(
    events: tuple[dict[str, Any], ...], expected: tuple[str | None, float | None]
) -> None:
    assert since(*events) == expected


def test_an_offer_that_is_over_need_not_be_answered() -> None:
    made = event(1, "offer_made", kind="refund", by="shop", due=hour(10))

    assert since(made, at=9.99) == ("customer", 1)
    assert since(made, at=10) == NOBODY
    assert since(made, event(10, "offer_refused"), at=20) == ("shop", 10)
    assert since(made, event(11, "offer_refused"), at=20) == ("shop", 11)
    assert since(made, event(11, "offer_refused"), at=10.5) == NOBODY


def test_an_offer_that_is_due_when_it_is_made_is_over_at_once() -> None:
    made = event(1, "offer_made", kind="refund", by="shop", due=hour(1))

    assert since(CONTACT, made, at=1) == NOBODY
    assert since(made, event(1, "contact"), at=5) == ("shop", 1)
    assert since(event(1, "contact"), made, at=5) == NOBODY
    assert since(made, event(1, "offer_refused"), at=5) == ("shop", 1)
    assert since(made, event(1, "offer_made", kind="reship"), at=5) == ("customer", 1)


def test_it_is_unknown_for_how_long_somebody_unknown_is_waited_for() -> None:
    promise = event(0, "promise_made")

    assert since(promise, event(1, "seller_asked")) == ("seller", None)
    assert since(promise, event(1, "seller_asked"), event(3, "promise_broken")) == (None, None)
    assert since(event(0, "contact"), promise, event(1, "promise_made", by="shop")) == ("shop", 1)


def test_while_another_offer_is_open_the_customer_is_waited_for() -> None:
    made = event(1, "offer_made", kind="refund", due=hour(10), id="a")
    other = event(2, "offer_made", kind="reship", due=hour(20), id="b")

    assert since(made, other, at=15) == ("customer", 1)
    assert since(made, other, event(5, "offer_expired", of="b"), at=6) == ("customer", 1)
    assert since(made, other, at=20) == NOBODY


def test_what_is_over_stops_nobody_elses_clock() -> None:
    made = event(1, "offer_made", kind="refund", due=hour(10))

    assert since(made, event(2, "contact"), at=15) == ("shop", 2)


def test_an_offer_made_when_another_is_over_is_waited_for_from_then_on() -> None:
    made = event(1, "offer_made", kind="refund", due=hour(10), id="a")
    other = event(10, "offer_made", kind="reship", id="b")

    assert since(made, other, at=15) == ("customer", 10)


def test_without_a_moment_it_is_unknown_whether_an_open_offer_is_over() -> None:
    made = event(1, "offer_made", kind="refund", due=hour(10))

    assert since(made, at=None) == (None, None)
    assert since(made, event(10, "trip"), at=None) == NOBODY
    assert since(made, event(2, "offer_made", kind="reship"), at=None) == ("customer", 1)
    assert since(made, event(2, "contact"), at=None) == ("shop", 2)
    assert since(event(1, "handed_over", to="customer"), at=None) == ("customer", 1)


def test_the_event_that_started_the_clock_is_told() -> None:
    started = found(CONTACT, event(5, "contact")).event

    assert started == Happening(type="contact", at=START, by="customer", to="shop")


@pytest.mark.parametrize(
    ("one", "at", "hours"),
    [
        (Waiting("shop", START), hour(47.99), 47),
        (Waiting("shop", START), hour(48), 48),
        (Waiting("shop", START), None, None),
        (Waiting("shop", None), hour(48), None),
        (Waiting(None), hour(48), None),
        (Waiting("nobody"), None, 0),
    ],
)
def test_whole_hours_of_waiting_are_counted(
    one: Waiting, at: datetime | None, hours: int | None
) -> None:
    assert hours_waiting(one, at) == hours
