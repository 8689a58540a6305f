"""Reading `from` and `until`: the days, both included, on which something is in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from remedykit.diagnostics import Findings, Place
from remedykit.language.cells import read_day, read_value
from remedykit.language.fields import Fields, read_scalar, read_text
from remedykit.language.scope import DATED_BY, Scope
from remedykit.language.source import Node
from remedykit.language.syntax import Between, Constant, Expression, FactRead, Tested
from remedykit.language.types import DATE, Base

PERIOD_KEYS = ("from", "until")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from the first to the last, both included; ``None`` is open to that side."""

    first: date | None
    last: date | None
    place: Place

    def __str__(self) -> str:
        """Return the period in words."""
        since = f"from {self.first}" if self.first else ""
        return f"{since} until {self.last}".strip() if self.last else since


def read_date(node: Node, scope: Scope) -> date | None:
    """Return a day."""
    cell = read_scalar(node, "a date", "a date such as 2026-12-31", scope.findings)
    value = read_value(cell.text, DATE, cell.place, scope) if cell else None
    return value if isinstance(value, date) else None


def read_period(fields: Fields, scope: Scope) -> Period | None:
    """Return the days that `from` and `until` name; ``None`` if they name none, or wrong ones."""
    since, until = (fields.entry(key) for key in PERIOD_KEYS)
    first = read_date(since.value, scope) if since else None
    last = read_date(until.value, scope) if until else None
    if (since and first is None) or (until and last is None):
        return None
    if since and until and first is not None and last is not None and last < first:
        scope.findings.error(
            "empty-range",
            until.value.place,
            f"the last day, {last}, is before the first, {first}",
            help="write the earlier day behind `from`; both are included",
            also=(since.value.place, "the first one stands here"),
        )
        return None
    entry = since or until
    return Period(first, last, entry.key.place) if entry else None


def check_sequence(periods: Sequence[Period], what: str, findings: Findings) -> None:
    """Report periods, sorted by their first days, that do not begin where the one before ends."""
    for number, after in enumerate(periods[1:]):
        ends, begins = periods[number].last or date.max, after.first or date.min
        if begins - ends != _DAY:
            findings.error(
                "bad-periods",
                after.place,
                f"{what} has no value from {ends + _DAY} until {begins - _DAY}"
                if begins > ends
                else f"two periods of {what} have days in common",
                help="begin each period on the day after the last day of the one before",
                also=(periods[number].place, "the one before stands here"),
            )


# --- the fact that decides ---------------------------------------------------------------------


def read_dated_by(node: Node | None, scope: Scope) -> str:
    """Return the name of the fact whose day decides what is in force: a time or a date."""
    name = read_text(node, "`dated_by`", scope.findings)
    if name is None or node is None:
        return DATED_BY
    read = scope.read(name, node.place)
    if read is None or read.type.base in {Base.TIME, Base.DATE}:
        return DATED_BY if read is None else name
    scope.findings.error(
        "wrong-type",
        node.place,
        f"`dated_by` names a time or a date, and `{name}` is of type {read.type.base}",
        help="name a fact such as order.placed_at or incident.discovered_at",
    )
    return DATED_BY


def within(period: Period, scope: Scope) -> Expression | None:
    """Return the test that the deciding fact lies in a period; of a time, its local day counts."""
    read = scope.read(scope.dated_by, period.place)
    if not isinstance(read, FactRead):
        return None
    place = period.place
    if read.type.base is Base.DATE:
        first, last = (
            None if day is None else Constant(day, DATE, place)
            for day in (period.first, period.last)
        )
        return Tested(read, Between(first, last), place)
    if scope.zone is None:
        scope.findings.error(
            "needs-timezone",
            place,
            f"the day of `{read.name}` is a local one, and the policy names no time zone",
            help="say `timezone: America/New_York` at the top",
        )
        return None
    begin = end = None
    if period.first is not None:
        day = read_day(period.first.isoformat(), place, scope)
        begin = None if day is None else Constant(day[0], read.type, place)
    if period.last is not None:
        day = read_day(period.last.isoformat(), place, scope)
        end = None if day is None else Constant(day[1], read.type, place)
    test = Between(begin, end, high_excluded=end is not None)
    return Tested(read, test, place)


def in_force(fields: Fields, scope: Scope) -> tuple[Expression, ...]:
    """Return the test that something with `from` or `until` is in force; none without these."""
    period = read_period(fields, scope)
    test = within(period, scope) if period else None
    return () if test is None else (test,)
