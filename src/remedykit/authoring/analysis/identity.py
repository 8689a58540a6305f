"""Whether two parts of a policy say the same, wherever they stand."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import fields, is_dataclass
from typing import cast

_PLACES = frozenset({"place"})


def identity(node: object) -> Hashable:
    """Return what is equal for two nodes of the checked tree that differ in their places only."""
    if is_dataclass(node):
        values = (
            identity(getattr(node, item.name)) for item in fields(node) if item.name not in _PLACES
        )
        return (type(node).__name__, *values)
    if isinstance(node, tuple):
        return tuple(identity(each) for each in cast("tuple[object, ...]", node))
    value: Hashable = node
    return (bool.__name__, value) if isinstance(value, bool) else value  # `True` equals 1
