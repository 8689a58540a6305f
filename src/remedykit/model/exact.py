"""Numbers as they are written: exact, of bounded length, never through a float."""

from __future__ import annotations

from decimal import Decimal
from math import isfinite

MAX_DIGITS = 18  # of any number that is read; longer ones are no amounts, and slow to compute with
_MAX_TEXT = MAX_DIGITS + 2  # a sign and a point


def decimal_of(value: object) -> Decimal:
    """Return the number that `value` writes, exactly.

    Args:
        value: a whole number, a ``Decimal``, or text such as ``"-12.50"``. Text has digits, at
            most one point between digits and at most one leading minus; no exponent, no blanks,
            no ``_`` and no ``,``.

    Raises:
        TypeError: for a float, a truth value, or anything that is not a number.
        ValueError: for text that is no number, NaN, infinity, an exponent, or over 18 digits.

    The message is the part after "…", as in ``is a float; write it as a string, '0.5'``, so that
    the caller can say in front of it what was wrong.

    >>> decimal_of("-12.50")
    Decimal('-12.50')
    """
    match value:
        case bool():
            raise TypeError("is a truth value; a number is needed")
        case int():
            return _from_int(value)
        case Decimal():
            return _from_decimal(value)
        case str():
            return _from_text(value)
        case float():
            raise TypeError(f"is a float; write it as a string, {_as_text(value)}")
        case _:
            raise TypeError("is not a number; write it as a string such as '12.50'")


def shown(value: object) -> str:
    """Return `value` as a message shows it: text in quotes, nothing long, ``this`` for the rest."""
    if isinstance(value, int | float | Decimal | str) or value is None:
        if isinstance(value, int) and abs(value) >= 10**40:
            return "a whole number of more than 40 digits"
        text = repr(value[:41]) if isinstance(value, str) else str(value)
        return text if len(text) <= 43 else f"{text[:40]}…"
    return "this"


def trimmed(value: object) -> object:
    """Return a ``Decimal`` without zeros at the end of its decimals, anything else as it is.

    Databases and products of decimals give ``Decimal("35.0000")``; the zeros say nothing. The text
    ``"35.000"`` keeps its zeros: it may mean thirty-five thousand, so no amount is read from it.
    """
    if not isinstance(value, Decimal):
        return value
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int) or exponent >= 0 or len(digits) > 10 * MAX_DIGITS:
        return value
    if not any(digits):
        return Decimal(0)
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    spare = min(zeros, -exponent)
    return Decimal((sign, digits[: len(digits) - spare], exponent + spare))


def digits_and_scale(value: Decimal) -> tuple[int, int]:
    """Return ``(n, scale)`` with ``value == n / 10**scale`` for a value that `decimal_of` gave."""
    sign, digits, exponent = value.as_tuple()
    scale = -exponent if isinstance(exponent, int) else 0
    number = int("".join(map(str, digits)))
    return (-number if sign else number), scale


def _as_text(value: float) -> str:
    text = f"{value:.15f}".rstrip("0").rstrip(".")
    return f"'{text}'" if isfinite(value) and len(text) <= _MAX_TEXT else "such as '12.50'"


def _from_int(value: int) -> Decimal:
    if abs(value) >= 10**MAX_DIGITS:
        raise ValueError(f"has more than {MAX_DIGITS} digits")
    return Decimal(int(value))


def _from_decimal(value: Decimal) -> Decimal:
    _, digits, exponent = value.as_tuple()
    match exponent:
        case int() if exponent > 0:
            raise ValueError("has an exponent; write all its digits")
        case int() if max(len(digits), -exponent) > MAX_DIGITS:
            raise ValueError(f"has more than {MAX_DIGITS} digits")
        case int():
            return value
        case _:
            raise ValueError("is not a finite number")


def _from_text(text: str) -> Decimal:
    # The length is looked at first: int(Decimal("1e9999999")) takes more than 20 seconds.
    unsigned = text[: _MAX_TEXT + 1].removeprefix("-")
    whole, point, decimals = unsigned.partition(".")
    plain = unsigned.isascii() and whole.isdigit() and (decimals.isdigit() if point else True)
    if not plain:
        raise ValueError(_why_not_plain(unsigned))
    if len(text) > _MAX_TEXT or len(whole) + len(decimals) > MAX_DIGITS:
        raise ValueError(f"has more than {MAX_DIGITS} digits")
    return Decimal(text)


def _why_not_plain(text: str) -> str:
    if text.lower().lstrip("+") in {"nan", "inf", "infinity", "snan"}:
        return "is not a finite number"
    if "," in text and text.replace(",", "").replace(".", "").isdigit():
        return "has a comma; write a point before the decimals and nothing between thousands"
    if "_" in text and text.replace("_", "").replace(".", "").isdigit():
        return "has an underscore; write digits only"
    mantissa, exponent_sign, _ = text.lower().partition("e")
    if exponent_sign and mantissa.replace(".", "").isdigit():
        return "has an exponent; write all its digits"
    return "is not a number; write it with digits and a point, such as '12.50'"
