"""How decisions go through the tables: which facts lead, and what is asked after them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import NamedTuple, TypeVar, assert_never

from remedykit.engine.indexed.frames import Function
from remedykit.engine.indexed.index import (
    Branch,
    Course,
    Fractions,
    Late,
    Looked,
    Ranges,
    Words,
)
from remedykit.engine.indexed.tables import (
    FractionTable,
    ListTable,
    RangeTable,
    Table,
    Unknown,
    WordTable,
)

# Modelling choice: each value of a leading fact has a branch of its own, so a fact of which tests
# name more values than this does not lead.
_MOST_VALUES = 64

Question = TypeVar("Question")


class Subject(NamedTuple):
    """A fact or a define that conjunctions test: its name, what reads it, and its table."""

    name: str
    value: Function
    table: Table


class Courses:
    """Makes the courses of the decisions of a policy.

    Args:
        facts: all facts that are tested.
        computed: all defines that are tested and must be computed.
        looked: all that need not, each after those that it reads.
        of_clauses: the conjunctions of clauses; others are of defines.
    """

    def __init__(
        self,
        facts: Iterable[Subject],
        computed: Iterable[Subject],
        looked: Sequence[Looked],
        of_clauses: int,
    ) -> None:
        self._leads: dict[str, WordTable] = {}
        # Every question that may be asked, with the conjunctions that wait for its answer.
        self._words: dict[str, tuple[int, Words]] = {}
        self._ranges: list[tuple[int, Ranges]] = []
        self._fractions: list[tuple[int, Fractions]] = []
        self._late: list[tuple[int, Late]] = []
        for fact in facts:
            self._add_fact(fact)
        for define in computed:
            self._late.append((define.table.tested, Late(define.value, define.table)))
        self._looked = looked
        self._of_clauses = of_clauses

    def after(
        self, left: Unknown, leads: int, led: frozenset[str] = frozenset()
    ) -> Branch | Course:
        """Return how decisions go on with what is left of the conjunctions.

        Args:
            left: what is left.
            leads: how many facts may lead from here on, one after the other.
            led: the facts that are known already.
        """
        wanted, looked = self._wanted(left.possible)
        able: Mapping[str, WordTable] = self._able(wanted, led) if leads else {}
        if not able:
            return self._course(left, led, wanted, looked)
        lead = min(able, key=lambda name: _mean_left(able[name], left))
        table = able[lead]

        def after(of_value: Unknown) -> Branch | Course:
            definite, possible = of_value.definite, of_value.possible
            still = Unknown(left.definite & definite, left.possible & possible)
            return self.after(still, leads - 1, led | {lead})

        by_value = {value: after(Unknown(each, each)) for value, each in table.by_value.items()}
        other = after(Unknown(table.other, table.other))
        return Branch(lead, {**by_value, None: after(table.unknown)}, other)

    def _add_fact(self, fact: Subject) -> None:
        name, value, table = fact
        unknown = table.unknown.definite, table.unknown.possible
        match table:
            case WordTable():
                words = (name, table.by_value, table.other, *unknown)
                self._words[name] = (table.tested, words)
                if 0 < len(table.by_value) <= _MOST_VALUES:
                    self._leads[name] = table
            case RangeTable():
                self._ranges.append((table.tested, (name, table.starts, table.steps, *unknown)))
            case FractionTable():
                fractions = (name, table.parts, table.starts, table.steps, *unknown)
                self._fractions.append((table.tested, fractions))
            case ListTable():
                self._late.append((table.tested, Late(value, table)))
            case _ as unreachable:
                assert_never(unreachable)

    def _able(self, wanted: int, led: frozenset[str]) -> Mapping[str, WordTable]:
        """Return the facts that may lead next, sorted by name."""
        return {
            name: table
            for name, table in sorted(self._leads.items())
            if name not in led and wanted & table.tested
        }

    def _wanted(self, possible: int) -> tuple[int, tuple[Looked, ...]]:
        """Return the conjunctions that still matter to a clause, and the defines that do."""
        wanted = possible & self._of_clauses
        looked: list[Looked] = []
        for define in reversed(self._looked):
            if wanted & define.tested:
                looked.append(define)
                wanted |= possible & define.own
        return wanted, tuple(reversed(looked))

    def _course(
        self, left: Unknown, led: frozenset[str], wanted: int, looked: tuple[Looked, ...]
    ) -> Course:
        """Return how to go on with what is left: only with what can still exclude some of it."""
        words = [question for name, question in self._words.items() if name not in led]
        late = _asked(self._late, wanted)
        return Course(
            Unknown(left.definite & wanted, left.possible & wanted),
            _asked(words, wanted),
            _asked(self._ranges, wanted),
            _asked(self._fractions, wanted),
            late,
            reduce(int.__or__, (each.table.tested for each in late), 0),
            looked,
        )


def _mean_left(table: WordTable, left: Unknown) -> float:
    """Return how many conjunctions a value that tests name leaves, on average."""
    by_value = table.by_value.values()
    return sum((each & left.possible).bit_count() for each in by_value) / len(by_value)


def _asked(questions: Iterable[tuple[int, Question]], wanted: int) -> tuple[Question, ...]:
    """Return the questions for whose answers some conjunction waits that is wanted."""
    return tuple(question for tested, question in questions if wanted & tested)
