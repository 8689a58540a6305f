"""Sets of intervals agree with brute force over a small grid."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from remedykit.language.intervals import (
    Interval,
    common,
    complement,
    is_point,
    on_whole_numbers,
    united,
)

# Ends are halves from -2 to 2; between two of them lie several values of the grid.
GRID = [Fraction(step, 8) for step in range(-24, 25)]
_ENDS = st.one_of(st.none(), st.sampled_from([Fraction(step, 2) for step in range(-4, 5)]))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = draw(_ENDS), draw(_ENDS)
    if low is not None and high is not None and low > high:
        low, high = high, low
    single = low is not None and low == high
    return Interval(
        low,
        low is None or (draw(st.booleans()) and not single),
        high,
        high is None or (draw(st.booleans()) and not single),
    )


_SETS = st.lists(intervals(), max_size=4).map(tuple)


def holds(items: tuple[Interval, ...], value: Fraction) -> bool:
    """Whether a value lies in one of the intervals, by the meaning of their ends."""
    return any(
        (item.low is None or item.low < value or (item.low == value and not item.low_excluded))
        and (
            item.high is None
            or value < item.high
            or (item.high == value and not item.high_excluded)
        )
        for item in items
    )


@given(items=_SETS)
def test_united_intervals_hold_the_same_values(items: tuple[Interval, ...]) -> None:
    assert [holds(united(items), value) for value in GRID] == [
        holds(items, value) for value in GRID
    ]


@given(items=_SETS)
def test_united_intervals_ascend_and_do_not_touch(items: tuple[Interval, ...]) -> None:
    merged = united(items)
    for left, right in pairwise(merged):
        assert left.high is not None
        assert right.low is not None
        between = left.high == right.low and left.high_excluded and right.low_excluded
        assert left.high < right.low or between


@given(items=_SETS)
def test_the_complement_holds_just_the_others(items: tuple[Interval, ...]) -> None:
    assert [holds(complement(items), value) for value in GRID] == [
        not holds(items, value) for value in GRID
    ]


@given(first=_SETS, second=_SETS)
def test_what_is_common_is_held_by_both(
    first: tuple[Interval, ...], second: tuple[Interval, ...]
) -> None:
    assert [holds(common(first, second), value) for value in GRID] == [
        holds(first, value) and holds(second, value) for value in GRID
    ]


@given(item=intervals())
def test_whole_numbers_are_the_whole_numbers_of_an_interval(item: Interval) -> None:
    whole = on_whole_numbers(item)
    expected = [value for value in range(-3, 4) if holds((item,), Fraction(value))]
    kept = [value for value in range(-3, 4) if whole and holds((whole,), Fraction(value))]
    assert kept == expected
    assert (whole is None) == (not expected)


@given(item=intervals())
def test_a_point_holds_one_value(item: Interval) -> None:
    assert is_point(item) == (sum(holds((item,), value) for value in GRID) == 1)
