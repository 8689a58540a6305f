"""Warnings about a test that is always or never true, or that skips its own threshold."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import assert_never

from remedykit.diagnostics import Place
from remedykit.language.intervals import (
    Interval,
    Point,
    common,
    complement,
    is_point,
    on_whole_numbers,
    point_of,
    united,
)
from remedykit.language.scope import Scope
from remedykit.language.syntax import (
    AllOf,
    Between,
    Contains,
    EqualTo,
    KnownTest,
    MemberOf,
    NotTest,
    OneOf,
    Test,
)
from remedykit.language.tests import Operand, constant_of
from remedykit.language.types import ORDERED, Base, FactDeclaration

Intervals = tuple[Interval, ...]


def lint_test(test: Test, fact: FactDeclaration, place: Place, scope: Scope) -> None:
    """Warn about a test on a fact that cannot be what its author meant."""
    if fact.type.base is Base.BOOL:
        _lint_words(test, ("false", "true"), place, scope)
    elif fact.type.base is Base.TEXT:
        _lint_words(test, fact.type.values, place, scope)
    elif fact.type.base in ORDERED:
        _lint_range(test, fact, place, scope)


@dataclass(frozen=True, slots=True)
class _Words:
    """Some words or, if `excluded`, every word but some."""

    words: frozenset[str]
    excluded: bool = False

    def or_else(self, other: _Words) -> _Words:
        """Return the words that one of the two holds."""
        match self.excluded, other.excluded:
            case False, False:
                return _Words(self.words | other.words)
            case True, True:
                return _Words(self.words & other.words, excluded=True)
            case True, False:
                return _Words(self.words - other.words, excluded=True)
            case _:
                return _Words(other.words - self.words, excluded=True)


def _lint_words(test: Test, possible: tuple[str, ...] | None, place: Place, scope: Scope) -> None:
    if _is_about_some_words(test, possible):
        return
    held = _words(test, scope)
    if held is None:
        return
    if possible is None:
        if not held.words:
            (_always if held.excluded else _never)(place, scope)
        return
    passing = [word for word in possible if (word in held.words) is not held.excluded]
    if len(passing) == len(possible):
        _always(place, scope)
    elif not passing:
        _never(place, scope)


def _is_about_some_words(test: Test, possible: tuple[str, ...] | None) -> bool:
    """Whether a test names words, but not all there are: it is neither always nor never true."""
    inner = test.test if isinstance(test, NotTest) else test
    named = inner.tests if isinstance(inner, OneOf) else (inner,)
    if possible is not None and len(named) >= len(possible):
        return False
    return all(isinstance(part, EqualTo) for part in named)


def _words(test: Test, scope: Scope) -> _Words | None:
    """Return the values that pass, or ``None`` where that does not depend on the value alone."""
    match test:
        case EqualTo(operand=operand):
            value = constant_of(operand, scope)
            word = str(value).lower() if isinstance(value, bool) else str(value)
            return _Words(frozenset({word}))
        case NotTest(test=inner):
            held = _words(inner, scope)
            return None if held is None else _Words(held.words, excluded=not held.excluded)
        case OneOf(tests=tests):
            parts = [_words(part, scope) for part in tests]
            known = [part for part in parts if part is not None]
            return reduce(_Words.or_else, known) if len(known) == len(parts) else None
        case Between() | MemberOf() | Contains() | KnownTest() | AllOf():
            return None
        case _ as unreachable:
            assert_never(unreachable)


def _lint_range(test: Test, fact: FactDeclaration, place: Place, scope: Scope) -> None:
    held = _held(test, scope)
    if held is None:
        return
    low, high = _end(fact.at_least), _end(fact.at_most)
    domain = (Interval(low, low is None, high, high is None),)
    gaps = complement(held)
    if not _possible(common(held, domain), fact):
        _never(place, scope)
    elif not _possible(common(gaps, domain), fact):
        _always(place, scope)
    elif isinstance(test, OneOf) and any(is_point(gap) for gap in gaps):
        _gap(place, scope)


def _end(bound: Fraction | None) -> Point | None:
    return bound.numerator if bound is not None and bound.denominator == 1 else bound


def _possible(intervals: Intervals, fact: FactDeclaration) -> bool:
    """Whether the intervals hold a value that the fact can have; amounts are whole minor units."""
    if fact.type.base is Base.INT or fact.type.base is Base.MONEY:
        return any(on_whole_numbers(item) is not None for item in intervals)
    return bool(intervals)


def _held(test: Test, scope: Scope) -> Intervals | None:
    """Return the values that pass, or ``None`` where they depend on more than the value."""
    match test:
        case EqualTo(operand=operand):
            point = _point(operand, scope)
            return None if point is None else (Interval(point, False, point, False),)
        case Between(low=low, high=high):
            bottom, top = _point(low, scope), _point(high, scope)
            if (low is not None and bottom is None) or (high is not None and top is None):
                return None
            return (
                Interval(
                    bottom,
                    bottom is None or test.low_excluded,
                    top,
                    top is None or test.high_excluded,
                ),
            )
        case NotTest(test=inner):
            held = _held(inner, scope)
            return None if held is None else complement(held)
        case OneOf(tests=tests):
            parts = [_held(part, scope) for part in tests]
            known = [part for part in parts if part is not None]
            if len(known) != len(parts):
                return None
            return united(tuple(item for part in known for item in part))
        case MemberOf() | Contains() | KnownTest() | AllOf():
            return None
        case _ as unreachable:
            assert_never(unreachable)


def _point(operand: Operand | None, scope: Scope) -> Point | None:
    value = constant_of(operand, scope)
    return None if value is None else point_of(value)


def _never(place: Place, scope: Scope) -> None:
    scope.findings.warning(
        "never-true",
        place,
        "this test is never true",
        help="no value that this fact can have passes it",
    )


def _always(place: Place, scope: Scope) -> None:
    scope.findings.warning(
        "always-true",
        place,
        "this test is true for every value",
        help="leave it out, or write {known: true} if the fact must be known",
    )


def _gap(place: Place, scope: Scope) -> None:
    scope.findings.warning(
        "gap-at-threshold",
        place,
        "these tests skip one value exactly at their threshold",
        help="include the threshold on one side: `..5` and `5<..`",
    )
