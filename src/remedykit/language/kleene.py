"""Kleene's three-valued logic: true, false, and ``None`` for unknown."""

from __future__ import annotations

from collections.abc import Iterable

from remedykit.language.types import Truth


def all_of(truths: Iterable[Truth]) -> Truth:
    """Return false if one is false, else unknown if one is unknown, else true."""
    seen = frozenset(truths)
    if False in seen:
        return False
    return None if None in seen else True


def any_of(truths: Iterable[Truth]) -> Truth:
    """Return true if one is true, else unknown if one is unknown, else false."""
    seen = frozenset(truths)
    if True in seen:
        return True
    return None if None in seen else False


def negated(truth: Truth) -> Truth:
    """Return the opposite; unknown stays unknown."""
    return None if truth is None else not truth
