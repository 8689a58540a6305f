"""Exact arithmetic; what leaves the range of times is unknown."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Literal
from zoneinfo import ZoneInfo

import pytest

from remedykit.engine.arithmetic import (
    absolute,
    combined,
    days_later,
    greatest,
    half_up,
    hours_later,
    least,
    less,
    negative,
    rounded,
)
from remedykit.language.types import Value

NEW_YORK = ZoneInfo("America/New_York")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("smaller", "larger"),
    [
        (1, 2),
        (Fraction(1, 3), Fraction(1, 2)),
        (0, Fraction(1, 2)),
        (NOON, NOON + HOUR),
        (HOUR, 2 * HOUR),
        (date(2026, 11, 22), date(2026, 11, 23)),
    ],
)
def test_values_of_one_type_have_an_order(smaller: Value, larger: Value) -> None:
    assert less(smaller, larger)
    assert not less(larger, smaller)
    assert not less(smaller, smaller)
    assert least((larger, smaller, larger)) == smaller
    assert greatest((smaller, larger, smaller)) == larger


def test_texts_have_no_order() -> None:
    with pytest.raises(TypeError, match="no order"):
        less("a", "b")


@pytest.mark.parametrize(
    ("left", "operator", "right", "expected"),
    [
        (1, "+", 2, 3),
        (1, "-", Fraction(1, 3), Fraction(2, 3)),
        (3, "*", Fraction(1, 3), 1),
        (1, "/", 3, Fraction(1, 3)),
        (NOON, "+", HOUR, NOON + HOUR),
        (NOON, "-", HOUR, NOON - HOUR),
        (NOON + HOUR, "-", NOON, HOUR),
        (HOUR, "+", HOUR, 2 * HOUR),
        (HOUR, "-", 2 * HOUR, -HOUR),
    ],
)
def test_values_are_combined_exactly(
    left: Value, operator: Literal["+", "-", "*", "/"], right: Value, expected: Value
) -> None:
    assert expected == combined(operator, left, right)


@pytest.mark.parametrize(
    ("left", "operator", "right"),
    [
        (datetime.max.replace(tzinfo=UTC), "+", HOUR),
        (datetime.min.replace(tzinfo=UTC), "-", HOUR),
        (timedelta.max, "+", HOUR),
    ],
)
def test_a_time_out_of_range_is_unknown(
    left: Value, operator: Literal["+", "-"], right: Value
) -> None:
    assert combined(operator, left, right) is None


@pytest.mark.parametrize(("left", "right"), [("a", "b"), (NOON, NOON), (HOUR, 2)])
def test_what_has_no_sum_is_a_fault_of_the_checker(left: Value, right: Value) -> None:
    with pytest.raises(TypeError, match="has no meaning"):
        combined("+", left, right)


@pytest.mark.parametrize("value", [3, Fraction(1, 3), HOUR])
def test_minus_and_abs_undo_each_other(value: Value) -> None:
    opposite = negative(value)
    assert opposite is not None
    assert opposite != value
    assert absolute(opposite) == value
    assert absolute(value) == value


def test_the_opposite_of_the_longest_duration_is_unknown() -> None:
    assert negative(timedelta.max) is None


@pytest.mark.parametrize(
    ("direction", "value", "step", "expected"),
    [
        ("up", 101, 5, 105),
        ("down", 104, 5, 100),
        ("up", 100, 5, 100),
        ("down", -1, 5, -5),
        ("up", -4, 5, 0),
        ("up", Fraction(1, 3), Fraction(1, 4), Fraction(1, 2)),
    ],
)
def test_rounding_gives_a_multiple_of_the_step(
    direction: Literal["up", "down"], value: Value, step: Value, expected: Value
) -> None:
    assert expected == rounded(direction, value, step)


def test_only_numbers_are_rounded() -> None:
    with pytest.raises(TypeError, match="cannot be rounded"):
        rounded("up", HOUR, 5)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [(Fraction(5, 2), 3), (Fraction(-5, 2), -2), (Fraction(249, 100), 2), (7, 7)],
)
def test_a_half_is_rounded_up(amount: Fraction | int, expected: int) -> None:
    assert expected == half_up(amount)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (48, timedelta(days=2)),
        (Fraction(-1, 2), timedelta(minutes=-30)),
        (Fraction(1, 7), timedelta(microseconds=514_285_714)),
    ],
)
def test_hours_are_exact_to_the_microsecond_below(
    hours: int | Fraction, expected: timedelta
) -> None:
    assert NOON + expected == hours_later(NOON, hours)


@pytest.mark.parametrize("hours", [10**9, -(10**30)])
def test_hours_beyond_the_calendar_are_unknown(hours: int) -> None:
    assert hours_later(NOON, hours) is None


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        # noon in New York stays noon when the clocks go back on 1 November 2026
        ("2026-10-31T16:00", 1, "2026-11-01T17:00"),
        ("2026-11-01T17:00", -1, "2026-10-31T16:00"),
        # 02:30 on 8 March 2026 is skipped: 03:30 summer time
        ("2026-03-07T07:30", 1, "2026-03-08T07:30"),
        # 01:30 on 1 November comes twice: the first is meant
        ("2026-10-31T05:30", 1, "2026-11-01T05:30"),
        # also where the start is the second of the two
        ("2026-11-01T06:30", 7, "2026-11-08T06:30"),
        # no days change nothing, not even the second 01:30
        ("2026-11-01T06:30", 0, "2026-11-01T06:30"),
    ],
)
def test_days_keep_the_local_time_of_day(start: str, days: int, expected: str) -> None:
    moment = datetime.fromisoformat(start).replace(tzinfo=UTC)
    later = days_later(moment, days, NEW_YORK)
    assert later is not None
    assert later.tzinfo is UTC
    assert datetime.fromisoformat(expected).replace(tzinfo=UTC) == later


def test_part_of_a_day_is_unknown() -> None:
    assert days_later(NOON, Fraction(1, 2), NEW_YORK) is None


@pytest.mark.parametrize("days", [10**7, -(10**30)])
def test_days_beyond_the_calendar_are_unknown(days: int) -> None:
    assert days_later(NOON, days, NEW_YORK) is None


def test_a_first_moment_that_has_no_local_time_is_unknown() -> None:
    assert days_later(datetime.min.replace(tzinfo=UTC), 1, NEW_YORK) is None


def test_a_number_of_more_than_100_digits_is_unknown() -> None:
    most = 10**100 - 1
    assert combined("+", most, 0) == most
    assert combined("+", most, 1) is None
    assert combined("-", -most, 1) is None
    assert combined("/", 1, most) == Fraction(1, most)
    assert combined("/", 1, most + 1) is None
