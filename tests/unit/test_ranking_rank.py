"""The result of the ranking as a whole."""

from __future__ import annotations

from support.ranking_builders import (
    candidate,
    facts,
    kinds,
    planned,
    policy,
    ranked,
)
from support.ranking_remedies import (
    BARE,
    GIFT,
    NO_SCAN,
    REFUND,
    RESHIP,
    SINCERE,
    WAITED,
    choices,
    entitle,
    in_group,
)

# --- groups with members of several parts ---


def test_a_group_has_one_member_in_the_plan_even_if_they_are_of_several_parts() -> None:
    rival = in_group(GIFT._replace(cost=0), "make_whole")
    result = ranked([RESHIP, SINCERE, rival], of=policy(covers=("perk",)))
    assert planned(result) == ["reship", "sincere"]
    assert "gift" in kinds(result)


def test_an_entitled_perk_holds_its_group_against_fixes() -> None:
    result = ranked([in_group(entitle(GIFT), "make_whole"), RESHIP, candidate("x", value=6000)])
    assert planned(result) == ["x", "gift"]


def test_the_first_part_of_a_group_with_entitlements_of_several_parts_holds_it() -> None:
    result = ranked([in_group(entitle(GIFT), "make_whole"), entitle(RESHIP)])
    assert planned(result) == ["reship"]
    assert choices(result)["gift"] == "reship"


def test_an_apology_and_an_explanation_of_one_group_are_not_both_said() -> None:
    result = ranked([RESHIP, in_group(SINCERE, "words"), in_group(NO_SCAN, "words")])
    assert planned(result) == ["reship", "sincere"]


# --- what the result says ---


def test_scores_add_up_to_the_plans_and_breakdowns_to_the_scores() -> None:
    result = ranked([RESHIP, SINCERE, NO_SCAN, GIFT], given=facts(WAITED))
    assert sum(one.score for one in result.plan) == result.score > 0
    assert list(result.plan[0].breakdown._asdict()) == [
        "distributive",
        "interactional",
        "procedural",
        "cost",
        "risk",
        "adjustments",
    ]
    assert [sum(one.breakdown) for one in result.plan] == [one.score for one in result.plan]


def test_assumptions_stand_beside_the_scores_that_hang_on_them() -> None:
    given = facts({"incident.value_affected": 0, "incident.discovered_at": None})
    result = ranked([REFUND, SINCERE], given=given)
    assumed = {one.candidate.kind.part: one.assumptions for one in result.remedies}
    assert assumed["fix"] == ("the loss is nothing; it counts as 100 minor units",)
    assert len(assumed["apology"]) == 1
    assert assumed["apology"][0].startswith("how long ago")
    assert result.open_facts == ("incident.discovered_at",)


def test_what_costs_nothing_hangs_on_no_assumption_about_cost() -> None:
    result = ranked([REFUND, SINCERE], given=facts({"customer.predicted_ltv": None}))
    assumed = {one.candidate.kind.name: one.assumptions for one in result.remedies}
    assert assumed == {
        "refund": ("what the customer will buy is unknown and counted as nothing",),
        "sincere": (),
    }


def test_ranks_count_the_list_and_inside_each_part() -> None:
    result = ranked([RESHIP, REFUND, SINCERE, BARE])
    assert [one.rank for one in result.remedies] == [1, 2, 3, 4]
    in_part = {one.candidate.kind.name: one.rank_in_part for one in result.remedies}
    assert in_part == {"reship": 1, "refund": 2, "sincere": 1, "bare": 2}
