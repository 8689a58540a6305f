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
    again between and at the places found; what breaks (rounding to a step, rows of cases) may
    hide a place or give one too many.
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
            gaps = self._gaps(place), self._gaps(place + self._step)
            for here, there in zip(*gaps, strict=True):
                if here is not None and there is not None and here != there:
                    found.add(place - self._step * here / (there - here))
        return found

    @property
    def _step(self) -> Fraction:
        """How far from its start a line has its second point."""
        return Fraction(1, 1000) if self.axis.base is Base.NUMBER else Fraction(1)

    def _gaps(self, number: Fraction) -> list[Fraction | None]:
        """Return how far each comparison is from turning over, if the fact were `number`."""
        value = self.axis.value(number)
        values = {**self.facts.values, self.fact: value}
        evaluation = ReferenceEvaluation(self.policy, replace(self.facts, values=values))
        gaps: list[Fraction | None] = []
        for each in self.comparisons:
            left, right = map(self.axis.number, each.sides(evaluation))
            gaps.append(None if left is None or right is None else left - right - each.by)
        return gaps
