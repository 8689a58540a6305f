"""Stage 3: the perks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from remedykit.effects.candidates import Candidate, Cap
from remedykit.facts.values import Facts
from remedykit.language.ranking_defaults import default_ranking
from remedykit.language.syntax import CheckedPolicy
from remedykit.model.decision import Withheld
from remedykit.model.words import Part
from remedykit.ranking.result import Ranked
from support.ranking_builders import (
    candidate,
    cap_on,
    define,
    facts,
    held_back,
    kinds,
    planned,
    policy,
    ranked,
)
from support.ranking_remedies import (
    GIFT,
    POINTS,
    RESHIP,
    SINCERE,
    WAITED,
    entitle,
    in_group,
)

# --- stage 3: perks ---


def perks(
    members: list[Candidate],
    *,
    when: bool | None = True,
    covers: tuple[Part, ...] = (),
    caps: tuple[Cap, ...] = (),
    given: Facts | None = None,
) -> Ranked:
    gate = replace(default_ranking("resolve"), perk_when="earned")
    known = given or facts(WAITED)
    return ranked(
        members,
        of=_with_gate(policy(gate, covers=covers)),
        given=replace(known, values={**known.values, "case.earned": when}),
        caps=caps,
    )


def _with_gate(of: CheckedPolicy) -> CheckedPolicy:
    return replace(of, defines=(define("other", "case.other"), define("earned", "case.earned")))


def test_a_perk_that_raises_the_worth_joins_the_plan() -> None:
    assert planned(perks([RESHIP, SINCERE, GIFT])) == ["reship", "sincere", "gift"]


def test_without_a_define_perks_need_only_a_fix() -> None:
    result = ranked([RESHIP, SINCERE, GIFT], given=facts(WAITED))
    assert planned(result) == ["reship", "sincere", "gift"]


def test_a_closed_gate_forbids_perks() -> None:
    result = perks([RESHIP, SINCERE, GIFT], when=False, covers=("perk",))
    assert planned(result) == ["reship", "sincere"]
    assert held_back(result) == {"gift": ("forbidden", "perk_when")}
    assert result.open_facts == ()


def test_a_gate_that_is_unknown_names_the_facts_it_needs() -> None:
    result = perks([RESHIP, SINCERE, GIFT], when=None)
    assert result.withheld == (
        Withheld(
            kind="gift",
            part="perk",
            reason="needs_fact",
            rule="perk_when",
            facts=("case.earned",),
        ),
    )
    assert result.open_facts == ("case.earned",)


def test_a_gate_without_a_perk_behind_it_opens_no_fact() -> None:
    assert perks([RESHIP], when=None).open_facts == ()


@pytest.mark.parametrize("gated", [True, False])
def test_without_a_fix_there_is_no_perk_but_an_entitled_one(gated: bool) -> None:
    owed = entitle(candidate("owed", "perk", value=100))
    result = perks([GIFT, owed]) if gated else ranked([GIFT, owed])
    assert planned(result) == ["owed"]
    assert held_back(result) == {"gift": ("forbidden", "no_fix")}


def test_a_perk_that_adds_nothing_is_withheld_unless_the_policy_covers_perks() -> None:
    dear = GIFT._replace(cost=9000)
    assert held_back(perks([RESHIP, SINCERE, dear])) == {"gift": ("adds_nothing", "plan")}
    assert planned(perks([RESHIP, SINCERE, dear], covers=("perk",))) == [
        "reship",
        "sincere",
        "gift",
    ]


def test_the_policy_demands_one_perk_and_no_second() -> None:
    dear, dearer = (
        GIFT._replace(cost=9000),
        candidate("late", "perk", gives="money_later", value=1000, cost=9500),
    )
    result = perks([RESHIP, SINCERE, dear, dearer], covers=("perk",))
    assert planned(result) == ["reship", "sincere", "gift"]
    assert held_back(result) == {"late": ("adds_nothing", "plan")}


def test_an_entitled_perk_is_the_one_that_the_policy_demands() -> None:
    result = perks([RESHIP, SINCERE, entitle(GIFT), POINTS._replace(cost=9000)], covers=("perk",))
    assert planned(result) == ["reship", "sincere", "gift"]


def test_of_a_group_of_perks_the_best_stands_and_the_other_is_an_alternative() -> None:
    result = perks([RESHIP, SINCERE, in_group(GIFT, "g"), in_group(POINTS, "g")])
    assert planned(result) == ["reship", "sincere", "gift"]
    assert kinds(result)[-1] == "points"


def test_of_perks_with_the_same_gain_the_cheaper_stands() -> None:
    # a cent is no whole thousandth of the value at risk
    twin = candidate("z_twin", "perk", gives="money_later", value=1000, cost=99, group="g")
    dearer = in_group(GIFT._replace(cost=100), "g")
    assert planned(perks([RESHIP, SINCERE, dearer, twin])) == ["reship", "sincere", "z_twin"]


def test_a_perk_that_gains_exactly_nothing_is_not_given() -> None:
    nothing = candidate("nothing", "perk")
    assert held_back(perks([RESHIP, SINCERE, nothing])) == {"nothing": ("adds_nothing", "plan")}


def test_perks_of_several_groups_join_by_gain() -> None:
    assert planned(perks([RESHIP, SINCERE, POINTS, GIFT])) == [
        "reship",
        "sincere",
        "gift",
        "points",
    ]


def test_fixes_and_perks_end_at_one_and_a_half_times_the_loss() -> None:
    at_the_ceiling = GIFT._replace(value=3000)
    assert "gift" in planned(perks([RESHIP, SINCERE, at_the_ceiling]))
    beyond = GIFT._replace(value=3001)
    result = perks([RESHIP, SINCERE, beyond, POINTS])
    assert planned(result) == ["reship", "sincere", "points"]
    assert held_back(result) == {"gift": ("over_limit", "perk_ceiling")}


def test_a_perk_over_a_cap_is_withheld_for_the_cap() -> None:
    cap = cap_on("perks.year", {"gift", "points"}, 1799)
    result = perks([RESHIP, SINCERE, GIFT, POINTS], caps=(cap,))
    assert planned(result) == ["reship", "sincere", "gift"]
    assert held_back(result) == {"points": ("over_limit", "perks.year")}


def test_an_alternative_perk_that_does_not_fit_in_its_rivals_place_is_withheld() -> None:
    beyond = in_group(GIFT._replace(value=3001), "g")
    result = perks([RESHIP, SINCERE, beyond, in_group(POINTS, "g")])
    assert planned(result) == ["reship", "sincere", "points"]
    assert held_back(result) == {"gift": ("over_limit", "perk_ceiling")}
