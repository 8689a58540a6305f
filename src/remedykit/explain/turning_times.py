"""When something next comes out otherwise while time passes: exact, and found without trying.

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
from zoneinfo import ZoneInfo

from remedykit.engine.matching import Evaluation
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.explain.movers import MICROSECOND, Counter, Movers, earliest
from remedykit.explain.watched import Watched
from remedykit.language.degree import body_parts, parts_of
from remedykit.language.operands import operands_of
from remedykit.language.syntax import (
    Absolute,
    CheckedPolicy,
    Compare,
    Define,
    DefineRead,
    Expression,
    Extreme,
    FactRead,
    Shifted,
    Tested,
)
from remedykit.language.types import Value

_DAY = timedelta(days=1)
_BEGINNING = datetime.min.replace(tzinfo=UTC)
_END = datetime.max.replace(tzinfo=UTC)


def turns(watched: Watched, movers: Movers, start: Beginning, end: datetime) -> Iterator[datetime]:
    """Yield the instants at which what is watched comes out otherwise than just before.

    Args:
        watched: what a policy looks at.
        movers: the facts as they move from the moment of decision on.
        start: the values at the moment of decision.
        end: the last instant that may be yielded.
    """
    here = _Instant(watched, movers, movers.at, start.now, start.soon)
    value = here.now.value(watched.expression)
    turning = here.until(watched.expression)
    while turning is not None and turning <= end:
        here = _Instant.of(watched, movers, turning)
        before, value = value, here.now.value(watched.expression)
        if value != before:
            yield turning
        turning = here.until(watched.expression)


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is watched at the moment of decision, and a microsecond later; made once for all."""

    now: Evaluation
    soon: Evaluation

    @classmethod
    def of(cls, alone: CheckedPolicy, movers: Movers) -> Beginning:
        """Return the values of a policy that has at least what each watched thing reads."""
        return cls(
            _evaluated(alone, movers, movers.at), _evaluated(alone, movers, _soon(movers.at))
        )


@dataclass(frozen=True, slots=True)
class _Instant:
    """What is watched at one instant.

    Attributes:
        at: the instant.
        now: the values there.
        soon: the values a microsecond later; they tell how fast times move.
    """

    watched: Watched
    movers: Movers
    at: datetime
    now: Evaluation
    soon: Evaluation

    @classmethod
    def of(cls, watched: Watched, movers: Movers, at: datetime) -> _Instant:
        now = _evaluated(watched.alone, movers, at)
        moves = "at" in watched.reads
        return cls(
            watched, movers, at, now, _evaluated(watched.alone, movers, _soon(at)) if moves else now
        )

    def until(self, expression: Expression) -> datetime | None:
        """Return the first later instant from which an expression may go on otherwise.

        Until then a number, word or truth stays the same, and a time or duration moves evenly.
        ``None`` if that is for ever.
        """
        match expression:
            case FactRead(name=name):
                return self.movers.next(name, self.at)
            case DefineRead(name=name):
                return self._of_define(self.watched.defines[name])
            case Tested(subject=subject):
                ends = tuple(operands_of(expression.test))
                return self._compared(subject, ends) if ends else self.until(subject)
            case Compare():
                return self._compared(expression.left, (expression.right,))
            case Extreme():
                return earliest((self._inside(expression), self._crossings(expression.items)))
            case Absolute():
                return earliest((self._inside(expression), self._to_nothing(expression.operand)))
            case Shifted():
                return earliest((self._inside(expression), self._bends(expression)))
            case _:
                return self._inside(expression)

    def _inside(self, expression: Expression) -> datetime | None:
        return earliest(map(self.until, parts_of(expression)))

    def _of_define(self, define: Define) -> datetime | None:
        if define.reads.isdisjoint(self.watched.reads):
            return None
        # No value of a define moves with the moment of decision: ``at`` is in comparisons only.
        return earliest(map(self.until, body_parts(define.body)))

    # --- where two sides meet ------------------------------------------------------------------

    def _compared(self, one: Expression, others: Iterable[Expression]) -> datetime | None:
        """Return when one side next meets or leaves another, or either goes on otherwise."""
        return earliest(self._meeting(one, other) for other in others)

    def _meeting(self, one: Expression, other: Expression) -> datetime | None:
        for counted, against in ((one, other), (other, one)):
            counter = self._counter(counted)
            if counter is not None and not self.watched.moves(against):
                return self._passing(counter, self.now.value(against))
        return earliest((self.until(one), self.until(other), self._crossing(one, other)))

    def _counter(self, expression: Expression) -> Counter | None:
        if not isinstance(expression, FactRead):
            return None
        return self.movers.counter(expression.name, self.at)

    def _passing(self, counter: Counter, number: Value | None) -> datetime | None:
        """Return when a count next reaches a number or gets above it, or begins anew."""
        found = [self.movers.next_break(self.at)]
        if isinstance(number, int | Fraction):
            reached = (counter.reached(each) for each in (-(-number // 1), number // 1 + 1))
            found += [each for each in reached if each is not None and each > self.at]
        return earliest(found)

    def _crossings(self, expressions: Iterable[Expression]) -> datetime | None:
        return earliest(self._crossing(*pair) for pair in combinations(expressions, 2))

    def _crossing(self, one: Expression, other: Expression) -> datetime | None:
        both = (_gap(each.value(one), each.value(other)) for each in (self.now, self.soon))
        return self._zero(*both)

    def _to_nothing(self, operand: Expression) -> datetime | None:
        both = (_gap(each.value(operand), timedelta(0)) for each in (self.now, self.soon))
        return self._zero(*both)

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

    # --- local days ----------------------------------------------------------------------------

    def _bends(self, shifted: Shifted) -> datetime | None:
        """Return when a time moved by days next bends: a local day ends, or the clocks change."""
        zone = self.watched.alone.timezone
        time_ = self.now.value(shifted.time)
        if shifted.unit == "hours" or zone is None or not isinstance(time_, datetime):
            return None
        places = [*_local_days(time_, ZoneInfo(zone)), *_clock_changes(time_, ZoneInfo(zone))]
        found = [self._reaching(shifted.time, place) for place in places]
        result = self.now.value(shifted)
        if isinstance(result, datetime):
            places = _clock_changes(result, ZoneInfo(zone))
            found += [self._reaching(shifted, place) for place in places]
        return earliest(found)

    def _reaching(self, moving: Expression, place: datetime) -> datetime | None:
        both = (_gap(each.value(moving), place) for each in (self.now, self.soon))
        return self._zero(*both)


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
