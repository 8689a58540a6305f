"""Stage 1: the fixes of the plan."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from remedykit.language.ranking_defaults import default_ranking
from remedykit.language.types import Value
from remedykit.model.decision import HandOver, Withheld
from support.ranking_builders import (
    amount,
    candidate,
    cap_on,
    facts,
    held_back,
    kinds,
    planned,
    policy,
    ranked,
)
from support.ranking_remedies import (
    CREDIT,
    GIFT,
    NO_SCAN,
    REFUND,
    RESHIP,
    SINCERE,
    WAITED,
    adequacy,
)

# --- the two stories ---


LOST = [
    candidate(
        "express", gives="exchange", value=6000, cost=4800, days=2, restores=True, group="whole"
    ),
    candidate(
        "reship", gives="exchange", value=6000, cost=4200, days=6, restores=True, group="whole"
    ),
    candidate("refund", value=6000, cost=6000, days=3, effort=Fraction(1, 2), group="whole"),
    candidate(
        "credit",
        gives="money_later",
        value=6000,
        cost=5400,
        days=0,
        effort=Fraction(3, 2),
        group="whole",
    ),
    candidate(
        "reorder", gives="money_later", value=6000, cost=6000, days=8, effort=3, group="whole"
    ),
    candidate("trace", gives="exchange", value=600, cost=100, days=10, effort=2, group="whole"),
]


def test_the_lost_parcels_are_sent_again() -> None:
    result = ranked([*LOST, SINCERE, NO_SCAN, GIFT], given=facts(WAITED))
    assert planned(result) == ["express", "sincere", "no_scan", "gift"]
    fixes = [one.candidate.kind.name for one in result.remedies if one.candidate.kind.part == "fix"]
    assert fixes == ["express", "reship", "refund", "credit", "reorder", "trace"]
    assert result.adequate
    assert result.hand_over == ()


def test_without_stock_the_lost_parcels_are_refunded() -> None:
    assert planned(ranked(LOST[2:])) == ["refund"]


def test_the_repaired_cabinet_is_reimbursed_and_some_more() -> None:
    expense = candidate("expense", value=2500, cost=2500, days=2, effort=1)
    goodwill = candidate("goodwill", value=4000, cost=4000, basis="goodwill")
    numbers = replace(default_ranking("resolve"), trip_cost=amount(800))
    known: dict[str, Value | None] = {
        "incident.kind": "missing_part",
        "incident.self_repaired": True,
        "incident.out_of_pocket": 2500,
        "incident.trips": 5,
        "order.total": 12000,
    }
    result = ranked([goodwill, expense], of=policy(numbers), given=facts(known))
    assert planned(result) == ["expense", "goodwill"]
    assert kinds(result) == ["expense", "goodwill"]
    assert result.adequate


# --- stage 1: fixes ---


def test_of_a_group_one_stands_in_the_plan_and_the_others_are_alternatives() -> None:
    result = ranked([RESHIP, REFUND, CREDIT])
    assert planned(result) == ["reship"]
    assert kinds(result) == ["reship", "refund", "credit"]
    assert [one.in_plan for one in result.remedies] == [True, False, False]


def test_an_adequate_set_comes_before_a_more_valuable_one() -> None:
    cheap = candidate("cheap", gives="exchange", value=6000, group="make_whole")
    dear = REFUND._replace(cost=90000, points=-20)
    result = ranked([cheap, dear])
    assert planned(result) == ["refund"]
    assert adequacy(result) == {"refund": True, "cheap": False}


def test_an_inadequate_alternative_comes_last_whatever_its_score() -> None:
    cheap = candidate("cheap", gives="exchange", value=6000, group="make_whole")
    result = ranked([cheap, REFUND, CREDIT._replace(points=-20, cost=90000)])
    assert kinds(result) == ["refund", "cheap", "credit"]
    assert result.remedies[1].score > result.remedies[0].score


def test_equal_worth_is_decided_by_cost_and_then_by_name() -> None:
    twin = candidate("a_twin", value=6000, cost=6000, days=3, group="make_whole")
    assert planned(ranked([REFUND, twin])) == ["a_twin"]
    # 1 cent more is the same share of the value at risk
    assert planned(ranked([REFUND, twin._replace(cost=6001)])) == ["refund"]


def test_no_candidates_are_handed_over() -> None:
    result = ranked([SINCERE])
    assert result.hand_over == (HandOver(to="person", reason="no_fix"),)
    assert not result.adequate
    assert planned(result) == ["sincere"]


def test_what_no_cap_leaves_room_for_is_withheld_and_handed_over() -> None:
    result = ranked([REFUND], caps=[cap_on("money_back", {"refund"}, 5999)])
    assert result.remedies == ()
    assert held_back(result) == {"refund": ("over_limit", "money_back")}
    assert result.hand_over == (HandOver(to="person", reason="no_fix"),)


def test_an_inadequate_plan_is_carried_out_and_handed_over() -> None:
    result = ranked([CREDIT])
    assert planned(result) == ["credit"]
    assert not result.adequate
    assert adequacy(result) == {"credit": False}
    assert result.hand_over == (HandOver(to="person", reason="no_adequate_fix"),)


def test_a_fix_that_adds_nothing_is_withheld() -> None:
    more = candidate("more", value=100, cost=90000, days=30)
    result = ranked([RESHIP, more])
    assert planned(result) == ["reship"]
    assert result.withheld == (
        Withheld(kind="more", part="fix", reason="adds_nothing", rule="plan"),
    )


def test_a_fix_that_adds_something_but_breaks_a_cap_is_withheld_for_the_cap() -> None:
    late = candidate("late", value=1200)
    given = facts({"incident.out_of_pocket": 1200})
    cap = cap_on("money_back", {"late", "reship"}, 7199)
    assert planned(ranked([RESHIP, late], given=given)) == ["reship", "late"]
    result = ranked([RESHIP, late], given=given, caps=[cap])
    assert planned(result) == ["reship"]
    assert held_back(result) == {"late": ("over_limit", "money_back")}


def test_an_alternative_that_would_break_a_cap_in_its_rivals_place_is_withheld() -> None:
    cap = cap_on("small.refunds", {"refund"}, 100)
    assert held_back(ranked([RESHIP, REFUND], caps=[cap])) == {
        "refund": ("over_limit", "small.refunds")
    }


def test_fixes_are_put_in_order_by_what_they_add_to_those_before_them() -> None:
    owed = candidate("owed", value=4000, days=10, basis="entitlement")
    fast = candidate("fast", value=1000)
    # by itself the fast one is worth more; behind a slow one its speed adds nothing
    liked = candidate("liked", value=1000, days=10, points=2)
    assert planned(ranked([owed, fast, liked])) == ["owed", "liked", "fast"]


# --- what the customer asked for ---


def test_what_the_customer_asked_for_is_named_where_the_plan_gives_something_else() -> None:
    given = facts({"incident.desired": "money"})
    assert ranked([RESHIP, REFUND], given=given).overridden_desire == "money"
    assert ranked([REFUND], given=given).overridden_desire is None
    assert ranked([SINCERE], given=given).overridden_desire is None


@pytest.mark.parametrize("desired", [None, "apology"])
def test_a_desire_for_no_fix_is_never_overridden(desired: str | None) -> None:
    assert ranked([RESHIP], given=facts({"incident.desired": desired})).overridden_desire is None


def test_a_policy_may_put_first_what_the_customer_asked_for() -> None:
    first = policy(replace(default_ranking("resolve"), desired_first=True))
    given = facts({"incident.desired": "money"})
    result = ranked([RESHIP, REFUND], of=first, given=given)
    assert planned(result) == ["refund"]
    assert result.overridden_desire is None
    assert planned(ranked([RESHIP, REFUND], of=first)) == ["reship"]


def test_what_he_asked_for_does_not_come_before_what_is_adequate() -> None:
    first = policy(replace(default_ranking("resolve"), desired_first=True))
    little = candidate("little", value=1000, group="make_whole")
    given = facts({"incident.desired": "money"})
    assert planned(ranked([RESHIP, little], of=first, given=given)) == ["reship"]


def test_among_inadequate_sets_what_he_asked_for_does_not_come_first() -> None:
    first = policy(replace(default_ranking("resolve"), desired_first=True))
    some_goods = candidate("some_goods", gives="exchange", value=10, group="make_whole")
    result = ranked([CREDIT, some_goods], of=first, given=facts({"incident.desired": "goods"}))
    assert planned(result) == ["credit"]
    assert result.overridden_desire == "goods"
