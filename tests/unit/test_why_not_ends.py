"""«Why not?» where the values at which a policy turns contradict what is known besides."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from remedykit import Decision, Policy
from remedykit.explain.ends import Ends, ends_of
from remedykit.language.types import Base

AT = datetime(2026, 11, 20, 10, tzinfo=UTC)
TEXT = """
policy: shop
version: "1"
currencies: [USD]
timezone: UTC
remedies:
  fix: {{part: fix, title: Fix, gives: exchange, value: 5.00, say: Hello.}}
rules:
  - {{id: late, when: {{{test}}}, offer: fix}}
"""
PLACED = {"order.placed_at": "2026-11-05T10:00:00Z"}
PROMISED = {"incident.promised_by": "2026-11-01T10:00:00Z", "incident.days_late": 3}


def shop(test: str) -> Policy:
    return Policy.from_text(TEXT.format(test=test))


def decide(policy: Policy, known: dict[str, Any], at: datetime | None = AT) -> Decision:
    fields: dict[str, dict[str, Any]] = {"incident": {}, "order": {}}
    for name, value in known.items():
        group, _, field = name.partition(".")
        fields[group][field] = value
    order = {"id": "A", "currency": "USD"} | fields["order"]
    return policy.decide({"kind": "late_delivery", "order": order} | fields["incident"], {}, at=at)


@pytest.mark.parametrize(
    ("test", "known", "told"),
    [
        (
            "incident.value_affected: ..200.00",
            {"order.total": "34.00"},
            "value affected turns out to be 34.00 USD or less",
        ),
        (
            "order.total: 20.00..",
            {"incident.value_affected": "41.00", "order.paid": "41.00"},
            "total turns out to be 41.00 USD or more",
        ),
        (
            "incident.delivered_at: 2026-11-02..",
            PLACED,
            "it turns out to be delivered at 2026-11-05 10:00 or later",
        ),
        (
            "order.placed_at: ..2026-11-10",
            {"incident.delivered_at": "2026-11-03T09:00:00Z"},
            "it turns out to be placed at 2026-11-03 09:00 or earlier",
        ),
        (
            "order.placed_at: ..2026-12-10",
            {},
            "it turns out to be placed at 2026-11-20 10:00 or earlier",
        ),
        (
            "incident.delivered_at: ..2026-12-10",
            PLACED,
            "it turns out to be delivered at 2026-11-20 10:00 or earlier",
        ),
        (
            "order.total: 5.00..",
            {"order.refunded": "8.00", "order.paid": "9.00", "incident.value_affected": "6.00"},
            "total turns out to be 6.00 USD or more",
        ),
    ],
)
def test_the_end_that_another_fact_sets_is_tried(
    test: str, known: dict[str, Any], told: str
) -> None:
    policy = shop(test)
    (found,) = policy.why_not(decide(policy, known), "fix").nearest
    assert found.text == told
    (change,) = found.changes
    offered = decide(policy, known | {change.fact: change.after.removesuffix(" USD")}).remedies
    assert [remedy.kind for remedy in offered] == ["fix"]


def test_times_agree_with_the_days_late_that_were_handed_in() -> None:
    policy = shop("incident.delivered_at: 2026-11-02..")
    decision = decide(policy, PROMISED, at=None)
    (found, *_) = policy.why_not(decision, "fix").nearest
    assert found.text == "it turns out to be delivered at 2026-11-04 10:00 or later"
    earlier = shop("incident.promised_by: 2026-10-02..2026-10-28")
    known = {"incident.delivered_at": "2026-10-05T10:00:00Z", "incident.days_late": 3}
    (told, *_) = earlier.why_not(decide(earlier, known), "fix").nearest
    assert told.text == "it turns out to be promised by 2026-10-02 to 2026-10-02 10:00"


def test_nothing_is_told_to_have_happened_after_the_decision_unless_it_was_so_already() -> None:
    policy = shop("incident.reported_at: 2026-12-10..")
    (later,) = policy.why_not(decide(policy, {}), "fix").nearest
    assert [change.fact for change in later.changes] == ["at", "incident.reported_at"]
    known = {"incident.reported_at": "2026-12-01T10:00:00Z"}
    (told,) = policy.why_not(decide(policy, known), "fix").nearest
    assert [change.fact for change in told.changes] == ["incident.reported_at"]


def test_of_the_least_that_a_fact_can_be_nothing_less_is_told() -> None:
    policy = shop("customer.tenure_years: ..0")
    (least,) = policy.why_not(decide(policy, {}), "fix").nearest
    assert least.text == "tenure years turns out to be 0"
    policy = shop("incident.functional_impact: 1..")
    (most,) = policy.why_not(decide(policy, {}), "fix").nearest
    assert most.text == "functional impact turns out to be 1"


def test_a_question_is_asked_where_only_the_end_that_another_fact_sets_can_be_answered() -> None:
    policy = shop("incident.delivered_at: 2026-11-02..")
    (question,) = policy.questions(decide(policy, PLACED))
    assert [(each.value, each.offers) for each in question.answers] == [
        ("2026-11-05T10:00:00Z", ("fix",))
    ]


def test_what_was_paid_must_be_handed_in_where_it_would_follow_from_another_total() -> None:
    policy = shop("order.total: ..20.00, order.paid: 40.00..")
    (told,) = policy.why_not(decide(policy, {"order.total": "40.00"}), "fix").nearest
    assert [str(each) for each in told.kept] == ["order.paid: 40.00 must be handed in, too"]
    assert str(told).endswith(
        "(order.total: 40.00 -> 20.00); order.paid: 40.00 must be handed in, too"
    )
    handed_in = {"order.total": "20.00", "order.paid": "40.00"}
    assert decide(policy, handed_in).remedies == (told.remedy,)
    assert not decide(policy, {"order.total": "20.00"}).remedies


def test_what_was_paid_must_be_handed_in_where_more_than_the_new_total_was_refunded() -> None:
    policy = shop("order.total: ..20.00")
    known = {"order.total": "40.00", "order.refunded": "30.00"}
    told = policy.why_not(decide(policy, known), "fix")
    assert "order.paid: 40.00 must be handed in, too" in str(told)


@pytest.mark.parametrize(
    "known",
    [
        pytest.param({"order.total": "40.00"}, id="it makes no difference"),
        pytest.param({"order.total": "40.00", "order.paid": "35.00"}, id="it was handed in"),
    ],
)
def test_what_was_paid_need_not_be_handed_in_for_nothing(known: dict[str, Any]) -> None:
    policy = shop("order.total: ..20.00")
    (told,) = policy.why_not(decide(policy, known), "fix").nearest
    assert not told.kept


NOTHING: dict[str, None] = dict.fromkeys(
    (
        "at",
        "incident.days_late",
        "incident.delivered_at",
        "incident.discovered_at",
        "incident.items_affected",
        "incident.promised_by",
        "incident.reported_at",
        "incident.value_affected",
        "order.first_scan_at",
        "order.label_created_at",
        "order.paid",
        "order.placed_at",
        "order.refunded",
        "order.total",
    )
)


def test_facts_that_contradict_each_other_set_no_ends() -> None:
    known = NOTHING | {"order.placed_at": AT, "incident.delivered_at": AT.replace(day=1)}
    assert ends_of("order.first_scan_at", known, counted=False) == Ends()


def test_the_total_of_which_what_was_paid_follows_is_no_less_than_what_was_refunded() -> None:
    known = NOTHING | {"order.refunded": 800}
    assert tuple(ends_of("order.total", known, counted=False).values(Base.MONEY)) == (800,)


def test_what_is_affected_is_worth_nothing_where_no_unit_is() -> None:
    known = NOTHING | {"incident.items_affected": 0}
    assert ends_of("incident.value_affected", known, counted=False).most == 0
