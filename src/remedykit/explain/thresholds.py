"""Where a policy's tests on an ordered fact change their outcome."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import assert_never

from remedykit.engine.reference import Evaluation
from remedykit.explain.operands import operands_of
from remedykit.facts.values import Facts
from remedykit.language.degree import body_parts, facts_read, walk
from remedykit.language.syntax import (
    CheckedPolicy,
    Compare,
    Expression,
    Tested,
)
from remedykit.language.types import Base, Value

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SECOND = 1_000_000  # microseconds
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
    """Return where tests that read a fact change their outcome, ascending.

    A test is taken as a line in the fact, with every other fact as it is; what bends or breaks
    (``max``, rounding, unknowns) may hide a place or give one too many.
    """
    axis = Axis(base)
    pairs = tuple(_compared(policy, fact))
    found: set[Fraction] = set()
    for start in _STARTS:
        gaps = [_gaps(policy, facts, fact, axis, pairs, start + step) for step in (0, 1)]
        for here, there in zip(*gaps, strict=True):
            if here is not None and there is not None and here != there:
                found.add(start - here / (there - here))
    return tuple(sorted(found))


def _gaps(
    policy: CheckedPolicy,
    facts: Facts,
    fact: str,
    axis: Axis,
    pairs: tuple[tuple[Expression, Expression], ...],
    number: Fraction,
) -> list[Fraction | None]:
    """Return how far the two sides of each comparison are apart, if the fact were `number`."""
    evaluation = Evaluation(policy, with_fact(facts, fact, axis.value(number)))
    gaps: list[Fraction | None] = []
    for left, right in pairs:
        one, other = axis.number(evaluation.value(left)), axis.number(evaluation.value(right))
        gaps.append(None if one is None or other is None else one - other)
    return gaps


def with_fact(facts: Facts, name: str, value: Value | None) -> Facts:
    """Return the facts with one of them changed."""
    return replace(facts, values={**facts.values, name: value})


def conditions_of(policy: CheckedPolicy) -> Iterator[Expression]:
    """Yield every expression of a policy that decides something, those of defines included."""
    for clause in policy.rules + policy.limits:
        yield clause.condition
        yield clause.remedy_condition
    for kind in policy.remedies:
        yield kind.needs
        yield kind.states
    for define in policy.defines:
        yield from body_parts(define.body)


def _compared(policy: CheckedPolicy, fact: str) -> Iterator[tuple[Expression, Expression]]:
    """Yield the two sides of every comparison that reads the fact, also through defines."""
    defines = {define.name: define for define in policy.defines}
    for condition in conditions_of(policy):
        for node in walk(condition):
            match node:
                case Compare() if fact in facts_read(node, defines):
                    yield node.left, node.right
                case Tested() if fact in facts_read(node.subject, defines):
                    yield from ((node.subject, end) for end in operands_of(node.test))
                case _:
                    pass
