"""Tables of scenarios: what all rows share, a header of columns, and one scenario a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import assert_never

from remedykit.authoring.given import GIVEN
from remedykit.authoring.scenarios.bases import Bases, Situation, Step, WrittenScenario, with_value
from remedykit.authoring.scenarios.expectation_reading import EXPECT
from remedykit.diagnostics import Findings
from remedykit.language.fields import Fields, missing, read_fields, read_items, read_text, twice
from remedykit.language.names import did_you_mean, listed
from remedykit.language.source import Mapping, Node, Scalar, Sequence

TABLE_KEYS = ("name", "given", "at", "expect", "xfail", "columns", "rows")
_OF_SCENARIO = ("name", "at", "xfail")
_BY_KIND = ("withheld", "value", "says", "approval", "pays")
_OPEN = "-"  # a cell that says nothing
_HELP = "a column is a path such as incident.days_late, an expectation such as first, or " + listed(
    _OF_SCENARIO
)
_NAMED = re.compile(r"\{([^{}]*)\}")
_PART = re.compile(r"([^\[\].]+)((?:\[[0-9]{1,6}\])*)(?:\.|$)")
_INDEX = re.compile(r"\[([0-9]+)\]")
_DIGIT_LAST, _DIGIT_FIRST = re.compile(r"[0-9]\Z"), re.compile(r"[0-9]")


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: what its cells are put into (``given``, ``expect``, or a key), and where there."""

    title: Scalar
    into: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a row, and its column."""

    column: _Column
    node: Node

    @property
    def is_open(self) -> bool:
        """Whether the row says nothing here."""
        return isinstance(self.node, Scalar) and self.node.text == _OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """What all rows of a table share."""

    name: Scalar | None
    situation: Situation
    expect: Node | None
    xfail: Node | None


@dataclass(frozen=True, slots=True)
class TableReader:
    """Reads tables of scenarios, whose situations may build on bases."""

    bases: Bases
    findings: Findings

    def rows(self, node: Node) -> Iterator[WrittenScenario]:
        """Yield the scenario of each row; what is wrong is reported."""
        fields = read_fields(node, TABLE_KEYS, "a table", self.findings)
        if fields is None:
            return
        for key in ("given", "columns", "rows"):
            if fields.node_of(key) is None:
                help_ = f"its keys are {listed(TABLE_KEYS)}"
                missing(fields, key, "the table", help_, self.findings)
        columns = self._columns(fields)
        table = self._table(fields)
        rows = fields.node_of("rows")
        if rows is None or columns is None or table is None:
            return
        items = read_items(rows, "`rows`", self.findings)
        if not items and isinstance(rows, Sequence):
            self._error("empty-list", rows, "the table has no row", "write at least one")
        for row in items:
            cells = self._cells(row, columns)
            scenario = None if cells is None else self._scenario(table, row, cells)
            if scenario is not None:
                yield scenario

    def _table(self, fields: Fields) -> _Shared | None:
        """Return what the rows share; ``None`` if it is wrong."""
        given, expect = fields.node_of("given"), fields.node_of("expect")
        situation = None if given is None else self.bases.situation(given)
        if expect is not None and read_fields(expect, EXPECT, "`expect`", self.findings) is None:
            return None
        name = fields.node_of("name")
        text = read_text(name, "the name of a table", self.findings)
        if situation is None or (name is not None and text is None):
            return None
        at = fields.node_of("at")
        return _Shared(
            name=name if isinstance(name, Scalar) else None,
            situation=situation if at is None else Situation(situation.given, at),
            expect=expect,
            xfail=fields.node_of("xfail"),
        )

    # --- the header ----------------------------------------------------------------------------

    def _columns(self, fields: Fields) -> tuple[_Column, ...] | None:
        """Return the columns; ``None`` if one is wrong."""
        node = fields.node_of("columns")
        if node is None:
            return None
        items = read_items(node, "`columns`", self.findings)
        if not items and isinstance(node, Sequence):
            self._error("empty-list", node, "the table has no column", _HELP)
        seen: dict[str, Scalar] = {}
        columns: list[_Column] = []
        for item in items:
            column = self._column(item)
            if column is None:
                continue
            columns.append(column)
            first = seen.setdefault(column.title.text, column.title)
            if first is not column.title:
                twice(column.title.text, column.title, first, self.findings)
        return tuple(columns) if items and len(columns) == len(items) else None

    def _column(self, node: Node) -> _Column | None:
        title = node if isinstance(node, Scalar) else None
        if title is None or not title.text:
            self._error("wrong-shape", node, "a column is one word or path", _HELP)
            return None
        first, dot, rest = title.text.partition(".")
        steps = _steps(title)
        if title.text in _OF_SCENARIO:
            return _Column(title, title.text, ())
        if first == "facts" and rest:  # whose own names have dots
            begin = len("facts.")
            name = _key(title, begin, begin + len(rest))
            return _Column(title, "given", (_key(title, 0, len(first)), name))
        if first in GIVEN and dot and len(steps) > 1:
            return _Column(title, "given", steps)
        if title.text in EXPECT or (first in _BY_KIND and len(steps) == 2):
            return _Column(title, "expect", steps)
        help_ = did_you_mean(title.text, (*EXPECT, *_OF_SCENARIO), _HELP)
        self._error("unknown-key", title, f"a table has no column `{title.text}`", help_)
        return None

    # --- a row ---------------------------------------------------------------------------------

    def _cells(self, row: Node, columns: tuple[_Column, ...]) -> tuple[_Cell, ...] | None:
        nodes = read_items(row, "a row", self.findings)
        if len(nodes) == len(columns):
            return tuple(map(_Cell, columns, nodes))
        rest = _rest_of_a_number(nodes)
        if rest is not None:
            self._error(
                "stray-comma",
                rest,
                f"a comma cut this number in two, `{rest.text}` is read as a cell",
                "inside [ ] a comma ends a cell: write 1000 or 0.5, or quotes around a text",
            )
        elif isinstance(row, Sequence):
            self._error(
                "wrong-shape",
                row,
                f"cells in this row: {len(nodes)}, columns of the table: {len(columns)}",
                f"write a cell for each column, `{_OPEN}` where it says nothing",
            )
        return None

    def _scenario(
        self, table: _Shared, row: Node, cells: tuple[_Cell, ...]
    ) -> WrittenScenario | None:
        name = self._name(table, row, cells)
        parts: dict[str, Node | None] = {
            "given": table.situation.given,
            "at": table.situation.at,
            "expect": table.expect or Mapping((), row.place),
            "xfail": table.xfail,
        }
        for cell in cells:
            if cell.column.into not in parts or cell.is_open:
                continue
            placed = with_value(parts[cell.column.into], cell.column.steps, cell.node)
            if placed is None:
                self._leads_nowhere(cell.column.title)
                return None
            parts[cell.column.into] = placed
        given, expect = parts["given"], parts["expect"]
        if name is None or not isinstance(given, Mapping) or expect is None:
            return None
        return WrittenScenario(
            name=name,
            place=row.place,
            situation=Situation(given, parts["at"]),
            expect=expect,
            xfail=parts["xfail"],
        )

    def _name(self, table: _Shared, row: Node, cells: tuple[_Cell, ...]) -> str | None:
        texts = {cell.column.title.text: _text(cell.node) for cell in cells}
        if table.name is None:
            if "name" not in texts:
                self._error(
                    "missing-key",
                    row,
                    "the row has no name",
                    "give the table a `name` such as 'late by {incident.days_late} days', or a "
                    "column `name`",
                )
            return texts.get("name") or None
        for found in _NAMED.finditer(table.name.text):
            if found[1] not in texts:
                self.findings.error(
                    "unknown-name",
                    table.name.place_of(*found.span(1)),
                    f"the table has no column `{found[1]}` to name its rows by",
                    help=did_you_mean(found[1], texts, f"its columns are {listed(texts)}"),
                )
                return None
        return _NAMED.sub(lambda found: texts[found[1]], table.name.text).strip()

    # --- faults --------------------------------------------------------------------------------

    def _leads_nowhere(self, title: Scalar) -> None:
        self._error(
            "unknown-key",
            title,
            f"`{title.text}` leads to no place of what this table gives",
            "a list has the places that its base gives, counted from 0; any other step is a key",
        )

    def _error(self, code: str, node: Node, message: str, help_: str) -> None:
        self.findings.error(code, node.place, message, help=help_)


def _steps(title: Scalar) -> tuple[Step, ...]:
    """Return the keys and list places of a path; none if it is no path."""
    steps: list[Step] = []
    end = 0
    while end < len(title.text):
        found = _PART.match(title.text, end)
        if found is None:
            return ()
        steps.append(_key(title, *found.span(1)))
        steps.extend(int(index) for index in _INDEX.findall(found[2]))
        end = found.end()
    return tuple(steps) if not title.text.endswith(".") else ()


def _key(title: Scalar, start: int, end: int) -> Scalar:
    """Return a part of a title as a key of its own, at its place."""
    return Scalar(title.text[start:end], "plain", *title.place_of(start, end))


def _rest_of_a_number(cells: tuple[Node, ...]) -> Scalar | None:
    """Return the cell that is the rest of the one before it, as in ``[4,00]``, if there is one."""
    for before, cell in pairwise(cells):
        if not (isinstance(before, Scalar) and isinstance(cell, Scalar)):
            continue
        is_behind = (before.end_line, before.end_column + 1) == (cell.line, cell.column)
        if is_behind and _DIGIT_LAST.search(before.text) and _DIGIT_FIRST.match(cell.text):
            return cell
    return None


def _text(node: Node) -> str:
    """Return a cell as the name of its row shows it."""
    match node:
        case Scalar(text=text):
            return text.strip()
        case Sequence(items=items):
            return ", ".join(map(_text, items))
        case Mapping(entries=entries):
            return ", ".join(f"{entry.key.text}: {_text(entry.value)}" for entry in entries)
        case _ as unreachable:
            assert_never(unreachable)
