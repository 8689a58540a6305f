"""The places in time at which an expression may go on otherwise, each computed, none searched for.

Along time, a number goes in steps, and a time or duration that is reckoned from the moment of
decision moves as it does, but where it bends: two amounts cross, a row of cases comes to hold, a
local day ends. So a place where two sides meet is computed, and only bends are gone to one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from fractions import Fraction
from itertools import combinations
from typing import Protocol
from zoneinfo import ZoneInfo

from remedykit.engine.matching import Evaluation
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.explain.ahead.movers import COUNTED, MICROSECOND, Movers, earliest, moving_facts
from remedykit.explain.ahead.moving_dues import moves_evenly
from remedykit.language.degree import body_parts, facts_read_by, parts_of
from remedykit.language.operands import operands_of
from remedykit.language.syntax import (
    Absolute,
    CheckedPolicy,
    Compare,
    DefineRead,
    Expression,
    Extreme,
    FactRead,
    Shifted,
    Tested,
)
from remedykit.language.types import Value

_DAY = timedelta(days=1)
_NOTHING = timedelta(0)
_BEGINNING = datetime.min.replace(tzinfo=UTC)
_END = datetime.max.replace(tzinfo=UTC)


class Instant:
    """What expressions come to at one instant.

    Attributes:
        movers: the facts as they move.
        at: the instant.
        now: the values there.
    """

    def __init__(self, alone: CheckedPolicy, movers: Movers, at: datetime) -> None:
        """Take the values at an instant.

        Args:
            alone: a policy with what the expressions read.
            movers: the facts as they move.
            at: the instant.
        """
        self.movers = movers
        self.at = at
        self.now = _evaluated(alone, movers, at)
        self._alone = alone
        self._soon: Evaluation | None = None

    @property
    def soon(self) -> Evaluation:
        """The values a microsecond later; they tell how fast times move."""
        if self._soon is None:
            self._soon = _evaluated(self._alone, self.movers, _soon(self.at))
        return self._soon

    def meeting(self, one: Expression, other: Expression) -> datetime | None:
        """Return when two times or durations that move evenly next meet, or leave each other."""
        return self._zero(*(_gap(each.value(one), each.value(other)) for each in self._both))

    def reaching(self, moving: Expression, place: datetime | timedelta) -> datetime | None:
        """Return when a time or duration that moves evenly next gets to a value, or leaves it."""
        return self._zero(*(_gap(each.value(moving), place) for each in self._both))

    @property
    def _both(self) -> tuple[Evaluation, Evaluation]:
        return self.now, self.soon

    def _zero(self, here: int | None, there: int | None) -> datetime | None:
        """Return when what moves from one number to another in a microsecond reaches or leaves 0.

        Where only one of them is known, it is the next microsecond that is otherwise.
        """
        if here is None or there is None:
            return None if here is there else self.at + MICROSECOND
        speed = there - here
        if here == 0 != speed:
            return self.at + MICROSECOND
        if here * speed >= 0:
            return None
        return _later(self.at, -(-abs(here) // abs(speed)))


class Place(Protocol):
    """Where an expression may go on otherwise.

    Until then a number, word or truth stays the same, and a time or duration moves evenly.
    """

    def after(self, here: Instant) -> datetime | None:
        """Return the first such moment after an instant; ``None`` if there is none."""
        ...


@dataclass(frozen=True, slots=True)
class _Step:
    """A fact gets another value."""

    name: str

    def after(self, here: Instant) -> datetime | None:
        return here.movers.next(self.name, here.at)


@dataclass(frozen=True, slots=True)
class _Passing:
    """A count reaches what stays the same, or gets above it; or it begins anew."""

    name: str
    against: Expression

    def after(self, here: Instant) -> datetime | None:
        counter = here.movers.counter(self.name, here.at)
        found = [here.movers.next_step(self.name, here.at)]
        number = None if counter is None else here.now.value(self.against)
        if counter is not None and isinstance(number, int | Fraction):
            reached = (counter.reached(each) for each in (-(-number // 1), number // 1 + 1))
            found += [each for each in reached if each is not None and each > here.at]
        return earliest(found)


@dataclass(frozen=True, slots=True)
class _Reaching:
    """The moment of decision reaches a time that stays the same, or passes it."""

    time: Expression

    def after(self, here: Instant) -> datetime | None:
        found = here.now.value(self.time)
        if not isinstance(found, datetime) or found < here.at:
            return None
        return found if found > here.at else _later(here.at, 1)


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Two times or durations meet, or leave each other."""

    one: Expression
    other: Expression

    def after(self, here: Instant) -> datetime | None:
        return here.meeting(self.one, self.other)


@dataclass(frozen=True, slots=True)
class _Vanishing:
    """A duration comes to nothing."""

    operand: Expression

    def after(self, here: Instant) -> datetime | None:
        return here.reaching(self.operand, _NOTHING)


