"""«Why not?» for perks, which the plan has only beside a fix."""

from __future__ import annotations

from typing import Any

from remedykit import Decision, Policy

TEXT = """
policy: shop
version: "1"
currencies: [USD]
remedies:
  fix: {part: fix, title: Fix, gives: exchange, value: 3.00, say: Hello.}
  coupon: {part: perk, title: Coupon, gives: money_later, value: 5.00, say: Hello.}
rules:
  - {id: gold, when: {customer.tier: gold}, offer: coupon}
"""
LATE = "  - {id: late, when: {incident.days_late: 3..}, offer: fix}\n"
SENT = "  - {id: sent, when: {incident.usable: false, customer.risk_flag: false}, offer: fix}\n"


def decide(policy: Policy, tier: str, **known: Any) -> Decision:
    order = {"id": "A", "currency": "USD", "total": "40.00"}
    given = {"kind": "late_delivery", "order": order, "value_affected": "40.00"} | known
    return policy.decide(given, {"tier": tier, "risk_flag": False})


def texts(policy: Policy, decision: Decision, kind: str = "coupon") -> list[str]:
    return [each.text for each in policy.why_not(decision, kind).nearest]


def test_a_perk_is_told_with_what_would_have_a_fix_offered() -> None:
    policy = Policy.from_text(TEXT + LATE)
    decision = decide(policy, "silver", days_late=1)
    assert texts(policy, decision) == ["tier gold instead of silver and 2 more days late"]
    assert texts(policy, decide(policy, "gold", days_late=1)) == ["2 more days late"]
    assert texts(policy, decide(policy, "silver", days_late=3)) == ["tier gold instead of silver"]


def test_of_several_fixes_each_will_do_for_a_perk() -> None:
    policy = Policy.from_text(TEXT + LATE + SENT)
    decision = decide(policy, "silver", days_late=2, usable=True)
    assert texts(policy, decision) == [
        "tier gold instead of silver and 1 more day late",
        "tier gold instead of silver and usable false instead of true",
    ]


def test_a_fix_that_must_be_lost_and_found_again_is_found() -> None:
    policy = Policy.from_text(
        TEXT.replace("customer.tier: gold", "incident.desired: goods")
        + "  - {id: money, when: {incident.desired: money}, offer: fix}\n"
        + LATE
    )
    decision = decide(policy, "gold", desired="money", days_late=1)
    assert texts(policy, decision) == ["2 more days late and desired goods instead of money"]


def test_a_perk_to_which_there_is_a_right_needs_no_fix() -> None:
    policy = Policy.from_text(TEXT.replace("offer: coupon", "entitle: coupon") + LATE)
    decision = decide(policy, "silver", days_late=1)
    assert texts(policy, decision) == ["tier gold instead of silver"]


def test_where_no_rule_offers_a_fix_no_perk_is_ever_offered() -> None:
    policy = Policy.from_text(TEXT)
    told = policy.why_not(decide(policy, "gold"), "coupon")
    assert told.blocked == (
        "gold: there is no perk without a fix, and no rule of the policy offers one",
    )
