"""What a plan is worth, computed by hand from docs/ranking.md."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remedykit.effects.candidates import Candidate
from remedykit.language.ranking_defaults import default_ranking
from remedykit.language.syntax import Apology
from remedykit.model.words import EXPLAINS, GIVES, RESOURCES, Explains
from remedykit.ranking.score import Scale
from remedykit.ranking.stakes import Stakes
from remedykit.ranking.tables import RankingTables
from remedykit.ranking.weighed import NOTHING, Worth
from support.ranking_builders import candidate, policy

RESOLVE = default_ranking("resolve")
STAKES = Stakes(
    loss=6000,
    value_at_risk=21000,
    lost="goods",
    mode="reject",
    waited_days=Fraction(0),
    timely=True,
    risk=0,
    assumptions=(),
    open_facts=(),
)
SINCERE = Apology(responsibility=True, regret=True, repentance=True, named_owner=True, empathy=True)


def scale_for(*remedies: Candidate, stakes: Stakes = STAKES) -> Scale:
    catalogue = policy(RESOLVE, remedies=[remedy.kind for remedy in remedies])
    return Scale.of(RankingTables.of(catalogue), stakes)


def worth(*remedies: Candidate, stakes: Stakes = STAKES) -> Worth:
    scale = scale_for(*remedies, stakes=stakes)
    return scale.standing([scale.weigh(remedy, {}) for remedy in remedies]).beyond(NOTHING)


def said(words: Candidate, *, stakes: Stakes = STAKES) -> int:
    return scale_for(words, stakes=stakes).weigh(words, {}).worth


def reship(*, days: int = 0, cost: int = 0, points: int = 0) -> Candidate:
    return candidate(
        "reship",
        gives="exchange",
        value=6000,
        restores=True,
        days=days,
        cost=cost,
        points=points,
    )


def test_nothing_is_worth_nothing() -> None:
    assert worth(stakes=replace(STAKES, risk=1000)) == Worth(0, 0, 0, 0, 0, 0)


def test_the_total_is_the_sum_of_the_summands() -> None:
    whole = Worth(
        distributive=1, interactional=20, procedural=300, cost=-4000, risk=-50000, adjustments=7
    )
    assert whole.total == 1 + 20 + 300 - 4000 - 50000 + 7


def test_a_reship_worth_the_loss_matches_fully() -> None:
    # D = 1000 x 700 / 1000; P = (760 + 1000) // 2; cost 4800 of 21000: 228
    found = worth(reship(days=2, cost=4800, points=-3))
    assert found == Worth(
        distributive=480 * 700 // 1000,
        interactional=0,
        procedural=200 * 880 // 1000,
        cost=-(350 * 228 // 1000),
        risk=0,
        adjustments=-30,
    )


def test_who_keeps_what_he_has_is_measured_by_the_other_curve() -> None:
    found = worth(reship(), stakes=replace(STAKES, mode="accept"))
    assert found.distributive == 480 * 960 // 1000


def test_the_match_of_several_fixes_is_weighted_by_value() -> None:
    # match (1000 x 1000 + 750 x 5000) // 6000 = 791; at 100 %: 700; D = 553
    fixes = (
        candidate("part", gives="exchange", value=1000),
        candidate("money", gives="money_now", value=5000),
    )
    assert worth(*fixes).distributive == 480 * (791 * 700 // 1000) // 1000


def test_fixes_without_value_give_nothing_but_are_as_fast_as_the_slowest() -> None:
    fixes = (candidate("wait", days=10, effort=1), candidate("trace", days=1, effort=4))
    found = worth(*fixes)
    assert found.distributive == 0
    assert found.procedural == 200 * ((250 + 370) // 2) // 1000


def test_cost_counts_up_to_one_and_a_half_times_the_value_at_risk() -> None:
    assert worth(reship(cost=31500)).cost == -525
    assert worth(reship(cost=99999)).cost == -525
    assert worth(reship(cost=31480)).cost == -(350 * 1499 // 1000)


def test_risk_counts_once_and_only_with_a_fix() -> None:
    risky = replace(STAKES, risk=301)
    assert worth(reship(), candidate("more"), stakes=risky).risk == -150
    assert worth(candidate("sorry", "apology"), stakes=risky).risk == 0


# --- words ---


@pytest.mark.parametrize(
    ("apology", "expected"),
    [
        (None, 200),
        (Apology(), 200),
        (Apology(repair_offer=True), 200),
        (Apology(empathy=True), 700),
        (Apology(regret=True), 275),
        (Apology(responsibility=True, regret=True, repentance=True), 425),
        (Apology(named_owner=True, repentance=True), 350),
        (SINCERE, 1000),
    ],
)
def test_an_apology_is_worth_its_parts(apology: Apology | None, expected: int) -> None:
    assert said(candidate("sorry", "apology", apology=apology)) == expected


def test_a_late_apology_is_worth_less() -> None:
    late = replace(STAKES, timely=False)
    assert said(candidate("sorry", "apology", apology=SINCERE), stakes=late) == 800


@pytest.mark.parametrize(
    ("explains", "expected"),
    [("cause", 1000), ("status", 400), ("next_steps", 700), ("prevention", 700), (None, 0)],
)
def test_an_explanation_is_as_adequate_as_what_it_explains(
    explains: Explains | None, expected: int
) -> None:
    assert said(candidate("why", "explanation", explains=explains)) == expected


def test_an_apology_alone_counts_for_three_fifths() -> None:
    found = worth(candidate("sorry", "apology", apology=SINCERE))
    assert found.interactional == 320 * 600 // 1000


def test_the_best_explanation_lifts_the_best_apology() -> None:
    found = worth(
        candidate("sorry", "apology", apology=Apology(empathy=True)),
        candidate("bare", "apology"),
        candidate("status", "explanation", explains="status"),
        candidate("next", "explanation", explains="next_steps"),
    )
    assert found.interactional == 320 * (700 * (600 + 280) // 1000) // 1000


def test_an_explanation_without_an_apology_counts_nothing() -> None:
    assert worth(candidate("why", "explanation", explains="cause")).total == 0


# --- perks ---


def perk(value: int = 1500) -> Candidate:
    return candidate("gift", "perk", gives="money_later", value=value)


@pytest.mark.parametrize(
    ("waited", "days", "apologised", "gain"),
    [
        (0, 3, True, 200),  # fast and apologised: little to add
        (0, 3, False, 1000),
        (0, 4, True, 1000),
        (0, 4, False, 200),  # slow and not apologised: nothing saves it
        (2, 1, True, 200),
        (3, 1, True, 1000),
    ],
)
def test_a_perk_counts_where_the_recovery_is_mixed(
    waited: int, days: int, apologised: bool, gain: int
) -> None:
    # 25 % of the loss: 530, times match 600 of money later for attention: 318
    stakes = replace(STAKES, waited_days=Fraction(waited))
    before = [reship(days=days), *([candidate("sorry", "apology")] if apologised else [])]
    with_perk = worth(*before, perk(), stakes=stakes).distributive
    assert with_perk == 480 * (700 + gain * 318 // 1000) // 1000


def test_perks_add_up_each_by_itself() -> None:
    two = worth(perk(), perk()._replace(kind=candidate("more", "perk").kind, value=3000))
    # 3000 is half of the loss: 790 x 700; no fix is fast, and nobody apologised: mixed
    assert two.distributive == 480 * (318 + 553) // 1000


@given(st.permutations(["reship", "money", "sorry", "bare", "why", "gift"]))
def test_the_order_in_which_remedies_join_makes_no_difference(order: list[str]) -> None:
    known = {
        each.kind.name: each
        for each in (
            reship(days=4, cost=900),
            candidate("money", value=500, effort=3, points=2),
            candidate("sorry", "apology", apology=SINCERE),
            candidate("bare", "apology"),
            candidate("why", "explanation", explains="status"),
            perk(),
        )
    }
    assert worth(*(known[name] for name in order)) == worth(*known.values())


# --- adequate ---


@pytest.mark.parametrize(
    ("fixes", "adequate"),
    [
        ([], False),
        ([reship()], True),
        ([candidate("money", value=6000)], True),
        ([candidate("money", value=5999)], False),
        ([candidate("one", value=5000), candidate("two", value=1000)], True),
        ([candidate("later", gives="money_later", value=9000)], False),
        ([candidate("goods", gives="exchange", value=9000)], False),
    ],
)
def test_function_restored_or_loss_covered_by_money_now_is_adequate(
    fixes: list[Candidate], adequate: bool
) -> None:
    scale = scale_for(*fixes)
    assert scale.is_adequate([scale.weigh(fix, {}) for fix in fixes]) is adequate


# --- the default numbers ---


@pytest.mark.parametrize("objective", ["resolve", "retain"])
def test_the_default_weights_of_justice_sum_to_a_thousand(objective: str) -> None:
    weights = default_ranking("resolve" if objective == "resolve" else "retain").weights
    assert weights.distributive + weights.interactional + weights.procedural == 1000


def test_every_resource_and_explanation_has_its_numbers() -> None:
    assert tuple(lost for lost, _ in RESOLVE.match) == RESOURCES
    assert all(tuple(gives for gives, _ in row) == GIVES for _, row in RESOLVE.match)
    assert tuple(what for what, _ in RESOLVE.explains) == EXPLAINS
