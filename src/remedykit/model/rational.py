"""Rational numbers as text: decimals where they are exact, fractions where they are not."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

_LONGEST = 40  # characters of a number read back; two numbers of 18 digits, a sign and a bar


def exact_text(number: int | Fraction) -> str:
    """Return the shortest exact text: ``3``, ``2.5`` or ``1/3``."""
    if type(number) is int:
        return str(number)
    fraction = number if isinstance(number, Fraction) else Fraction(number)
    places = _decimal_places(fraction.denominator)
    if places is None:
        return f"{fraction.numerator}/{fraction.denominator}"
    if places == 0:
        return str(fraction.numerator)
    digits = str(abs(fraction.numerator) * 10**places // fraction.denominator).zfill(places + 1)
    return f"{'-' if fraction < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def exact_number(number: int | Fraction) -> int | Decimal | str:
    """Return the number as an `int` or `Decimal` where one is exact, else as `exact_text`."""
    text = exact_text(number)
    return text if "/" in text else Decimal(text) if "." in text else int(text)


def fraction_of(text: str) -> Fraction | None:
    """Return the number that `exact_text` wrote, or ``None`` if the text is no such number."""
    if len(text) > _LONGEST or not text.isascii():
        return None
    digits = text.removeprefix("-").replace("/", ".", 1)
    whole, point, rest = digits.partition(".")
    if not whole.isdigit() or (point and not rest.isdigit()):
        return None
    try:
        return Fraction(text)
    except ZeroDivisionError:
        return None


def _decimal_places(denominator: int) -> int | None:
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None
