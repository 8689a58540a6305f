"""Tables of rules: each row becomes a rule as it would be written out, each cell at its place."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from collections.abc import Mapping as Map

from remedykit.language.fields import known_fields
from remedykit.language.names import listed
from remedykit.language.periods import PERIOD_KEYS
from remedykit.language.rules import EFFECTS, read_id
from remedykit.language.scope import Scope
from remedykit.language.source import Entry, Mapping, Node, Scalar, Sequence
from remedykit.language.table_cells import opened
from remedykit.language.table_rows import Table, are_names, is_table, key, read_table, tests_of
from remedykit.language.terms import TERM_KEYS

_TABLE = "table"
_OFFERS = ("offer", "entitle")
_COMMON = ("basis", "because", "source", *PERIOD_KEYS)  # of each row, or of the whole table
RULE_TABLE_KEYS = ("id", _TABLE, *_COMMON)
# Columns that say more about what the row's effect is about, and the key that this has then.
_DETAILS = {"points": "adjust", "by": "ask_approval"}
_COLUMNS = frozenset({"id", *_COMMON, *EFFECTS, *TERM_KEYS, *_DETAILS})


def with_rows(nodes: deque[Node], scopes: Map[str, Scope], scope: Scope) -> deque[Node]:
    """Return the rules of a policy with a rule for each row of its tables.

    Args:
        nodes: what stands in the section, tables among it.
        scopes: what conditions may read, by effect (see `rules.scopes_by_effect`).
        scope: where faults are reported.
    """
    found: deque[Node] = deque()
    while nodes:  # taken out, so that a large policy is not in memory twice
        node = nodes.popleft()
        if isinstance(node, Mapping) and node.get(_TABLE) is not None:
            found.extend(_rules(node, scopes, scope))
        else:
            found.append(node)
    return found


def _rules(node: Mapping, scopes: Map[str, Scope], scope: Scope) -> Iterator[Node]:
    fields = known_fields(node, RULE_TABLE_KEYS, "a table of rules", scope.findings)
    name = read_id(fields, "a table of rules", scope.findings)
    rows = fields.node_of(_TABLE)
    if rows is None or not is_table(rows):
        scope.findings.error(
            "wrong-shape",
            (rows or node).place,
            "a table is a list of rows, the first of which names the columns",
            help="write rows such as [customer.tier, offer], or name a file that ends in .csv",
        )
        return
    table = read_table(rows, scope)
    if table is None or not _has_columns(table, scopes, scope) or name is None:
        return
    common = [entry for entry in fields.entries if entry.key.text in _COMMON]
    for number, row in enumerate(table.rows, start=1):
        yield _Row(dict(table.cells(row)), row, scope).as_rule(name, number, common)


def _has_columns(table: Table, scopes: Map[str, Scope], scope: Scope) -> bool:
    """Return whether all columns have a meaning, and one of them says what the rules do."""
    effects = [column.text for column in table.header if column.text in EFFECTS]
    if not effects:
        scope.findings.error(
            "missing-key",
            table.header[-1].place,
            "no column of this table says what its rules do",
            help=f"add a column that is named {listed(EFFECTS)}",
        )
        return False
    conditions = tuple(column for column in table.header if column.text not in _COLUMNS)
    return are_names(conditions, scopes[effects[0]])


class _Row:
    """One row of a table of rules: its cells by column, but for those that say nothing."""

    def __init__(self, cells: Map[str, Node], row: Sequence, scope: Scope) -> None:
        self._cells = cells
        self._row = row
        self._scope = scope

    def as_rule(self, table: str, number: int, common: list[Entry]) -> Mapping:
        """Return the rule, with what the whole table says where the row does not."""
        tests = [(name, cell) for name, cell in self._cells.items() if name not in _COLUMNS]
        own = [
            Entry(key(name, cell), cell) for name, cell in self._cells.items() if name in _COMMON
        ]
        said = {entry.key.text for entry in own}
        entries = (
            self._id(table, number),
            *tests_of(tests, self._row, self._scope),
            *self._effects(),
            *own,
            *(entry for entry in common if entry.key.text not in said),
        )
        return Mapping(entries, self._row.place)

    def _id(self, table: str, number: int) -> Entry:
        cell = self._cells.get("id", self._row)
        own = cell.text if isinstance(cell, Scalar) else str(number)
        return Entry(key("id", cell), Scalar(f"{table}.{own}", "plain", *cell.place))

    def _effects(self) -> Iterator[Entry]:
        terms = [
            Entry(key(name, self._cells[name]), self._cells[name])
            for name in self._given(TERM_KEYS)
        ]
        if terms and not self._given(_OFFERS):
            self._report_term(terms[0].key, "offer")
        for name in self._given(tuple(_DETAILS)):
            if _DETAILS[name] not in self._cells:
                self._report_term(key(name, self._cells[name]), _DETAILS[name])
        for name in self._given(EFFECTS):
            cell = opened(self._cells[name], self._scope.findings)
            if cell is None:
                continue
            if name in _OFFERS and terms:
                yield Entry(key(name, cell), self._overridden(cell, tuple(terms)))
            elif name in _DETAILS.values():
                yield Entry(key(name, cell), self._detailed(name, cell))
            else:
                yield Entry(key(name, cell), cell)

    def _given(self, names: tuple[str, ...]) -> list[str]:
        return [name for name in names if name in self._cells]

    def _overridden(self, cell: Node, terms: tuple[Entry, ...]) -> Node:
        """Return the kinds of a cell, each with what the row overrides."""
        kinds = cell.items if isinstance(cell, Sequence) else (cell,)
        named = [kind for kind in kinds if isinstance(kind, Scalar)]
        if len(named) < len(kinds):
            self._scope.findings.error(
                "wrong-shape",
                cell.place,
                "a kind or a list of kinds stands here, as other columns override its terms",
                help="write reship, or [reship, coupon]",
            )
            return cell
        return Mapping(tuple(Entry(kind, Mapping(terms, cell.place)) for kind in named), cell.place)

    def _detailed(self, effect: str, cell: Node) -> Node:
        details = [name for name in self._given(tuple(_DETAILS)) if _DETAILS[name] == effect]
        entries = [Entry(key(name, self._cells[name]), self._cells[name]) for name in details]
        return Mapping((Entry(key("of", cell), cell), *entries), cell.place)

    def _report_term(self, name: Scalar, effect: str) -> None:
        self._scope.findings.error(
            "unknown-key",
            name.place,
            f"the column `{name.text}` belongs to `{effect}`, of which this row says nothing",
            help='write "-" here',
        )
