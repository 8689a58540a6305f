"""Sets of values as sorted intervals: what a test on an ordered fact lets through.

Whole-number facts have integer steps, so ``..3`` and ``4..`` leave no gap; all other types are
dense. Ends are numbers on the scale of `point_of`; ``None`` is infinity.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple, assert_never

from remedykit.language.types import Value

Point = int | Fraction  # whole where it can be: whole numbers compare many times faster
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Interval(NamedTuple):
    """The values between two ends; an end may be excluded."""

    low: Point | None
    low_excluded: bool
    high: Point | None
    high_excluded: bool


def point_of(value: Value) -> Point | None:
    """Return where an ordered value lies on the scale of its type; ``None`` if it has no order."""
    match value:
        case bool() | str() | tuple():
            return None
        case int() | Fraction():
            return value
        case datetime():
            return (value - _EPOCH) // _MICROSECOND
        case date():
            return value.toordinal()
        case timedelta():
            return value // _MICROSECOND
        case _ as unreachable:
            assert_never(unreachable)


def united(intervals: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """Return the same values as disjoint intervals in ascending order."""
    if len(intervals) < 2:
        return intervals
    merged: list[Interval] = []
    for item in sorted(intervals, key=_by_low):
        if merged and _touches(merged[-1], item):
            merged[-1] = _joined(merged[-1], item)
        else:
            merged.append(item)
    return tuple(merged)


def complement(intervals: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """Return the values that none of the intervals holds."""
    gaps: list[Interval] = []
    low: Point | None = None
    low_excluded = True
    for item in united(intervals):
        if item.low is not None:
            gaps.append(Interval(low, low_excluded, item.low, not item.low_excluded))
        if item.high is None:
            return tuple(gaps)
        low, low_excluded = item.high, not item.high_excluded
    gaps.append(Interval(low, low_excluded, None, True))
    return tuple(gaps)


def common(first: tuple[Interval, ...], second: tuple[Interval, ...]) -> tuple[Interval, ...]:
    """Return the values that both hold."""
    seconds = united(second)
    pairs = (_overlap(left, right) for left in united(first) for right in seconds)
    return tuple(both for both in pairs if both is not None)


def on_whole_numbers(interval: Interval) -> Interval | None:
    """Return an interval of whole numbers with both ends included, or ``None`` if it is empty."""
    low, high = interval.low, interval.high
    if low is not None:
        low = floor(low) + 1 if interval.low_excluded else ceil(low)
    if high is not None:
        high = ceil(high) - 1 if interval.high_excluded else floor(high)
    if low is not None and high is not None and low > high:
        return None
    return Interval(low, low is None, high, high is None)


def is_point(interval: Interval) -> bool:
    """Return whether an interval holds one value only."""
    return interval.low is not None and interval.low == interval.high


def _by_low(item: Interval) -> tuple[bool, Point, bool]:
    return (item.low is not None, item.low or 0, item.low_excluded)


def _overlap(left: Interval, right: Interval) -> Interval | None:
    low, low_excluded, high, high_excluded = left
    if low is None or (right.low is not None and low < right.low):
        low, low_excluded = right.low, right.low_excluded
    elif low == right.low:
        low_excluded = low_excluded or right.low_excluded
    if high is None or (right.high is not None and right.high < high):
        high, high_excluded = right.high, right.high_excluded
    elif high == right.high:
        high_excluded = high_excluded or right.high_excluded
    if low is not None and high is not None:
        empty = low > high or (low == high and (low_excluded or high_excluded))
        return None if empty else Interval(low, low_excluded, high, high_excluded)
    return Interval(low, low_excluded, high, high_excluded)


def _touches(left: Interval, right: Interval) -> bool:
    if left.high is None or right.low is None:
        return True
    if left.high == right.low:
        return not (left.high_excluded and right.low_excluded)
    return right.low < left.high


def _joined(left: Interval, right: Interval) -> Interval:
    if left.high is None or right.high is None:
        return Interval(left.low, left.low_excluded, None, True)
    if left.high == right.high:
        excluded = left.high_excluded and right.high_excluded
        return Interval(left.low, left.low_excluded, left.high, excluded)
    later = right if right.high > left.high else left
    return Interval(left.low, left.low_excluded, later.high, later.high_excluded)
