"""One raw value to the value that rules read; no type is trusted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import cast

from remedykit.language.types import MONEY, FactDeclaration, FactType, Value
from remedykit.model.border import RefusedError, money_in, read
from remedykit.model.exact import digits_and_scale
from remedykit.model.money import Money
from remedykit.model.rational import exact_number
from remedykit.model.shapes import Kind, Shape


def shape_for(fact_type: FactType) -> Shape:
    """Return the shape of what is handed in for a fact of this type."""
    return Shape(Kind(fact_type.base.value), fact_type.values)


def fact_value(shape: Shape, raw: object, currency: str) -> Value:
    """Return `raw` as rules read it: money in minor units, numbers exact, times in UTC.

    Raises:
        RefusedError: if it is not of this shape, or money of another currency.
    """
    kept = read(shape, raw)
    match kept:
        case Decimal() | Money() if shape.kind is Kind.MONEY:
            return money_in(kept, currency).minor
        case Decimal():
            return _rational(kept)
        case datetime():
            return in_utc(kept)
        case bool() | int() | str() | date() | timedelta():
            return kept
        case tuple():
            return cast("tuple[str, ...]", kept)
        case _:
            raise RefusedError(raw, "cannot be a fact")


def check_bounds(declaration: FactDeclaration, value: Value, currency: str) -> None:
    """Refuse a value outside of the declared range, ends included.

    Raises:
        RefusedError: telling the bound.
    """
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        return
    if declaration.at_least is not None and value < declaration.at_least:
        word, bound = "below", declaration.at_least
    elif declaration.at_most is not None and value > declaration.at_most:
        word, bound = "above", declaration.at_most
    else:
        return
    extreme = "least" if word == "below" else "most"
    found, limit = (_written(number, declaration, currency) for number in (value, bound))
    raise RefusedError(found, f"is {word} {limit}, the {extreme} allowed")


def told(error: RefusedError, declaration: FactDeclaration) -> str:
    """Return the problem as one sentence, without the value where it is personal."""
    return f"the value {error.problem}" if declaration.personal else str(error)


def _written(
    number: int | Fraction, declaration: FactDeclaration, currency: str
) -> Money | int | Decimal | str:
    if declaration.type == MONEY:
        return Money.of_minor(int(number), currency)
    return exact_number(number)


def _rational(number: Decimal) -> int | Fraction:
    whole, scale = digits_and_scale(number)
    fraction = Fraction(whole, 10**scale)
    return fraction.numerator if fraction.denominator == 1 else fraction


def in_utc(moment: datetime) -> datetime:
    """Return an aware time in UTC."""
    utc = moment.astimezone(UTC)
    # A plain datetime, even if the caller's is of a class of its own.
    return datetime.combine(utc.date(), utc.time(), tzinfo=UTC)
