"""Proving a table: that no two rows can both match, that each can be the first, that some row does.

Exact for rows that test single facts: each column is cut into the values that its tests tell
apart (see `table_domains`), and the combinations are searched. Nothing is guessed: a table that is
too large, or whose columns depend on each other, is said not to be proved.
"""

from __future__ import annotations

from remedykit.diagnostics import Place
from remedykit.language.names import joined
from remedykit.language.scope import Scope
from remedykit.language.syntax import Cases
from remedykit.language.table_grids import Search, grid_of, is_of_tests

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
    grid = grid_of(cases.rows, scope)
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


def check_reached(cases: Cases, what: str, scope: Scope) -> None:
    """Report rows that never are the first to hold, whatever is known and whatever is not.

    Nothing is said of tables of which it cannot be told.

    Args:
        cases: the rows, of which the first that holds counts.
        what: the define, in the author's words.
        scope: what the rows read; findings are reported there.
    """
    grid = grid_of(cases.rows, scope)
    if isinstance(grid, str) or len(cases.rows) > _MOST_ROWS:
        return
    whole = [is_of_tests(row.when) for row in cases.rows]
    for row, covering in grid.hidden(whole):
        others = joined([f"row {each + 1}" for each in covering], "or")
        first = covering[0]
        scope.findings.warning(
            "never-reached",
            cases.rows[row].place,
            f"row {row + 1} of {what} is never reached: wherever it holds, {others} holds",
            help="the first row that holds counts: write it further up, or delete it",
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
    rows = tuple(row for row in cases.rows if is_of_tests(row.when))
    grid = grid_of(rows, scope)
    needed = cases.otherwise is None and cases.op not in COMPLETE_BY_NATURE
    claim = f"that the rows of {what} are complete"
    if isinstance(grid, str):
        _not_proved(place, claim, grid, scope, needed=needed)
        return
    numbers = tuple(range(len(rows)))
    search = Search.of(grid, grid.known, numbers, _MOST_STEPS)
    gap = search.gap(0, numbers)
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
