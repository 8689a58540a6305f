"""Exact arithmetic on known values; what leaves the range of numbers or times is unknown."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Literal, assert_never
from zoneinfo import ZoneInfo

from remedykit.language.syntax import Calendar
from remedykit.language.types import Value

Operator = Literal["+", "-", "*", "/"]

MICROSECONDS_AN_HOUR = 3_600_000_000
# Modelling choice. Facts and literals have 18 digits; defines that square each other would double
# the digits of their values at each step.
_MOST = 10**100


def less(left: Value, right: Value) -> bool:
    """Return whether `left` stands before `right`: two numbers, amounts, dates, times, durations.

    Raises:
        TypeError: the two have no common order; a checked policy never compares such values.
    """
    match left, right:
        case ((int() | Fraction()), (int() | Fraction())):
            return left < right
        case datetime(), datetime():
            return left < right
        case timedelta(), timedelta():
            return left < right
        case date(), date():
            return left < right
        case _:
            raise TypeError(f"{left!r} and {right!r} have no order")


def least(values: tuple[Value, ...]) -> Value:
    """Return the first of the least values; there is at least one."""
    found = values[0]
    for value in values[1:]:
        found = value if less(value, found) else found
    return found


def greatest(values: tuple[Value, ...]) -> Value:
    """Return the first of the greatest values; there is at least one."""
    found = values[0]
    for value in values[1:]:
        found = value if less(found, value) else found
    return found


def combined(operator: Operator, left: Value, right: Value) -> Value | None:
    """Return the sum, difference, product or quotient; unknown beyond the range of its type.

    A number or an amount has at most 100 digits, above and below the fraction bar.

    Raises:
        TypeError: the two cannot be combined so; a checked policy never tries.
    """
    try:
        match left, right:
            case ((int() | Fraction()), (int() | Fraction())):
                return _in_range(_number(operator, left, right))
            case ((datetime() | timedelta()), (datetime() | timedelta())):
                return _moment(operator, left, right)
            case _:
                raise TypeError(f"{left!r} {operator} {right!r} has no meaning")
    except OverflowError:
        return None


def negative(value: Value) -> Value | None:
    """Return minus a number, an amount or a duration; unknown beyond the range of durations."""
    zero = timedelta(0) if isinstance(value, timedelta) else 0
    return combined("-", zero, value)


def absolute(value: Value) -> Value | None:
    """Return a number, an amount or a duration without its sign."""
    zero = timedelta(0) if isinstance(value, timedelta) else 0
    return negative(value) if less(value, zero) else value


def rounded(direction: Literal["up", "down"], value: Value, step: Value) -> Value:
    """Return the nearest multiple of a positive `step`: not below `value`, or not above it.

    Raises:
        TypeError: one of the two is no number or amount.
    """
    match value, step:
        case ((int() | Fraction()), (int() | Fraction())):
            steps = Fraction(value) / step
            return (math.ceil(steps) if direction == "up" else math.floor(steps)) * step
        case _:
            raise TypeError(f"{value!r} cannot be rounded to a multiple of {step!r}")


def half_up(amount: int | Fraction) -> int:
    """Return the nearest whole number; a half goes up, towards plus infinity."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def hours_later(time: datetime, hours: int | Fraction) -> datetime | None:
    """Return the time exactly that much later, to the whole microsecond below."""
    try:
        return time + timedelta(microseconds=math.floor(hours * MICROSECONDS_AN_HOUR))
    except OverflowError:
        return None


def days_later(time: datetime, days: int | Fraction, zone: ZoneInfo) -> datetime | None:
    """Return the same local time of day so many days later; unknown for a part of a day.

    A local time that the clocks skip is taken as if they had not been put forward yet, so it
    falls after the gap (2:30 becomes 3:30); of one that they show twice, the first is meant.
    No days at all change nothing.
    """
    if days == 0:
        return time
    if days != math.floor(days):
        return None
    try:
        local = time.astimezone(zone).replace(tzinfo=None, fold=0) + timedelta(days=int(days))
        return local.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError:
        return None


def working_days_later(
    time: datetime, days: int | Fraction, calendar: Calendar, zone: ZoneInfo
) -> datetime | None:
    """Return the same local time of day, so many working days of a calendar later.

    The day of `time` itself never counts, whether it is a working day or not; working days are
    then counted from the next day on, or backwards from the day before. No days at all change
    nothing. Unknown for a part of a day, and where a day is not in the calendar.
    """
    try:
        today = time.astimezone(zone).date()
    except OverflowError:
        return None
    if days != math.floor(days) or not calendar.first <= today <= calendar.last:
        return None
    if days == 0:
        return time
    closed = [
        holiday.day.toordinal()
        for holiday in calendar.holidays
        if holiday.day.weekday() not in calendar.weekend
    ]

    def until(day: int) -> int:
        """Return how many working days there are until a day, which is included."""
        return _weekdays_until(calendar, day) - bisect_right(closed, day)

    # Of the working days, numbered from 1: the next one comes after all until today, and the one
    # before is the last one until yesterday.
    here, many = today.toordinal(), int(days)
    wanted = until(here) + many if many > 0 else until(here - 1) + many + 1
    every_day = range(calendar.first.toordinal(), calendar.last.toordinal() + 1)
    # the first day until which there are so many is that working day itself
    place = bisect_left(every_day, wanted, key=until)
    if wanted < 1 or place == len(every_day):
        return None
    return days_later(time, every_day[place] - here, zone)


def _weekdays_until(calendar: Calendar, day: int) -> int:
    """Return how many days that are on no weekend a calendar has until a day."""
    before = calendar.first.toordinal() - 1
    weekdays = (weekday for weekday in range(7) if weekday not in calendar.weekend)
    # the first day of all dates is number 1 and a Monday, which is weekday 0
    return sum((day - weekday - 1) // 7 - (before - weekday - 1) // 7 for weekday in weekdays)


def _in_range(number: int | Fraction) -> int | Fraction:
    if abs(number.numerator) >= _MOST or number.denominator >= _MOST:
        raise OverflowError
    return number


def _number(operator: Operator, left: int | Fraction, right: int | Fraction) -> int | Fraction:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return Fraction(left) / right
        case _ as unreachable:
            assert_never(unreachable)


def _moment(
    operator: Operator, left: datetime | timedelta, right: datetime | timedelta
) -> datetime | timedelta:
    match operator, left, right:
        case "+", datetime(), timedelta():
            return left + right
        case "+", timedelta(), timedelta():
            return left + right
        case "-", datetime(), timedelta():
            return left - right
        case "-", datetime(), datetime():
            return left - right
        case "-", timedelta(), timedelta():
            return left - right
        case _:
            raise TypeError(f"{left!r} {operator} {right!r} has no meaning")
