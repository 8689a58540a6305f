"""Reading one cell: the type of the fact decides how its text is read."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import assert_never

from remedykit.diagnostics import Findings, Place
from remedykit.language.hints import (
    for_amount,
    is_yes_or_no,
    odd_blank,
    plain_number,
    true_or_false,
)
from remedykit.language.names import did_you_mean, is_identifier, use_one_of
from remedykit.language.scope import Scope
from remedykit.language.types import Base, FactType, Value
from remedykit.model.currencies import MINOR_DIGITS
from remedykit.model.exact import MAX_DIGITS

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
_DURATION = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?) (minute|hour|day)s?", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2})?",
    re.ASCII,
)
_SECONDS = {"minute": 60, "hour": 3600, "day": 86400}
_MOST_DURATION_DAYS = 36_525  # a hundred years; far beyond any promise


def read_value(text: str, wanted: FactType, place: Place, scope: Scope) -> Value | None:
    """Return `text` as a value of type `wanted`, or report why it is none."""
    free = wanted.base in {Base.TEXT, Base.TEXTS} and wanted.values is None
    if not text and not free:
        scope.findings.error(
            "empty-value", place, "a value is missing here", help="write one, or leave this out"
        )
        return None
    match wanted.base:
        case Base.BOOL:
            return _bool(text, place, scope)
        case Base.INT | Base.NUMBER | Base.MONEY:
            return _numeric(text, wanted.base, place, scope)
        case Base.TEXT | Base.TEXTS:
            return _word(text, wanted, place, scope)
        case Base.DATE:
            return _date(text, place, scope)
        case Base.TIME:
            return _time(text, place, scope)
        case Base.DURATION:
            return _duration(text, place, scope)
        case _:  # pragma: no cover - mypy proves that every base is handled
            assert_never(wanted.base)


def type_of_text(text: str) -> Base | None:
    """Return the type that a text other than a number seems to have, or ``None``."""
    if is_yes_or_no(text):
        return Base.BOOL
    if _DURATION.fullmatch(text):
        return Base.DURATION
    if _TIME.fullmatch(text):
        return Base.TIME
    if is_day(text):
        return Base.DATE
    return Base.TEXT if is_identifier(text) else None


def _unfit(text: str, problem: str, help_: str, place: Place, scope: Scope) -> None:
    blank = odd_blank(text)
    scope.findings.error(
        "wrong-cell",
        place,
        f"`{text}` is {problem}" + (f", because of the {blank} in it" if blank else ""),
        help="write a blank of the keyboard instead" if blank else help_,
    )


def exact_number(text: str) -> Fraction | None:
    """Return a number written plainly: digits with at most one point, at most 18 digits."""
    if len(text) > MAX_DIGITS + 2 or not _NUMBER.fullmatch(text):
        return None
    whole, _, decimals = text.partition(".")
    if len(whole.removeprefix("-")) + len(decimals) > MAX_DIGITS:
        return None
    return Fraction(int(whole + decimals), 10 ** len(decimals))


def in_minor_units(
    amount: Fraction, place: Place, scope: Scope, *, decimals: int = 0
) -> int | None:
    """Return an amount of the policy's one currency in minor units, or report why it is none.

    Zeros count as decimals where `decimals` tells how many were written: 1.000 may be a thousand.
    Nothing is nothing in every currency.
    """
    if amount == 0:
        return 0
    if len(scope.currencies) != 1:
        several = "several currencies" if scope.currencies else "no currency"
        scope.findings.error(
            "money-literal",
            place,
            f"this is an amount, but the policy names {several}",
            help="use a param with one value a currency, such as {USD: 25.00, EUR: 23.00}"
            if scope.currencies
            else "say `currencies: [USD]` at the top of the policy",
        )
        return None
    currency = scope.currencies[0]
    units: int = 10 ** MINOR_DIGITS[currency]
    minor, rest = divmod(amount.numerator * units, amount.denominator)
    if rest or decimals > MINOR_DIGITS[currency]:
        scope.findings.error(
            "money-decimals",
            place,
            f"this amount has more decimals than {currency} has",
            help=f"write at most {MINOR_DIGITS[currency]} decimals"
            if MINOR_DIGITS[currency]
            else "write whole amounts",
        )
        return None
    if abs(minor) >= 10**MAX_DIGITS:
        scope.findings.error(
            "bad-number",
            place,
            f"this amount has more than {MAX_DIGITS} digits in minor units",
            help="write an amount that can be paid",
        )
        return None
    return minor


def _bool(text: str, place: Place, scope: Scope) -> bool | None:
    match text:
        case "true":
            return True
        case "false":
            return False
        case _:
            _unfit(text, "neither `true` nor `false`", true_or_false(text), place, scope)
            return None


def _numeric(text: str, base: Base, place: Place, scope: Scope) -> Value | None:
    if text.endswith("%"):
        return _percent(text, base, place, scope)
    number = exact_number(text)
    if number is None:
        _report_bad_number(text, base, place, scope)
        return None
    if base is Base.MONEY:
        decimals = len(text.partition(".")[2])
        return in_minor_units(number, place, scope, decimals=decimals)
    if number.denominator == 1 and (base is Base.NUMBER or "." not in text):
        return number.numerator
    if base is Base.INT:
        scope.findings.error(
            "not-whole",
            place,
            f"`{text}` is no whole number, and one is expected",
            help="write a whole number, such as 3",
        )
        return None
    return number


def _percent(text: str, base: Base, place: Place, scope: Scope) -> Value | None:
    number = exact_number(text[:-1])
    if number is None:
        _report_bad_number(text, base, place, scope)
        return None
    if base is not Base.NUMBER:
        scope.findings.error(
            "percent",
            place,
            f"`{text}` is a percentage, but {_EXPECTED[base]} is expected",
            help=f"percentages are for facts of type number; write {_EXAMPLES[base]} or the like",
        )
        return None
    return number / 100


def _report_bad_number(text: str, base: Base, place: Place, scope: Scope) -> None:
    if _LOST_DOT.fullmatch(text):
        number = text.replace(".", "")
        whole = base is Base.INT or text.endswith(".")
        first = f"`{number}..` for at least {number}" if whole else f"`{text.replace('.', '0.')}`"
        scope.findings.error(
            "lost-dot",
            place,
            f"`{text}` has one dot, and a range has two",
            help=f"write {first}, or `..{number}` for at most {number}",
        )
    elif _THOUSANDS.fullmatch(text):
        report_thousands_comma(text, place, scope.findings)
    elif _ODD_NUMBER.fullmatch(text):
        report_bad_number(text, place, scope.findings)
    else:
        example = f"write {_EXPECTED[base]}, such as {_EXAMPLES[base]}"
        amount = for_amount(text) if base is Base.MONEY else ""
        _unfit(text, f"not {_EXPECTED[base]}", amount or example, place, scope)


def report_thousands_comma(text: str, place: Place, findings: Findings) -> None:
    """Report a number with commas between its digits."""
    findings.error(
        "thousands-comma",
        place,
        f"`{text}` has a comma in it",
        help=f"write {plain_number(text)}",
    )


def report_bad_number(text: str, place: Place, findings: Findings) -> None:
    """Report what other languages would take for a number."""
    findings.error(
        "bad-number",
        place,
        f"`{text}` is not a number as rules write them",
        help=f"write at most {MAX_DIGITS} digits, without exponent, `_` or leading zeros",
    )


_LOST_DOT = re.compile(r"-?(?:[0-9]+\.|\.[0-9]+)")
_THOUSANDS = re.compile(r"-?[0-9]+(?:\.[0-9]+)*+,[0-9]+(?:[.,][0-9]+)*+")
_ODD_NUMBER = re.compile(r"(?=[^0-9]*+[0-9])[0-9_+\-.xXa-fA-F]++")
_EXAMPLES = {Base.INT: "3", Base.NUMBER: "0.5", Base.MONEY: "25.00"}
_EXPECTED = {Base.INT: "a whole number", Base.NUMBER: "a number", Base.MONEY: "an amount"}


def _word(text: str, wanted: FactType, place: Place, scope: Scope) -> str | None:
    if wanted.values is not None and text not in wanted.values:
        scope.findings.error(
            "unknown-value",
            place,
            f"`{text}` is none of the values here",
            help=did_you_mean(text, wanted.values, use_one_of(wanted.values)),
        )
        return None
    return text


def _date(text: str, place: Place, scope: Scope) -> date | None:
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # reported below with the same words as any other text that is no date
    _unfit(text, "not a date", "write a date such as 2026-11-23", place, scope)
    return None


def is_day(text: str) -> bool:
    """Return whether a cell of a time fact writes a whole day."""
    return _DATE.fullmatch(text) is not None


def read_day(text: str, place: Place, scope: Scope) -> tuple[datetime, datetime] | None:
    """Return when a day of the policy's time zone begins, and when the next one does."""
    start = _time(text, place, scope)
    if start is None:
        return None
    try:
        following = date.fromisoformat(text) + timedelta(days=1)
    except OverflowError:
        return start, datetime.max.replace(tzinfo=UTC)
    after = _time(following.isoformat(), place, scope)
    return None if after is None else (start, after)


