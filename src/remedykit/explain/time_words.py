"""How times and durations read aloud: days of the policy's time zone, hours and minutes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from fractions import Fraction
from typing import Literal
from zoneinfo import ZoneInfo

from remedykit.language.names import joined
from remedykit.language.syntax import CheckedPolicy
from remedykit.model.rational import exact_text

_MICROSECOND = timedelta(microseconds=1)
_SECOND = timedelta(seconds=1)
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_UNITS = ((_DAY, "day"), (_HOUR, "hour"), (_MINUTE, "minute"), (_SECOND, "second"))
_MOST_UNITS = 2  # of a difference; who needs to know more reads both values

End = Literal["low", "high"]  # of a span: the first moment of it, or the last


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Says times as the clocks of a policy show them.

    Attributes:
        zone: of the policy; ``None`` if it names none.
    """

    zone: tzinfo | None

    @classmethod
    def of(cls, policy: CheckedPolicy) -> TimeWords:
        """Return the words for a policy's times."""
        return cls(ZoneInfo(policy.timezone) if policy.timezone else None)

    def day(self, moment: datetime, end: End) -> str:
        """Return the local day that begins (or ends) with a moment, empty if none does."""
        beside = moment if end == "low" else moment + _SECOND
        local = None if self.zone is None else beside.astimezone(self.zone)
        if local is None or local.time() != time():
            return ""
        return (local if end == "low" else local - _SECOND).date().isoformat()

    @property
    def named(self) -> str:
        """Whose clocks these are: ``times in America/New_York``; empty if each moment says UTC."""
        return "" if self.zone is None else f"times in {self.zone}"

    def local(self, moment: datetime) -> datetime:
        """Return the same moment with the offset that the clocks have then.

        The offset is a fixed one: Python takes two times of one zone for times of one clock, so
        that their difference would be wrong wherever the clocks have changed between them.
        """
        shown = self._shown(moment)
        return shown.replace(tzinfo=timezone(shown.utcoffset() or timedelta(0)), fold=0)

    def moment(self, moment: datetime) -> str:
        """Return a moment: ``2026-12-05 14:30``, in UTC and with its name without a zone."""
        local = self._shown(moment)
        precision = "minutes" if local.second == local.microsecond == 0 else "auto"
        text = local.replace(tzinfo=None).isoformat(" ", precision)
        return f"{text} UTC" if local.tzinfo is UTC else text

    def _shown(self, moment: datetime) -> datetime:
        if self.zone is not None:
            with suppress(OverflowError):  # on the first and the last day of the calendar
                return moment.astimezone(self.zone)
        return moment.astimezone(UTC)


def apart_text(apart: timedelta) -> str:
    """Return a difference in its two largest units: ``1 day and 3 hours``; above if it has more."""
    largest = next((n for n, (unit, _) in enumerate(_UNITS) if apart >= unit), len(_UNITS) - 1)
    units = _UNITS[largest : largest + _MOST_UNITS]
    least = units[-1][0]
    whole = -(-apart // least) * least
    return f"{'' if whole == apart else 'about '}{_counted(whole, units)}"


def duration_words(duration: timedelta) -> str:
    """Return a duration in days if these are whole, else in hours, minutes and seconds."""
    if duration % _DAY == timedelta(0):
        return _counted(duration, _UNITS[:1])
    if duration % _SECOND:
        return _in_seconds(duration)
    return _counted(duration, _UNITS[1:])


def duration_text(duration: timedelta) -> str:
    """Return a duration in the largest unit of which it is a whole number, else in seconds."""
    for unit, name in _UNITS:
        if duration % unit == timedelta(0):
            return _count(duration // unit, name)
    return _in_seconds(duration)


def _counted(duration: timedelta, units: tuple[tuple[timedelta, str], ...]) -> str:
    """Return a duration as counts of some units, the largest first, of those that it has."""
    words = list[str]()
    for unit, name in units:
        count, duration = divmod(duration, unit)
        if count:
            words.append(_count(count, name))
    return joined(words, "and") or "no time"


def _count(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}"


def _in_seconds(duration: timedelta) -> str:
    return f"{exact_text(Fraction(duration // _MICROSECOND, 10**6))} seconds"
