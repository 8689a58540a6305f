"""Sets of values of one fact, "unknown" as one of them: what a test lets through, exactly."""

from __future__ import annotations

from typing import NamedTuple

from remedykit.language.intervals import Interval, common, complement, on_whole_numbers, united

_ALL = (Interval(None, True, None, True),)


class Words(NamedTuple):
    """Some words or, if `excluded`, every word but some; truth values are words, too."""

    words: frozenset[str]
    excluded: bool
    unknown: bool


class Ranges(NamedTuple):
    """Ranges of an ordered type; `whole` if only whole numbers on its scale are values."""

    ranges: tuple[Interval, ...]
    whole: bool
    unknown: bool


ValueSet = Words | Ranges


def both(first: ValueSet, second: ValueSet) -> ValueSet:
    """Return the values that are in both sets, which are of one fact."""
    unknown = first.unknown and second.unknown
    match first, second:
        case Words(), Words():
            return _words_in_both(first, second, unknown=unknown)
        case Ranges(), Ranges():
            return _ranges(common(first.ranges, second.ranges), whole=first.whole, unknown=unknown)
        case _:
            raise TypeError("the sets are of different facts")


def either(first: ValueSet, second: ValueSet) -> ValueSet:
    """Return the values that are in one of two sets of one fact, or in both."""
    unknown = first.unknown or second.unknown
    match first, second:
        case Words(), Words():
            kept = _words_in_both(_without(first), _without(second), unknown=False)
            return Words(kept.words, not kept.excluded, unknown)
        case Ranges(), Ranges():
            return Ranges(united((*first.ranges, *second.ranges)), first.whole, unknown)
        case _:
            raise TypeError("the sets are of different facts")


def minus(first: ValueSet, second: ValueSet) -> ValueSet:
    """Return the values of the first set that are not in the second, of the same fact."""
    unknown = first.unknown and not second.unknown
    match first, second:
        case Words(), Words():
            return _words_in_both(first, _without(second), unknown=unknown)
        case Ranges(), Ranges():
            outside = complement(second.ranges)
            return _ranges(common(first.ranges, outside), whole=first.whole, unknown=unknown)
        case _:
            raise TypeError("the sets are of different facts")


def is_empty(values: ValueSet) -> bool:
    """Return whether a set holds nothing, not even "unknown"."""
    if values.unknown:
        return False
    if isinstance(values, Words):
        return not values.words and not values.excluded
    return not values.ranges


def is_within(inner: ValueSet, outer: ValueSet) -> bool:
    """Return whether every value of the first set is in the second."""
    return inner is outer or is_empty(minus(inner, outer))


def known_in(values: ValueSet) -> ValueSet:
    """Return the same set without "unknown"."""
    return values._replace(unknown=False) if values.unknown else values


def everything(*, ordered: bool, whole: bool = False, unknown: bool = True) -> ValueSet:
    """Return the set of all values of a type."""
    if ordered:
        return Ranges(_ALL, whole, unknown)
    return Words(frozenset(), excluded=True, unknown=unknown)


def some_words(words: frozenset[str], *, unknown: bool = False) -> Words:
    """Return a set of some words."""
    return Words(words, excluded=False, unknown=unknown)


def some_range(interval: Interval, *, whole: bool) -> Ranges:
    """Return the values of one range."""
    return _ranges((interval,), whole=whole, unknown=False)


def _words_in_both(first: Words, second: Words, *, unknown: bool) -> Words:
    match first.excluded, second.excluded:
        case False, False:
            return Words(first.words & second.words, excluded=False, unknown=unknown)
        case False, True:
            return Words(first.words - second.words, excluded=False, unknown=unknown)
        case True, False:
            return Words(second.words - first.words, excluded=False, unknown=unknown)
        case _:
            return Words(first.words | second.words, excluded=True, unknown=unknown)


def _without(values: Words) -> Words:
    """Return all other words."""
    return Words(values.words, not values.excluded, unknown=False)


def _ranges(ranges: tuple[Interval, ...], *, whole: bool, unknown: bool) -> Ranges:
    if whole:
        ends = (on_whole_numbers(each) for each in ranges)
        ranges = tuple(each for each in ends if each is not None)
    return Ranges(ranges, whole, unknown)
