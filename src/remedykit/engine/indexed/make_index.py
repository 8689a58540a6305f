"""From the clauses of a policy to its index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from remedykit.engine.indexed.conjunctions import (
    Conjunction,
    Literal,
    conjunctions_of,
)
from remedykit.engine.indexed.frames import Condition
from remedykit.engine.indexed.functions import Functions
from remedykit.engine.indexed.index import Course, Index, Ranges, TestedDefine, Words
from remedykit.engine.indexed.make_tables import NamingTest, for_table, table_of
from remedykit.engine.indexed.tables import ListTable, RangeTable, Table, Unknown, WordTable
from remedykit.engine.matching import clauses
from remedykit.language.syntax import CheckedPolicy, DefineRead, FactRead, Not, Test

# Modelling choice: each value of the leading fact has a course of its own, so a fact of which
# tests name more values than this does not lead.
_MOST_COURSES = 64


def index_of(policy: CheckedPolicy, functions: Functions) -> Index:
    """Return the index of a policy.

    Args:
        policy: the policy.
        functions: of the same policy, for the currency that the index is for.
    """
    found = _Literals(policy, functions)
    facts = {read.name: found.table(read) for read in found.reads if isinstance(read, FactRead)}
    defines = tuple(
        TestedDefine(functions.of(read), found.table(read))
        for read in found.reads
        if isinstance(read, DefineRead)
    )
    lead, first = _leading(facts, found.everything)
    led = {name: table for name, table in facts.items() if name != lead}
    return Index(
        lead=lead,
        courses={
            value: _course(Unknown(left, left), led, defines)
            for value, left in first.by_value.items()
        },
        other=_course(Unknown(first.other, first.other), led, defines),
        unknown=_course(first.unknown, led, defines),
        residuals={number: tuple(each) for number, each in found.residuals.items()},
        with_residuals=sum(1 << number for number in found.residuals),
        clauses=(1 << found.clauses) - 1,
        owners=tuple(found.owners),
    )


class _Literals:
    """The literals of all conjunctions, by what can answer them.

    Attributes:
        clauses: how many clauses there are.
        owners: the clause of each conjunction that is not the first of its clause.
        everything: all conjunctions.
        residuals: by conjunction, the conditions that no table can answer.
    """

    def __init__(self, policy: CheckedPolicy, functions: Functions) -> None:
        conditions = [clause.condition for clause in clauses(policy)]
        self._functions = functions
        self._reads: dict[str, FactRead | DefineRead] = {}
        self._tests: dict[str, dict[int, tuple[NamingTest, ...]]] = {}
        self.clauses = len(conditions)
        self.owners: list[int] = []
        self.everything = 0
        self.residuals: dict[int, list[Condition]] = {}
        for clause, condition in enumerate(conditions):
            for place, conjunction in enumerate(conjunctions_of(condition)):
                self._add(self._beyond(clause) if place else clause, conjunction)

    @property
    def reads(self) -> tuple[FactRead | DefineRead, ...]:
        """One reading of each fact and define that a table is for, sorted by name."""
        return tuple(self._reads[name] for name in sorted(self._reads))

    def table(self, read: FactRead | DefineRead) -> Table:
        """Return the table of a fact or define."""
        operand = self._functions.operand
        return table_of(read.type, self._tests[read.name], self.everything, operand)

    def _beyond(self, clause: int) -> int:
        """Return a new number for one more conjunction of a clause."""
        self.owners.append(clause)
        return self.clauses + len(self.owners) - 1

    def _add(self, number: int, conjunction: Conjunction) -> None:
        self.everything |= 1 << number
        for literal in conjunction:
            if literal.on is None or not self._add_test(number, *literal.on):
                self._add_residual(number, literal)

    def _add_test(self, number: int, subject: FactRead | DefineRead, test: Test) -> bool:
        """Take a test for the table of its subject; return whether the table can answer it."""
        tests = self._tests.setdefault(subject.name, {})
        before = tests.get(number, ())
        found = for_table(subject.type, test, before, self._functions.operand)
        if found is None:
            return False
        self._reads.setdefault(subject.name, subject)
        tests[number] = (*before, found)
        return True

    def _add_residual(self, number: int, literal: Literal) -> None:
        wanted = literal.condition
        if not literal.holds:
            wanted = Not(wanted, wanted.place)
        self.residuals.setdefault(number, []).append(self._functions.of_condition(wanted))


def _leading(facts: Mapping[str, Table], everything: int) -> tuple[str, WordTable]:
    """Return the fact whose values leave least on average, or none under an empty name."""
    able = {
        name: table
        for name, table in facts.items()
        if isinstance(table, WordTable) and 0 < len(table.by_value) <= _MOST_COURSES
    }
    if not able:
        return "", WordTable(0, Unknown(everything, everything), {}, everything)
    name = min(able, key=lambda each: (_mean_left(able[each]), each))
    return name, able[name]


def _mean_left(table: WordTable) -> float:
    return sum(left.bit_count() for left in table.by_value.values()) / len(table.by_value)


def _course(left: Unknown, facts: Mapping[str, Table], defines: Sequence[TestedDefine]) -> Course:
    """Return how to go on with what is left: only tables that can still exclude some of it."""
    words: list[Words] = []
    ranges: list[Ranges] = []
    lists: list[tuple[str, ListTable]] = []
    for name, table in facts.items():
        if not left.possible & table.tested:
            continue
        unknown = table.unknown.definite, table.unknown.possible
        match table:
            case WordTable():
                words.append((name, table.by_value, table.other, *unknown))
            case RangeTable():
                ranges.append((name, table.cuts, table.by_place, *unknown))
            case ListTable():
                lists.append((name, table))
            case _ as unreachable:
                assert_never(unreachable)
    asked = tuple(define for define in defines if left.possible & define.table.tested)
    return Course(left, tuple(words), tuple(ranges), tuple(lists), asked)
