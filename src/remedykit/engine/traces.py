"""How a condition came to be true, false or unknown: its parts, and the values they read."""

from __future__ import annotations

from dataclasses import dataclass

from remedykit.diagnostics import Place
from remedykit.engine.matching import Evaluation
from remedykit.language.degree import walk
from remedykit.language.syntax import (
    And,
    Cases,
    Define,
    DefineRead,
    Expression,
    FactRead,
    Not,
    Or,
    ParamRead,
    RemedyRead,
)
from remedykit.language.types import Truth, Value


@dataclass(frozen=True, slots=True)
class Reading:
    """A name that was read, and its value; ``None`` is unknown."""

    name: str
    value: Value | None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One node of the checked tree with what became of it.

    Attributes:
        node: the expression, or the cases of a define.
        place: where it stands.
        value: its value; for a condition its truth.
        reads: the facts, defines and params that it reads itself, each once, but for the ends of
            its tests; empty where `parts` read them.
        parts: what an `And`, `Or` or `Not` consists of, or the conditions of the rows of cases.
    """

    node: Expression | Cases
    place: Place
    value: Value | None
    reads: tuple[Reading, ...] = ()
    parts: tuple[Trace, ...] = ()

    @property
    def truth(self) -> Truth:
        """Whether a condition holds; ``None`` if unknown, or if the node is no condition."""
        return self.value if isinstance(self.value, bool) else None


def trace(expression: Expression, evaluation: Evaluation) -> Trace:
    """Return how `expression` came to its value.

    Defines are read, not followed: `trace_define` tells about one.
    """
    parts: tuple[Expression, ...] = ()
    match expression:
        case And() | Or():
            parts = expression.parts
        case Not():
            parts = (expression.part,)
        case _:
            pass
    return Trace(
        node=expression,
        place=expression.place,
        value=evaluation.value(expression),
        reads=() if parts else _readings(expression, evaluation),
        parts=tuple(trace(part, evaluation) for part in parts),
    )


def trace_define(define: Define, evaluation: Evaluation) -> Trace:
    """Return how a define came to its value; of cases, the condition of every row."""
    if not isinstance(define.body, Cases):
        return trace(define.body, evaluation)
    return Trace(
        node=define.body,
        place=define.place,
        value=evaluation.defined(define.name),
        parts=tuple(trace(row.when, evaluation) for row in define.body.rows),
    )


def _readings(expression: Expression, evaluation: Evaluation) -> tuple[Reading, ...]:
    reads: dict[str, Reading] = {}
    for node in walk(expression):
        if isinstance(node, FactRead | DefineRead | ParamRead | RemedyRead):
            reads.setdefault(node.name, Reading(node.name, evaluation.value(node), node.place))
    return tuple(reads.values())
