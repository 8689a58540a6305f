"""Proving a table: that no two rows can both match, and that some row always does.

Exact for rows that test single facts: each column is cut into the values that its tests tell
apart (see `table_domains`), and the combinations are searched. Nothing is guessed: a table that is
too large, or whose columns depend on each other, is said not to be proved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from remedykit.diagnostics import Place
from remedykit.language.scope import Scope
from remedykit.language.syntax import And, Cases, DefineRead, Expression, Row, Subject, Tested
from remedykit.language.table_domains import Domain, domain_of
from remedykit.language.table_examples import in_words

_MOST_COLUMNS = 100
_MOST_ROWS = 1_500  # of which each is compared with each other one
_MOST_STEPS = 1_000_000  # of the search for a gap: some 700 rows that differ in each column
COMPLETE_BY_NATURE = frozenset({"sum", "count"})  # they are 0 where no row matches


def check_unique(cases: Cases, what: str, scope: Scope) -> None:
    """Report rows of which two can match, with an example.

    Args:
        cases: the rows of a table.
        what: the define, in the author's words.
        scope: what the rows read; findings are reported there.
    """
    place = cases.rows[0].place
    claim = f"that no two rows of {what} both match"
    if len(cases.rows) > _MOST_ROWS:
        _not_proved(place, claim, f"it has more than {_MOST_ROWS} rows", scope)
        return
    grid = _grid(cases.rows, scope)
    if isinstance(grid, str):
        _not_proved(place, claim, grid, scope)
        return
    for first, second in grid.overlaps():
        where = grid.where(grid.shared(first, second))
        rows = f"rows {first + 1} and {second + 1} of {what}"
        place = cases.rows[second].place
        if grid.entangled(scope):
            claim = f"that {rows} never both match"
            _not_proved(place, claim, f"they would{where or ' always'}", scope)
            continue
        scope.findings.error(
            "table-overlap",
            place,
            f"{rows} both match{where or ', whatever the facts are'}",
            help="make them exclude each other, or use `first`: the first row that matches counts",
            also=(cases.rows[first].place, f"this is row {first + 1}"),
        )


def check_complete(cases: Cases, what: str, place: Place, scope: Scope) -> None:
    """Report facts that are known and that no row covers, with an example.

    Args:
        cases: the rows; those that do not just test single facts are left out of account.
        what: the define, in the author's words.
        place: where `complete` is written.
        scope: what the rows read; findings are reported there.
    """
    rows = tuple(row for row in cases.rows if _tests(row.when) is not None)
    grid = _grid(rows, scope)
    needed = cases.otherwise is None and cases.op not in COMPLETE_BY_NATURE
    claim = f"that the rows of {what} are complete"
    if isinstance(grid, str):
        _not_proved(place, claim, grid, scope, needed=needed)
        return
    search = _Search.of(grid)
    gap = search.gap(0, tuple(range(len(rows))))
    if search.left < 0:
        why = "there are too many combinations to look at"
        _not_proved(place, claim, why, scope, needed=needed)
    elif gap is None:
        return
    elif len(rows) < len(cases.rows):
        why = f"look at `where`, `any` and `unless` of the rows{grid.where(gap)}"
        _not_proved(place, claim, why, scope, needed=needed)
    elif grid.entangled(scope):
        why = f"no row matches{grid.where(gap)}, if that can be"
        _not_proved(place, claim, why, scope, needed=needed)
    else:
        scope.findings.error(
            "table-gap",
            place,
            f"no row of {what} matches{grid.where(gap) or ' at all'}",
            help="write a row for it; or leave `complete` out and write `else:`",
        )


def _not_proved(place: Place, claim: str, why: str, scope: Scope, *, needed: bool = False) -> None:
    """Report what is not known; an error where the define has no value without it."""
    message = f"it is not proved {claim}: {why}"
    if needed:
        scope.findings.error(
            "table-unproved", place, message, help="write `else:`, too, for what no row covers"
        )
    else:
        scope.findings.warning(
            "table-unproved",
            place,
            message,
            help="use smaller tables whose columns are facts, or check it by scenarios",
        )


# --- the columns and rows ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Grid:
    """Rows as sets of candidates, one for each column.

    Attributes:
        columns: what is tested.
        rows: for which candidates of each column a row matches.
    """

    columns: tuple[Domain, ...]
    rows: tuple[tuple[int, ...], ...]

    def overlaps(self) -> Iterator[tuple[int, int]]:
        """Give each row that can match together with one before it, and the first such one."""
        order = sorted(range(len(self.columns)), key=self._share_of_matches)
        rows = [tuple(row[column] for column in order) for row in self.rows]
        for second, row in enumerate(rows):
            for first, other in enumerate(rows[:second]):
                if all(map(int.__and__, row, other)):
                    yield first, second
                    break

    def _share_of_matches(self, column: int) -> Fraction:
        """Return for what share of its candidates a column lets rows match: few are told first."""
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


def _tests(condition: Expression) -> tuple[Tested, ...] | None:
    """Return the tests that a condition consists of; ``None`` if it has other parts."""
    match condition:
        case Tested():
            return (condition,)
        case And(parts=parts):
            found = tuple(part for part in parts if isinstance(part, Tested))
            return found if len(found) == len(parts) else None
        case _:
            return None


def _grid(rows: tuple[Row, ...], scope: Scope) -> _Grid | str:
    """Return rows of tests as sets, or why that cannot be."""
    tested = [_tests(row.when) or () for row in rows]
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
    return _Grid(tuple(columns.values()), tuple(_sets(row, columns) for row in tested))


def _sets(row: tuple[Tested, ...], columns: Mapping[str, Domain]) -> tuple[int, ...]:
    sets = {name: domain.every for name, domain in columns.items()}
    for tested in row:
        sets[tested.subject.name] &= columns[tested.subject.name].held(tested.test).true
    return tuple(sets.values())


# --- looking for a gap ---------------------------------------------------------------------------


_Class = tuple[int, tuple[int, ...]]  # values of a column, and the rows that match for them


@dataclass(slots=True)
class _Search:
    """A walk through the combinations of known values, column by column.

    Attributes:
        grid: what is searched.
        free: by row, from which column on any value matches.
        left: how many more steps may be taken; less than 0 if they did not suffice.
        covered: from which column on some of these rows always match.
    """

    grid: _Grid
    free: tuple[int, ...]
    left: int = _MOST_STEPS
    covered: set[tuple[int, tuple[int, ...]]] = field(
        default_factory=set[tuple[int, tuple[int, ...]]]
    )

    @classmethod
    def of(cls, grid: _Grid) -> _Search:
        return cls(grid, tuple(_free_from(row, grid.columns) for row in grid.rows))

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
        classes: list[_Class] = [(self.grid.columns[column].known, ())]
        for row in rows:
            self.left -= len(classes)
            if self.left < 0:
                return
            classes = list(_split(classes, self.grid.rows[row][column], row))
        yield from sorted(classes, key=lambda each: len(each[1]))


def _free_from(row: tuple[int, ...], columns: tuple[Domain, ...]) -> int:
    tested = [
        number
        for number, (found, column) in enumerate(zip(row, columns, strict=True))
        if column.known & ~found
    ]
    return tested[-1] + 1 if tested else 0


def _split(classes: list[_Class], matching: int, row: int) -> Iterator[_Class]:
    for values, rows in classes:
        if values & matching:
            yield values & matching, (*rows, row)
        if values & ~matching:
            yield values & ~matching, rows
