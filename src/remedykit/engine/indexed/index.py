"""The bit index: which clauses hold, found by one table look-up for each fact that matters.

One bit stands for a conjunction; a clause with several (an ``any:``) holds if one of them does.
The first conjunction of a clause has the clause's number, all others have numbers beyond those of
the clauses. A decision intersects what the value of each fact leaves of the conjunctions, in two
sets: those that hold surely, and those that may hold. Only what is left then is looked at one by
one, for conditions that no table can answer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from remedykit.engine.indexed.frames import Condition, Frame, Function
from remedykit.engine.indexed.tables import ListTable, Table, Unknown
from remedykit.engine.matching import Matches, members
from remedykit.language.types import Truth, Value

# What a course asks of one fact, flat because this is read for every fact of every decision: the
# fact's name, its table (see `tables`), and what an unknown value leaves, definite and possible.
Words = tuple[str, Mapping[Any, int], int, int, int]
Ranges = tuple[str, Sequence[Any], Sequence[int], Sequence[int], int, int]


@dataclass(frozen=True, slots=True)
class TestedDefine:
    """A define that conjunctions test; it is looked at only where one of them is left.

    Attributes:
        table: what each value leaves.
        conjunctions: those that make it true, where it consists of nothing but tests; else none.
        value: gives its value, where it consists of more.
    """

    table: Table
    conjunctions: int
    value: Function | None

    def value_in(self, frame: Frame, definite: int, possible: int) -> Value | None:
        """Return its value where these conjunctions are left."""
        if self.value is not None:
            return self.value(frame)
        if definite & self.conjunctions:
            return True
        return None if possible & self.conjunctions else False


@dataclass(frozen=True, slots=True)
class Course:
    """How a decision goes on once the leading fact is known.

    Attributes:
        left: what the leading fact leaves of the conjunctions.
        words: asks for texts and truth values. Here and below stands only what some conjunction
            tests that is left.
        ranges: asks for what has an order.
        lists: asks for lists of texts, by the name of the fact.
        defines: asks for defines, each after those that it reads.
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
        courses: how to go on, by each value that tests name, and by ``None`` for unknown.
        other: how to go on at any other value.
        residuals: by conjunction, the conditions that no table can answer.
        with_residuals: the conjunctions that have some.
        clauses: all numbers of clauses.
        owners: the clause of each conjunction of clauses beyond those.
        with_owners: these conjunctions.
    """

    lead: str
    courses: Mapping[Any, Course]
    other: Course
    residuals: Mapping[int, Sequence[Condition]]
    with_residuals: int
    clauses: int
    owners: Mapping[int, int]
    with_owners: int

    def matches(self, frame: Frame) -> Matches:
        """Return the clauses that hold for the values of one decision."""
        course = self.courses.get(frame.values.get(self.lead), self.other)
        definite, possible = _left_by_facts(course, frame.values)
        for define in course.defines:
            if possible & define.table.tested:
                value = define.value_in(frame, definite, possible)
                unknown = define.table.unknown
                definite &= unknown.definite if value is None else define.table.left(value)
                possible &= unknown.possible if value is None else define.table.left(value)
        for number in members(possible & self.with_residuals):
            truth = _together(self.residuals[number], frame)
            if truth is not True:
                definite &= ~(1 << number)
            if truth is False:
                possible &= ~(1 << number)
        for number in members(possible & self.with_owners):
            owner = self.owners[number]
            possible |= 1 << owner
            definite |= (definite >> number & 1) << owner
        return Matches(definite & self.clauses, possible & self.clauses)


def _left_by_facts(course: Course, values: Mapping[str, Any]) -> tuple[int, int]:
    """Return what the values of facts leave of the conjunctions: definite, possible."""
    known, definite, possible = -1, course.left.definite, course.left.possible
    value_of = values.get
    for name, by_value, other, sure, open_ in course.words:
        value = value_of(name)
        if value is None:
            definite &= sure
            possible &= open_
        else:
            known &= by_value.get(value, other)
    for name, cuts, at, above, sure, open_ in course.ranges:
        value = value_of(name)
        if value is None:
            definite &= sure
            possible &= open_
        else:  # as in `RangeTable.left`
            place = bisect_right(cuts, value)
            known &= at[place - 1] if place and cuts[place - 1] == value else above[place]
    for name, table in course.lists:
        value = value_of(name)
        if value is None:
            definite &= table.unknown.definite
            possible &= table.unknown.possible
        else:
            known &= table.left(value)
    return definite & known, possible & known


def _together(conditions: Sequence[Condition], frame: Frame) -> Truth:
    found: Truth = True
    for condition in conditions:
        truth = condition(frame)
        if truth is False:
            return False
        found = found if truth else None
    return found
