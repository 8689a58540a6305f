"""Reading `calendars`: which days are working days, and telling which of them end soon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from remedykit.diagnostics import Findings, Place
from remedykit.language.fields import (
    missing,
    read_choice,
    read_fields,
    read_items,
    read_text,
    read_words,
    twice,
)
from remedykit.language.periods import PERIOD_KEYS, Period, read_date, read_period
from remedykit.language.scope import Scope
from remedykit.language.source import Entry, Mapping, Node, Scalar, Sequence
from remedykit.language.syntax import Calendar, Holiday

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CALENDAR_KEYS = ("weekend", "holidays", "source", *PERIOD_KEYS)
_EXAMPLE = "{weekend: [saturday, sunday], from: 2026-01-01, until: 2026-12-31}"
_MOST_DAYS = 36_525  # a hundred years; far beyond any list of holidays
_SOON = timedelta(days=365)
_DAY = timedelta(days=1)


def read_calendar(entry: Entry, scope: Scope) -> Calendar | None:
    """Return one calendar."""
    findings, what = scope.findings, f"the calendar `{entry.key.text}`"
    fields = read_fields(entry.value, CALENDAR_KEYS, what, findings, _EXAMPLE)
    if fields is None:
        return None
    for key in ("weekend", *PERIOD_KEYS):
        if fields.node_of(key) is None:
            missing(fields, key, what, f"write {_EXAMPLE}", findings)
    weekend = _weekend(fields.node_of("weekend"), findings)
    period = read_period(fields, scope)
    holidays = _holidays(fields.node_of("holidays"), period, scope)
    source = read_text(fields.node_of("source"), "a source", findings) or ""
    until = fields.node_of("until")
    if weekend is None or until is None or period is None or holidays is None:
        return None
    if period.first is None or period.last is None:
        return None
    calendar = Calendar(
        name=entry.key.text,
        first=period.first,
        last=period.last,
        weekend=weekend,
        holidays=holidays,
        source=source,
        place=until.place,
    )
    return calendar if _is_usable(calendar, entry.key.place, scope.findings) else None


def _weekend(node: Node | None, findings: Findings) -> tuple[int, ...] | None:
    """Return the weekdays without work; there may be none."""
    if node is None:
        return None
    if isinstance(node, Sequence) and not node.items:
        return ()
    words = read_words(node, "a weekend", findings)
    days = [read_choice(day, WEEKDAYS, "day of the week", findings) for _, day in words]
    numbers = {WEEKDAYS.index(day) for day in days if day is not None}
    return tuple(sorted(numbers)) if numbers and None not in days else None


def _holidays(node: Node | None, period: Period | None, scope: Scope) -> tuple[Holiday, ...] | None:
    """Return the holidays of a list of days, or of a map of days and names, in order of time."""
    if node is None:
        return ()
    seen: dict[date, Scalar] = {}
    found: list[Holiday] = []
    faulty = False
    for day_node, name in _named_days(node, scope.findings):
        day = read_date(day_node, scope)
        if day is None or not isinstance(day_node, Scalar):
            faulty = True
            continue
        first = seen.setdefault(day, day_node)
        if first is not day_node:
            twice(day_node.text, day_node, first, scope.findings)
        _check_inside(day, day_node, period, scope.findings)
        found.append(Holiday(day, name))
    return None if faulty else tuple(sorted(found, key=lambda holiday: holiday.day))


def _named_days(node: Node, findings: Findings) -> Iterator[tuple[Node, str]]:
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield entry.key, read_text(entry.value, "the name of a holiday", findings) or ""
    else:
        yield from ((item, "") for item in read_items(node, "`holidays`", findings))


def _check_inside(day: date, node: Scalar, period: Period | None, findings: Findings) -> None:
    if period is None:
        return
    early = period.first is not None and day < period.first
    if early or (period.last is not None and day > period.last):
        findings.error(
            "out-of-range",
            node.place,
            f"{day} is {'before' if early else 'after'} the days that the calendar is for",
            help=f"take it out, or move `{'from' if early else 'until'}`",
        )


def _is_usable(calendar: Calendar, place: Place, findings: Findings) -> bool:
    if calendar.last - calendar.first >= _MOST_DAYS * _DAY:
        findings.error(
            "out-of-range",
            calendar.place,
            f"a calendar is for at most {_MOST_DAYS} days",
            help="write the years whose holidays are known",
        )
        return False
    holidays = {holiday.day for holiday in calendar.holidays}
    several = range((calendar.last - calendar.first).days + 1)
    days = (calendar.first + number * _DAY for number in several)
    if all(day.weekday() in calendar.weekend or day in holidays for day in days):
        findings.error(
            "no-working-day",
            place,
            f"the calendar `{calendar.name}` has no working day",
            help="take a day out of `weekend` or `holidays`",
        )
        return False
    return True


def warn_of_ends(calendars: Iterable[Calendar], today: date, findings: Findings) -> None:
    """Warn about calendars whose last day is less than 365 days after `today`, or past."""
    for calendar in calendars:
        if calendar.last - today < _SOON:
            findings.warning(
                "calendar-ends",
                calendar.place,
                f"the calendar `{calendar.name}` "
                + ("ended" if calendar.last < today else "ends")
                + f" on {calendar.last}, and beyond it no working day is known",
                help="add the holidays of the years to come, and move `until`",
            )
