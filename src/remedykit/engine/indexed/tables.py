"""What each value of one subject leaves of the conjunctions: the tables of the index.

A set of conjunctions is a whole number: bit `n` stands for conjunction `n`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from remedykit.engine.indexed.exact import number
from remedykit.language.types import Value


@dataclass(frozen=True, slots=True)
class Unknown:
    """What is left of the conjunctions where something is unknown.

    Attributes:
        definite: those that hold whatever it is.
        possible: those that do not fail whatever it is.
    """

    definite: int
    possible: int


@dataclass(frozen=True, slots=True)
class WordTable:
    """For texts and truth values, compared for equality only.

    Attributes:
        tested: the conjunctions that test the subject.
        unknown: what is left while the subject is unknown.
        by_value: what is left at each value that some test names.
        other: what is left at any other.
    """

    tested: int
    unknown: Unknown
    by_value: Mapping[Any, int]
    other: int

    def left(self, value: Value) -> int:
        """Return the conjunctions that a value leaves."""
        return self.by_value.get(value, self.other)


@dataclass(frozen=True, slots=True)
class RangeTable:
    """For what has an order and a next value: whole numbers, whole minor units, dates, times.

    Attributes:
        tested: the conjunctions that test the subject.
        unknown: what is left while the subject is unknown.
        starts: the values from which on something else is left, ascending.
        steps: what is left below the first start, from it to the second, and so on.
    """

    tested: int
    unknown: Unknown
    starts: Sequence[Any]
    steps: Sequence[int]

    def left(self, value: Value) -> int:
        """Return the conjunctions that a value leaves."""
        return self.steps[bisect_right(self.starts, value)]


@dataclass(frozen=True, slots=True)
class FractionTable:
    """For numbers that may be fractions, told apart as whole numbers, which compare much faster.

    A number is a place on a line that is divided into equal parts: ``2 * n`` where the parts `n`
    and `n + 1` meet, ``2 * n + 1`` between there and the next such point.

    Attributes:
        tested: the conjunctions that test the subject.
        unknown: what is left while the subject is unknown.
        parts: of one, so many that every number that some test names lies where two meet.
        starts: the places from which on something else is left, ascending.
        steps: what is left below the first start, from it to the second, and so on.
    """

    tested: int
    unknown: Unknown
    parts: int
    starts: Sequence[int]
    steps: Sequence[int]

    def left(self, value: Value) -> int:
        """Return the conjunctions that a number leaves."""
        exactly = number(value)
        whole, rest = divmod(exactly.numerator * self.parts, exactly.denominator)
        return self.steps[bisect_right(self.starts, 2 * whole + (rest > 0))]


@dataclass(frozen=True, slots=True)
class ListTable:
    """For lists of texts.

    Attributes:
        tested: the conjunctions that test the subject.
        unknown: what is left while the subject is unknown.
        other: what is left at a list without any word that some test names.
        wanted: by word, what is left beside those because the word is in the list.
        tolerated: by word, all that may be left while the word is in the list.
    """

    tested: int
    unknown: Unknown
    other: int
    wanted: Mapping[str, int]
    tolerated: Mapping[str, int]

    def left(self, value: Value) -> int:
        """Return the conjunctions that a list leaves."""
        words = value if isinstance(value, tuple) else ()
        left = self.other
        for word in words:
            left |= self.wanted.get(word, 0)
        for word in words:
            left &= self.tolerated.get(word, -1)
        return left


Table = WordTable | RangeTable | FractionTable | ListTable
