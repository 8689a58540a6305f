"""Faults in a made index: its branches, its courses, and what it does beside its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, TypeVar

from remedykit.engine.indexed.frames import Frame
from remedykit.engine.indexed.index import Branch, Course, Index
from remedykit.engine.indexed.tables import Unknown
from remedykit.language.types import Truth
from support.table_faults import (
    of_bits,
    of_fractions,
    of_late,
    of_looked,
    of_ranges,
    of_unknown,
    of_words,
    put,
)

Fault = tuple[str, Index]
Way = Branch | Course
Item = TypeVar("Item")


def table_faults(index: Index) -> Iterator[Fault]:
    """Yield the index with each fault in its branches and tables, and what the fault is."""
    for what, first in _of_way(index.first, _of_course):
        yield what, replace(index, first=first)


def late_faults(index: Index) -> Iterator[Fault]:
    """Yield the index with each fault in which conjunctions wait for what is asked late."""
    for what, first in _of_way(index.first, _of_waiting):
        yield what, replace(index, first=first)


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
    for what, with_owners in of_bits(index.with_owners, index.with_owners):
        yield f"with owners: {what}", replace(index, with_owners=with_owners)
    for what, clauses in of_bits(index.clauses, index.clauses):
        yield f"clauses: {what}", replace(index, clauses=clauses)


# --- branches and courses ----------------------------------------------------------------------


def _of_way(
    way: Way, of_course: Callable[[Course], Iterator[tuple[str, Course]]]
) -> Iterator[tuple[str, Way]]:
    if isinstance(way, Course):
        yield from of_course(way)
        return
    yield "no lead", way._replace(lead="")
    for what, by_value in _of_values(way):
        yield what, way._replace(by_value=by_value)
    for value, after in way.by_value.items():
        for what, changed in _of_way(after, of_course):
            yield f"{value!r}: {what}", way._replace(by_value={**way.by_value, value: changed})
    for what, changed in _of_way(way.other, of_course):
        yield f"other: {what}", way._replace(other=changed)


def _of_values(branch: Branch) -> Iterator[tuple[str, Mapping[Any, Way]]]:
    """Yield what a branch has by value with one gone, or two swapped, that are not the same."""
    by_value = branch.by_value
    for value, after in by_value.items():
        if after != branch.other:
            fewer = {key: each for key, each in by_value.items() if key != value}
            yield f"without {value!r}", fewer
    for one, other in pairwise(by_value):
        if by_value[one] != by_value[other]:
            swapped = {**by_value, one: by_value[other], other: by_value[one]}
            yield f"{one!r} and {other!r} swapped", swapped


def _of_course(course: Course) -> Iterator[tuple[str, Course]]:
    """Yield a course with each fault in what it leaves, what it asks, and the tables of that."""
    left = course.left
    for what, changed in of_unknown(left, left):
        yield f"left: {what}", replace(course, left=changed)
    for what, words in _of_questions(course.words, of_words, left):
        yield f"words: {what}", replace(course, words=words)
    for what, ranges in _of_questions(course.ranges, of_ranges, left):
        yield f"ranges: {what}", replace(course, ranges=ranges)
    for what, fractions in _of_questions(course.fractions, of_fractions, left):
        yield f"fractions: {what}", replace(course, fractions=fractions)
    for what, late in _of_questions(course.late, of_late, left):
        yield f"late: {what}", replace(course, late=late)
    for what, looked in _of_questions(course.looked, of_looked, left):
        yield f"looked: {what}", replace(course, looked=looked)
    if course.late:
        yield "nothing late", replace(course, tested_late=0)


def _of_waiting(course: Course) -> Iterator[tuple[str, Course]]:
    for what, tested in of_bits(course.tested_late, course.tested_late & course.left.possible):
        yield f"tested late: {what}", replace(course, tested_late=tested)
    for place, late in enumerate(course.late):
        for what, tested in of_bits(late.table.tested, late.table.tested & course.left.possible):
            changed = late._replace(table=replace(late.table, tested=tested))
            yield f"late {place}: {what}", replace(course, late=put(course.late, place, changed))
    for place, looked in enumerate(course.looked):
        for what, tested in of_bits(looked.tested, looked.tested & course.left.possible):
            others = put(course.looked, place, looked._replace(tested=tested))
            yield f"looked {place}: {what}", replace(course, looked=others)


def _of_questions(
    questions: Sequence[Item],
    faults_of: Callable[[Item, Unknown], Iterator[tuple[str, Item]]],
    left: Unknown,
) -> Iterator[tuple[str, tuple[Item, ...]]]:
    """Yield what a course asks with one question gone, or with a fault in one."""
    for place, question in enumerate(questions):
        yield f"without {place}", (*questions[:place], *questions[place + 1 :])
        for what, changed in faults_of(question, left):
            yield f"{place}, {what}", put(questions, place, changed)


def _always(_: Frame) -> Truth:
    return True
