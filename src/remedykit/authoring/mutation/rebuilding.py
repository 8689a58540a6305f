"""Putting a changed part back into an expression: `degree.parts_of`, turned round."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar, assert_never

from remedykit.language.syntax import (
    Absolute,
    And,
    Arithmetic,
    Compare,
    Constant,
    DefineRead,
    Expression,
    Extreme,
    FactRead,
    In,
    IsKnown,
    Negative,
    Not,
    Or,
    ParamRead,
    RemedyRead,
    Rounded,
    Shifted,
    Tested,
)

_Item = TypeVar("_Item")


def with_part(expression: Expression, number: int, part: Expression) -> Expression:
    """Return an expression with another part in place of one of `parts_of`.

    Raises:
        ValueError: if it has no parts, or only the name of what is tested.
    """
    match expression:
        case And(parts=parts) | Or(parts=parts):
            return replace(expression, parts=replaced(parts, number, part))
        case Not():
            return replace(expression, part=part)
        case Compare() | Arithmetic():
            return (
                replace(expression, left=part) if number == 0 else replace(expression, right=part)
            )
        case In():
            return (
                replace(expression, item=part) if number == 0 else replace(expression, members=part)
            )
        case Negative() | Absolute():
            return replace(expression, operand=part)
        case Extreme(items=items):
            return replace(expression, items=replaced(items, number, part))
        case Rounded():
            return (
                replace(expression, operand=part) if number == 0 else replace(expression, step=part)
            )
        case Shifted():
            return (
                replace(expression, time=part) if number == 0 else replace(expression, count=part)
            )
        case Tested() | IsKnown() | Constant() | FactRead() | DefineRead() | ParamRead():
            raise ValueError(f"{type(expression).__name__} has no part that can be another one")
        case RemedyRead():
            raise ValueError(f"{expression.name} has no part that can be another one")
        case _ as unreachable:
            assert_never(unreachable)


def replaced(items: tuple[_Item, ...], number: int, item: _Item) -> tuple[_Item, ...]:
    """Return items with another one in one place."""
    return (*items[:number], item, *items[number + 1 :])


def without(items: tuple[_Item, ...], number: int) -> tuple[_Item, ...]:
    """Return items without one of them."""
    return (*items[:number], *items[number + 1 :])
