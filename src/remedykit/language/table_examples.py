"""Values of an example in words, as an author would write them in a test."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Context, Decimal
from fractions import Fraction

from remedykit.language.intervals import Point
from remedykit.language.scope import Scope
from remedykit.language.table_domains import Candidate, Domain
from remedykit.language.types import Base
from remedykit.model.currencies import MINOR_DIGITS

_MINUTE = 60_000_000  # microseconds
_EXACT = Context(prec=60)  # digits: three times as many as a number in a rule has
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def in_words(domain: Domain, candidates: int) -> str:
    """Return the plainest of some candidates in words, such as `` `order.total` is 3.00``."""
    name, base = f"`{domain.subject.name}`", domain.subject.type.base
    among = [value for number, value in enumerate(domain.values) if candidates >> number & 1]
    if not among:
        return f"{name} is unknown"
    unit = _MINUTE if base in {Base.TIME, Base.DURATION} else 1
    plainest = min(among, key=lambda value: _fineness(value, unit))
    return f"{name} is {_written(plainest, base, domain.scope)}"


def _fineness(value: Candidate, unit: int) -> int:
    """Return into how many parts a unit must be divided to measure a value."""
    return 1 if isinstance(value, str | frozenset) else Fraction(value, unit).denominator


def _written(value: Candidate, base: Base, scope: Scope) -> str:
    match value:
        case str():
            return value
        case frozenset():
            return f"[{', '.join(sorted(value))}]"
        case _:
            return _point_written(value, base, scope)


def _point_written(point: Point, base: Base, scope: Scope) -> str:
    match base:
        case Base.DATE:
            return date.fromordinal(int(point)).isoformat()
        case Base.TIME:
            return (_EPOCH + timedelta(microseconds=int(point))).isoformat()
        case Base.DURATION:
            minutes = Fraction(point, _MINUTE)
            hours = minutes / 60
            return f"{hours} hours" if hours.denominator == 1 else f"{_number(minutes)} minutes"
        case Base.MONEY if len(scope.currencies) == 1:
            digits = MINOR_DIGITS[scope.currencies[0]]
            whole, minor = divmod(abs(round(point)), 10**digits)
            sign = "-" if point < 0 else ""
            return f"{sign}{whole}.{minor:0{digits}}" if digits else f"{sign}{whole}"
        case _:
            return _number(Fraction(point))


def _number(number: Fraction) -> str:
    """Return a number as digits; what tests are written with has finitely many."""
    exact = _EXACT.divide(Decimal(number.numerator), Decimal(number.denominator))
    return format(exact.normalize(_EXACT), "f")
