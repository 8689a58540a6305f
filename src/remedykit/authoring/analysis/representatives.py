"""Some values of a set, simple ones first, that a caller could hand in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from remedykit.authoring.analysis.subjects import FALSE, TRUE
from remedykit.authoring.analysis.value_sets import Ranges, ValueSet, Words
from remedykit.language.intervals import Interval, Point
from remedykit.language.types import Base, FactDeclaration, Value

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_US = 86_400_000_000
# Where a range is open to both sides: a day, or a time on it.
_SOME_DAY = date(2026, 11, 23).toordinal()
_SOME_TIME = (datetime(2026, 11, 23, 15, tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)
_MOST = 4
_OTHER = "other"


def values_in(allowed: ValueSet, fact: FactDeclaration) -> tuple[Value | None, ...]:
    """Return a few values of a set that is not empty; "unknown" as ``None``, last."""
    match allowed:
        case Words():
            known: list[Value] = list(_words(allowed, fact))
        case Ranges(ranges=ranges):
            known = [value for each in ranges for value in _values(each, fact.type.base)]
    unknown = (None,) if allowed.unknown else ()
    return (*dict.fromkeys(known[:_MOST]), *unknown)


def _words(allowed: Words, fact: FactDeclaration) -> Iterator[Value]:
    if fact.type.base is Base.BOOL:
        yield from (word == TRUE for word in (TRUE, FALSE) if word in allowed.words)
    elif allowed.excluded:
        word = _OTHER
        while word in allowed.words:
            word += "_"
        yield word
    else:
        yield from (
            each for each in fact.type.values or sorted(allowed.words) if each in allowed.words
        )


def _values(interval: Interval, base: Base) -> Iterator[Value]:
    for point in _points(interval, base):
        value = _value(point, base)
        if value is not None:
            yield value


def _points(interval: Interval, base: Base) -> Iterator[Point]:
    low, low_excluded, high, high_excluded = interval
    step = _step(base)
    if low is None and high is None:
        yield _start(base)
        return
    if low is not None and high is not None:
        if not low_excluded:
            yield low
        if not high_excluded:
            yield high
        yield _middle(low, high, base)
        return
    if low is not None:
        yield from (low,) * (not low_excluded)
        yield from (low + step, low + 10 * step)
    if high is not None:
        yield from (high,) * (not high_excluded)
        yield from (high - step, high - 10 * step)


def _middle(low: Point, high: Point, base: Base) -> Point:
    middle = Fraction(low + high) / 2
    return middle if base is Base.NUMBER else middle.__floor__()


def _step(base: Base) -> int:
    match base:
        case Base.TIME | Base.DURATION:
            return _DAY_US
        case Base.MONEY:
            return 100
        case _:
            return 1


def _start(base: Base) -> int:
    match base:
        case Base.DATE:
            return _SOME_DAY
        case Base.TIME:
            return _SOME_TIME
        case _:
            return 1


def _value(point: Point, base: Base) -> Value | None:
    """Return the value at a point of the scale of `point_of`; ``None`` where there is none."""
    try:
        match base:
            case Base.DATE:
                return date.fromordinal(int(point))
            case Base.TIME:
                return _EPOCH + timedelta(microseconds=int(point))
            case Base.DURATION:
                return timedelta(microseconds=int(point))
            case _:
                return point.numerator if point.denominator == 1 else point
    except (ValueError, OverflowError):
        return None
