"""What both stories must come out as with their dates, under the policy that looks at the clock."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from remedykit import Decision, Money, Policy, replay
from remedykit.language.plain import read_yaml_input
from remedykit.model.decision import Remedy

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SHIPPED = re.compile(r"\b(shipped|sent|dispatched|on its way)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def marketplace() -> Policy:
    return Policy.shipped("marketplace")


def story(name: str) -> dict[str, Any]:
    tree = read_yaml_input((EXAMPLES / f"{name}-timeline.yaml").read_bytes(), name).tree
    assert isinstance(tree, dict)
    return tree


def decide(policy: Policy, name: str, at: str) -> Decision:
    told = story(name)
    moment = datetime.fromisoformat(f"{at}-05:00")
    return policy.decide(told["incident"], told["customer"], case=told["case"], at=moment)


def planned(decision: Decision) -> dict[str, Remedy]:
    return {remedy.kind: remedy for remedy in decision.remedies if remedy.in_plan}


def offered(decision: Decision) -> set[str]:
    return {remedy.kind for remedy in decision.remedies}


def usd(amount: str) -> Money:
    return Money(amount, "USD")


# --- story 2: the missing screw -----------------------------------------------------------------


def test_on_the_first_day_the_money_for_the_screw_is_there_before_it_is_spent(
    marketplace: Policy,
) -> None:
    plan = planned(decide(marketplace, "missing-screw", "2026-11-14T15:20"))
    assert plan["self_repair_money"].value == usd("30.00")
    assert plan["self_repair_money"].pays == "seller"
    assert plan["self_repair_money"].rank_in_part == 1


def test_on_the_first_day_the_part_comes_first_where_there_is_one(marketplace: Policy) -> None:
    told = story("missing-screw")
    told["incident"]["order"]["lines"][0] |= {"part_available": True, "part_cost": "0.50"}
    at = datetime.fromisoformat("2026-11-14T15:20-05:00")
    decision = marketplace.decide(told["incident"], told["customer"], case=told["case"], at=at)
    assert planned(decision)["send_part"].rank_in_part == 1


def test_after_forty_eight_hours_of_silence_the_platform_steps_in(marketplace: Policy) -> None:
    before = decide(marketplace, "missing-screw", "2026-11-16T15:19:59.999999")
    then = decide(marketplace, "missing-screw", "2026-11-16T15:20")
    assert "platform_repair_money" not in offered(before)
    assert planned(then)["platform_repair_money"].pays == "platform"
    assert "platform_advance" in offered(then)


def test_that_the_platform_will_step_in_is_announced_on_the_first_day(marketplace: Policy) -> None:
    decision = decide(marketplace, "missing-screw", "2026-11-14T15:20")
    announced = [each for each in marketplace.upcoming(decision) if each.offers]
    assert announced[0].at == datetime.fromisoformat("2026-11-16T15:20-05:00")
    assert "platform_repair_money" in announced[0].offers


def test_after_the_repair_his_expenses_and_his_trips_are_paid(marketplace: Policy) -> None:
    plan = planned(decide(marketplace, "missing-screw", "2026-11-22T16:00"))
    assert plan["expense_reimbursement"].value == usd("25.00")
    assert plan["expense_reimbursement"].rank_in_part == 1
    assert plan["expense_reimbursement"].pays == "seller"
    assert plan["goodwill"].value == usd("40.00")


def test_the_refused_eight_dollars_are_never_offered_again(marketplace: Policy) -> None:
    told = story("missing-screw")
    refused_at = datetime.fromisoformat("2026-11-18T20:10-05:00")
    steps = replay(
        marketplace, told["case"], incident=told["incident"], customer=told["customer"]
    ).steps
    after = [step for step in steps if step.at >= refused_at]
    assert len(after) > 10
    for step in after:
        assert "partial_refund" not in offered(step.decision), step.at
    (withheld,) = [each for each in after[0].decision.withheld if each.kind == "partial_refund"]
    assert withheld.reason == "refused"


def test_a_broken_promise_puts_a_floor_under_what_his_time_is_worth(marketplace: Policy) -> None:
    told = story("missing-screw")
    told["incident"]["self_repaired"] = True
    told["case"]["events"] = [
        each for each in told["case"]["events"] if each["type"] not in {"trip", "self_repaired"}
    ]
    at = datetime.fromisoformat("2026-11-23T09:00-05:00")
    decision = marketplace.decide(told["incident"], told["customer"], case=told["case"], at=at)
    assert planned(decision)["goodwill"].value == usd("10.00")


def test_at_the_second_disappointment_a_person_takes_over(marketplace: Policy) -> None:
    before = decide(marketplace, "missing-screw", "2026-11-18T20:09")
    then = decide(marketplace, "missing-screw", "2026-11-18T20:10")
    assert before.hand_over == ()
    assert "retention_desk" in {each.to for each in then.hand_over}


def test_what_was_paid_back_is_not_paid_back_again(marketplace: Policy) -> None:
    then = decide(marketplace, "missing-screw", "2026-12-02T12:00")
    assert "expense_reimbursement" not in offered(then)


def test_the_replay_tells_what_the_first_plan_would_have_saved(marketplace: Policy) -> None:
    told = story("missing-screw")
    whole = replay(marketplace, told["case"], incident=told["incident"], customer=told["customer"])
    plan = whole.savings.plan
    assert plan is not None
    assert plan.trips == 5
    assert plan.spent == usd("25.00")
    page = whole.to_html()
    assert "33.9 days sooner" in page
    assert "5 trips" in page
    assert "25.00 USD" in page


# --- story 1: the lost parcels ------------------------------------------------------------------


def test_that_nobody_scanned_the_parcels_is_noticed_without_any_contact(
    marketplace: Policy,
) -> None:
    before = decide(marketplace, "lost-parcels", "2026-11-08T16:39:59")
    then = decide(marketplace, "lost-parcels", "2026-11-08T16:40")
    assert set(planned(before)) == {"follow_through"}
    assert "reship_express" in planned(then)
    assert "no_scan_dated" in planned(then)
    assert "tell_customer_before_they_ask" in then.todo


def test_a_parcel_that_was_scanned_in_time_is_left_alone(marketplace: Policy) -> None:
    told = story("lost-parcels")
    scans = [
        {"type": "scanned", "at": "2026-11-07T09:00:00-05:00", "parcel": parcel}
        for parcel in ("P-1", "P-2")
    ]
    told["case"]["events"] = [*told["case"]["events"][:4], *scans]
    at = datetime.fromisoformat("2026-11-10T09:00-05:00")
    decision = marketplace.decide(told["incident"], told["customer"], case=told["case"], at=at)
    assert set(planned(decision)) == {"follow_through"}
    assert "tell_customer_before_they_ask" not in decision.todo


def test_one_parcel_of_two_that_nobody_scanned_is_noticed(marketplace: Policy) -> None:
    told = story("lost-parcels")
    scan = {"type": "scanned", "at": "2026-11-07T09:00:00-05:00", "parcel": "P-1"}
    told["case"]["events"] = [*told["case"]["events"][:4], scan]
    at = datetime.fromisoformat("2026-11-10T09:00-05:00")
    decision = marketplace.decide(told["incident"], told["customer"], case=told["case"], at=at)
    assert "tell_customer_before_they_ask" in decision.todo


@pytest.mark.parametrize("policy", ["marketplace", "nurture"])
@pytest.mark.parametrize("kind", ["late_delivery", "lost_package"])
def test_nothing_is_called_shipped_before_the_first_scan_on_any_day(policy: str, kind: str) -> None:
    told, read = story("lost-parcels"), Policy.shipped(policy)
    told["incident"]["kind"] = kind
    start = datetime.fromisoformat("2026-11-06T16:40-05:00")
    for day in range(60):
        decision = read.decide(
            told["incident"], told["customer"], case=told["case"], at=start + timedelta(days=day)
        )
        for remedy in decision.remedies:
            if remedy.in_plan and remedy.part == "explanation":
                assert not SHIPPED.search(remedy.message.replace("not a parcel on its way", "")), (
                    day,
                    remedy.kind,
                )
