"""Which params and defines an expression names; what these name in turn is not followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from remedykit.language.degree import walk
from remedykit.language.operands import params_of
from remedykit.language.syntax import DefineRead, Expression, ParamRead, Tested


def names_used(expressions: Iterable[Expression | None]) -> frozenset[str]:
    """Return the params and defines that some expressions name; ``None`` names none."""
    return frozenset(
        name
        for expression in expressions
        if expression is not None
        for part in walk(expression)
        for name in _named_by(part)
    )


def _named_by(part: Expression) -> Iterator[str]:
    match part:
        case ParamRead(name=name) | DefineRead(name=name):
            yield name
        case Tested(test=test):
            yield from (param.name for param in params_of(test))
        case _:
            pass
