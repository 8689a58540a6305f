"""The curves of the ranking."""

from fractions import Fraction

import pytest

from remedykit.language.ranking_defaults import default_ranking
from remedykit.ranking.curves import IntegerCurve

NUMBERS = default_ranking("resolve")


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (-1, 0),
        (0, 0),
        (300, 50),
        (600, 100),
        (800, 400),
        (1000, 700),
        (1100, 810),
        (1200, 920),
        (1350, 960),
        (1500, 1000),
        (4000, 1000),
    ],
)
def test_what_is_given_up_is_satisfied_between_60_and_120_percent(
    share: int, expected: int
) -> None:
    assert IntegerCurve.of(NUMBERS.reject).height(share) == expected


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0, 0), (1, 2), (250, 530), (384, 669), (500, 790), (1000, 960), (1500, 1000), (2000, 1000)],
)
def test_what_is_kept_is_satisfied_most_by_the_first_part(share: int, expected: int) -> None:
    assert IntegerCurve.of(NUMBERS.accept).height(share) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, 1000), (Fraction(1, 3), 956), (1, 870), (4, 580), (12, 200), (30, 20), (90, 20)],
)
def test_a_falling_curve_rounds_down_too(days: Fraction | int, expected: int) -> None:
    assert IntegerCurve.of(NUMBERS.speed).height(days) == expected


@pytest.mark.parametrize(
    ("effort", "expected"),
    [(0, 1000), (Fraction(1, 4), 940), (Fraction(1, 2), 880), (1, 780), (3, 485), (5, 290)],
)
def test_effort_may_be_a_fraction(effort: Fraction | int, expected: int) -> None:
    assert IntegerCurve.of(NUMBERS.effort).height(effort) == expected


def test_a_curve_of_one_point_is_flat() -> None:
    assert [IntegerCurve.of(((Fraction(3), 7),)).height(x) for x in (0, 3, 9)] == [7, 7, 7]
