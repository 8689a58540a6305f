"""Moments after others, to the end of the calendar and no further."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

_MICROSECOND = timedelta(microseconds=1)
_A_DAY = timedelta(days=1) // _MICROSECOND
_END = datetime.max.replace(tzinfo=UTC)


def later(moment: datetime, days: Fraction | int) -> datetime:
    """Return the moment so many days later, in UTC, or the last one that there is.

    >>> later(datetime(2026, 11, 14, tzinfo=UTC), Fraction(3, 2)).isoformat()
    '2026-11-15T12:00:00+00:00'
    >>> later(datetime(9999, 12, 1, tzinfo=UTC), 90).isoformat()
    '9999-12-31T23:59:59.999999+00:00'
    """
    try:
        return moment.astimezone(UTC) + int(days * _A_DAY) * _MICROSECOND
    except OverflowError:
        return _END


def days_between(start: datetime, end: datetime) -> Fraction:
    """Return how many days lie between two moments, parts of days included."""
    return Fraction((end - start) // _MICROSECOND, _A_DAY)
