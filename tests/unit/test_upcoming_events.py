"""How the reasons of upcoming changes name events: who did what, as far as it is known."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from remedykit.explain.ahead.event_words import happened, over
from remedykit.facts.values import Happening
from remedykit.model.event import EVENT_FORMS
from remedykit.model.words import EVENT_TYPES, EventType, Party


def _event(kind: EventType, by: Party | None = None) -> Happening:
    at = datetime(2026, 11, 20, tzinfo=UTC)
    return Happening(type=kind, at=at, by=by, kind="coupon")


@pytest.mark.parametrize("kind", EVENT_TYPES)
def test_every_event_names_who_did_it(kind: EventType) -> None:
    for by in ("seller", "shop"):
        assert f"the {by}" in happened(_event(kind, by))


@pytest.mark.parametrize("kind", EVENT_TYPES)
def test_who_did_it_is_left_open_where_nobody_says_it(kind: EventType) -> None:
    told = happened(_event(kind))
    assert told != happened(_event(kind, EVENT_FORMS[kind].by or "shop"))
    assert "None" not in told


@pytest.mark.parametrize(
    ("kind", "by", "told"),
    [
        ("contact", "shop", "the shop got in touch"),
        ("seller_answered", None, "somebody answered"),
        ("offer_made", None, "coupon was offered"),
        ("offer_made", "seller", "coupon was offered by the seller"),
        ("promise_made", None, "a promise was made"),
        ("promise_made", "shop", "a promise of the shop was made"),
        ("label_created", None, "the label of a parcel was printed"),
        ("label_created", "seller", "the seller printed the label of a parcel"),
        ("shipped", None, "somebody said that a parcel was sent"),
        ("resolved", None, "the case was closed"),
        ("reopened", "customer", "the customer opened the case again"),
    ],
)
def test_an_event_reads_as_a_sentence(kind: EventType, by: Party | None, told: str) -> None:
    assert happened(_event(kind, by)) == told


def test_what_is_over_at_a_due_is_told_by_what_was_made() -> None:
    promise = _event("promise_made")
    assert over(_event("offer_made", "shop")) == "the offer of coupon expires"
    assert over(promise) == "the time of a promise is over"
    assert over(replace(promise, by="seller")) == "the time of a promise of the seller is over"
