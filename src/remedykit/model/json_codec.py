"""Frozen dataclasses to JSON data and back, from their type hints: nothing is said twice."""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum, auto
from fractions import Fraction
from typing import Any, Literal, assert_never

from remedykit.errors import InputError
from remedykit.model.json_text import Json, write_json
from remedykit.model.money import Money
from remedykit.model.rational import exact_number, fraction_of

PlainValue = bool | int | str | tuple[str, ...] | None


class Scalar(Enum):
    """A value without parts."""

    TRUTH = auto()
    WHOLE = auto()
    TEXT = auto()
    POINTS = auto()  # Decimal, a JSON number with exactly one decimal place
    EXACT = auto()  # Fraction: a JSON number, or a text such as "1/3" where no decimal is exact
    MOMENT = auto()  # datetime in UTC
    AMOUNT = auto()  # Money
    PLAIN = auto()  # any `PlainValue`


@dataclass(frozen=True, slots=True)
class Words:
    """One of some words."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListOf:
    """A tuple of any length; a list in JSON."""

    element: Shape


@dataclass(frozen=True, slots=True)
class Nullable:
    """A shape or nothing."""

    inner: Shape


@dataclass(frozen=True, slots=True)
class Record:
    """A frozen dataclass; an object in JSON with all of its fields, in their order."""

    make: type[Any]
    fields: tuple[tuple[str, Shape], ...]

    @property
    def name(self) -> str:
        """The name of the dataclass."""
        return self.make.__name__


Shape = Scalar | Words | ListOf | Nullable | Record

_SCALARS: tuple[tuple[object, Scalar], ...] = (
    (bool, Scalar.TRUTH),
    (int, Scalar.WHOLE),
    (str, Scalar.TEXT),
    (Decimal, Scalar.POINTS),
    (Fraction, Scalar.EXACT),
    (datetime, Scalar.MOMENT),
    (Money, Scalar.AMOUNT),
    (PlainValue, Scalar.PLAIN),
)


def record_of(make: type[Any]) -> Record:
    """Return the shape of a frozen dataclass; meant to be called once, at import."""
    hints = typing.get_type_hints(make)
    return Record(make, tuple((field.name, shape_of(hints[field.name])) for field in fields(make)))


def shape_of(hint: Any) -> Shape:
    """Return the shape of a type, a dataclass above all; meant to be called once, at import.

    Raises:
        TypeError: if a type has no JSON form here.
    """
    for known, scalar in _SCALARS:
        if hint == known:
            return scalar
    if isinstance(hint, type) and is_dataclass(hint):
        return record_of(hint)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Literal:
        return Words(arguments)
    if origin is tuple and arguments[1:] == (...,):
        return ListOf(shape_of(arguments[0]))
    if origin in (types.UnionType, typing.Union) and arguments[1:] == (type(None),):
        return Nullable(shape_of(arguments[0]))
    raise TypeError(f"{hint} has no JSON form")


# --- writing -----------------------------------------------------------------------------------


def encode(shape: Shape, value: Any) -> Json:
    """Return `value`, which must be of this shape, as JSON data."""
    match shape:
        case Record():
            return encode_record(shape, value)
        case ListOf():
            return [encode(shape.element, element) for element in value]
        case Nullable():
            return None if value is None else encode(shape.inner, value)
        case Words():
            return str(value)
        case Scalar():
            return _encode_scalar(shape, value)
        case _:
            assert_never(shape)


def encode_record(shape: Record, value: object) -> dict[str, Json]:
    """Return a dataclass of this shape as a JSON object."""
    return {name: encode(inner, getattr(value, name)) for name, inner in shape.fields}


def _encode_scalar(scalar: Scalar, value: Any) -> Json:
    match scalar:
        case Scalar.TRUTH | Scalar.WHOLE | Scalar.TEXT:
            plain: Json = value
            return plain
        case Scalar.POINTS:
            return _one_place(value)
        case Scalar.EXACT:
            return exact_number(value)
        case Scalar.MOMENT:
            return _moment_text(value)
        case Scalar.AMOUNT:
            return {"amount": format(value.amount, "f"), "currency": value.currency}
        case Scalar.PLAIN:
            return _encode_plain(value)
        case _:
            assert_never(scalar)


def _encode_plain(value: PlainValue) -> Json:
    return list(value) if isinstance(value, tuple) else value


def _one_place(points: Decimal) -> Decimal:
    tenths = Fraction(points) * 10
    if tenths.denominator != 1:
        raise ValueError(f"points={points} has more than one decimal place")
    whole, tenth = divmod(abs(tenths.numerator), 10)
    return Decimal(f"{'-' if tenths < 0 else ''}{whole}.{tenth}")


def _moment_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


# --- reading -----------------------------------------------------------------------------------


def decode(shape: Shape, value: Json, where: str) -> Any:
    """Return the value that JSON data stands for.

    Raises:
        InputError: if it is not of this shape; names the place, such as
            ``decision.remedies[0].score``.
    """
    match shape:
        case Record():
            return shape.make(**decode_fields(shape, value, where))
        case ListOf():
            if not isinstance(value, list):
                raise _unexpected(where, value, "a list")
            elements = enumerate(value)
            return tuple(decode(shape.element, each, f"{where}[{i}]") for i, each in elements)
        case Nullable():
            return None if value is None else decode(shape.inner, value, where)
        case Words():
            if value not in shape.values:
                raise _unexpected(where, value, f"one of {', '.join(shape.values)}")
            return value
        case Scalar():
            return _decode_scalar(shape, value, where)
        case _:
            assert_never(shape)


def decode_fields(shape: Record, value: Json, where: str) -> dict[str, Any]:
    """Return the values of a dataclass's fields by name; raises like `decode`."""
    if not isinstance(value, dict):
        raise _unexpected(where, value, "an object")
    names = [name for name, _ in shape.fields]
    for name in names:
        if name not in value:
            raise InputError(where, f"has no field `{name}`")
    for name in value:
        if name not in names:
            raise InputError(where, f"has an unknown field {write_json(name)}")
    return {name: decode(inner, value[name], f"{where}.{name}") for name, inner in shape.fields}


