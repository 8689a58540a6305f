"""From the clauses of a policy to its index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from remedykit.engine.indexed.conjunctions import Conjunction, Literal, conjunctions_of
from remedykit.engine.indexed.frames import Condition
from remedykit.engine.indexed.functions import Functions
from remedykit.engine.indexed.index import Index, Looked
from remedykit.engine.indexed.make_courses import Courses, Subject
from remedykit.engine.indexed.make_tables import NamingTest, for_table, table_of
from remedykit.engine.indexed.tables import Table, Unknown
from remedykit.engine.matching import clauses, set_of
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

_LEADS = 2  # modelling choice: facts that are looked up first, and say what else must be


def index_of(policy: CheckedPolicy, functions: Functions) -> Index:
    """Return the index of a policy.

    Args:
        policy: the policy.
        functions: of the same policy, for the currency that the index is for.
    """
    found = _Literals(policy, functions)
    courses = Courses(
        found.facts(), found.computed_defines(), found.looked_defines(), found.of_clauses
    )
    return Index(
        first=courses.after(Unknown(found.everything, found.everything), _LEADS),
        residuals={1 << n: found.together(each) for n, each in found.residuals.items()},
        with_residuals=set_of(found.residuals),
        clauses=set_of(range(found.clauses)),
        owners={1 << number: 1 << clause for number, clause in found.owners.items()},
        with_owners=set_of(found.owners),
    )


class _Apart(NamedTuple):
    """A conjunction taken apart.

    Attributes:
        tests: what tables can answer.
        residuals: the conditions that no table can answer.
    """

    tests: list[tuple[FactRead | DefineRead, NamingTest]]
    residuals: list[Expression]


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
        self._tests: dict[str, dict[int, list[NamingTest]]] = {}
        self._defines: dict[str, int] = {}
        self.clauses = len(conditions)
        self.owners: dict[int, int] = {}
        self.everything = 0
        self.residuals: dict[int, Sequence[Expression]] = {}
        for clause, condition in enumerate(conditions):
            for place, conjunction in enumerate(conjunctions_of(condition)):
                number = self._beyond(clause) if place else clause
                self._add(number, self._taken_apart(conjunction))
        self.of_clauses = self.everything
        for define in policy.defines:
            self._add_define(define)

    def facts(self) -> tuple[Subject, ...]:
        """Return the facts that are tested, sorted by name."""
        return tuple(self._subject(read) for read in self._sorted() if isinstance(read, FactRead))

    def computed_defines(self) -> tuple[Subject, ...]:
        """Return the defines that are tested and must be computed, sorted by name."""
        return tuple(
            self._subject(read)
            for read in self._sorted()
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

    def _sorted(self) -> list[FactRead | DefineRead]:
        return [read for _, read in sorted(self._reads.items())]

    def _subject(self, read: FactRead | DefineRead) -> Subject:
        return Subject(read.name, self._functions.of(read), self._table(read))

    def _table(self, read: FactRead | DefineRead) -> Table:
        operand = self._functions.operand
        return table_of(read, self._tests[read.name], self.everything, operand)

    def _beyond(self, clause: int) -> int:
        """Return a new number for one more conjunction of a clause."""
        number = self.clauses + len(self.owners)
        self.owners[number] = clause
        return number

    def _taken_apart(self, conjunction: Conjunction) -> _Apart:
        apart = _Apart([], [])
        for literal in conjunction:
            if literal.on is None:
                apart.residuals.append(_condition(literal))
                continue
            subject, test = literal.on
            found = for_table(subject, test, apart.tests, self._functions.operand)
            if found is None:
                apart.residuals.append(_condition(literal))
            else:
                apart.tests.append((subject, found))
        return apart

    def _add(self, number: int, apart: _Apart) -> None:
        self.everything |= 1 << number
        for subject, test in apart.tests:
            self._reads.setdefault(subject.name, subject)
            self._tests.setdefault(subject.name, {}).setdefault(number, []).append(test)
        if apart.residuals:
            self.residuals[number] = apart.residuals

    def _add_define(self, define: Define) -> None:
        """Give a define bits of its own, if it is a condition that tables can answer alone."""
        if define.type.base is not Base.BOOL or isinstance(define.body, Cases):
            return
        conjunctions = [self._taken_apart(each) for each in conjunctions_of(define.body)]
        if any(apart.residuals for apart in conjunctions):
            return
        start = max(self.clauses, self.everything.bit_length())
        numbers = range(start, start + len(conjunctions))
        for number, apart in zip(numbers, conjunctions, strict=True):
            self._add(number, apart)
        self._defines[define.name] = set_of(numbers)


def _condition(literal: Literal) -> Expression:
    wanted = literal.condition
    return wanted if literal.holds else Not(wanted, wanted.place)


def _looked(own: int, table: Table) -> Looked:
    return Looked(table.tested, own, table.left(True), table.left(False), table.unknown)
