"""Exact arithmetic on known values; beyond the range of numbers or times nothing is known."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Literal
from zoneinfo import ZoneInfo

from remedykit.language.types import Value

Number = int | Fraction
Operation = Callable[[Value, Value], Value | None]

# Numbers have at most 100 digits above and below the fraction bar: docs/language.md#numbers.
_BEYOND = 10**100


def sum_of(left: Value, right: Value) -> Value | None:
    """Return left plus right."""
    return _operated(operator.add, left, right)


def difference(left: Value, right: Value) -> Value | None:
    """Return left minus right."""
    return _operated(operator.sub, left, right)


def product(left: Value, right: Value) -> Value | None:
    """Return left times right."""
    return _operated(operator.mul, left, right)


def quotient(left: Value, right: Value) -> Value | None:
    """Return left divided by right, as a fraction."""
    return _operated(_divided, left, right)


OPERATIONS: Mapping[Literal["+", "-", "*", "/"], Operation] = {
    "+": sum_of,
    "-": difference,
    "*": product,
    "/": quotient,
}


def opposite(value: Value) -> Value | None:
    """Return minus a number, an amount or a duration."""
    return difference(timedelta(0) if isinstance(value, timedelta) else 0, value)


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


def number(value: Value) -> Number:
    """Return a value that is a number; a checked policy computes with nothing else.

    Raises:
        TypeError: it is none.
    """
    if isinstance(value, int | Fraction):
        return value
    raise TypeError(f"{value!r} is no number")


def _divided(left: Number, right: Number) -> Fraction:
    return Fraction(left) / right


def _operated(operation: Callable[..., Number], left: Value, right: Value) -> Value | None:
    """Return a result, or ``None`` if it leaves the range of its type."""
    try:
        result: Value = operation(left, right)
    except OverflowError:
        return None
    if type(result) is int:
        return result if -_BEYOND < result < _BEYOND else None
    if isinstance(result, Fraction):
        small = -_BEYOND < result.numerator < _BEYOND and result.denominator < _BEYOND
        return result if small else None
    return result
