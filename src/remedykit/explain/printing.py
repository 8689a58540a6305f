"""Values as words: plain, unambiguous English, without characters that hide or turn words."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from fractions import Fraction
from typing import assert_never
from zoneinfo import ZoneInfo

from remedykit.engine.arithmetic import half_up
from remedykit.language.syntax import CheckedPolicy
from remedykit.language.types import Base, Value
from remedykit.model.money import major_text
from remedykit.model.rational import exact_text

_MONTHS = (  # English whatever the locale of the machine
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Style:
    """In which currency and time zone values are printed."""

    currency: str
    zone: tzinfo

    @classmethod
    def of(cls, policy: CheckedPolicy, currency: str) -> Style:
        """Return the style of a policy: its time zone, or UTC if it names none."""
        return cls(currency, ZoneInfo(policy.timezone) if policy.timezone else UTC)

    def printed(self, value: Value, base: Base, form: str = "") -> str:
        """Return a value of a type as words.

        Args:
            value: the value, in its inner representation.
            base: its type.
            form: ``date`` or ``time`` for a part of a time, ``percent`` for a number; empty for
                the plain form.
        """
        match value:
            case bool():
                return "yes" if value else "no"
            case int() | Fraction():
                if base is Base.MONEY:
                    return self.money(value)
                return f"{exact_text(value * 100)}%" if form == "percent" else exact_text(value)
            case str():
                return visible(value)
            case datetime():
                return self._moment(value, form)
            case date():
                return _day(value)
            case timedelta():
                return _duration(value)
            case tuple():
                return _enumerated(tuple(visible(text) for text in value))
            case _:
                assert_never(value)

    def money(self, minor: int | Fraction) -> str:
        """Return an amount such as ``35.00 USD``; parts of a minor unit round half up."""
        whole = minor if isinstance(minor, int) else half_up(minor)
        # not by way of Money, which an amount on the way to a result may be too large for
        return f"{major_text(whole, self.currency)} {self.currency}"

    def _moment(self, moment: datetime, form: str) -> str:
        local = moment.astimezone(self.zone)
        match form:
            case "date":
                return _day(local)
            case "time":
                return f"{local:%H:%M}"
            case _:
                return f"{_day(local)}, {local:%H:%M}"


def visible(text: str) -> str:
    """Return text without control, bidirectional and zero-width characters; lines become one."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " " if character.isspace() else character
        for character in text
        if character.isspace()
        or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    )


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _duration(duration: timedelta) -> str:
    if duration % _DAY == timedelta(0):
        return _counted(Fraction(duration // _DAY), "day")
    return _counted(
        Fraction(duration // timedelta(microseconds=1), _HOUR // timedelta(microseconds=1)), "hour"
    )


def _counted(number: Fraction, unit: str) -> str:
    return f"{exact_text(number)} {unit}{'' if number == 1 else 's'}"


def _enumerated(words: tuple[str, ...]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
