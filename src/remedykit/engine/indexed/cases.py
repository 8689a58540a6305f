"""From the cases of a define to a function of a decision's values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol, assert_never

from remedykit.engine.indexed import exact
from remedykit.engine.indexed.frames import Condition, Frame, Function
from remedykit.language.syntax import Cases, Expression
from remedykit.language.types import Value

_Row = tuple[Condition, Function]
_Combine = Callable[[Sequence[Any]], Value | None]


class Maker(Protocol):
    """Makes functions of expressions."""

    def of(self, expression: Expression) -> Function:
        """Return the function that gives an expression's value."""
        ...

    def of_condition(self, expression: Expression) -> Condition:
        """Return the function that tells whether a condition holds."""
        ...


def function_of_cases(cases: Cases, make: Maker) -> Function:
    """Return the function that gives the value of cases."""
    rows = tuple((make.of_condition(row.when), make.of(row.value)) for row in cases.rows)
    otherwise = None if cases.otherwise is None else make.of(cases.otherwise)
    match cases.op:
        case "first":
            return partial(_first, rows, otherwise)
        case "unique":
            return partial(_combined, _agreed, rows, otherwise or _unknown)
        case "sum":
            return partial(_combined, _total, rows, otherwise or _zero)
        case "max":
            return partial(_combined, max, rows, otherwise or _unknown)
        case "min":
            return partial(_combined, min, rows, otherwise or _unknown)
        case "count":
            return partial(_counted, rows, otherwise or _zero)
        case _ as unreachable:
            assert_never(unreachable)


def _first(rows: Sequence[_Row], otherwise: Function | None, frame: Frame) -> Value | None:
    """Return the value on which all rows agree that could be the first to match."""
    could_be: list[Value | None] = []
    for when, value in rows:
        truth = when(frame)
        if truth is not False:
            could_be.append(value(frame))
        if truth:
            return _agreed(could_be)
    if otherwise is not None:
        could_be.append(otherwise(frame))
    return _agreed(could_be) if could_be else None


def _combined(
    combine: _Combine, rows: Sequence[_Row], otherwise: Function, frame: Frame
) -> Value | None:
    """Combine the values of the rows that match, if it is known of each whether it does."""
    matching = _matching(rows, frame)
    if matching is None:
        return None
    if not matching:
        return otherwise(frame)
    values = [value(frame) for value in matching]
    return None if None in values else combine(values)


def _counted(rows: Sequence[_Row], otherwise: Function, frame: Frame) -> Value | None:
    matching = _matching(rows, frame)
    if matching is None:
        return None
    return len(matching) or otherwise(frame)


def _matching(rows: Sequence[_Row], frame: Frame) -> list[Function] | None:
    matching: list[Function] = []
    for when, value in rows:
        truth = when(frame)
        if truth is None:
            return None
        if truth:
            matching.append(value)
    return matching


def _agreed(values: Sequence[Value | None]) -> Value | None:
    return values[0] if all(value == values[0] for value in values) else None


def _total(values: Sequence[Value]) -> Value | None:
    total: Value | None = values[0]
    for value in values[1:]:
        if total is None:
            return None
        total = exact.sum_of(total, value)
    return total


def _unknown(_: Frame) -> Value | None:
    return None


def _zero(_: Frame) -> Value | None:
    return 0