def _time(text: str, place: Place, scope: Scope) -> datetime | None:
    """A time with its zone or a local one; a day stands for its beginning."""
    try:
        moment = _moment(text)
        if moment is not None and moment.tzinfo is not None:
            return moment.astimezone(UTC)
        if moment is not None and scope.zone is not None:
            return moment.replace(tzinfo=scope.zone).astimezone(UTC)
    except (ValueError, OverflowError):
        moment = None
    if moment is None:
        _unfit(text, "not a time", "write a time such as 2026-11-23T15:00+01:00", place, scope)
        return None
    scope.findings.error(
        "needs-timezone",
        place,
        f"`{text}` has no zone, and the policy names none",
        help="say `timezone: America/New_York` at the top, or write the zone: `+01:00`",
    )
    return None


def _moment(text: str) -> datetime | None:
    if is_day(text):
        return datetime.fromisoformat(f"{text}T00:00")
    return datetime.fromisoformat(text) if _TIME.fullmatch(text) else None


def _duration(text: str, place: Place, scope: Scope) -> timedelta | None:
    found = _DURATION.fullmatch(text) if len(text) <= MAX_DIGITS + 10 else None
    if found is not None:
        seconds = Fraction(found[1]) * _SECONDS[found[2]]
        if abs(seconds) <= _MOST_DURATION_DAYS * 86400:
            return timedelta(microseconds=int(seconds * 1_000_000))
    example = "write a duration such as `48 hours`, `3 days` or `30 minutes`"
    _unfit(text, "not a duration", example, place, scope)
    return None
