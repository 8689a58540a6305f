"""Tables: lists, the first of which names the columns; the others say what maps would say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeGuard

from remedykit.language.fields import twice
from remedykit.language.scope import Scope
from remedykit.language.source import Entry, Mapping, Node, Scalar, Sequence
from remedykit.language.table_cells import opened
from remedykit.language.types import BOOL

CSV = ".csv"  # how the names of files end that spreadsheets write
ANY = "-"  # a cell that says nothing
_VALUE = "value"
_SPREADSHEET_WORDS = {"TRUE": "true", "FALSE": "false"}


class Table(NamedTuple):
    """A table whose rows are as long as its header, which names each column once."""

    header: tuple[Scalar, ...]
    rows: tuple[Sequence, ...]

    def cells(self, row: Sequence) -> Iterator[tuple[str, Node]]:
        """Give the cells of a row that say something, with the names of their columns."""
        for column, cell in zip(self.header, row.items, strict=True):
            if not _is_any(cell):
                yield column.text, cell


def is_table(node: Node) -> TypeGuard[Sequence]:
    """Return whether rows are written as lists, below a header."""
    return isinstance(node, Sequence) and bool(node.items) and isinstance(node.items[0], Sequence)


def read_table(node: Sequence, scope: Scope) -> Table | None:
    """Return a table that `is_table`, or report what is wrong with its shape."""
    header = _header(node.items[0], scope)
    if len(node.items) == 1:
        scope.findings.error(
            "empty-list",
            node.items[0].place,
            "this table has a header and no rows",
            help="write at least one row below it",
        )
        return None
    rows = [_row(item, len(header), scope) for item in node.items[1:]] if header else []
    kept = tuple(row for row in rows if row is not None)
    return Table(header, kept) if header and len(kept) == len(rows) else None


def _header(node: Node, scope: Scope) -> tuple[Scalar, ...]:
    """Return the names of the columns; nothing after a fault."""
    cells = node.items if isinstance(node, Sequence) else ()
    names = [cell for cell in cells if isinstance(cell, Scalar) and cell.text]
    for cell in cells:
        if not (isinstance(cell, Scalar) and cell.text):
            scope.findings.error(
                "wrong-shape",
                cell.place,
                "this column has no name",
                help="name a fact or a define here, or delete the column",
            )
    seen: dict[str, Scalar] = {}
    for name in names:
        if seen.setdefault(name.text, name) is not name:
            twice(name.text, name, seen[name.text], scope.findings)
    return tuple(names) if len(seen) == len(cells) else ()


def _row(node: Node, columns: int, scope: Scope) -> Sequence | None:
    if not isinstance(node, Sequence):
        scope.findings.error(
            "wrong-shape",
            node.place,
            "a row of a table is a list, as its header is",
            help="write [gold, 3.., 1]",
        )
        return None
    if len(node.items) == columns:
        faults = [cell for cell in node.items if _is_empty(cell)]
        for cell in faults:
            scope.findings.error(
                "empty-value",
                cell.place,
                "this cell is empty",
                help='write "-" for any value, or where there is nothing to say',
            )
        return None if faults else node
    more = node.items[columns:]
    cells = "1 cell" if len(node.items) == 1 else f"{len(node.items)} cells"
    scope.findings.error(
        "wrong-shape",
        more[0].place if more else node.place,
        f"this row has {cells}, and the header has {columns}",
        help="put quotes around a cell that holds a comma or a semicolon"
        if more
        else 'write "-" for any value',
    )
    return None


def _is_empty(cell: Node) -> bool:
    return isinstance(cell, Scalar) and not cell.text


def _is_any(cell: Node) -> bool:
    return isinstance(cell, Scalar) and cell.text == ANY


def key(text: str, cell: Node) -> Scalar:
    """Return a key that stands where a cell does: what is said about it points to the cell."""
    return Scalar(text, "plain", *cell.place)


def are_names(columns: tuple[Scalar, ...], scope: Scope) -> bool:
    """Return whether tests can be about what the columns name; report what there is not."""
    unknown = [column for column in columns if scope.find(column.text, column.place) is None]
    for column in unknown:
        if column.text not in scope.upcoming:
            scope.unknown(column.text, column.place)
    return not unknown


def tests_of(cells: list[tuple[str, Node]], row: Sequence, scope: Scope) -> list[Entry]:
    """Return the `when` of a row, with the cells of its conditions; none if all of them are any."""
    read = [(key(name, cell), _test(name, cell, scope)) for name, cell in cells]
    tests = [Entry(name, test) for name, test in read if test is not None]
    return [Entry(key("when", row), Mapping(tuple(tests), row.place))] if tests else []


def _test(name: str, cell: Node, scope: Scope) -> Node | None:
    read = scope.find(name, cell.place)
    of_truth = read is not None and read.type == BOOL
    if of_truth and isinstance(cell, Scalar) and cell.file.endswith(CSV):
        cell = cell._replace(text=_SPREADSHEET_WORDS.get(cell.text, cell.text))
    return opened(cell, scope.findings)


def define_rows(node: Sequence, op: str, scope: Scope) -> tuple[Mapping, ...]:
    """Return the rows of a define as maps of `when` and `value`; none after a fault."""
    table = read_table(node, scope)
    if table is None:
        return ()
    conditions = table.header if op == "count" else table.header[:-1]
    if op != "count" and (not conditions or table.header[-1].text != _VALUE):
        scope.findings.error(
            "missing-key",
            table.header[-1].place,
            "the last column of this table is not `value`",
            help="begin with a row such as [customer.tier, incident.days_late, value]",
        )
        return ()
    if not are_names(conditions, scope):
        return ()
    return tuple(_as_map(row, table, scope) for row in table.rows)


def _as_map(row: Sequence, table: Table, scope: Scope) -> Mapping:
    cells = dict(table.cells(row))
    value = [Entry(key(_VALUE, cells[_VALUE]), cells.pop(_VALUE))] if _VALUE in cells else []
    return Mapping((*tests_of([*cells.items()], row, scope), *value), row.place)


def names_in_table(node: Sequence) -> Iterator[tuple[Node, bool]]:
    """Give what names facts and defines in a table: its columns and, marked, its values."""
    header, *rows = (row.items for row in node.items if isinstance(row, Sequence))
    yield from ((name, False) for name in header)
    if header and isinstance(header[-1], Scalar) and header[-1].text == _VALUE:
        yield from ((row[-1], True) for row in rows if row)
