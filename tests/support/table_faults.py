"""Faults in the tables of a made index: bits lost and added, cuts shifted, masks swapped."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from typing import Any, TypeVar

from remedykit.engine.indexed.frames import Frame
from remedykit.engine.indexed.index import Computed, Course, Index, Looked, Ranges, Words
from remedykit.engine.indexed.tables import ListTable, RangeTable, Unknown, WordTable
from remedykit.language.syntax import (
    CheckedPolicy,
    Contains,
    Expression,
    HandOver,
    In,
    KnownTest,
    NotTest,
)
from remedykit.language.types import (
    BOOL,
    DATE,
    DURATION,
    INT,
    MONEY,
    NUMBER,
    TEXT,
    TEXTS,
    TIME,
    Truth,
)
from support.build import (
    ALWAYS,
    HERE,
    NOON,
    at_least,
    both,
    compare,
    const,
    define,
    defined,
    either,
    equals,
    fact,
    negation,
    param_read,
    passes,
    policy,
    rule,
)
from support.pools import HOUR, PARAMS, POOLS, SCHEMA

Fault = tuple[str, Index]
Item = TypeVar("Item")

TIER, TAGS = fact("customer.tier", TEXT), fact("customer.tags", TEXTS)
DAYS, SCANNED = fact("incident.days_late", INT), fact("incident.scanned", BOOL)
SHARE, WAITED = fact("incident.share", NUMBER), fact("incident.waited", DURATION)
AT, PROMISED = fact("at", TIME), fact("incident.promised_by", TIME)
PAID, OUT_OF_POCKET = fact("order.paid", MONEY), fact("incident.out_of_pocket", MONEY)


def tabled_policy() -> CheckedPolicy:
    """Return a policy with a rule for each way in which tables decide."""
    gold, vip = equals(TIER, "gold"), equals(TIER, "vip")
    return _of_rules(
        both(gold, at_least(DAYS, 2)),
        both(In(TIER, param_read("regions", TEXTS), HERE), SCANNED),
        both(negation(vip), at_least(DAYS, 1), compare(DAYS, "<", const(3))),
        passes(TAGS, Contains("gold")),
        passes(TAGS, NotTest(Contains("new"))),
        both(at_least(fact("order.gift_by", DATE), (NOON + timedelta(days=1)).date()), vip),
        both(compare(SHARE, "<", const(1)), negation(equals(SHARE, Fraction(1, 2)))),
        defined("costly"),
        passes(WAITED, KnownTest(expected=False)),
        compare(WAITED, ">", const(HOUR)),
        ALWAYS,
        equals(defined("loss", MONEY), 500),
        negation(defined("brief")),
    )


def chosen_policy() -> CheckedPolicy:
    """Return a policy with conditions of several conjunctions, and some that no table answers."""
    gold, vip = equals(TIER, "gold"), equals(TIER, "vip")
    return _of_rules(
        ALWAYS,
        either(In(TIER, param_read("regions", TEXTS), HERE), SCANNED),
        either(equals(DAYS, 0), passes(TAGS, Contains("vip")), compare(SHARE, "<", const(1))),
        both(compare(PROMISED, "<", AT), equals(TIER, "new")),
        equals(DAYS, 1),
        either(both(gold, compare(PROMISED, ">=", AT)), both(vip, SCANNED)),
        both(compare(PROMISED, "<", AT), compare(PAID, ">", OUT_OF_POCKET)),
        equals(DAYS, 3),
    )


def _of_rules(*conditions: Expression) -> CheckedPolicy:
    return policy(
        *PARAMS,
        define("costly", compare(PAID, ">", OUT_OF_POCKET)),
        define("brief", both(at_least(SHARE, Fraction(1, 2)), SCANNED)),
        define("loss", fact("order.refunded", MONEY), MONEY),
        *(rule(f"rule_{n:02}", HandOver("x"), when=each) for n, each in enumerate(conditions)),
        schema=SCHEMA,
    )


def table_faults(index: Index) -> Iterator[Fault]:
    """Yield the index with each fault in its tables, and what the fault is."""
    for what, courses in _of_mapping(index.courses):
        yield f"courses: {what}", replace(index, courses=courses)
    for value, course in index.courses.items():
        for what, changed in _of_course(course):
            courses = {**index.courses, value: changed}
            yield f"course {value!r}: {what}", replace(index, courses=courses)
    for what, changed in _of_course(index.other):
        yield f"other course: {what}", replace(index, other=changed)
    yield "no lead", replace(index, lead="")


def clause_faults(index: Index) -> Iterator[Fault]:
    """Yield the index with each fault in what it does beside its tables."""
    for conjunction in index.residuals:
        fewer = index.with_residuals & ~conjunction
        yield f"residual of {conjunction} lost", replace(index, with_residuals=fewer)
        others = {**index.residuals, conjunction: _always}
        yield f"residual of {conjunction} always true", replace(index, residuals=others)
    for conjunction, owner in index.owners.items():
        for wrong in (owner >> 1, owner << 1):
            owners = {**index.owners, conjunction: wrong}
            yield f"owner of {conjunction}: {wrong}", replace(index, owners=owners)
    for what, with_owners in _of_bits(index.with_owners, index.with_owners):
        yield f"with owners: {what}", replace(index, with_owners=with_owners)
    for what, clauses in _of_bits(index.clauses, index.clauses):
        yield f"clauses: {what}", replace(index, clauses=clauses)


def _of_course(course: Course) -> Iterator[tuple[str, Course]]:
    """Yield a course with each fault in what it leaves, what it asks, and the tables of that."""
    for what, left in _of_unknown(course.left, course.left):
        yield f"left: {what}", replace(course, left=left)
    for what, computed in _of_entries(course.computed, _of_computed, course.left):
        yield f"computed: {what}", replace(course, computed=computed)
    for what, looked in _of_entries(course.looked, _of_looked, course.left):
        yield f"looked: {what}", replace(course, looked=looked)
    for what, words in _of_entries(course.words, _of_words, course.left):
        yield f"words: {what}", replace(course, words=words)
    for what, ranges in _of_entries(course.ranges, _of_ranges, course.left):
        yield f"ranges: {what}", replace(course, ranges=ranges)
    for what, lists in _of_entries(course.lists, _of_list, course.left):
        yield f"lists: {what}", replace(course, lists=lists)


def _of_entries(
    entries: Sequence[Item],
    faults_of: Callable[[Item, Unknown], Iterator[tuple[str, Item]]],
    left: Unknown,
) -> Iterator[tuple[str, tuple[Item, ...]]]:
    """Yield what a course asks with one entry gone, or with a fault in the table of one."""
    yield from _without_one(entries)
    for place, entry in enumerate(entries):
        for what, changed in faults_of(entry, left):
            yield f"{place}, {what}", _put(entries, place, changed)


def _of_computed(asked: Computed, left: Unknown) -> Iterator[tuple[str, Computed]]:
    among = left.possible & asked.table.tested
    for what, unknown in _of_unknown(asked.table.unknown, left):
        yield f"unknown: {what}", replace(asked, table=replace(asked.table, unknown=unknown))
    if isinstance(asked.table, WordTable):
        for what, by_value in _of_masks(asked.table.by_value, among):
            yield f"by value: {what}", replace(asked, table=replace(asked.table, by_value=by_value))
    if isinstance(asked.table, RangeTable):
        for place, what, at in _of_places(asked.table.at, among):
            yield f"at {place}: {what}", replace(asked, table=replace(asked.table, at=at))


def _of_looked(asked: Looked, left: Unknown) -> Iterator[tuple[str, Looked]]:
    among = left.possible & asked.tested
    for what, own in _of_bits(asked.own, asked.own & left.possible):
        yield f"own: {what}", asked._replace(own=own)
    for what, true in _of_bits(asked.true, among):
        yield f"true: {what}", asked._replace(true=true)
    for what, false in _of_bits(asked.false, among):
        yield f"false: {what}", asked._replace(false=false)
    for what, unknown in _of_unknown(asked.unknown, Unknown(among & left.definite, among)):
        yield f"unknown: {what}", asked._replace(unknown=unknown)


def _of_words(entry: Words, left: Unknown) -> Iterator[tuple[str, Words]]:
    name, by_value, other, definite, possible = entry
    for what, unknown in _of_unknown(Unknown(definite, possible), left):
        yield f"unknown: {what}", (name, by_value, other, unknown.definite, unknown.possible)
    among = left.possible & _tested((*by_value.values(), other))
    for what, changed in _of_masks(by_value, among):
        yield f"by value: {what}", (name, changed, other, definite, possible)


def _of_ranges(entry: Ranges, left: Unknown) -> Iterator[tuple[str, Ranges]]:
    name, cuts, at, above, definite, possible = entry
    for what, unknown in _of_unknown(Unknown(definite, possible), left):
        yield f"unknown: {what}", (name, cuts, at, above, unknown.definite, unknown.possible)
    tested = left.possible & _tested((*at, *above))
    values = POOLS[name][1]
    between = {bisect_right(cuts, value) for value in values if value not in cuts}
    for place, what, changed in _of_places(at, tested):
        if cuts[place] in values:
            yield f"at {place}: {what}", (name, cuts, changed, above, definite, possible)
    for place, what, changed in _of_places(above, tested):
        if place in between:
            yield f"above {place}: {what}", (name, cuts, at, changed, definite, possible)
    for place, cut in enumerate(cuts):
        for what, wrong in (("above", _after(cut, 1)), ("below", _after(cut, -1))):
            shifted = _put(cuts, place, wrong)
            if any(
                (_left(cuts, at, above, v) ^ _left(shifted, at, above, v)) & tested for v in values
            ):
                yield f"cut {place} shifted {what}", (name, shifted, at, above, definite, possible)


def _left(cuts: Sequence[Any], at: Sequence[int], above: Sequence[int], value: Any) -> int:
    return RangeTable(0, Unknown(0, 0), cuts, at, above).left(value)


def _of_list(
    entry: tuple[str, ListTable], left: Unknown
) -> Iterator[tuple[str, tuple[str, ListTable]]]:
    name, table = entry
    among = left.possible & table.tested
    for what, wanted in _of_masks(table.wanted, among & ~table.other):
        yield f"wanted: {what}", (name, replace(table, wanted=wanted))
    for what, tolerated in _of_masks(table.tolerated, among & table.other):
        yield f"tolerated: {what}", (name, replace(table, tolerated=tolerated))
    for what, other in _of_bits(table.other, among):
        yield f"other: {what}", (name, replace(table, other=other))
    for what, definite in _of_bits(table.unknown.definite, left.definite):
        unknown = replace(table.unknown, definite=definite)
        yield f"unknown: definite, {what}", (name, replace(table, unknown=unknown))


def _tested(masks: Iterable[int]) -> int:
    """Return the conjunctions that some value excludes."""
    return ~reduce(int.__and__, masks)


def _of_places(by_place: Sequence[int], among: int) -> Iterator[tuple[int, str, tuple[int, ...]]]:
    for place, mask in enumerate(by_place):
        for what, changed in _of_bits(mask, among):
            yield place, what, _put(by_place, place, changed)


def _always(_: Frame) -> Truth:
    return True


def _after(cut: Any, sign: int) -> Any:
    """Return a little more, or less, than a number, an amount, a time, a date or a duration."""
    return cut + (sign if isinstance(cut, int | Fraction) else sign * timedelta(days=1))


def _of_unknown(unknown: Unknown, left: Unknown) -> Iterator[tuple[str, Unknown]]:
    for what, definite in _of_bits(unknown.definite, left.definite):
        yield f"definite, {what}", replace(unknown, definite=definite)
    for what, possible in _of_bits(unknown.possible, left.possible):
        yield f"possible, {what}", replace(unknown, possible=possible)
    if (unknown.definite ^ unknown.possible) & left.definite:
        yield "swapped", Unknown(unknown.possible, unknown.definite)


def _of_masks(masks: Mapping[Any, int], among: int) -> Iterator[tuple[str, Mapping[Any, int]]]:
    for value, mask in masks.items():
        for what, changed in _of_bits(mask, among):
            yield f"{value!r}, {what}", {**masks, value: changed}


def _of_mapping(mapping: Mapping[Any, Course]) -> Iterator[tuple[str, Mapping[Any, Course]]]:
    values = list(mapping)
    for value in values:
        yield f"without {value!r}", {key: mapping[key] for key in values if key != value}
    for one, other in pairwise(values):
        swapped = {**mapping, one: mapping[other], other: mapping[one]}
        yield f"{one!r} and {other!r} swapped", swapped


def _of_bits(mask: int, among: int) -> Iterator[tuple[str, int]]:
    for number in range(among.bit_length()):
        if among >> number & 1:
            how = "lost" if mask >> number & 1 else "added"
            yield f"{number} {how}", mask ^ 1 << number


def _without_one(items: Sequence[Item]) -> Iterator[tuple[str, tuple[Item, ...]]]:
    for place in range(len(items)):
        yield f"without {place}", (*items[:place], *items[place + 1 :])


def _put(items: Sequence[Item], place: int, item: Item) -> tuple[Item, ...]:
    return (*items[:place], item, *items[place + 1 :])
