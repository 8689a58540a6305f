"""What the first plan of a replay would have saved: days, trips and money, each told exactly."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any

from remedykit import Money, Policy, replay
from remedykit.replaying.savings import FirstPlan, Savings
from support.replays import STORY, TEXT, case_of, day, event, incident, replayed


def _plan(*events: dict[str, Any], **options: Any) -> FirstPlan:
    plan = _savings(*events, **options).plan
    assert plan is not None
    return plan


def _savings(*events: dict[str, Any], **options: Any) -> Savings:
    return replayed(*events, **options).savings


def test_the_story_tells_what_was_taken_and_what_would_have_been_saved() -> None:
    assert _savings(*STORY) == Savings(
        opened_at=day(0.25),
        ended_at=day(10.25),
        is_resolved=True,
        days=Fraction(10),
        plan=FirstPlan(
            at=day(2.25),
            done_at=day(3.75),
            days=Fraction(7, 2),
            days_saved=Fraction(13, 2),
            trips=3,
            spent=Money("12.50", "USD"),
        ),
    )


def test_the_slowest_fix_of_the_plan_counts_also_if_it_makes_nobody_whole_by_itself() -> None:
    plan = _plan(event("seller_asked", 0), event("trip", 1), event("resolved", 9))

    assert (plan.at, plan.done_at) == (day(2), day(6))


def test_a_plan_whose_fixes_make_nobody_whole_does_not_count() -> None:
    savings = _savings(event("contact", 0), event("trip", 1), event("resolved", 2))

    assert savings.plan is None
    assert savings.days == Fraction(2)


def test_what_happens_at_the_moment_of_the_plan_is_not_saved() -> None:
    spent = event("expense", 2, value="3.00")
    later = event("expense", 2 + 1e-6, value="4.00")

    plan = _plan(event("seller_asked", 0), event("trip", 2), spent, later, event("resolved", 5))

    assert (plan.at, plan.trips, plan.spent) == (day(2), 0, Money("4.00", "USD"))


def test_only_the_customers_own_trips_and_expenses_count() -> None:
    others = (event("trip", 3, by="seller"), event("expense", 3, by="shop", value="9.00"))

    plan = _plan(event("seller_asked", 0), *others, event("resolved", 5))

    assert (plan.trips, plan.spent) == (0, Money("0.00", "USD"))


def test_a_case_that_is_open_took_until_its_last_event_at_least() -> None:
    savings = _savings(event("seller_asked", 0), event("trip", 8))

    assert (savings.is_resolved, savings.ended_at, savings.days) == (False, day(8), Fraction(8))


def test_the_last_time_that_it_was_put_right_counts() -> None:
    reopened = (event("resolved", 3), event("reopened", 4), event("resolved", 7))

    savings = _savings(event("seller_asked", 0), *reopened, event("trip", 9))

    assert (savings.is_resolved, savings.ended_at) == (True, day(7))


def test_what_a_policy_would_offer_in_a_closed_case_is_no_plan() -> None:
    closed = (event("seller_asked", 0), event("resolved", 1), event("trip", 3))

    assert _savings(*closed).plan is None
    assert _plan(*closed, event("reopened", 4), event("resolved", 6)).at == day(4)


def test_a_plan_that_would_have_taken_longer_saves_less_than_nothing() -> None:
    plan = _plan(event("seller_asked", 0), event("resolved", 2.5))

    assert (plan.days, plan.days_saved) == (Fraction(7, 2), Fraction(-1))


def test_before_the_case_was_opened_a_plan_counts_if_time_alone_has_brought_it() -> None:
    noticed = _plan(event("label_created", 0), event("contact", 9), event("resolved", 10))

    assert (noticed.at, noticed.days) == (day(3), Fraction(-9, 2))


def test_before_the_case_was_opened_a_plan_at_an_event_of_a_parcel_does_not_count() -> None:
    shipped = event("shipped", 3)  # at the very instant, so that there is no step for time alone

    plan = _plan(event("label_created", 0), shipped, event("contact", 9), event("resolved", 10))

    assert plan.at == day(9)


def test_a_case_that_was_never_opened_has_no_days_but_can_save_some() -> None:
    savings = _savings(event("label_created", 0), event("delivered", 6), until=day(6))

    assert (savings.opened_at, savings.days) == (None, None)
    assert savings.plan is not None
    assert (savings.plan.days, savings.plan.days_saved) == (None, Fraction(3, 2))


def test_days_are_those_that_passed_where_the_clocks_have_changed_between() -> None:
    before = event("seller_asked", -14.5)  # two days earlier than the clocks change in New York

    savings = _savings(before, event("resolved", -12))

    assert savings.opened_at is not None
    assert savings.plan is not None
    told = (savings.opened_at, savings.plan.at, savings.plan.done_at, savings.ended_at)
    assert [each.isoformat() for each in told] == [
        "2026-10-30T20:00:00-04:00",
        "2026-11-01T19:00:00-05:00",
        "2026-11-03T07:00:00-05:00",
        "2026-11-02T07:00:00-05:00",
    ]
    assert savings.ended_at - savings.opened_at == timedelta(days=2.5)
    assert (savings.days, savings.plan.days) == (Fraction(5, 2), Fraction(7, 2))


def test_parts_of_days_are_told_exactly() -> None:
    third = 1 / 3
    savings = _savings(event("contact", 0), event("resolved", third))

    assert savings.days == Fraction(1, 3)


def test_before_the_case_was_opened_a_plan_does_not_count_of_which_time_has_only_taken() -> None:
    # The spare part is offered from the label on, as if the incident were known; time takes the
    # gesture away.
    text = TEXT.replace("case.unscanned: true}, offer: spare_part", "}, offer: spare_part")
    text = text.replace("incident.trips: 1..}", "case.unscanned: false}")
    text = text.replace("value: incident.trips * trip_money", "value: trip_money")
    events = (event("label_created", 0), event("contact", 9), event("resolved", 10))

    told = replay(Policy.from_text(text), case_of(*events), incident=incident(), customer={})

    assert [(step.at, step.withdraws) for step in told.steps if step.withdraws] == [
        (day(3), ("gesture",))
    ]
    assert told.savings.plan is not None
    assert told.savings.plan.at == day(9)
