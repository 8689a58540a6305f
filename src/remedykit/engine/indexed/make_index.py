"""From the clauses of a policy to its index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple, assert_never

from remedykit.engine.indexed.conjunctions import Conjunction, Literal, conjunctions_of
from remedykit.engine.indexed.frames import Condition
from remedykit.engine.indexed.functions import Functions
from remedykit.engine.indexed.index import Computed, Course, Index, Looked, Ranges, Words
from remedykit.engine.indexed.make_tables import NamingTest, for_table, set_of, table_of
from remedykit.engine.indexed.tables import ListTable, RangeTable, Table, Unknown, WordTable
from remedykit.engine.matching import clauses
from remedykit.language.syntax import (
    And,
    Cases,
    CheckedPolicy,
    Define,
    DefineRead,
    Expression,
    FactRead,
    Not,
)
from remedykit.language.types import Base

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
    facts = found.tables_of_facts()
    lead = _leading(facts, found.everything)
    course = partial(
        _course,
        facts={name: table for name, table in facts.items() if table is not lead.table},
        computed=found.computed_defines(),
        looked=found.looked_defines(),
        of_clauses=found.of_clauses,
    )
    known = {value: course(Unknown(left, left)) for value, left in lead.table.by_value.items()}
    return Index(
        lead=lead.fact,
        courses={**known, None: course(lead.table.unknown)},
        other=course(Unknown(lead.table.other, lead.table.other)),
        residuals={1 << n: found.together(each) for n, each in found.residuals.items()},
        with_residuals=set_of(found.residuals),
        clauses=set_of(range(found.clauses)),
        owners={1 << number: 1 << clause for number, clause in found.owners.items()},
        with_owners=set_of(found.owners),
    )


class _Literals:
    """The literals of all conjunctions, by what can answer them.

    Attributes:
        clauses: how many clauses there are.
        owners: the clause of each conjunction that is not the first of its clause.
        of_clauses: the conjunctions of clauses; all others are of defines.
        everything: all conjunctions.
        residuals: by conjunction, the conditions that no table can answer.
    """

    def __init__(self, policy: CheckedPolicy, functions: Functions) -> None:
        conditions = [clause.condition for clause in clauses(policy)]
        self._functions = functions
        self._reads: dict[str, FactRead | DefineRead] = {}
        self._tests: dict[str, dict[int, tuple[NamingTest, ...]]] = {}
        self._defines: dict[str, int] = {}
        self.clauses = len(conditions)
        self.owners: dict[int, int] = {}
        self.everything = 0
        self.residuals: dict[int, list[Expression]] = {}
        for clause, condition in enumerate(conditions):
            for place, conjunction in enumerate(conjunctions_of(condition)):
                self._add(self._beyond(clause) if place else clause, conjunction)
        self.of_clauses = self.everything
        for define in policy.defines:
            self._add_define(define)

    def tables_of_facts(self) -> dict[str, Table]:
        """Return the tables of facts by name."""
        reads = (self._reads[name] for name in sorted(self._reads))
        return {read.name: self._table(read) for read in reads if isinstance(read, FactRead)}

    def computed_defines(self) -> tuple[Computed, ...]:
        """Return the defines that are tested and must be computed, sorted by name."""
        return tuple(
            Computed(self._functions.of(read), self._table(read))
            for _, read in sorted(self._reads.items())
            if isinstance(read, DefineRead) and read.name not in self._defines
        )

    def looked_defines(self) -> tuple[Looked, ...]:
        """Return the defines that are tested and need not be computed, in the policy's order."""
        tested = ((name, self._reads.get(name)) for name in self._defines)
        return tuple(
            _looked(self._defines[name], self._table(read))
            for name, read in tested
            if read is not None
        )

    def together(self, conditions: Sequence[Expression]) -> Condition:
        """Return the function that tells whether several conditions all hold."""
        return self._functions.of_condition(And(tuple(conditions), conditions[0].place))

    def _table(self, read: FactRead | DefineRead) -> Table:
        operand = self._functions.operand
        return table_of(read.type, self._tests[read.name], self.everything, operand)

    def _beyond(self, clause: int) -> int:
        """Return a new number for one more conjunction of a clause."""
        number = self.clauses + len(self.owners)
        self.owners[number] = clause
        return number

    def _add(self, number: int, conjunction: Conjunction) -> None:
        self.everything |= 1 << number
        for literal in conjunction:
            test = self._for_table(number, literal)
            if literal.on is None or test is None:
                self._add_residual(number, literal)
            else:
                self._add_test(number, literal.on[0], test)

    def _for_table(self, number: int, literal: Literal) -> NamingTest | None:
        """Return what a table can answer of a literal, beside others of the same conjunction."""
        if literal.on is None:
            return None
        subject, test = literal.on
        before = self._tests.get(subject.name, {}).get(number, ())
        return for_table(subject.type, test, before, self._functions.operand)

    def _add_test(self, number: int, subject: FactRead | DefineRead, test: NamingTest) -> None:
        self._reads.setdefault(subject.name, subject)
        tests = self._tests.setdefault(subject.name, {})
        tests[number] = (*tests.get(number, ()), test)

    def _add_define(self, define: Define) -> None:
        """Give a define bits of its own, if it is a condition that tables can answer alone."""
        if define.type.base is not Base.BOOL or isinstance(define.body, Cases):
            return
        conjunctions = conjunctions_of(define.body)
        if not all(map(self._is_for_tables, conjunctions)):
            return
        start = max(self.clauses, self.everything.bit_length())
        numbers = range(start, start + len(conjunctions))
        for number, conjunction in zip(numbers, conjunctions, strict=True):
            self._add(number, conjunction)
        self._defines[define.name] = set_of(numbers)

    def _is_for_tables(self, conjunction: Conjunction) -> bool:
        """Return whether tables can answer all literals of a conjunction beside each other."""
        tests: dict[str, tuple[NamingTest, ...]] = {}
        for literal in conjunction:
            if literal.on is None:
                return False
            subject, test = literal.on
            before = tests.get(subject.name, ())
            found = for_table(subject.type, test, before, self._functions.operand)
            if found is None:
                return False
            tests[subject.name] = (*before, found)
        return True

    def _add_residual(self, number: int, literal: Literal) -> None:
        wanted = literal.condition
        if not literal.holds:
            wanted = Not(wanted, wanted.place)
        self.residuals.setdefault(number, []).append(wanted)


