"""Exact arithmetic on known values; beyond the range of numbers or times nothing is known."""

from __future__ import annotations

import operator
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import partial
from typing import Literal
from zoneinfo import ZoneInfo

from remedykit.language.syntax import Calendar
from remedykit.language.types import Value

Number = int | Fraction
Operation = Callable[[Value, Value], Value | None]

# Numbers have at most 100 digits above and below the fraction bar: docs/language.md#numbers.
_MOST = 10**100
_LEAST = -_MOST


def _divided(left: Number, right: Number) -> Fraction:
    return Fraction(left) / right


def _operated(operation: Callable[..., Number], left: Value, right: Value) -> Value | None:
    """Return a result, or ``None`` if it leaves the range of its type."""
    try:
        result: Value = operation(left, right)
    except OverflowError:
        return None
    if type(result) is int:
        return result if _LEAST < result < _MOST else None
    if isinstance(result, Fraction):
        small = _LEAST < result.numerator < _MOST and result.denominator < _MOST
        return result if small else None
    return result


# Of numbers, amounts, durations; `/` gives a fraction.
OPERATIONS: Mapping[Literal["+", "-", "*", "/"], Operation] = {
    "+": partial(_operated, operator.add),
    "-": partial(_operated, operator.sub),
    "*": partial(_operated, operator.mul),
    "/": partial(_operated, _divided),
}
sum_of = OPERATIONS["+"]


def opposite(value: Value) -> Value | None:
    """Return minus a number, an amount or a duration."""
    return OPERATIONS["-"](timedelta(0) if isinstance(value, timedelta) else 0, value)


def magnitude(value: Value) -> Value | None:
    """Return a number, an amount or a duration without its sign."""
    is_negative = value.days < 0 if isinstance(value, timedelta) else number(value) < 0
    return opposite(value) if is_negative else value


def stepped_up(value: Value, step: Value) -> Value:
    """Return the least multiple of a positive step that is not below a number."""
    return -(-number(value) // number(step)) * number(step)


def stepped_down(value: Value, step: Value) -> Value:
    """Return the greatest multiple of a positive step that is not above a number."""
    return number(value) // number(step) * number(step)


def shifted_by_hours(time: datetime, hours: Number) -> datetime | None:
    """Return a time so many hours later, to the whole microsecond below."""
    try:
        return time + timedelta(microseconds=hours * 3_600_000_000 // 1)
    except OverflowError:
        return None


def shifted_by_days(time: datetime, days: Number, zone: ZoneInfo) -> datetime | None:
    """Return the same time of day in a zone so many whole days later; no days change nothing.

    A time of day that the zone skips counts as before the gap, one that it has twice as the first.
    """
    if days == 0:
        return time
    if days % 1:
        return None
    try:
        wall = time.astimezone(zone).replace(tzinfo=None) + timedelta(days=int(days))
        return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    except OverflowError:
        return None


def working_days_of(calendar: Calendar) -> Sequence[int]:
    """Return the working days of a calendar as ordinal numbers, ascending."""
    closed = {holiday.day.toordinal() for holiday in calendar.holidays}
    days = range(calendar.first.toordinal(), calendar.last.toordinal() + 1)
    first_weekday = calendar.first.weekday()
    return [
        day
        for number, day in enumerate(days, first_weekday)
        if number % 7 not in calendar.weekend and day not in closed
    ]


def shifted_by_working_days(
    time: datetime, days: Number, zone: ZoneInfo, calendar: Calendar, working_days: Sequence[int]
) -> datetime | None:
    """Return the same time of day in a zone on the working day that is so many later.

    The first one later comes after the day of `time`, and the first one earlier before it; no days
    change nothing.

    Args:
        time: what is shifted.
        days: how many; a broken number leads nowhere.
        zone: where the day of `time` is looked at, and the time of day kept.
        calendar: how far anything is known.
        working_days: those of the calendar, as `working_days_of` returns them.
    """
    try:
        here = time.astimezone(zone).date()
    except OverflowError:
        return None
    if days % 1 or here < calendar.first or here > calendar.last:
        return None
    if days == 0:
        return time
    today, many = here.toordinal(), int(days)
    later = bisect_right(working_days, today) - 1
    place = many + (later if many > 0 else bisect_left(working_days, today))
    if not 0 <= place < len(working_days):
        return None
    return shifted_by_days(time, working_days[place] - today, zone)


def number(value: Value) -> Number:
    """Return a value that is a number; a checked policy computes with nothing else.

    Raises:
        TypeError: it is none.
    """
    if isinstance(value, int | Fraction):
        return value
    raise TypeError(f"{value!r} is no number")
