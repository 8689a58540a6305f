"""What holds from one day until another: rules, limits and the values of params."""

from __future__ import annotations

import pytest

from remedykit import Decision, Policy
from remedykit.diagnostics import Findings
from remedykit.errors import PolicyError
from remedykit.language.load import load_policy
from remedykit.language.types import Schema

SHOP = """
policy: dated
version: "1"
currencies: [USD]
timezone: America/New_York
params:
  share:
    value:
      - {value: 20%, until: 2026-06-30}
      - {value: 25%, from: 2026-07-01, until: 2026-12-31}
  dear: {unit: USD, value: [{value: 12.00, until: 2026-06-30}, {value: 20.00, from: 2026-07-01}]}
remedies:
  coupon:
    part: fix
    title: A coupon
    gives: money_later
    value: share * order.total
    say: Here is a coupon.
  gift:
    part: perk
    title: A gift
    gives: money_later
    value: 6.00
    say: Here is a gift.
rules:
  - {id: coupon, where: share > 0, offer: coupon}
  - {id: summer, from: 2026-06-01, until: 2026-08-31, offer: gift}
  - {id: dear, when: {remedy.kind: coupon, remedy.value: dear..}, ask_approval: {of: any, by: lead}}
limits:
  - {id: winter, of: gift, from: 2026-08-31, at_most: 5.00, over: reduce}
"""
POLICY = Policy.from_text(SHOP)


def decided(placed_at: str | None, policy: Policy = POLICY, **incident: object) -> Decision:
    order = {"id": "A", "currency": "USD", "lines": [{"id": "1", "price": "60.00"}]}
    if placed_at is not None:
        order["placed_at"] = placed_at
    given = {"kind": "lost_package", "affected": ["1"], "order": order} | incident
    return policy.decide(given, {})


def values(decision: Decision) -> dict[str, str]:
    return {remedy.kind: str(remedy.value) for remedy in decision.remedies}


@pytest.mark.parametrize(
    ("placed_at", "offered"),
    [
        ("2026-05-31T23:59:59-04:00", {"coupon": "12.00 USD"}),
        ("2026-06-01T00:00:00-04:00", {"coupon": "12.00 USD", "gift": "6.00 USD"}),
        ("2026-06-30T23:59:59-04:00", {"coupon": "12.00 USD", "gift": "6.00 USD"}),
        ("2026-07-01T00:00:00-04:00", {"coupon": "15.00 USD", "gift": "6.00 USD"}),
        ("2026-08-31T00:00:00-04:00", {"coupon": "15.00 USD", "gift": "5.00 USD"}),
        ("2026-09-01T00:00:00-04:00", {"coupon": "15.00 USD"}),
        ("2027-01-01T00:00:00-05:00", {}),
    ],
)
def test_rules_limits_and_params_are_those_of_the_day_of_the_order(
    placed_at: str, offered: dict[str, str]
) -> None:
    assert values(decided(placed_at)) == offered


def test_without_the_day_what_depends_on_it_is_withheld_for_want_of_that_fact() -> None:
    decision = decided(None)

    assert decision.remedies == ()
    withheld = {each.kind: (each.reason, each.facts) for each in decision.withheld}
    assert withheld == {
        "coupon": ("needs_fact", ("order.placed_at",)),
        "gift": ("needs_fact", ("order.placed_at",)),
    }
    assert "order.placed_at" in POLICY.reads
    assert "order.placed_at" in {question.fact for question in POLICY.questions(decision)}


@pytest.mark.parametrize(
    ("test", "in_june", "in_july"),
    [
        ("dear..", ("lead",), ()),
        ("..dear", ("lead",), ("lead",)),
        ("..<dear", (), ("lead",)),
        ("12.01..dear", (), ("lead",)),
    ],
)
def test_a_range_may_begin_and_end_with_a_param_of_several_periods(
    test: str, in_june: tuple[str, ...], in_july: tuple[str, ...]
) -> None:
    policy = Policy.from_text(SHOP.replace("dear..}", f"{test}}}"))

    for day, approval in (("2026-06-15", in_june), ("2026-07-15", in_july)):
        decision = decided(f"{day}T12:00:00-04:00", policy)
        approvals = {remedy.kind: remedy.approval for remedy in decision.remedies}
        assert approvals["coupon"] == approval


def test_a_trace_shows_the_days_as_a_test_and_the_periods_as_rows() -> None:
    why = str(POLICY.why(decided("2026-07-15T12:00:00-04:00")))

    assert "order.placed_at: 2026-06-01T04:00:00Z..<2026-09-01T04:00:00Z" in why
    assert "-> 0.25" in why


def test_the_day_is_that_of_the_fact_that_the_policy_names() -> None:
    policy = Policy.from_text(f"dated_by: incident.discovered_at\n{SHOP}")
    placed = "2026-05-01T12:00:00-04:00"

    decision = decided(placed, policy, discovered_at="2026-07-15T12:00:00-04:00")

    assert values(decision) == {"coupon": "15.00 USD", "gift": "6.00 USD"}
    assert policy.digest != POLICY.digest


def test_the_order_of_periods_in_the_file_means_nothing() -> None:
    first, second = (
        "- {value: 20%, until: 2026-06-30}",
        "- {value: 25%, from: 2026-07-01, until: 2026-12-31}",
    )
    turned = SHOP.replace(first, "FIRST").replace(second, first).replace("FIRST", second)

    assert turned != SHOP
    assert Policy.from_text(turned).digest == POLICY.digest


def test_a_day_that_moves_changes_the_digest() -> None:
    moved = SHOP.replace("until: 2026-08-31", "until: 2026-08-30")

    assert Policy.from_text(moved).digest != POLICY.digest


def test_where_no_order_has_a_day_the_policy_must_name_another_fact() -> None:
    findings = Findings()
    text = 'policy: p\nversion: "1"\nrules: [{id: a, until: 2026-12-31, todo: call}]\n'

    with pytest.raises(PolicyError):
        load_policy({"policy.yaml": text.encode()}, Schema(()), findings)

    assert [each.code for each in findings.sorted()] == ["unknown-fact"]
