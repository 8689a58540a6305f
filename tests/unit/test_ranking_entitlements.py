"""Nothing weakens an entitlement."""

from __future__ import annotations

import pytest

from remedykit.model.words import Basis
from support.ranking_builders import (
    candidate,
    cap_on,
    facts,
    kinds,
    planned,
    ranked,
)
from support.ranking_remedies import (
    CREDIT,
    GIFT,
    REFUND,
    RESHIP,
    adequacy,
    choices,
    entitle,
    in_group,
)

# --- entitlements ---


def test_an_entitlement_stands_in_the_plan_before_better_fixes_of_its_group() -> None:
    result = ranked([entitle(REFUND), RESHIP])
    assert planned(result) == ["refund"]
    assert kinds(result) == ["refund", "reship"]


def test_several_entitlements_of_a_group_are_the_customers_choice() -> None:
    result = ranked([entitle(REFUND), entitle(RESHIP), CREDIT])
    assert planned(result) == ["reship"]
    assert kinds(result) == ["reship", "refund", "credit"]
    assert choices(result) == {"reship": None, "refund": "reship", "credit": None}


def test_an_adequate_member_stands_in_where_the_entitlement_is_not() -> None:
    result = ranked([entitle(CREDIT), RESHIP])
    assert planned(result) == ["reship"]
    assert kinds(result) == ["credit", "reship"]
    assert choices(result) == {"credit": "reship", "reship": "credit"}
    assert adequacy(result) == {"credit": False, "reship": True}


def test_who_stands_in_names_the_best_of_the_entitlements() -> None:
    worse = entitle(candidate("a_worse", gives="money_later", value=10, group="make_whole"))
    result = ranked([worse, entitle(CREDIT), RESHIP])
    assert choices(result) == {"credit": "reship", "a_worse": "reship", "reship": "credit"}


def test_nobody_stands_in_where_another_fix_makes_the_entitlement_adequate() -> None:
    top_up = candidate("top_up", value=6000, cost=6000)
    result = ranked([entitle(CREDIT), RESHIP, top_up])
    assert planned(result) == ["credit", "top_up"]


def test_no_cap_and_no_score_holds_an_entitlement_back() -> None:
    cap = cap_on("none", {"refund", "gift"}, 0)
    result = ranked([entitle(REFUND._replace(points=-20, cost=90000)), entitle(GIFT)], caps=[cap])
    assert planned(result) == ["refund", "gift"]
    assert result.withheld == ()


def test_a_choice_is_listed_even_where_it_would_break_a_cap() -> None:
    other = candidate("other", value=6000)
    more = entitle(candidate("more", gives="money_later", value=9000, group="make_whole"))
    cap = cap_on("twelve", {"other", "refund", "more"}, 12000)
    given = facts({"incident.value_affected": 12000})
    result = ranked([entitle(REFUND), more, other], given=given, caps=[cap])
    assert planned(result) == ["refund", "other"]
    assert choices(result)["more"] == "refund"


def test_entitlements_count_as_spent_before_goodwill() -> None:
    owed = entitle(candidate("owed", value=1000))
    more = candidate("more", value=5000, basis="goodwill")
    caps = [cap_on("six", {"owed", "more"}, 5999)]
    assert planned(ranked([owed, more])) == ["owed", "more"]
    assert planned(ranked([owed, more], caps=caps)) == ["owed"]


@pytest.mark.parametrize(("at_most", "expected"), [(7200, ["refund", "gift"]), (7199, ["gift"])])
def test_an_entitled_perk_counts_as_spent_before_the_fixes_are_chosen(
    at_most: int, expected: list[str]
) -> None:
    # of two to choose from the dearer counts, though the other will stand
    gift = entitle(in_group(GIFT, "gifts"))
    dear = entitle(candidate("big_gift", "perk", value=1200, cost=9000, group="gifts"))
    cap = cap_on("all", {"refund", "gift", "big_gift"}, at_most)
    assert planned(ranked([REFUND, gift, dear], caps=[cap])) == expected


def test_an_entitled_perk_takes_no_room_of_a_cap_that_does_not_count_it() -> None:
    cap = cap_on("fixes", {"refund"}, 6000)
    assert planned(ranked([REFUND, entitle(GIFT)], caps=[cap])) == ["refund", "gift"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("standard", "goodwill", ["a", "z"]), ("goodwill", "standard", ["z", "a"])],
)
def test_the_basis_comes_before_the_gain_in_the_order_of_scoring(
    first: Basis, second: Basis, expected: list[str]
) -> None:
    fixes = [candidate("a", value=3000, basis=first), candidate("z", value=3000, basis=second)]
    assert planned(ranked(fixes)) == expected
