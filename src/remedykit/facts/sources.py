"""Where each fact comes from, and what of it needs no second reading."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from remedykit.facts.convert import check_bounds, fact_value, shape_for
from remedykit.language.types import FactDeclaration, Value
from remedykit.model.border import MAX_TEXT
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
        straight: returns a value of the commonest sort as rules read it, or ``None`` for all else.
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

    def value(self, raw: object, currency: str) -> Value:
        """Return what is handed in as rules read it; money in minor units of `currency`.

        Raises:
            RefusedError: if it is not of the declared type, or outside of the declared range.
        """
        value = self.straight(raw, self, currency)
        if value is None:
            value = fact_value(self.shape, raw, currency)
            check_bounds(self.declaration, value, currency)
        return value


# Each returns what `fact_value` does where `check_bounds` has nothing against it; or ``None``, and
# then these two decide. No type is trusted: a subclass of `int` is no whole number here.
Straight = Callable[[object, Source, str], Value | None]


def _flag(raw: object, _source: Source, _currency: str) -> Value | None:
    return raw if type(raw) is bool else None


def _whole(raw: object, source: Source, _currency: str) -> Value | None:
    return raw if type(raw) is int and source.least <= raw <= source.most else None


def _plain_digits(raw: object) -> int | None:
    """Return a number that is written with few digits and nothing else."""
    if type(raw) is Decimal:
        digits = str(raw)
        if len(digits) <= MAX_DIGITS and digits.isdigit():
            return int(digits)
    return None


def _number(raw: object, source: Source, currency: str) -> Value | None:
    whole = _plain_digits(raw)
    return None if whole is None else _whole(whole, source, currency)


def _amount(raw: object, source: Source, currency: str) -> Value | None:
    if type(raw) is Money and raw.currency == currency:
        return _whole(raw.minor, source, currency)
    whole = _plain_digits(raw)
    return None if whole is None else _whole(whole * 10 ** minor_digits(currency), source, currency)


def _text(raw: object, source: Source, _currency: str) -> Value | None:
    if type(raw) is not str:
        return None
    if source.words is None:
        return raw if len(raw) <= MAX_TEXT and raw.isascii() else None
    return raw if raw in source.words else None


def _texts(raw: object, _source: Source, _currency: str) -> Value | None:
    return () if raw == () and type(raw) is tuple else None


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
