"""From a test on one subject to a function of the subject's value."""

from __future__ import annotations

from collections.abc import Callable
from operator import ge, gt, le, lt
from typing import Any, assert_never

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

# The functions below also see stand-ins for values, such as places between the ends of ranges.
Comparable = Any
Passes = Callable[[Comparable | None], Truth]
Operand = Callable[[Constant | ParamRead], Comparable | None]


def function_of_test(test: Test, operand: Operand) -> Passes:
    """Return a function that tells whether a value passes a test; ``None`` is unknown.

    Args:
        test: the test.
        operand: gives what the test compares with; ``None`` where that is unknown.
    """
    match test:
        case EqualTo():
            return _equals(operand(test.operand))
        case Between():
            return _between(test, operand)
        case MemberOf():
            return _one_of_the_words(operand(test.param))
        case Contains():
            return _contains(test.word)
        case KnownTest():
            return _known(expected=test.expected)
        case OneOf():
            return _any(tuple(function_of_test(each, operand) for each in test.tests))
        case AllOf():
            return _all(tuple(function_of_test(each, operand) for each in test.tests))
        case NotTest():
            return _not(function_of_test(test.test, operand))
        case _ as unreachable:
            assert_never(unreachable)


def _equals(operand: Comparable | None) -> Passes:
    if operand is None:
        return _unknown
    return lambda value: None if value is None else bool(value == operand)


def _between(test: Between, operand: Operand) -> Passes:
    ends: list[Passes] = []
    if test.low is not None:
        ends.append(_compares(gt if test.low_excluded else ge, operand(test.low)))
    if test.high is not None:
        ends.append(_compares(lt if test.high_excluded else le, operand(test.high)))
    return ends[0] if len(ends) == 1 else _all(tuple(ends))


def _compares(holds: Callable[[Comparable, Comparable], bool], end: Comparable | None) -> Passes:
    if end is None:
        return _unknown
    return lambda value: None if value is None else holds(value, end)


def _one_of_the_words(words: Comparable | None) -> Passes:
    if words is None:
        return _unknown
    listed = frozenset(words)

    def passes(value: Comparable | None) -> Truth:
        if value is None:
            return None
        return value in listed if isinstance(value, str) else not listed.isdisjoint(value)

    return passes


def _contains(word: str) -> Passes:
    return lambda value: None if value is None else word in value


def _known(*, expected: bool) -> Passes:
    return lambda value: (value is not None) is expected


def _any(tests: tuple[Passes, ...]) -> Passes:
    def passes(value: Comparable | None) -> Truth:
        found: Truth = False
        for test in tests:
            truth = test(value)
            if truth:
                return True
            if truth is None:
                found = None
        return found

    return passes


def _all(tests: tuple[Passes, ...]) -> Passes:
    def passes(value: Comparable | None) -> Truth:
        found: Truth = True
        for test in tests:
            truth = test(value)
            if truth is False:
                return False
            if truth is None:
                found = None
        return found

    return passes


def _not(test: Passes) -> Passes:
    def passes(value: Comparable | None) -> Truth:
        truth = test(value)
        return None if truth is None else not truth

    return passes


def _unknown(_: Comparable | None) -> Truth:
    return None
