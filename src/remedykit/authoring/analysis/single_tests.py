"""Which values of one fact pass a test, exactly."""

from __future__ import annotations

from functools import reduce
from typing import NamedTuple, assert_never

from remedykit.authoring.analysis.subjects import Subjects, word_of
from remedykit.authoring.analysis.value_sets import (
    Ranges,
    ValueSet,
    Words,
    both,
    either,
    known_in,
    minus,
    some_range,
    some_words,
)
from remedykit.language.intervals import Interval, Point, point_of
from remedykit.language.kleene import all_of, any_of, negated
from remedykit.language.syntax import (
    AllOf,
    Between,
    Constant,
    Contains,
    EqualTo,
    KnownTest,
    MemberOf,
    NotTest,
    OneOf,
    ParamRead,
    Test,
)
from remedykit.language.types import Truth


class Passing(NamedTuple):
    """The known values that pass a test, and what it says of an unknown one."""

    known: ValueSet
    of_unknown: Truth


def passing(test: Test, domain: ValueSet, subjects: Subjects) -> Passing | None:
    """Return what passes a test on one fact or define that is no list.

    ``None`` if that depends on more than the value: on the currency, for one.
    """
    match test:
        case EqualTo() | Between() | MemberOf():
            known = _compared(test, domain, subjects)
            return None if known is None else Passing(known, None)
        case KnownTest(expected=expected):
            every = known_in(domain)
            return Passing(every if expected else minus(every, every), not expected)
        case OneOf(tests=tests) | AllOf(tests=tests):
            parts = [passing(each, domain, subjects) for each in tests]
            return _together(test, [part for part in parts if part is not None], len(tests))
        case NotTest(test=inner):
            part = passing(inner, domain, subjects)
            if part is None:
                return None
            return Passing(minus(known_in(domain), part.known), negated(part.of_unknown))
        case Contains():
            return None
        case _ as unreachable:
            assert_never(unreachable)


def _together(test: OneOf | AllOf, parts: list[Passing], expected: int) -> Passing | None:
    if len(parts) < expected:
        return None
    join, logic = (either, any_of) if isinstance(test, OneOf) else (both, all_of)
    known = reduce(join, (part.known for part in parts))
    return Passing(known, logic(part.of_unknown for part in parts))


def _compared(
    test: EqualTo | Between | MemberOf, domain: ValueSet, subjects: Subjects
) -> ValueSet | None:
    match domain, test:
        case Words(), EqualTo(operand=operand):
            value = subjects.value(operand)
            if value is None or isinstance(value, tuple):
                return None
            return both(domain, some_words(frozenset({word_of(value)})))
        case Words(), MemberOf(param=param):
            words = subjects.value(param)
            return both(domain, some_words(frozenset(words))) if isinstance(words, tuple) else None
        case Ranges(whole=whole), EqualTo(operand=operand):
            point = _point(operand, subjects)
            if point is None:
                return None
            return both(domain, some_range(Interval(point, False, point, False), whole=whole))
        case Ranges(whole=whole), Between():
            between = _between(test, subjects)
            return None if between is None else both(domain, some_range(between, whole=whole))
        case _:
            return None


def _between(test: Between, subjects: Subjects) -> Interval | None:
    low = None if test.low is None else _point(test.low, subjects)
    high = None if test.high is None else _point(test.high, subjects)
    if (low is None) is not (test.low is None) or (high is None) is not (test.high is None):
        return None
    return Interval(low, low is None or test.low_excluded, high, high is None or test.high_excluded)


def _point(operand: Constant | ParamRead, subjects: Subjects) -> Point | None:
    value = subjects.value(operand)
    return None if value is None else point_of(value)
