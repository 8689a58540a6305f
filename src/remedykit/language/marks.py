"""The marks `override` and `sealed`: what a rule, limit, param, define or kind says of itself."""

from __future__ import annotations

from typing import NamedTuple

from remedykit.diagnostics import Findings
from remedykit.language.fields import read_flag
from remedykit.language.source import Entry, Mapping, Node, Scalar

MARKS = ("override", "sealed")


class Marked(NamedTuple):
    """Something that may be marked: its name, what stands there without the marks, and these."""

    name: Scalar
    node: Node
    override: bool = False
    sealed: bool = False


def marked_entry(entry: Entry, findings: Findings) -> Marked:
    """Return a param, a define or a remedy kind without its marks."""
    return _marked(entry.key, entry.value, findings)


def marked_clause(node: Node, findings: Findings) -> Marked | None:
    """Return a rule or a limit without its marks; ``None`` if it has no id to be known by."""
    found = node.get("id") if isinstance(node, Mapping) else None
    if found is None or not isinstance(found.value, Scalar):
        return None
    return _marked(found.value, node, findings)


def bare_expression(node: Node) -> Node:
    """Return the expression that stands alone under `value`, where the marks of a define stood."""
    if isinstance(node, Mapping) and [entry.key.text for entry in node.entries] == ["value"]:
        return node.entries[0].value
    return node


def _marked(name: Scalar, node: Node, findings: Findings) -> Marked:
    entries = node.entries if isinstance(node, Mapping) else ()
    marks = [entry for entry in entries if entry.key.text in MARKS]
    if not marks or not isinstance(node, Mapping):
        return Marked(name, node)
    said = {entry.key.text for entry in marks if read_flag(entry.value, findings)}
    kept = tuple([entry for entry in entries if entry.key.text not in MARKS])
    return Marked(name, node._replace(entries=kept), "override" in said, "sealed" in said)
