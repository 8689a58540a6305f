"""The bit index: which clauses hold, found by one table look-up for each fact that matters.

One bit stands for a conjunction; a clause with several (an ``any:``) holds if one of them does.
The first conjunction of a clause has the clause's number, all others have numbers beyond those of
the clauses. A decision intersects what the value of each fact leaves of the conjunctions, in two
sets: those that hold surely, and those that may hold. Only what is left then is looked at one by
one, for conditions that no table can answer.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from remedykit.engine.indexed.frames import Condition, Frame, Function
from remedykit.engine.indexed.tables import ListTable, Table, Unknown
from remedykit.engine.matching import Matches, members
from remedykit.language.types import Truth

# What a course asks of one fact, flat because this is read for every fact of every decision: the
# fact's name, its table (see `tables`), and what an unknown value leaves, definite and possible.
Words = tuple[str, Mapping[Any, int], int, int, int]
Ranges = tuple[str, Sequence[Any], Sequence[int], int, int]


@dataclass(frozen=True, slots=True)
class TestedDefine:
    """A define that conjunctions test; it is computed only where one of them is left.

    Attributes:
        value: gives the define's value.
        table: what each value leaves.
    """

    value: Function
    table: Table


@dataclass(frozen=True, slots=True)
class Course:
    """How a decision goes on once the leading fact is known.

    Attributes:
        left: what the leading fact leaves of the conjunctions.
        words: asks for texts and truth values. Here and below stands only what some conjunction
            tests that is left.
        ranges: asks for what has an order.
        lists: asks for lists of texts, by the name of the fact.
        defines: asks for defines.
    """

    left: Unknown
    words: tuple[Words, ...]
    ranges: tuple[Ranges, ...]
    lists: tuple[tuple[str, ListTable], ...]
    defines: tuple[TestedDefine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The index of one policy for decisions in one currency.

    Attributes:
        lead: the name of the fact whose values leave least, looked up first; empty for none.
        courses: how to go on, by its value.
        other: how to go on at a value that no test names.
        unknown: how to go on while it is unknown.
        residuals: by conjunction, the conditions that no table can answer.
        with_residuals: the conjunctions that have some.
        clauses: all numbers of clauses.
        owners: the clause of each conjunction beyond those.
    """

    lead: str
    courses: Mapping[Any, Course]
    other: Course
    unknown: Course
    residuals: Mapping[int, Sequence[Condition]]
    with_residuals: int
    clauses: int
    owners: Sequence[int]

    def matches(self, frame: Frame) -> Matches:
        """Return the clauses that hold for the values of one decision."""
        value = frame.values.get(self.lead)
        course = self.unknown if value is None else self.courses.get(value, self.other)
        definite, possible = _left_by_facts(course, frame.values)
        for define in course.defines:
            if possible & define.table.tested:
                sure, open_ = _left_by(define, frame)
                definite &= sure
                possible &= open_
        for number in members(possible & self.with_residuals):
            truth = _together(self.residuals[number], frame)
            definite &= ~((truth is not True) << number)
            possible &= ~((truth is False) << number)
        return self._of_clauses(definite, possible)

    def _of_clauses(self, definite: int, possible: int) -> Matches:
        beyond = self.clauses.bit_length()
        for number in members(possible >> beyond):
            owner = self.owners[number]
            possible |= 1 << owner
            definite |= (definite >> number + beyond & 1) << owner
        return Matches(definite & self.clauses, possible & self.clauses)


def _left_by_facts(course: Course, values: Mapping[str, Any]) -> tuple[int, int]:
    """Return what the values of facts leave of the conjunctions: definite, possible."""
    known, definite, possible = -1, course.left.definite, course.left.possible
    for name, by_value, other, sure, open_ in course.words:
        value = values.get(name)
        if value is None:
            definite &= sure
            possible &= open_
        else:
            known &= by_value.get(value, other)
    for name, cuts, by_place, sure, open_ in course.ranges:
        value = values.get(name)
        if value is None:
            definite &= sure
            possible &= open_
        else:  # as in `RangeTable.left`
            known &= by_place[bisect_left(cuts, value) + bisect_right(cuts, value)]
    for name, table in course.lists:
        value = values.get(name)
        if value is None:
            definite &= table.unknown.definite
            possible &= table.unknown.possible
        else:
            known &= table.left(value)
    return definite & known, possible & known


def _left_by(define: TestedDefine, frame: Frame) -> tuple[int, int]:
    value = define.value(frame)
    if value is None:
        return define.table.unknown.definite, define.table.unknown.possible
    left = define.table.left(value)
    return left, left


def _together(conditions: Sequence[Condition], frame: Frame) -> Truth:
    found: Truth = True
    for condition in conditions:
        truth = condition(frame)
        if truth is False:
            return False
        found = found if truth else None
    return found
