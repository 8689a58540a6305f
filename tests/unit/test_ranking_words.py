"""Stage 2: apology and explanation."""

from __future__ import annotations

import pytest

from remedykit.facts.values import Offered
from support.ranking_builders import (
    candidate,
    cap_on,
    facts,
    held_back,
    kinds,
    planned,
    ranked,
)
from support.ranking_remedies import (
    BARE,
    NO_SCAN,
    RESHIP,
    SINCERE,
    choices,
    entitle,
    in_group,
)

# --- stage 2: words ---


def test_the_best_apology_and_the_best_explanation_stand_and_rivals_are_alternatives() -> None:
    status = candidate("status", "explanation", explains="status")
    result = ranked([RESHIP, BARE, SINCERE, status, NO_SCAN])
    assert planned(result) == ["reship", "sincere", "no_scan"]
    assert kinds(result) == ["reship", "sincere", "no_scan", "bare", "status"]


def test_a_word_that_costs_points_is_said_nevertheless() -> None:
    result = ranked([RESHIP, BARE._replace(points=-20), NO_SCAN._replace(points=-20)])
    assert planned(result) == ["reship", "bare", "no_scan"]


def test_an_entitled_apology_is_said_instead_of_a_better_one() -> None:
    result = ranked([RESHIP, SINCERE, entitle(BARE)])
    assert planned(result) == ["reship", "bare"]
    assert kinds(result) == ["bare", "reship", "sincere"]


def test_entitled_words_of_two_groups_are_both_said() -> None:
    assert planned(ranked([RESHIP, entitle(SINCERE), entitle(BARE)])) == [
        "reship",
        "sincere",
        "bare",
    ]


def test_of_a_group_of_entitled_words_one_is_said() -> None:
    words = [in_group(entitle(one), "sorry") for one in (BARE, SINCERE)]
    result = ranked([RESHIP, *words])
    assert planned(result) == ["reship", "sincere"]
    assert choices(result)["bare"] == "sincere"


def test_a_word_with_a_value_is_held_to_the_caps() -> None:
    voucher = candidate("voucher", "apology", value=500)
    cap = cap_on("words", {"voucher"}, 400)
    result = ranked([RESHIP, voucher], caps=[cap])
    assert planned(result) == ["reship"]
    assert held_back(result) == {"voucher": ("over_limit", "words")}


OFFERED = Offered("reship", 6000, "offered")


@pytest.mark.parametrize(
    ("made", "offers", "said"),
    [
        (0, [OFFERED], True),
        (None, [OFFERED], True),
        (1, [], True),
        (1, [OFFERED], False),
        (1, [Offered("reship", None, "offered")], False),
        (1, [Offered("reship", 5999, "offered")], True),
        (1, [Offered("refund", 6000, "offered")], True),
    ],
)
def test_a_second_apology_needs_a_fix_that_is_new(
    made: int | None, offers: list[Offered], said: bool
) -> None:
    given = facts({"case.apologies_made": made}, offers=offers)
    result = ranked([RESHIP, SINCERE, NO_SCAN], given=given)
    assert ("sincere" in planned(result)) is said
    if not said:
        assert held_back(result) == {"sincere": ("adds_nothing", "repeated_apology")}
        assert "no_scan" in planned(result)


def test_a_second_apology_without_a_fix_is_dropped_unless_it_is_entitled() -> None:
    given = facts({"case.apologies_made": 1})
    assert planned(ranked([SINCERE], given=given)) == []
    assert planned(ranked([entitle(SINCERE)], given=given)) == ["sincere"]
