"""Types of expressions, and where a literal takes the type of what it stands beside."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeGuard

from remedykit.language.cells import in_minor_units, read_value
from remedykit.language.hints import beside
from remedykit.language.scope import Scope
from remedykit.language.syntax import (
    And,
    Compare,
    Constant,
    Expression,
    In,
    IsKnown,
    Not,
    Or,
    ParamRead,
    Shifted,
    Tested,
)
from remedykit.language.types import BOOL, MONEY, NUMERIC, TIME, Base, FactType


def type_of(expression: Expression) -> FactType:
    """Return the type of an expression."""
    match expression:
        case Tested() | And() | Or() | Not() | Compare() | In() | IsKnown():
            return BOOL
        case Shifted():
            return TIME
        case _:
            return expression.type


def is_numeric(expression: Expression) -> bool:
    """Return whether an expression is a plain number."""
    return type_of(expression).base in NUMERIC


def is_number(expression: Expression) -> TypeGuard[Constant]:
    """Return whether an expression is a literal number."""
    return isinstance(expression, Constant) and expression.type.base in NUMERIC


def number_of(expression: Expression) -> Fraction | None:
    """Return the number that a literal stands for, or ``None`` if it is no literal number."""
    match expression:
        case Constant(value=int() | Fraction() as value) if is_number(expression):
            return Fraction(value)
        case _:
            return None


def as_money(expression: Expression, scope: Scope) -> Expression | None:
    """Return a literal number as an amount; anything else is returned as it is."""
    number = number_of(expression)
    if number is None:
        return expression
    minor = in_minor_units(number, expression.place, scope)
    return None if minor is None else Constant(minor, MONEY, expression.place)


def unified(items: tuple[Expression, ...], scope: Scope) -> tuple[Expression, ...] | None:
    """Return the items with literals brought to the type of the others, or report a clash."""
    fixed = [item for item in items if not _is_literal(item)]
    kinds = [type_of(item) for item in fixed or items]
    leader = next((kind for kind in kinds if kind.values), kinds[0])
    if leader.base in NUMERIC and any(type_of(item).base is Base.MONEY for item in items):
        leader = MONEY
    adapted = [_adapted(item, leader, scope) for item in items]
    kept = tuple(item for item in adapted if item is not None)
    return kept if len(kept) == len(items) else None


def _is_literal(item: Expression) -> bool:
    return isinstance(item, Constant) and (isinstance(item.value, str) or is_number(item))


def _adapted(item: Expression, leader: FactType, scope: Scope) -> Expression | None:
    mine = type_of(item)
    if leader.base is Base.MONEY and is_number(item):
        return as_money(item, scope)
    if isinstance(item, Constant) and isinstance(item.value, str) and leader.base is not Base.TEXTS:
        if leader.base in {Base.TEXT, Base.DATE, Base.TIME, Base.DURATION}:
            value = read_value(item.value, leader, item.place, scope)
            return None if value is None else Constant(value, leader, item.place)
    elif isinstance(item, ParamRead) and mine.base is Base.TEXT and leader.values:
        word = scope.params[item.name].value
        return item if read_value(str(word), leader, item.place, scope) else None
    elif mine.base is leader.base or {mine.base, leader.base} <= NUMERIC:
        return item
    scope.findings.error(
        "wrong-type",
        item.place,
        f"this is of type {mine.base}, but stands beside type {leader.base}",
        help=beside(mine.base, leader.base)
        if isinstance(item, Constant)
        else "compare and combine values of one type",
    )
    return None