def _decode_scalar(scalar: Scalar, value: Json, where: str) -> object:
    match scalar:
        case Scalar.TRUTH if isinstance(value, bool):
            return value
        case Scalar.WHOLE if _is_whole(value):
            return value
        case Scalar.TEXT if isinstance(value, str):
            return value
        case Scalar.POINTS if isinstance(value, Decimal) and value.as_tuple().exponent == -1:
            return value
        case Scalar.EXACT if isinstance(value, Decimal | str) or _is_whole(value):
            return _read_exact(value, where)
        case Scalar.MOMENT if isinstance(value, str):
            return _read_moment(value, where)
        case Scalar.AMOUNT:
            return _read_amount(value, where)
        case Scalar.PLAIN:
            return _read_plain(value, where)
        case _:
            raise _unexpected(where, value, _EXPECTED[scalar])


_EXPECTED: dict[Scalar, str] = {
    Scalar.TRUTH: "true or false",
    Scalar.WHOLE: "a whole number",
    Scalar.TEXT: "a text",
    Scalar.POINTS: "a number with one decimal place",
    Scalar.EXACT: 'a number or a text such as "1/3"',
    Scalar.MOMENT: "a time such as 2026-11-23T12:00:00Z",
    Scalar.AMOUNT: 'an amount such as {"amount": "35.00", "currency": "USD"}',
    Scalar.PLAIN: "true, false, a whole number, a text, a list of texts or null",
}


def _is_whole(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _read_exact(value: Json, where: str) -> Fraction:
    number = fraction_of(str(value))
    if number is None or (isinstance(value, str) and "/" not in value):
        raise _unexpected(where, value, _EXPECTED[Scalar.EXACT])
    return number


def _read_moment(text: str, where: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or _moment_text(moment) != text:
        raise _unexpected(where, text, _EXPECTED[Scalar.MOMENT])
    return moment.astimezone(UTC)


def _read_amount(value: Json, where: str) -> Money:
    match value:
        case {"amount": str() as amount, "currency": str() as currency, **others} if not others:
            try:
                return Money(amount, currency)
            except ValueError as error:
                raise InputError(where, str(error)) from None
        case _:
            raise _unexpected(where, value, _EXPECTED[Scalar.AMOUNT])


def _read_plain(value: Json, where: str) -> PlainValue:
    match value:
        case None | bool() | int() | str():
            return value
        case list():
            return tuple(_text(element, f"{where}[{i}]") for i, element in enumerate(value))
        case _:
            raise _unexpected(where, value, _EXPECTED[Scalar.PLAIN])


def _text(value: Json, where: str) -> str:
    if not isinstance(value, str):
        raise _unexpected(where, value, _EXPECTED[Scalar.TEXT])
    return value


def _unexpected(where: str, value: Json, expected: str) -> InputError:
    text = write_json(value)
    shown = text if len(text) <= 60 else f"{text[:60]}..."
    return InputError(where, f"is {shown}; expected {expected}")
