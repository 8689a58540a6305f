"""Goodwill on top of a stronger claim: what the plan's limits and gates leave of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from remedykit.effects.candidates import Candidate, Cap
from remedykit.effects.setting import MOST_MINOR_UNITS
from remedykit.errors import InputError
from remedykit.language.ranking_defaults import default_ranking
from remedykit.model.decision import Withheld
from remedykit.model.words import Basis
from remedykit.ranking.result import Ranked
from support.ranking_builders import (
    candidate,
    cap_on,
    define,
    facts,
    held_back,
    on_top,
    planned,
    policy,
    ranked,
)
from support.ranking_remedies import GIFT, REFUND, RESHIP, SINCERE, WAITED, entitle, in_group


def claims(name: str, right: int, goodwill: int, basis: Basis = "entitlement") -> Candidate:
    """Return goodwill on top of a stronger claim on a fix."""
    lower = candidate(name, value=right, cost=100, basis=basis)
    return on_top(candidate(name, value=goodwill, cost=200, basis="goodwill"), lower)


def values(result: Ranked) -> dict[str, int]:
    """Return what each remedy of the plan is worth."""
    return {one.candidate.kind.name: one.candidate.value for one in result.plan}


def goodwill_cap(at_most: int, *kinds: str, facts: tuple[str, ...] = ()) -> Cap:
    return Cap("goodwill", frozenset((kind, "goodwill") for kind in kinds), at_most, facts)


LARGE = facts({"incident.value_affected": 20000})
A, B = claims("a", 2000, 9000), claims("b", 2000, 9000)


def test_goodwill_on_rights_stays_within_a_limit_on_the_plan() -> None:
    assert values(ranked([A, B], given=LARGE)) == {"a": 9000, "b": 9000}
    caps = [goodwill_cap(18000, "a", "b")]
    assert values(ranked([A, B], given=LARGE, caps=caps)) == {"a": 9000, "b": 9000}
    caps = [goodwill_cap(17999, "a", "b")]
    assert values(ranked([A, B], given=LARGE, caps=caps)) == {"a": 2000, "b": 2000}


def test_only_what_the_broken_limit_counts_falls_back() -> None:
    result = ranked([A, B], given=LARGE, caps=[goodwill_cap(8999, "a")])
    assert values(result) == {"a": 2000, "b": 9000}


@pytest.mark.parametrize("name", ["before", "then"])  # on a tie, the first by name is in the set
def test_a_fix_that_fell_back_with_others_rises_again_where_there_is_room(name: str) -> None:
    coin = on_top(candidate(name, value=400, basis="goodwill"), candidate(name))
    small_loss = facts({"incident.value_affected": 400})
    right = entitle(candidate("right", gives="money_later", value=6000))
    more = on_top(candidate("more", value=9000, basis="goodwill"), right)
    result = ranked([more, coin], given=small_loss, caps=[cap_on("all", {"right", name}, 7000)])
    assert values(result) == {"right": 6000, name: 400}
    assert result.adequate
    assert not result.hand_over


def test_a_fix_takes_the_room_as_the_most_that_there_is_room_for() -> None:
    first, second = claims("x", 0, 3000, "standard"), claims("y", 500, 3000, "standard")
    caps = [cap_on("all", {"x", "y"}, 3500)]
    assert values(ranked([first, second], caps=caps)) == {"x": 3000, "y": 500}


@pytest.mark.parametrize(
    ("at_most", "risen"), [(6000, {"x": 3000, "y": 3000}), (5999, {"x": 3000}), (2999, {})]
)
def test_fixes_rise_again_one_after_the_other_while_there_is_room(
    at_most: int, risen: dict[str, int]
) -> None:
    others = [claims(name, 0, 3000, "standard") for name in ("x", "y")]
    result = ranked([A, *others], given=LARGE, caps=[goodwill_cap(at_most, "a", "x", "y")])
    assert values(result) == {"a": 2000, **risen}
    assert held_back(result) == {
        name: ("over_limit", "goodwill") for name in ("x", "y") if name not in risen
    }


def test_a_fix_that_makes_the_plan_no_better_does_not_take_the_room() -> None:
    dear = on_top(candidate("dear", value=400, cost=20000, basis="goodwill"), candidate("dear"))
    result = ranked([A, dear], given=LARGE, caps=[goodwill_cap(8999, "a", "dear")])
    assert values(result) == {"a": 2000}
    assert held_back(result) == {"dear": ("adds_nothing", "plan")}


def test_goodwill_falls_back_to_a_standard_offer_to_make_room() -> None:
    usual = claims("usual", 4000, 6000, "standard")
    other = candidate("other", value=6000, cost=100, basis="goodwill")
    result = ranked([usual, other], given=LARGE, caps=[goodwill_cap(6000, "usual", "other")])
    assert values(result) == {"usual": 4000, "other": 6000}


def test_a_limit_leaves_room_for_no_more_of_later_parts_than_rights() -> None:
    perk = on_top(GIFT._replace(value=3000, basis="goodwill", claimed_as="goodwill"), entitle(GIFT))
    result = ranked([REFUND, perk], caps=[cap_on("all", {"refund", "gift"}, 7000)])
    assert values(result) == {"refund": 6000, "gift": 1000}


def test_a_choice_outside_the_plan_is_the_most_that_would_fit_in_its_rivals_place() -> None:
    choice = in_group(A, "make_whole")
    result = ranked([choice, entitle(RESHIP)], caps=[goodwill_cap(8000, "a")])
    assert planned(result) == ["reship"]
    outside = next(one for one in result.remedies if not one.in_plan)
    assert (outside.candidate, outside.choice_of) == (choice.lower, "reship")


def test_an_alternative_falls_back_in_its_rivals_place() -> None:
    usual = in_group(claims("usual", 2000, 9000, "standard"), "make_whole")
    result = ranked([RESHIP, usual], caps=[goodwill_cap(8000, "usual")])
    assert [one.candidate for one in result.remedies] == [RESHIP, usual.lower]
    none = ranked([RESHIP, usual], caps=[cap_on("all", {"usual"}, 1000)])
    assert held_back(none) == {"usual": ("over_limit", "all")}


# --- perks -------------------------------------------------------------------------------------

OWED = entitle(GIFT)
RICH = on_top(GIFT._replace(value=2500, basis="goodwill", claimed_as="goodwill"), OWED)


def test_goodwill_on_an_entitled_perk_stands_where_perks_may() -> None:
    assert values(ranked([RESHIP, SINCERE, RICH], given=facts(WAITED)))["gift"] == 2500


def test_goodwill_on_an_entitled_perk_does_not_pass_a_closed_gate() -> None:
    gate = policy(replace(default_ranking("resolve"), perk_when="earned"))
    gate = replace(gate, defines=(define("earned", "case.earned"),))
    closed = facts({**WAITED, "case.earned": False})
    assert values(ranked([RESHIP, SINCERE, RICH], of=gate, given=closed))["gift"] == 1000
    assert values(ranked([RICH])) == {"gift": 1000}


def test_an_entitled_perk_outside_the_plan_does_not_pass_a_closed_gate_either() -> None:
    better = in_group(entitle(candidate("better", "perk", value=1500)), "perks")
    result = ranked([better, in_group(RICH, "perks")])
    assert planned(result) == ["better"]
    assert {one.candidate.value for one in result.remedies} == {1000, 1500}


def test_goodwill_on_an_entitled_perk_stays_within_the_ceiling_of_perks() -> None:
    beyond = RICH._replace(value=3001)
    assert values(ranked([RESHIP, SINCERE, beyond], given=facts(WAITED)))["gift"] == 1000


def test_goodwill_on_entitled_perks_stays_within_the_limits() -> None:
    caps = [goodwill_cap(2499, "gift")]
    result = ranked([RESHIP, SINCERE, RICH], given=facts(WAITED), caps=caps)
    assert values(result)["gift"] == 1000


def test_a_perk_is_as_much_as_there_is_room_for() -> None:
    usual = on_top(GIFT._replace(value=2500, basis="goodwill", claimed_as="goodwill"), GIFT)
    result = ranked(
        [RESHIP, SINCERE, usual], given=facts(WAITED), caps=[goodwill_cap(2000, "gift")]
    )
    assert values(result)["gift"] == 1000


# --- what waits for a fact ----------------------------------------------------------------------


def test_what_only_a_limit_in_doubt_keeps_out_waits_for_its_facts() -> None:
    other = candidate("other", value=6000, cost=100)
    doubt = cap_on("cap", {"refund", "other"}, 7000, "case.b", "case.a")
    result = ranked([REFUND, other], given=LARGE, caps=[doubt])
    assert planned(result) == ["other"]
    assert result.withheld == (
        Withheld(
            kind="refund", part="fix", reason="needs_fact", rule="cap", facts=("case.a", "case.b")
        ),
    )
    assert result.open_facts == ("case.a", "case.b")


def test_all_limits_in_doubt_are_named_unless_a_certain_one_keeps_it_out_too() -> None:
    other = candidate("other", value=6000, cost=100)
    kinds = {"refund", "other"}
    doubts = [cap_on("x", kinds, 7000, "case.a"), cap_on("y", kinds, 8000, "case.b")]
    (held,) = ranked([REFUND, other], given=LARGE, caps=doubts).withheld
    assert (held.rule, held.facts) == ("x", ("case.a", "case.b"))
    surely = [*doubts, cap_on("z", kinds, 9000)]
    assert held_back(ranked([REFUND, other], given=LARGE, caps=surely)) == {
        "refund": ("over_limit", "z")
    }


@pytest.mark.parametrize(("value", "reason"), [(3000, "needs_fact"), (3001, "over_limit")])
def test_the_ceiling_of_perks_is_told_before_a_limit_in_doubt(value: int, reason: str) -> None:
    doubt = cap_on("cap", {"gift"}, 500, "case.a")
    dear = GIFT._replace(value=value)
    result = ranked([RESHIP, SINCERE, dear], given=facts(WAITED), caps=[doubt])
    assert held_back(result)["gift"][0] == reason


def test_an_undecidable_gate_that_wants_no_fact_has_no_value() -> None:
    gate = policy(replace(default_ranking("resolve"), perk_when="earned"))
    nothing = replace(define("earned", "case.earned"), reads=frozenset())
    result = ranked([RESHIP, GIFT], of=replace(gate, defines=(nothing,)))
    assert held_back(result) == {"gift": ("no_value", "perk_when")}


def test_a_right_of_unknown_value_is_told_where_the_rest_is_withheld() -> None:
    right = cap_on("law", {}, 0, "case.owed").obstacle
    more = candidate("more", value=100, cost=90000, days=30)._replace(right_held=right)
    (held,) = ranked([RESHIP, more]).withheld
    assert (held.reason, held.rule, held.facts) == ("needs_fact", "law", ("case.owed",))


# --- the highest amount -------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "cost"), [(1, 0), (0, 1)])
def test_a_plan_that_adds_up_to_more_than_any_amount_is_refused(value: int, cost: int) -> None:
    most = entitle(candidate("most", value=value * MOST_MINOR_UNITS, cost=cost * MOST_MINOR_UNITS))
    assert planned(ranked([most])) == ["most"]
    with pytest.raises(InputError, match="incident: its remedies add up"):
        ranked([most, entitle(candidate("more", value=value, cost=cost))])