@dataclass(frozen=True, slots=True)
class _Bend:
    """A time moved by days bends: a local day ends, or the clocks change."""

    shifted: Shifted
    zone: ZoneInfo

    def after(self, here: Instant) -> datetime | None:
        time_, result = here.now.value(self.shifted.time), here.now.value(self.shifted)
        found = list[datetime | None]()
        if isinstance(time_, datetime):
            places = [*_local_days(time_, self.zone), *_clock_changes(time_, self.zone)]
            found += [here.reaching(self.shifted.time, place) for place in places]
        if isinstance(result, datetime):
            places = _clock_changes(result, self.zone)
            found += [here.reaching(self.shifted, place) for place in places]
        return earliest(found)


class Places:
    """Finds the places of the expressions of one policy."""

    def __init__(self, policy: CheckedPolicy) -> None:
        """Make ready to find places."""
        self._defines = {define.name: define for define in policy.defines}
        self._moving = moving_facts(policy)
        self._zone = ZoneInfo(policy.timezone) if policy.timezone else None

    def of(self, expression: Expression) -> tuple[Place, ...]:
        """Return where an expression may go on otherwise, each place once."""
        return tuple(dict.fromkeys(self._of(expression)))

    def _of(self, expression: Expression) -> Iterator[Place]:
        if not self._moves(expression):
            return
        match expression:
            case FactRead(name=name):
                yield from () if name == "at" else (_Step(name),)
            case DefineRead(name=name):
                yield from self._inside(body_parts(self._defines[name].body))
            case Tested(subject=subject, test=test):
                ends = tuple(operands_of(test))
                for end in ends:
                    yield from self._compared(subject, end)
                yield from () if ends else self._of(subject)
            case Compare():
                yield from self._compared(expression.left, expression.right)
            case _:
                yield from self._inside(parts_of(expression))
                yield from self._of_moving(expression)

    def _inside(self, parts: Iterable[Expression]) -> Iterator[Place]:
        for part in parts:
            yield from self._of(part)

    def _compared(self, one: Expression, other: Expression) -> Iterator[Place]:
        """Yield where one side meets or leaves the other, or either goes on otherwise."""
        for moving, against in ((one, other), (other, one)):
            if isinstance(moving, FactRead) and not self._moves(against):
                if moving.name in COUNTED:
                    yield _Passing(moving.name, against)
                elif moving.name == "at":
                    yield _Reaching(against)
                else:
                    yield from self._of(moving)
                return
        yield from self._inside((one, other))
        yield from _crossing(one, other)

    def _of_moving(self, expression: Expression) -> Iterator[Place]:
        """Yield where an expression turns whose parts move evenly."""
        match expression:
            case Extreme(items=items):
                for one, other in combinations(items, 2):
                    yield from _crossing(one, other)
            case Absolute(operand=operand) if moves_evenly(operand):
                yield _Vanishing(operand)
            case Shifted(unit="days" | "working_days", time=time_) if moves_evenly(time_):
                yield from () if self._zone is None else (_Bend(expression, self._zone),)
            case _:
                pass

    def _moves(self, expression: Expression) -> bool:
        return not self._moving.isdisjoint(facts_read_by([expression], self._defines))


def _crossing(one: Expression, other: Expression) -> Iterator[Place]:
    """Yield where two sides meet; sides that go in steps do nowhere else."""
    if moves_evenly(one) or moves_evenly(other):
        yield _Meeting(one, other)


def _evaluated(alone: CheckedPolicy, movers: Movers, at: datetime) -> Evaluation:
    return ReferenceEvaluation(alone, replace(movers.facts, values=movers.values(at)))


def _soon(at: datetime) -> datetime:
    return at + MICROSECOND if at < _END else at


def _gap(one: Value | None, other: Value | None) -> int | None:
    """Return the microseconds from one time or duration to another; ``None`` if there are none."""
    match one, other:
        case datetime(), datetime():
            return (one - other) // MICROSECOND
        case timedelta(), timedelta():
            return (one - other) // MICROSECOND
        case _:
            return None


def _later(at: datetime, microseconds: int) -> datetime | None:
    try:
        return at + microseconds * MICROSECOND
    except OverflowError:
        return None


def _local_days(moment: datetime, zone: ZoneInfo) -> list[datetime]:
    """Return when the local day of a moment begins and ends."""
    if not _has_room(moment):
        return []
    today = moment.astimezone(zone).date()
    return [datetime.combine(day, time(), zone).astimezone(UTC) for day in (today, today + _DAY)]


def _clock_changes(moment: datetime, zone: ZoneInfo) -> list[datetime]:
    """Return when the clocks change within two days of a moment, and as much beside as they do."""
    if not _has_room(moment):
        return []
    first, last = moment - 2 * _DAY, moment + 2 * _DAY
    before, after = _offset(first, zone), _offset(last, zone)
    if before == after:
        return []
    while last - first > MICROSECOND:
        middle = first + (last - first) // 2
        if _offset(middle, zone) == before:
            first = middle
        else:
            last = middle
    return [last - abs(after - before), last, last + abs(after - before)]


def _has_room(moment: datetime) -> bool:
    """Return whether there are days on either side of a moment, before time ends."""
    return _BEGINNING + 3 * _DAY < moment < _END - 3 * _DAY


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)
