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
from typing import Any, NamedTuple

from remedykit.engine.indexed.frames import Condition, Frame, Function
from remedykit.engine.indexed.tables import Table, Unknown
from remedykit.engine.matching import Matches

# What a course asks, flat because it is read in every decision: what to look up, its table (see
# `tables`), and what an unknown value leaves, definite and possible.
Words = tuple[str, Mapping[Any, int], int, int, int]
Ranges = tuple[str, Sequence[Any], Sequence[int], int, int]
Fractions = tuple[str, int, Sequence[int], Sequence[int], int, int]


class Late(NamedTuple):
    """A fact or define that is asked only where a conjunction is left that tests it.

    Attributes:
        value: reads or computes it.
        table: what its values leave.
    """

    value: Function
    table: Table


class Looked(NamedTuple):
    """A define that consists of nothing but tests: its truth is read off its own conjunctions.

    Attributes:
        tested: the conjunctions that test it.
        own: the conjunctions that make it true.
        true: what is left where it holds.
        false: what is left where it does not.
        unknown: what is left where that is unknown.
    """

    tested: int
    own: int
    true: int
    false: int
    unknown: Unknown


@dataclass(frozen=True, slots=True)
class Course:
    """How a decision goes on once the leading facts are known.

    Attributes:
        left: what the leading facts leave of the conjunctions.
        words: asks for texts and truth values. Here and below stands only what some conjunction
            tests that is left.
        ranges: asks for what has an order and a next value.
        fractions: asks for numbers that may be fractions.
        late: asked only where a conjunction is left that tests them.
        tested_late: the conjunctions that test any of these.
        looked: asks for defines that need not, each after those that it reads.
    """

    left: Unknown
    words: tuple[Words, ...]
    ranges: tuple[Ranges, ...]
    fractions: tuple[Fractions, ...]
    late: tuple[Late, ...]
    tested_late: int
    looked: tuple[Looked, ...]


class Branch(NamedTuple):
    """How a decision goes on by the value of a leading fact.

    Attributes:
        lead: the name of the fact.
        by_value: how to go on at each value that tests name, and at ``None`` for unknown.
        other: how to go on at any other value.
    """

    lead: str
    by_value: Mapping[Any, Branch | Course]
    other: Branch | Course


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The index of one policy for decisions in one currency.

    Attributes:
        first: how a decision begins.
        residuals: by conjunction, the condition that no table can answer. A conjunction is its
            bit here and in `owners`.
        with_residuals: the conjunctions that have one.
        clauses: the first conjunctions of all clauses.
        owners: by further conjunction of a clause, the first one.
        with_owners: those conjunctions.
    """

    first: Branch | Course
    residuals: Mapping[int, Condition]
    with_residuals: int
    clauses: int
    owners: Mapping[int, int]
    with_owners: int

    def matches(self, frame: Frame) -> Matches:
        """Return the clauses that hold for the values of one decision."""
        course = self.first
        while isinstance(course, Branch):
            course = course.by_value.get(frame.values.get(course.lead), course.other)
        definite, possible = _left_by_facts(course, frame.values)
        if possible & course.tested_late:
            definite, possible = _left_late(course.late, frame, definite, possible)
        for tested, own, true, false, unknown in course.looked:
            if possible & tested:
                if definite & own:
                    definite &= true
                    possible &= true
                elif possible & own:
                    definite &= unknown.definite
                    possible &= unknown.possible
                else:
                    definite &= false
                    possible &= false
        asked = possible & self.with_residuals
        while asked:
            conjunction = asked & -asked
            asked ^= conjunction
            truth = self.residuals[conjunction](frame)
            if truth is not True:
                definite &= ~conjunction
            if truth is False:
                possible &= ~conjunction
        asked = possible & self.with_owners
        while asked:
            conjunction = asked & -asked
            asked ^= conjunction
            possible |= self.owners[conjunction]
            if definite & conjunction:
                definite |= self.owners[conjunction]
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
    for name, starts, steps, sure, open_ in course.ranges:
        value = value_of(name)
        if value is None:
            definite &= sure
            possible &= open_
        else:  # as in `RangeTable.left`
            known &= steps[bisect_right(starts, value)]
    for name, parts, starts, steps, sure, open_ in course.fractions:
        value = value_of(name)
        if value is None:
            definite &= sure
            possible &= open_
        else:  # as in `FractionTable.left`
            whole, rest = divmod(value.numerator * parts, value.denominator)
            known &= steps[bisect_right(starts, 2 * whole + (rest > 0))]
    return definite & known, possible & known


def _left_late(late: Sequence[Late], frame: Frame, definite: int, possible: int) -> tuple[int, int]:
    """Return what the values of facts and defines leave of what is left so far."""
    for value_of, table in late:
        if possible & table.tested:
            value = value_of(frame)
            if value is None:
                definite &= table.unknown.definite
                possible &= table.unknown.possible
            else:
                left = table.left(value)
                definite &= left
                possible &= left
    return definite, possible
