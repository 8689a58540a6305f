"""Where an ordered fact makes a difference: what a policy compares comes out otherwise there."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import assert_never

from remedykit.engine.reference import ReferenceEvaluation
from remedykit.explain.comparisons import Comparison, comparisons_in, comparisons_of
from remedykit.facts.offers import from_offers
from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy
from remedykit.language.types import Base, Value

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SECOND = 1_000_000  # microseconds
_DAY = 86_400  # seconds
_STARTS = (Fraction(0), Fraction(10**6))  # where lines are laid; the second is beyond most bends

# Where comparisons that go in steps are looked at: far apart, up to numbers of 12 digits.
_RUNGS = (Fraction(4**power) for power in range(21))
_LADDER = (Fraction(0), *(number for rung in _RUNGS for number in (-rung, rung)))


@dataclass(frozen=True, slots=True)
class Axis:
    """The values of an ordered type as numbers: days for dates, seconds for times and durations."""

    base: Base

    def number(self, value: Value | None) -> Fraction | None:
        """Return a value as a number; ``None`` if it is unknown or has no order."""
        match value:
            case bool() | str() | tuple() | None:
                return None
            case int() | Fraction():
                return Fraction(value)
            case datetime():
                return Fraction((value - EPOCH) // _MICROSECOND, _SECOND)
            case date():
                return Fraction(value.toordinal())
            case timedelta():
                return Fraction(value // _MICROSECOND, _SECOND)
            case _:
                assert_never(value)

    def value(self, number: Fraction) -> Value | None:
        """Return the value at a number; ``None`` where the type has none."""
        try:
            match self.base:
                case Base.DATE:
                    return date.fromordinal(int(number))
                case Base.TIME:
                    return EPOCH + int(number * _SECOND) * _MICROSECOND
                case Base.DURATION:
                    return int(number * _SECOND) * _MICROSECOND
                case _:
                    return number.numerator if number.denominator == 1 else number
        except (ValueError, OverflowError):
            return None


def thresholds(policy: CheckedPolicy, facts: Facts, fact: str, base: Base) -> tuple[Fraction, ...]:
    """Return where a policy's comparisons that depend on a fact come out otherwise, ascending.

    A comparison is taken as a line in the fact, with every other fact as it is, and looked at
    again between and at the places found; what breaks (rows of cases) may hide a place or give
    one too many. Where it rounds to steps, it is looked at all along the fact, and closely where
    it turns and about the value that the fact has: no place is missed if one side overtakes the
    other at most once between the places of what does not round.
    """
    return _Turns(policy, facts, comparisons_of).places(fact, base)


def all_thresholds(
    policy: CheckedPolicy, facts: Facts, fact: str, base: Base
) -> tuple[Fraction, ...]:
    """Return the same, also for rules and limits that hold for no value of the fact alone."""
    return _Turns(policy, facts, comparisons_in).places(fact, base)


@dataclass(frozen=True, slots=True)
class _Turns:
    """Finds the places where some comparisons of a policy come out otherwise.

    Attributes:
        compared: returns the comparisons in which a fact has a say.
    """

    policy: CheckedPolicy
    facts: Facts
    compared: Callable[[CheckedPolicy, Facts, str], tuple[Comparison, ...]]

    def places(self, fact: str, base: Base) -> tuple[Fraction, ...]:
        """Return the places along one fact, ascending."""
        comparisons = self.compared(self.policy, self.facts, fact)
        line = _Line(self.policy, self.facts, fact, Axis(base), comparisons)
        found = line.crossings(_STARTS)
        between = ((lower + upper) / 2 for lower, upper in pairwise(sorted(found)))
        found |= line.crossings({*found, *between})
        found |= _Steps(line).turns(found)
        return tuple(sorted(found.union(self._through_others(fact))))

    def _through_others(self, fact: str) -> Iterator[Fraction]:
        """Yield where a fact makes a difference because another follows from it."""
        axis, values = Axis(Base.TIME), self.facts.values
        promised, at = axis.number(values["incident.promised_by"]), axis.number(values["at"])
        delivered = axis.number(values["incident.delivered_at"])
        ended = at if delivered is None else delivered
        match fact:
            case "incident.delivered_at" if promised is not None:
                yield from (promised + _DAY * day for day in self._days_late())
            case "at" if promised is not None and delivered is None:
                yield from (promised + _DAY * day for day in self._days_late())
            case "incident.promised_by" if ended is not None:
                yield from (ended - _DAY * day for day in self._days_late())
            case "order.total" if values["order.paid"] is None:
                yield from self.places("order.paid", Base.MONEY)
            case "case.promises_broken":
                failed = from_offers(self.facts.offers, 0)["case.deviation_level"]
                besides = axis.number(failed) or Fraction(0)
                yield from (
                    level - besides for level in self.places("case.deviation_level", Base.INT)
                )
            case _:
                pass

    def _days_late(self) -> tuple[Fraction, ...]:
        return self.places("incident.days_late", Base.INT)


@dataclass(frozen=True, slots=True)
class _Line:
    """Two-sided comparisons along one fact."""

    policy: CheckedPolicy
    facts: Facts
    fact: str
    axis: Axis
    comparisons: tuple[Comparison, ...]

    def crossings(self, starts: Iterable[Fraction]) -> set[Fraction]:
        """Return where the lines laid through each start, and one further, come to 0."""
        found: set[Fraction] = set()
        for start in starts:
            place = start if self.axis.base is Base.NUMBER else Fraction(math.floor(start))
            gaps = self.gaps(place), self.gaps(place + self.step)
            for here, there in zip(*gaps, strict=True):
                if here is not None and there is not None and here != there:
                    found.add(place - self.step * here / (there - here))
        return found

    @property
    def step(self) -> Fraction:
        """How far from its start a line has its second point."""
        return Fraction(1, 1000) if self.axis.base is Base.NUMBER else Fraction(1)

    def gaps(self, number: Fraction) -> list[Fraction | None]:
        """Return how far each comparison is from turning over, if the fact were `number`."""
        return [
            None if left is None or right is None else left - right - each.by
            for each, (left, right) in zip(self.comparisons, self.sides(number), strict=True)
        ]

    def sides(self, number: Fraction) -> list[tuple[Fraction | None, Fraction | None]]:
        """Return both sides of each comparison, if the fact were `number`."""
        values = {**self.facts.values, self.fact: self.axis.value(number)}
        evaluation = ReferenceEvaluation(self.policy, replace(self.facts, values=values))
        both = (each.sides(evaluation) for each in self.comparisons)
        return [(self.axis.number(left), self.axis.number(right)) for left, right in both]


class _Steps:
    """The comparisons along one fact that round what depends on it to steps.

    A line laid at some place tells nothing of what is on the next step. So they are looked at far
    apart, and where one comes out otherwise, the place is sought between.
    """

    def __init__(self, line: _Line) -> None:
        """Take those of some comparisons that go in steps."""
        defines = {define.name: define for define in line.policy.defines}
        stepped, rounded = list[Comparison](), list[Comparison]()
        for comparison in line.comparisons:
            found = [
                each for each in comparison.rounded(defines) if line.fact in each.reads(defines)
            ]
            stepped += [comparison] if found else []
            rounded += [each for each in found if each not in rounded]
        self._line = replace(line, comparisons=tuple(stepped))
        self._rounded = replace(line, comparisons=tuple(rounded))
        self._known = dict[Fraction, tuple[int | None, ...]]()

    def turns(self, found: set[Fraction]) -> set[Fraction]:
        """Return where the comparisons come out otherwise.

        Args:
            found: places at which what does not go in steps turns.
        """
        if not self._line.comparisons:
            return set()
        near = found | self._changed({*found, *_LADDER})
        near |= self._changed({*near, *_LADDER})  # what one of them hides another may have told
        now = self._line.axis.number(self._line.facts.values[self._line.fact])
        near.add(Fraction(0) if now is None else now)
        edges = self._edges(near)
        between = {(lower + upper) / 2 for lower, upper in pairwise(sorted(edges | near))}
        places = near | edges | self._line.crossings(near | edges | between)
        return {place for place in places if self._turns_at(place)}

    def _changed(self, places: Iterable[Fraction]) -> set[Fraction]:
        """Return the places at which some comparison has just come out otherwise."""
        found = set[Fraction]()
        for low, high in pairwise(sorted({self._floor(place) for place in places})):
            for number in range(len(self._line.comparisons)):
                first = self._first_otherwise(number, low, high)
                while first is not None:
                    found.add(first)
                    first = self._first_otherwise(number, first, high)
        return found

    def _first_otherwise(self, number: int, low: Fraction, high: Fraction) -> Fraction | None:
        """Return the first place up to the high one that differs from the low one, if that does."""
        before, after = self._signs(low)[number], self._signs(high)[number]
        if before is None or after is None or before == after:
            return None
        while high - low > self._line.step:
            middle = self._floor((low + high) / 2)
            low, high = (middle, high) if self._signs(middle)[number] == before else (low, middle)
        return high

    def _edges(self, places: Iterable[Fraction]) -> set[Fraction]:
        """Return the steps about some places, two on either side: where what is rounded is even."""
        found = set[Fraction]()
        for start in places:
            place = self._floor(start)
            both = self._rounded.sides(place), self._rounded.sides(place + self._line.step)
            for (here, size), (there, _) in zip(*both, strict=True):
                if here is None or there is None or not size or here == there:
                    continue
                slope = (there - here) / self._line.step
                first = math.floor(here / size) - 1
                found |= {place + (each * size - here) / slope for each in range(first, first + 4)}
        return found

    def _turns_at(self, place: Fraction) -> bool:
        """Return whether a comparison comes out otherwise on one side of a place, or at it."""
        step = self._line.step
        if self._line.axis.base is not Base.NUMBER and place.denominator != 1:
            beside = {self._floor(place), self._floor(place) + step}
        else:
            beside = {place - step, place, place + step}
        return len({self._signs(each) for each in beside}) > 1

    def _signs(self, number: Fraction) -> tuple[int | None, ...]:
        """Return for each comparison whether its left side is below, at or above the right one."""
        if number not in self._known:
            gaps = self._line.gaps(number)
            self._known[number] = tuple(
                None if gap is None else (gap > 0) - (gap < 0) for gap in gaps
            )
        return self._known[number]

    def _floor(self, place: Fraction) -> Fraction:
        """Return the last place on the fact's own grid that is not above a place."""
        return math.floor(place / self._line.step) * self._line.step
