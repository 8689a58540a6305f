"""Where each fact comes from, and what of it needs no second reading."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import cast

from remedykit.facts.convert import check_bounds, fact_value, shape_for
from remedykit.language.types import FactDeclaration, Value
from remedykit.model.border import MAX_LIST, MAX_TEXT
from remedykit.model.currencies import minor_digits
from remedykit.model.exact import MAX_DIGITS
from remedykit.model.money import Money
from remedykit.model.shapes import Kind, Shape

_MOST = 10**MAX_DIGITS - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A field of a model, or a name among the policy's own facts, and the fact that it gives.

    Attributes:
        field: the name of the field, or of the own fact.
        name: of the fact.
        required: whether there is no fact without it.
        declaration: of the fact.
        shape: of what is handed in.
        words: the texts allowed; ``None`` where any is.
        least: no whole number below it is a fact.
        most: no whole number above it is one.
        straight: returns a value of the commonest sort as rules read it, or ``None`` for all else,
            which is read `with_care`.
    """

    field: str
    name: str
    required: bool
    declaration: FactDeclaration
    shape: Shape
    words: frozenset[str] | None
    least: int
    most: int
    straight: Straight

    @classmethod
    def of(cls, field: str, declaration: FactDeclaration) -> Source:
        """Return the source of a declared fact."""
        shape, least, most = shape_for(declaration.type), declaration.at_least, declaration.at_most
        return cls(
            field=field,
            name=declaration.name,
            required=declaration.required,
            declaration=declaration,
            shape=shape,
            words=None if shape.words is None else frozenset(shape.words),
            least=-_MOST if least is None else max(-_MOST, math.ceil(least)),
            most=_MOST if most is None else min(_MOST, math.floor(most)),
            straight=_STRAIGHT.get(shape.kind, _nothing),
        )

    def with_care(self, raw: object, currency: str) -> Value:
        """Return what is handed in as rules read it; money in minor units of `currency`.

        Raises:
            RefusedError: if it is not of the declared type, or outside of the declared range.
        """
        value = fact_value(self.shape, raw, currency)
        check_bounds(self.declaration, value, currency)
        return value


# Each returns what `with_care` does, or ``None``, and then that decides. No type is trusted: a
# subclass of `int` is no whole number here.
Straight = Callable[[object, Source, str], Value | None]


def _flag(raw: object, _source: Source, _currency: str) -> Value | None:
    return raw if type(raw) is bool else None


def _whole(raw: object, source: Source, _currency: str) -> Value | None:
    return raw if type(raw) is int and source.least <= raw <= source.most else None


def _plain_digits(raw: object) -> tuple[str, int] | None:
    """Return the digits of a number that has few of them, and how many of them are decimals."""
    if type(raw) is Decimal:
        whole, _, decimals = str(raw).partition(".")
        digits = whole + decimals
        if len(digits) <= MAX_DIGITS and digits.isdigit():
            return digits, len(decimals)
    return None


def _number(raw: object, source: Source, _currency: str) -> Value | None:
    plain = _plain_digits(raw)
    if plain is None:
        return None
    number, parts = int(plain[0]), 10 ** plain[1]
    if not source.least * parts <= number <= source.most * parts:
        return None
    return Fraction(number, parts) if number % parts else number // parts


def _amount(raw: object, source: Source, currency: str) -> Value | None:
    if type(raw) is Money and raw.currency == currency:
        return _whole(raw.minor, source, currency)
    plain = _plain_digits(raw)
    if plain is None:
        return None
    spare = minor_digits(currency) - plain[1]
    return None if spare < 0 else _whole(int(plain[0]) * 10**spare, source, currency)


def _text(raw: object, source: Source, _currency: str) -> Value | None:
    if type(raw) is not str:
        return None
    if source.words is None:
        return raw if len(raw) <= MAX_TEXT and raw.isascii() else None
    return raw if raw in source.words else None


def _texts(raw: object, source: Source, currency: str) -> Value | None:
    if type(raw) is not list and type(raw) is not tuple:
        return None
    elements = cast("Sequence[str]", raw)  # a guess, which `_text` makes sure of
    if len(elements) > MAX_LIST or None in [_text(each, source, currency) for each in elements]:
        return None
    return tuple(elements)


def _time(raw: object, _source: Source, _currency: str) -> Value | None:
    return raw if type(raw) is datetime and raw.tzinfo is UTC else None


def _nothing(_raw: object, _source: Source, _currency: str) -> Value | None:
    return None


_STRAIGHT: Mapping[Kind, Straight] = {
    Kind.BOOL: _flag,
    Kind.INT: _whole,
    Kind.NUMBER: _number,
    Kind.MONEY: _amount,
    Kind.TEXT: _text,
    Kind.TEXTS: _texts,
    Kind.TIME: _time,
}
