"""The values that tell the tests on one fact apart, so that a table can be looked through wholly.

Between two values that tests name, all values pass the same tests. So the values named and a few
around and between them stand for every value that the fact can have: what holds for these
candidates holds for all. Sets of candidates are whole numbers, one bit a candidate.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import chain, combinations, pairwise
from math import ceil, floor
from typing import NamedTuple, assert_never

from remedykit.language.intervals import Point, point_of
from remedykit.language.scope import Scope
from remedykit.language.syntax import (
    AllOf,
    Between,
    Contains,
    EqualTo,
    FactRead,
    KnownTest,
    MemberOf,
    NotTest,
    OneOf,
    Subject,
    Test,
)
from remedykit.language.tests import Operand, constant_of
from remedykit.language.types import ORDERED, Base, FactDeclaration, FactType, Value

Candidate = Point | str | frozenset[str]

_MOST_WORDS = 8  # of a list fact: of so many words there are 256 lists
_MINUTE = (
    60_000_000  # microseconds; a time some minutes off reads better than one a microsecond off
)
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_TIMES = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
_ENDS: Mapping[Base, tuple[Value, Value]] = {
    Base.DATE: (date.min, date.max),
    Base.TIME: _TIMES,
    Base.DURATION: (timedelta.min, timedelta.max),
}
_WHOLE = frozenset({Base.INT, Base.MONEY, Base.DATE, Base.TIME, Base.DURATION})


class Held(NamedTuple):
    """For which candidates a test holds and for which it does not; of others it is unknown."""

    true: int
    false: int


@dataclass(frozen=True, slots=True)
class Domain:
    """The candidates of one fact or define, ascending where they have an order.

    Attributes:
        subject: the fact or define.
        values: the candidates; that it is unknown is one more, behind them.
        points: the same where they have an order, else nothing.
        scope: what the tests read.
    """

    subject: Subject
    values: tuple[Candidate, ...]
    points: tuple[Point, ...]
    scope: Scope

    @property
    def known(self) -> int:
        """All candidates that are values."""
        return (1 << len(self.values)) - 1

    @property
    def every(self) -> int:
        """All candidates; that it is unknown is one, unless it never is."""
        return (
            self.known if _declared(self.subject, self.scope).always_known else self.known * 2 + 1
        )

    def held(self, test: Test) -> Held:
        """Return for which candidates a test holds."""
        match test:
            case KnownTest(expected=True):
                return Held(self.known, self.every & ~self.known)
            case KnownTest():
                return Held(self.every & ~self.known, self.known)
            case NotTest(test=inner):
                held = self.held(inner)
                return Held(held.false, held.true)
            case OneOf(tests=tests):
                return self._joined(tests)
            case AllOf(tests=tests):
                opposite = self._joined(tuple(map(NotTest, tests)))
                return Held(opposite.false, opposite.true)
            case EqualTo() | Between() | Contains() | MemberOf():
                passing = self._passing(test)
                return Held(passing, self.known & ~passing)
            case _ as unreachable:
                assert_never(unreachable)

    def _joined(self, tests: tuple[Test, ...]) -> Held:
        true, false = 0, self.every
        for part in map(self.held, tests):
            true, false = true | part.true, false & part.false
        return Held(true, false)

    def _passing(self, test: EqualTo | Between | Contains | MemberOf) -> int:
        match test:
            case Between():
                return self._between(test)
            case EqualTo(operand=operand) if self.points:
                point = _point(operand, self.scope)
                return self._bits(value == point for value in self.points)
            case _:
                words = frozenset(_words(test, self.scope))
                return self._bits(_meets(value, words) for value in self.values)

    def _between(self, test: Between) -> int:
        low, high = _point(test.low, self.scope), _point(test.high, self.scope)
        first, end = 0, len(self.points)
        if low is not None:
            first = (bisect_right if test.low_excluded else bisect_left)(self.points, low)
        if high is not None:
            end = (bisect_left if test.high_excluded else bisect_right)(self.points, high)
        return (1 << end) - (1 << first) if first < end else 0

    def _bits(self, passing: Iterable[bool]) -> int:
        return sum(1 << number for number, passes in enumerate(passing) if passes)


def domain_of(subject: Subject, tests: tuple[Test, ...], scope: Scope) -> Domain | str:
    """Return the candidates for a fact or define and the tests on it, or why there are none."""
    atoms = tuple(chain.from_iterable(map(_atoms, tests)))
    base = subject.type.base
    if base in ORDERED:
        operands = list(chain.from_iterable(map(_operands, atoms)))
        named = [point for point in (_point(each, scope) for each in operands) if point is not None]
        if len(named) < len(operands):
            return f"the amounts that `{subject.name}` is compared with differ by currency"
        points = _around(named, subject, scope)
        return Domain(subject, points, points, scope)
    words = sorted({word for atom in atoms for word in _words(atom, scope)})
    if base is Base.TEXTS and len(words) > _MOST_WORDS:
        return f"`{subject.name}` is looked through for more than {_MOST_WORDS} words"
    return Domain(subject, _worded(subject.type, words), (), scope)


def _worded(of: FactType, words: list[str]) -> tuple[Candidate, ...]:
    """Return the candidates for what has no order; `words` are those that tests name."""
    if of.base is Base.BOOL:
        return ("false", "true")
    if of.base is Base.TEXTS:
        lists = (combinations(words, length) for length in range(len(words) + 1))
        return tuple(map(frozenset, chain.from_iterable(lists)))
    return of.values or (*words, _another(words))


def _atoms(test: Test) -> Iterator[Test]:
    match test:
        case NotTest(test=inner):
            yield from _atoms(inner)
        case OneOf(tests=tests) | AllOf(tests=tests):
            for part in tests:
                yield from _atoms(part)
        case EqualTo() | Between() | Contains() | MemberOf() | KnownTest():
            yield test
        case _ as unreachable:
            assert_never(unreachable)


def _operands(test: Test) -> Iterator[Operand]:
    match test:
        case EqualTo(operand=operand):
            yield operand
        case Between(low=low, high=high):
            yield from (end for end in (low, high) if end is not None)
        case _:
            return


def _point(operand: Operand | None, scope: Scope) -> Point | None:
    value = constant_of(operand, scope)
    return None if value is None else point_of(value)


def _words(test: Test, scope: Scope) -> tuple[str, ...]:
    match test:
        case EqualTo(operand=operand):
            value = constant_of(operand, scope)
            return (str(value).lower() if isinstance(value, bool) else str(value),)
        case Contains(word=word):
            return (word,)
        case MemberOf(param=param):
            members = constant_of(param, scope)
            return members if isinstance(members, tuple) else ()
        case _:
            return ()


def _meets(value: Candidate, words: frozenset[str]) -> bool:
    return not words.isdisjoint(value if isinstance(value, frozenset) else (str(value),))


def _another(words: list[str]) -> str:
    """Return a text that no test names."""
    return max(("other", *(f"{word}_" for word in words if word.startswith("other"))), key=len)


def _declared(subject: Subject, scope: Scope) -> FactDeclaration:
    declared = scope.facts.get(subject.name) if isinstance(subject, FactRead) else None
    return declared or FactDeclaration(name=subject.name, type=subject.type, means="")


def _around(named: list[Point], subject: Subject, scope: Scope) -> tuple[Point, ...]:
    """Return the values named and some around and between them, within the bounds of the fact."""
    declared, base = _declared(subject, scope), subject.type.base
    low, high = _bounds(declared)
    ends = (end for end in (declared.at_least, declared.at_most) if end is not None)
    points = sorted({*named, *ends} or {_EPOCH_DAY if base is Base.DATE else 0})
    # a fact of these types is whole (an amount in minor units); what a define is worth may not be
    if isinstance(subject, FactRead) and base in _WHOLE:
        points = sorted({near for point in points for near in (floor(point), ceil(point))})
        steps = (1, _MINUTE) if base in {Base.TIME, Base.DURATION} else (1,)
        between: list[Point] = []
    else:
        steps = (1,)
        between = [Fraction(left + right) / 2 for left, right in pairwise(points)]
    near = (point + sign * step for point in points for step in steps for sign in (-1, 1))
    found = sorted({*points, *between, *near})
    return tuple(
        _whole(point)
        for point in found
        if (low is None or point >= low) and (high is None or point <= high)
    )


def _bounds(declared: FactDeclaration) -> tuple[Point | None, Point | None]:
    ends = _ENDS.get(declared.type.base)
    if ends is None:
        return declared.at_least, declared.at_most
    return point_of(ends[0]), point_of(ends[1])


def _whole(point: Point) -> Point:
    return point.numerator if point.denominator == 1 else point
