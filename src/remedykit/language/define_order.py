"""In which order defines are read: each reads only those before it."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from graphlib import CycleError, TopologicalSorter
from typing import assert_never

from remedykit.language.cases import CONDITION_KEYS, OPS
from remedykit.language.scope import Scope
from remedykit.language.source import Entry, Mapping, Node, Scalar, Sequence
from remedykit.language.table_rows import is_table, names_in_table

MOST_CIRCLES = 20  # of defines that read each other; finding each takes a walk through all
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*", re.ASCII)
_EXPRESSION_KEYS = {"any", "value", "else", *CONDITION_KEYS, *OPS}  # their values hold names


def ordered(reads: Map[str, set[str]], entries: Map[str, Entry], scope: Scope) -> tuple[str, ...]:
    """Return the names so that each comes after those it reads; circles are reported, left out.

    After `MOST_CIRCLES` circles no more are looked for, and no name is returned.
    """
    remaining = dict(reads)
    for _ in range(MOST_CIRCLES):
        graph = {name: sorted(remaining[name] & remaining.keys()) for name in sorted(remaining)}
        try:
            return tuple(TopologicalSorter(graph).static_order())
        except CycleError as error:
            circle: list[str] = error.args[1][:-1]
            _report_circle(circle, entries, scope)
            for name in circle:
                del remaining[name]
    return ()


def _report_circle(circle: list[str], entries: Map[str, Entry], scope: Scope) -> None:
    first, *others = sorted(circle)
    help_text = "a define reads facts, params and other defines, never itself"
    if not others:
        scope.findings.error(
            "define-cycle", entries[first].key.place, f"`{first}` reads itself", help=help_text
        )
        return
    scope.findings.error(
        "define-cycle",
        entries[first].key.place,
        f"`{first}` reads itself: {', '.join([first, *others])} read each other",
        help=help_text,
        also=(entries[others[0]].key.place, f"`{others[0]}` is part of the circle"),
    )


def names_in(node: Node, *words: str) -> set[str]:
    """Return every name that a define reads; below the keys `words` stand no names but words."""
    match node:
        case Scalar():
            return set(_NAME.findall(_QUOTED.sub("", node.text)))
        case Sequence() if is_table(node):
            named = [item for item, is_value in names_in_table(node) if not (is_value and words)]
            return set[str]().union(*(names_in(item) for item in named))
        case Sequence():
            return set[str]().union(*(names_in(item, *words) for item in node.items))
        case Mapping():
            inside = _EXPRESSION_KEYS.difference(words)
            if node.get("values") is not None:
                inside -= {"value", "else"}
                words = ("value", "else")
            found = {entry.key.text for entry in node.entries}
            return found.union(
                *(names_in(item.value, *words) for item in node.entries if item.key.text in inside)
            )
        case _ as unreachable:
            assert_never(unreachable)
