"""Rankings drawn at random keep the published orders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest

from remedykit.authoring.ranking_draws import drawn
from remedykit.language.ranking_defaults import default_ranking
from remedykit.language.syntax import Curve, Ranking
from remedykit.ranking.curves import IntegerCurve

SEEDS = range(300)


def rankings(objective: str = "resolve") -> Iterable[Ranking]:
    default = default_ranking("resolve" if objective == "resolve" else "retain")
    return (drawn(default, Random(seed)) for seed in SEEDS)  # noqa: S311 - weights, no secrets


def slopes(curve: Curve) -> dict[Fraction, Fraction]:
    """Return the slope of each stretch by its left end."""
    return {
        left: Fraction(high - low) / (right - left)
        for (left, low), (right, high) in pairwise(curve)
    }


def test_resolve_puts_what_is_given_before_what_is_said_before_the_procedure() -> None:
    for ranking in rankings("resolve"):
        weights = ranking.weights
        assert weights.distributive >= weights.interactional >= weights.procedural >= 0
        assert weights.distributive + weights.interactional + weights.procedural == 1000


def test_retain_puts_what_is_said_before_what_is_given() -> None:
    for ranking in rankings("retain"):
        weights = ranking.weights
        assert weights.interactional >= weights.distributive >= weights.procedural >= 0


def test_cost_and_risk_stay_near_what_the_policy_says() -> None:
    for ranking in rankings():
        assert 175 <= ranking.weights.cost <= 700
        assert 250 <= ranking.weights.risk <= 1000


def test_like_for_like_is_best_and_money_now_better_than_later() -> None:
    alike = {
        "money": "money_now",
        "goods": "exchange",
        "service": "reperform",
        "attention": "psychological",
    }
    for ranking in rankings():
        assert [lost for lost, _ in ranking.match] == list(alike)
        for lost, row in ranking.match:
            given = dict(row)
            assert max(given, key=lambda gives: given[gives]) == alike[lost]
            assert given["money_now"] >= given["money_later"]


def test_what_is_given_up_is_made_good_most_steeply_between_60_and_120_percent() -> None:
    for ranking in rankings():
        by_start = slopes(ranking.reject)
        middle = min(by_start[Fraction(600)], by_start[Fraction(1000)])
        assert middle > max(by_start[Fraction(0)], by_start[Fraction(1200)])
        assert (
            IntegerCurve.of(ranking.reject).height(0),
            IntegerCurve.of(ranking.reject).height(1500),
        ) == (0, 1000)


def test_for_what_is_kept_the_first_part_pays_most() -> None:
    for ranking in rankings():
        found = list(slopes(ranking.accept).values())
        # heights are rounded down to thousandths
        assert all(left >= right - Fraction(1, 100) for left, right in pairwise(found))
        assert (
            IntegerCurve.of(ranking.accept).height(0),
            IntegerCurve.of(ranking.accept).height(1500),
        ) == (0, 1000)


@pytest.mark.parametrize("name", ["speed", "effort"])
def test_later_and_harder_are_never_better(name: str) -> None:
    default = default_ranking("resolve")
    for ranking in rankings():
        curve, own = (
            (ranking.speed, default.speed) if name == "speed" else (ranking.effort, default.effort)
        )
        assert [x for x, _ in curve] == [x for x, _ in own]
        assert all(left >= right for (_, left), (_, right) in pairwise(curve))
        assert curve[0][1] == 1000


def test_empathy_comes_before_intensity_before_timing_and_responsibility_first() -> None:
    for ranking in rankings():
        apology = ranking.apology
        assert apology.empathy >= apology.intensity >= apology.timely
        others = (apology.regret, apology.repentance, apology.named_owner)
        assert apology.responsibility >= max(others)
        assert apology.responsibility + sum(others) == 1000


def test_a_cause_explains_most_and_a_status_least() -> None:
    for ranking in rankings():
        worth = dict(ranking.explains)
        assert worth["cause"] == max(worth.values())
        assert worth["status"] == min(worth.values())
        assert 200 <= ranking.explanation_share <= 600


def test_perks_do_most_in_a_mixed_recovery() -> None:
    assert all(ranking.perk_gain_mixed > ranking.perk_gain_plain for ranking in rankings())


def test_what_is_no_number_stays() -> None:
    default = replace(default_ranking("retain"), loss="loss", perk_when="earned")
    found = drawn(default, Random(1))  # noqa: S311 - weights, no secrets
    assert (found.objective, found.loss, found.perk_when) == ("retain", "loss", "earned")


def test_draws_differ_and_a_seed_repeats_them() -> None:
    assert len(set(rankings())) == len(SEEDS)
    assert list(rankings()) == list(rankings())