class _Lead(NamedTuple):
    fact: str
    table: WordTable


def _leading(facts: Mapping[str, Table], everything: int) -> _Lead:
    """Return the fact whose values leave least on average, or one without a name or a test."""
    able = [
        _Lead(name, table)
        for name, table in facts.items()
        if isinstance(table, WordTable) and 0 < len(table.by_value) <= _MOST_COURSES
    ]
    no_fact = _Lead("", WordTable(0, Unknown(everything, everything), {}, everything))
    return min(able, key=lambda lead: (_mean_left(lead.table), lead.fact), default=no_fact)


def _mean_left(table: WordTable) -> float:
    return sum(left.bit_count() for left in table.by_value.values()) / len(table.by_value)


def _looked(own: int, table: Table) -> Looked:
    return Looked(table.tested, own, table.left(True), table.left(False), table.unknown)


def _course(
    left: Unknown,
    *,
    facts: Mapping[str, Table],
    computed: Sequence[Computed],
    looked: Sequence[Looked],
    of_clauses: int,
) -> Course:
    """Return how to go on with what is left: only with what can still exclude some of it.

    Args:
        left: what is left of the conjunctions.
        facts: all tables of facts by name.
        computed: all defines that are tested and must be computed.
        looked: all that need not, each after those that it reads.
        of_clauses: the conjunctions of clauses; others are of defines.
    """
    wanted = left.possible & of_clauses
    asked: list[Looked] = []
    for define in reversed(looked):
        if wanted & define.tested:
            asked.append(define)
            wanted |= left.possible & define.own
    words: list[Words] = []
    ranges: list[Ranges] = []
    lists: list[tuple[str, ListTable]] = []
    for name, table in facts.items():
        if not wanted & table.tested:
            continue
        unknown = table.unknown.definite, table.unknown.possible
        match table:
            case WordTable():
                words.append((name, table.by_value, table.other, *unknown))
            case RangeTable():
                ranges.append((name, table.cuts, table.at, table.above, *unknown))
            case ListTable():
                lists.append((name, table))
            case _ as unreachable:
                assert_never(unreachable)
    return Course(
        Unknown(left.definite & wanted, left.possible & wanted),
        tuple(words),
        tuple(ranges),
        tuple(lists),
        computed=tuple(define for define in computed if wanted & define.table.tested),
        looked=tuple(reversed(asked)),
    )
