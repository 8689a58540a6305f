"""Working days are what one counts on the fingers, day by day, and every engine counts so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remedykit.engine.arithmetic import working_days_later
from remedykit.engine.indexed.exact import shifted_by_working_days, working_days_of
from remedykit.language.syntax import Calendar
from support.build import calendar

Count = Callable[[datetime, int | Fraction, Calendar, ZoneInfo], datetime | None]

DAY = timedelta(days=1)
# In Samoa 30 December 2011 did not take place at all.
ZONES = ("America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia")
# The clocks of New York and Berlin change in the first two stretches.
STARTS = (date(2026, 2, 27), date(2026, 10, 20), date(2011, 12, 24), date.min, date(9999, 12, 1))


def _indexed(
    moment: datetime, days: int | Fraction, known: Calendar, zone: ZoneInfo
) -> datetime | None:
    return shifted_by_working_days(moment, days, zone, known, working_days_of(known))


ENGINES: dict[str, Count] = {"reference": working_days_later, "indexed": _indexed}
by_engine = pytest.mark.parametrize("count", ENGINES.values(), ids=ENGINES)


def _is_working_day(day: date, known: Calendar) -> bool:
    holidays = {holiday.day for holiday in known.holidays}
    return day.weekday() not in known.weekend and day not in holidays


def counted(moment: datetime, days: int, known: Calendar, zone: ZoneInfo) -> datetime | None:
    """Count day by day; `moment` has a local time."""
    local = moment.astimezone(zone)
    day = local.date()
    if not known.first <= day <= known.last:
        return None
    if days == 0:
        return moment
    for _ in range(abs(days)):
        found = _next_working_day(day, 1 if days > 0 else -1, known)
        if found is None:
            return None
        day = found
    return datetime.combine(day, local.time(), tzinfo=zone).replace(fold=0).astimezone(UTC)


def _next_working_day(day: date, step: int, known: Calendar) -> date | None:
    while day != (known.last if step > 0 else known.first):
        day += step * DAY
        if _is_working_day(day, known):
            return day
    return None


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Return a calendar of some days or weeks, seldom one without a working day."""
    first = draw(st.sampled_from(STARTS))
    length = draw(st.integers(0, 29))
    days = st.integers(0, length).map(lambda number: first + number * DAY)
    return calendar(
        "drawn",
        first,
        first + length * DAY,
        weekend=tuple(sorted(draw(st.sets(st.integers(0, 6), max_size=6)))),
        holidays=draw(st.sets(days, max_size=6)),
    )


def moments(known: Calendar) -> st.SearchStrategy[datetime]:
    """Return times of day in and around a calendar, also at the hours when clocks change."""
    hours = st.sampled_from((0, 1, 2, 3, 5, 6, 7, 12, 23))
    begin = datetime.combine(known.first, time(0), tzinfo=UTC)
    span = (known.last - known.first).days
    return st.builds(
        lambda day, hour, minute: begin + timedelta(days=day, hours=hour, minutes=minute),
        st.integers(0 if known.first == date.min else -2, span or 1),
        hours,
        st.sampled_from((0, 29, 30, 59)),
    )


@by_engine
@given(data=st.data(), known=calendars(), days=st.integers(-25, 25), zone=st.sampled_from(ZONES))
def test_working_days_are_counted_day_by_day(
    count: Count, data: st.DataObject, known: Calendar, days: int, zone: str
) -> None:
    moment = data.draw(moments(known))
    try:
        expected = counted(moment, days, known, ZoneInfo(zone))
    except OverflowError:  # a local time before the first day that there is
        expected = None

    assert expected == count(moment, days, known, ZoneInfo(zone))


@by_engine
@given(data=st.data(), known=calendars(), one=st.integers(1, 9), more=st.integers(1, 9))
def test_some_days_and_some_more_are_all_of_them(
    count: Count, data: st.DataObject, known: Calendar, one: int, more: int
) -> None:
    moment = data.draw(moments(known))
    zone = ZoneInfo("Asia/Kathmandu")  # whose clocks never change
    try:
        first = count(moment, one, known, zone)
    except OverflowError:
        first = None

    steps = None if first is None else count(first, more, known, zone)

    assert steps == count(moment, one + more, known, zone)


@by_engine
def test_a_century_is_counted_as_day_by_day(count: Count) -> None:
    first = date(2000, 1, 1)
    christmas = [date(2000 + year, 12, day) for year in range(100) for day in (25, 26)]
    known = calendar("century", first, date(2099, 12, 31), holidays=christmas)
    days = [first + number * DAY for number in range(36_525)]
    worked = [day for day in days if _is_working_day(day, known)]
    noon = datetime(2000, 1, 2, 12, tzinfo=UTC)  # a Sunday

    for many in (1, 260, 10_000, len(worked)):
        expected = datetime.combine(worked[many - 1], time(12), tzinfo=UTC)
        assert expected == count(noon, many, known, ZoneInfo("UTC"))
    assert count(noon, len(worked) + 1, known, ZoneInfo("UTC")) is None


@by_engine
@pytest.mark.parametrize("days", [Fraction(1, 2), Fraction(-7, 3), 10**40, -(10**40)])
def test_what_cannot_be_counted_is_unknown(count: Count, days: int | Fraction) -> None:
    known = calendar("year", date(2026, 1, 1), date(2026, 12, 31))
    noon = datetime(2026, 6, 1, 12, tzinfo=UTC)

    assert count(noon, days, known, ZoneInfo("UTC")) is None
    assert count(noon, 1, known, ZoneInfo("UTC")) is not None


@by_engine
def test_a_moment_without_a_local_time_is_unknown(count: Count) -> None:
    known = calendar("first", date.min, date.max)
    start = datetime.min.replace(tzinfo=UTC)

    assert count(start, 1, known, ZoneInfo("America/New_York")) is None
