"""Reading lists and forms in the cells of a CSV file: `[a, b]` and `{not: x}` as in YAML."""

from __future__ import annotations

from typing import assert_never

from remedykit.diagnostics import Diagnostic, Findings, Place
from remedykit.language.source import Entry, Mapping, Node, Scalar, Sequence
from remedykit.language.yaml_reader import read_source

_OPENING = ("[", "{")


def opened(cell: Node, findings: Findings) -> Node | None:
    """Return a cell as the list or form that it writes; any other as it is.

    In YAML a bare text never begins with a bracket, so that a scalar which does is a cell of CSV.

    Args:
        cell: a cell of a table, wherever that stands.
        findings: learns what is wrong with the brackets; then ``None`` is returned.
    """
    if not (isinstance(cell, Scalar) and cell.style == "plain" and cell.text.startswith(_OPENING)):
        return cell
    inside = Findings()
    source = read_source(cell.file, cell.text.encode(), inside)
    move = _Move(cell)
    for found in inside.found:
        _report(found, move, findings)
    return move.node(source.root) if source and source.root and not inside.found else None


def _report(found: Diagnostic, move: _Move, findings: Findings) -> None:
    also = (move.place(found.also.place), found.also.label) if found.also else None
    findings.error(found.code, move.place(found.place), found.message, help=found.help, also=also)


class _Move:
    """Moves what was read in the text of one cell to where it stands in the file."""

    def __init__(self, cell: Scalar) -> None:
        self._cell = cell
        self._starts = [0]  # of the lines of the text
        for line in cell.text.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)

    def place(self, place: Place) -> Place:
        start = self._starts[place.line - 1] + place.column - 1
        end = self._starts[place.end_line - 1] + place.end_column - 1
        return self._cell.place_of(start, min(end, len(self._cell.text)))

    def node(self, node: Node) -> Node:
        match node:
            case Scalar():
                return self._scalar(node)
            case Sequence():
                return Sequence(tuple(map(self.node, node.items)), self.place(node.place))
            case Mapping():
                entries = (
                    Entry(self._scalar(key), self.node(value)) for key, value in node.entries
                )
                return Mapping(tuple(entries), self.place(node.place))
            case _ as unreachable:
                assert_never(unreachable)

    def _scalar(self, node: Scalar) -> Scalar:
        return Scalar(node.text, node.style, *self.place(node.place), node.written)
