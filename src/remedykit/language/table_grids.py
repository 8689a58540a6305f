"""Rows of a table as boxes in a grid of candidates: which share some, which cover others wholly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from remedykit.language.scope import Scope
from remedykit.language.syntax import And, DefineRead, Expression, Row, Subject, Tested
from remedykit.language.table_domains import Domain, domain_of
from remedykit.language.table_examples import in_words

_MOST_COLUMNS = 100
_MOST_STEPS = 200_000  # for hidden rows; nobody asked for them, so loading may not become slow


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows as sets of candidates, one for each column.

    Attributes:
        columns: what is tested.
        rows: for which candidates of each column a row matches.
    """

    columns: tuple[Domain, ...]
    rows: tuple[tuple[int, ...], ...]

    @property
    def known(self) -> tuple[int, ...]:
        """All candidates of each column that are values."""
        return tuple(column.known for column in self.columns)

    def overlaps(self) -> Iterator[tuple[int, int]]:
        """Give each row that can match together with one before it, and the first such one."""
        order = self._selective_first()
        rows = [tuple(row[column] for column in order) for row in self.rows]
        for second, row in enumerate(rows):
            for first, other in enumerate(rows[:second]):
                if all(map(int.__and__, row, other)):
                    yield first, second
                    break

    def hidden(self, whole: Sequence[bool]) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Give each row that holds only where rows before it do, and a few of these that suffice.

        A row that holds nowhere is not given, nor one for which it would take too long to tell.

        Args:
            whole: by row, whether nothing was left out of account; others may hold nowhere.
        """
        left, order = _MOST_STEPS, self._selective_first()
        for row, box in enumerate(self.rows):
            meeting = [number for number in range(row) if whole[number]] if all(box) else []
            for column in order:
                here = box[column]
                meeting = [number for number in meeting if self.rows[number][column] & here]
            if meeting:
                search = Search.of(self, box, meeting, left)
                if search.cover(tuple(meeting)):
                    yield row, search.fewest(tuple(meeting))
                left = search.left
                if left < 0:
                    return

    def _selective_first(self) -> list[int]:
        """Return the columns, those first that let few rows match."""
        return sorted(range(len(self.columns)), key=self._share_of_matches)

    def _share_of_matches(self, column: int) -> Fraction:
        """Return for what share of its candidates a column lets rows match."""
        found = sum(row[column].bit_count() for row in self.rows)
        return Fraction(found, self.columns[column].every.bit_count())

    def shared(self, first: int, second: int) -> dict[int, int]:
        """Return the candidates by column for which two rows match, where these are not all."""
        both = enumerate(map(int.__and__, self.rows[first], self.rows[second]))
        return {column: each for column, each in both if each != self.columns[column].every}

    def where(self, found: Mapping[int, int]) -> str:
        """Return an example of candidates in words, such as `` where `order.total` is 3``."""
        told = [in_words(self.columns[column], found[column]) for column in sorted(found)]
        return f" where {' and '.join(told)}" if told else ""

    def entangled(self, scope: Scope) -> bool:
        """Return whether two columns depend on one fact, so that not all combinations exist."""
        reads = [_facts_behind(column.subject, scope) for column in self.columns]
        return len(frozenset[str]().union(*reads)) < sum(map(len, reads))


def _facts_behind(subject: Subject, scope: Scope) -> frozenset[str]:
    if isinstance(subject, DefineRead):
        return scope.defines[subject.name].reads
    return frozenset({subject.name})


def is_of_tests(condition: Expression) -> bool:
    """Return whether a condition consists of tests on single facts and defines alone."""
    return len(_tests_in(condition)) == len(_parts(condition))


def _tests_in(condition: Expression) -> tuple[Tested, ...]:
    return tuple(part for part in _parts(condition) if isinstance(part, Tested))


def _parts(condition: Expression) -> tuple[Expression, ...]:
    return condition.parts if isinstance(condition, And) else (condition,)


def grid_of(rows: tuple[Row, ...], scope: Scope) -> Grid | str:
    """Return rows as sets by the tests that they are made of, or why that cannot be.

    Other parts of their conditions are left out of account: such a row holds at most there.
    """
    tested = [_tests_in(row.when) for row in rows]
    by_name: dict[str, list[Tested]] = {}
    for test in (test for row in tested for test in row):
        by_name.setdefault(test.subject.name, []).append(test)
    if len(by_name) > _MOST_COLUMNS:
        return f"it has more than {_MOST_COLUMNS} columns"
    columns: dict[str, Domain] = {}
    for name, tests in by_name.items():
        domain = domain_of(tests[0].subject, tuple(test.test for test in tests), scope)
        if isinstance(domain, str):
            return domain
        columns[name] = domain
    return Grid(tuple(columns.values()), tuple(_sets(row, columns) for row in tested))


def _sets(row: tuple[Tested, ...], columns: Mapping[str, Domain]) -> tuple[int, ...]:
    sets = {name: domain.every for name, domain in columns.items()}
    for tested in row:
        sets[tested.subject.name] &= columns[tested.subject.name].held(tested.test).true
    return tuple(sets.values())


# --- looking for a gap ---------------------------------------------------------------------------


_Class = tuple[int, tuple[int, ...]]  # values of a column, and the rows that match for them


@dataclass(slots=True)
class Search:
    """A walk through combinations of values, column by column.

    Attributes:
        grid: what is searched.
        within: the candidates of each column that are looked at.
        free: by row, from which column on any of these matches.
        left: how many more steps may be taken; less than 0 if they did not suffice.
        covered: from which column on some of these rows always match.
    """

    grid: Grid
    within: tuple[int, ...]
    free: Mapping[int, int]
    left: int
    covered: set[tuple[int, tuple[int, ...]]] = field(
        default_factory=set[tuple[int, tuple[int, ...]]]
    )

    @classmethod
    def of(
        cls, grid: Grid, within: tuple[int, ...], rows: Iterable[int], most_steps: int
    ) -> Search:
        """Return a walk for some rows of a grid."""
        free = {row: _free_from(grid.rows[row], within) for row in rows}
        return cls(grid, within, free, most_steps)

    def cover(self, rows: tuple[int, ...]) -> bool:
        """Return whether it is proved that everywhere one of the rows matches."""
        return self.gap(0, rows) is None and self.left >= 0

    def fewest(self, rows: tuple[int, ...]) -> tuple[int, ...]:
        """Return those of some rows that `cover` without which the others would not."""
        for row in rows:
            if self.free[row] == 0:
                return (row,)
        for row in reversed(rows):
            fewer = tuple(each for each in rows if each != row)
            rows = fewer if self.cover(fewer) else rows
        return rows

    def gap(self, column: int, rows: tuple[int, ...]) -> dict[int, int] | None:
        """Return values that none of the rows covers, which matched in all columns before.

        ``None`` if there are none, or if no step is left.
        """
        if not rows:
            return {}
        if any(self.free[row] <= column for row in rows) or (column, rows) in self.covered:
            return None
        for values, matching in self._classes(column, rows):
            found = self.gap(column + 1, matching)
            if found is not None:
                return {column: values, **found} if matching != rows else found
            if self.left < 0:
                return None
        self.covered.add((column, rows))
        return None

    def _classes(self, column: int, rows: tuple[int, ...]) -> Iterator[_Class]:
        """Give the values of a column in classes that match the same rows; fewest rows first."""
        classes: list[_Class] = [(self.within[column], ())]
        for row in rows:
            self.left -= len(classes)
            if self.left < 0:
                return
            classes = list(_split(classes, self.grid.rows[row][column], row))
        yield from sorted(classes, key=lambda each: len(each[1]))


def _free_from(row: tuple[int, ...], within: tuple[int, ...]) -> int:
    tested = [
        number
        for number, (found, inside) in enumerate(zip(row, within, strict=True))
        if inside & ~found
    ]
    return tested[-1] + 1 if tested else 0


def _split(classes: list[_Class], matching: int, row: int) -> Iterator[_Class]:
    for values, rows in classes:
        if values & matching:
            yield values & matching, (*rows, row)
        if values & ~matching:
            yield values & ~matching, rows
