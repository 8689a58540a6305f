"""What composing reads from nodes that are not checked yet: ids, rights, and what differs."""

from __future__ import annotations

from typing import assert_never

from remedykit.diagnostics import Place
from remedykit.language.source import Entry, Mapping, Node, Scalar, Sequence

Shape = str | tuple["Shape", ...] | frozenset[tuple[str, "Shape"]]


def entitles(node: Node) -> bool:
    """Return whether a rule, or a row of a table of rules, gives a right to the customer."""
    return isinstance(node, Mapping) and (
        node.get("entitle") is not None or "entitle" in _columns(node.get("table"))
    )


def _columns(table: Entry | None) -> list[str]:
    rows = table.value.items if table and isinstance(table.value, Sequence) else ()
    header = rows[0].items if rows and isinstance(rows[0], Sequence) else ()
    return [cell.text for cell in header if isinstance(cell, Scalar)]


def is_table(node: Node) -> bool:
    """Return whether rules are written as a table."""
    return isinstance(node, Mapping) and node.get("table") is not None


def id_of(node: Node) -> str:
    """Return the id of a clause; where it has none, what no other one has."""
    found = node.get("id") if isinstance(node, Mapping) else None
    return found.value.text if found and isinstance(found.value, Scalar) else str(id(node))


def place_of_id(node: Node) -> Place:
    """Return where the id of a clause stands; where it has none, where the clause does."""
    found = node.get("id") if isinstance(node, Mapping) else None
    return found.value.place if found else node.place


def merged(own: Entry, base: Entry) -> Entry:
    """Return the entry of a map that has the keys of both; a key of `own` stands before."""
    if not isinstance(own.value, Mapping) or not isinstance(base.value, Mapping):
        return own
    kept = [entry for entry in base.value.entries if own.value.get(entry.key.text) is None]
    return own._replace(value=own.value._replace(entries=(*kept, *own.value.entries)))


def differing(own: Node, base: Node) -> frozenset[str]:
    """Return the keys in which two maps differ."""
    sides = [
        {(entry.key.text, shape(entry.value)) for entry in node.entries}
        for node in (own, base)
        if isinstance(node, Mapping)
    ]
    return frozenset(key for key, _ in sides[0] ^ sides[1]) if len(sides) == 2 else frozenset()


def shape(node: Node) -> Shape:
    """Return what is written, without its places; the order of keys says nothing."""
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return tuple(map(shape, node.items))
        case Mapping():
            return frozenset((entry.key.text, shape(entry.value)) for entry in node.entries)
        case _ as unreachable:
            assert_never(unreachable)
