"""Values as they come from outside, read exactly or refused with help; nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from difflib import get_close_matches
from typing import cast

from pydantic import TypeAdapter, ValidationError

from remedykit.model.exact import decimal_of, digits_and_scale, shown, trimmed
from remedykit.model.money import Money, minor_units, money_from_map
from remedykit.model.shapes import Kind, Shape

MAX_TEXT = 10_000  # characters; more is a document, not a fact
MAX_LIST = 10_000  # elements; no order has more lines
_MAX_TIME_TEXT = 64
_UNITS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800}  # seconds
_MICROSECONDS = 1_000_000  # a second
_ISO_DURATION = TypeAdapter(timedelta)
_AS_DATE = "; write a date such as '2026-11-23'"
_AS_TIME = "; write it as ISO 8601 with its offset from UTC, such as '2026-11-23T14:30:00-05:00'"


class RefusedError(ValueError):
    """A value cannot stand where it was put.

    Attributes:
        value: what was found.
        problem: goes on after the value: ``is a float; write it as a string, '0.5'``.
    """

    def __init__(self, value: object, problem: str) -> None:
        """Keep both; ``str(error)`` is one sentence."""
        super().__init__(value, problem)
        self.value = value
        self.problem = problem

    def __str__(self) -> str:
        """Return the value and what is wrong with it."""
        found = str(self.value) if isinstance(self.value, Money) else shown(self.value)
        return f"{found} {self.problem}"


def read(shape: Shape, value: object) -> object:
    """Return `value` as a field of this shape keeps it.

    Lists become tuples; ISO 8601 texts become dates and aware times, texts such as ``48 hours``
    durations; numbers become ``Decimal``. What models hold is left to the models.

    Raises:
        RefusedError: if it is not of this shape.
    """
    reader = _READERS.get(shape.kind)
    if reader is not None:
        return reader(value)
    match shape.kind:
        case Kind.TEXT:
            return _word(value, shape.words)
        case Kind.TEXTS:
            return tuple(
                _element(item, number, shape.words) for number, item in enumerate(_tuple(value), 1)
            )
        case _:
            return value


def money_in(amount: object, currency: str) -> Money:
    """Return what a field of kind money keeps as `Money` of `currency`.

    Raises:
        RefusedError: if it is of another currency, or has more decimals than the currency.
    """
    if isinstance(amount, Money):
        if amount.currency != currency:
            raise RefusedError(
                amount, f"is in {amount.currency}, the order in {currency}; nothing is converted"
            )
        return amount
    try:
        return Money.of_minor(minor_units(decimal_of(amount), currency), currency)
    except (TypeError, ValueError) as error:
        raise RefusedError(amount, str(error)) from None


def check_range(value: object, at_least: int | None, at_most: int | None) -> None:
    """Refuse a number or an amount outside of its range, ends included."""
    number = value.amount if isinstance(value, Money) else value
    if not isinstance(number, int | Decimal):
        return
    if at_least is not None and number < at_least:
        raise RefusedError(number, f"is below {at_least}, the least allowed")
    if at_most is not None and number > at_most:
        raise RefusedError(number, f"is above {at_most}, the most allowed")


def suggestion(word: str, known: tuple[str, ...]) -> str:
    """Return ``; did you mean `…`?`` if some known word is close, else an empty text."""
    close = closest(word, known)
    return "" if close is None else f"; did you mean `{close}`?"


def closest(word: str, known: Sequence[str]) -> str | None:
    """Return the known word that is closest to one that was written, if one is close."""
    written = word[:80]
    close = get_close_matches(written, known, n=1) or get_close_matches(
        written.casefold(), known, n=1
    )
    return close[0] if close else None


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise RefusedError(value, f"is {_sort_of(value)}; write true or false")


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise RefusedError(
            value, f"is {_sort_of(value)}; write a whole number, without quotes and point"
        )
    decimal_of_or_refuse(value)
    return int(value)


def decimal_of_or_refuse(value: object) -> Decimal:
    """Return the number that `value` writes; see `decimal_of`.

    Raises:
        RefusedError: if it writes none.
    """
    try:
        return decimal_of(trimmed(value))
    except (TypeError, ValueError) as error:
        raise RefusedError(value, str(error)) from None


def _amount(value: object) -> Money | Decimal:
    if isinstance(value, Money):
        return value
    if not isinstance(value, Mapping):
        return decimal_of_or_refuse(value)
    fields = cast("Mapping[object, object]", value)
    try:
        return money_from_map(fields)
    except (TypeError, ValueError) as error:
        raise RefusedError(fields, f"is no amount: {error}") from None


def _text(value: object) -> str:
    if not isinstance(value, str):
        sort = _sort_of(value)
        raise RefusedError(value, f"is {sort}; write it as text, in quotes")
    if len(value) > MAX_TEXT:
        raise RefusedError(value, f"has {len(value)} characters; at most {MAX_TEXT} are allowed")
    if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
        raise RefusedError(value, "has half a character (a lone surrogate); write whole characters")
    return str.__str__(value)


def _word(value: object, words: tuple[str, ...] | None) -> str:
    text = _text(value)
    if words is not None and text not in words:
        raise RefusedError(text, f"is not one of {', '.join(words)}{suggestion(text, words)}")
    return text


def _tuple(value: object) -> tuple[object, ...]:
    if not isinstance(value, list | tuple):
        raise RefusedError(value, f"is {_sort_of(value)}; write a list")
    elements = cast("Sequence[object]", value)
    if len(elements) > MAX_LIST:
        raise RefusedError(
            elements, f"has {len(elements)} elements; at most {MAX_LIST} are allowed"
        )
    return tuple(elements)


def _element(value: object, number: int, words: tuple[str, ...] | None) -> str:
    try:
        return _word(value, words)
    except RefusedError as error:
        raise RefusedError(error.value, f"(element {number}) {error.problem}") from None


def _date(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and len(value) == 10 and value.isascii():
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise RefusedError(value, f"is no date{_why(value, error) or _AS_DATE}") from None
    raise RefusedError(value, f"is {_sort_of(value)}{_AS_DATE}")


def _time(value: object) -> datetime:
    moment = _time_from_text(value) if isinstance(value, str) else value
    if not isinstance(moment, datetime):
        raise RefusedError(
            value, f"is {_sort_of(value)}; write a time such as '2026-11-23T14:30:00+00:00'"
        )
    if moment.utcoffset() is None:
        raise RefusedError(
            str(value),
            f"has no time zone; write its offset too, such as '{moment.isoformat()}+00:00'",
        )
    try:
        moment.astimezone(UTC)
    except OverflowError:
        raise RefusedError(str(value), "lies outside of the years 1 to 9999 in UTC") from None
    return _at_fixed_offset(moment)


def _at_fixed_offset(moment: datetime) -> datetime:
    """Return the same instant with its offset as a number, in place of a zone's rules.

    Python compares and subtracts times of one zone by the wall clock: in the hour that clocks show
    twice, what comes later would come first.
    """
    offset = moment.utcoffset()
    if offset is None or isinstance(moment.tzinfo, timezone):
        return moment
    return moment.replace(tzinfo=timezone(offset), fold=0)


def _time_from_text(text: str) -> datetime:
    if len(text) == 10 and text.count("-") == 2:
        raise RefusedError(
            text, f"is a date; write the time of day and its zone too, '{text}T00:00:00+00:00'"
        )
    try:
        if len(text) <= _MAX_TIME_TEXT and text[10:11] in {"T", " "}:
            return datetime.fromisoformat(text)
    except ValueError as error:
        raise RefusedError(text, f"is no time{_why(text, error) or _AS_TIME}") from None
    raise RefusedError(text, f"is no time{_AS_TIME}")


def _why(text: str, error: ValueError) -> str:
    """Return what Python says against a date or a time; empty where it only repeats the text."""
    return "" if repr(text) in str(error) else f": {error}"


def _duration(value: object) -> timedelta:
    if isinstance(value, timedelta):
        return value
    if not isinstance(value, str) or len(value) > _MAX_TIME_TEXT:
        raise RefusedError(
            value, f"is {_sort_of(value)}; write a duration with its unit, such as '48 hours'"
        )
    if value.removeprefix("-").startswith("P"):
        try:
            return _ISO_DURATION.validate_strings(value)
        except ValidationError:
            raise RefusedError(value, "is no duration; write such as '48 hours'") from None
    count, _, unit = value.partition(" ")
    seconds = _UNITS.get(unit.removesuffix("s"))
    if seconds is None:
        raise RefusedError(
            value, f"is no duration; write a number and {', '.join(_UNITS)} (or with s)"
        )
    return _timedelta(value, count, seconds)


def _timedelta(text: str, count: str, seconds: int) -> timedelta:
    try:
        number, scale = digits_and_scale(decimal_of(count))
        microseconds, rest = divmod(number * seconds * _MICROSECONDS, 10**scale)
        duration = timedelta(microseconds=microseconds)
    except (ValueError, OverflowError) as error:
        raise RefusedError(text, f"is no duration: {error}") from None
    if rest:
        raise RefusedError(text, "is finer than a microsecond")
    return duration


def _sort_of(value: object) -> str:
    for sort, name in _SORTS:
        if isinstance(value, sort):
            return name
    return f"of type {type(value).__name__}"


_SORTS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "a truth value"),
    (float, "a float"),
    ((int, Decimal), "a number"),
    (str, "text"),
    (datetime, "a time"),
    (date, "a date"),
    (Money, "an amount"),
    ((list, tuple), "a list"),
    (Mapping, "a map"),
    (type(None), "empty"),
)

_READERS: Mapping[Kind, Callable[[object], object]] = {
    Kind.BOOL: _flag,
    Kind.INT: _whole,
    Kind.NUMBER: decimal_of_or_refuse,
    Kind.MONEY: _amount,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.DURATION: _duration,
    Kind.MODELS: _tuple,
}
