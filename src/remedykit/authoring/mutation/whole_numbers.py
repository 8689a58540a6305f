"""Which numbers can only be whole: what counts, and what is made of counts."""

from __future__ import annotations

from remedykit.language.syntax import (
    Absolute,
    Arithmetic,
    Cases,
    CheckedPolicy,
    Constant,
    DefineRead,
    Expression,
    Extreme,
    FactRead,
    Negative,
    ParamRead,
    Rounded,
)
from remedykit.language.types import INT, NUMERIC, FactType, Value


def is_whole_number(expression: Expression, policy: CheckedPolicy) -> bool:
    """Return whether an expression of a policy is a number that can only be whole."""
    match expression:
        case FactRead(type=of):
            return of == INT
        case Constant(value=value, type=of):
            return _is_whole(value, of)
        case ParamRead(name=name):
            params = (param for param in policy.params if param.name == name)
            return any(_is_whole(param.value, param.type) for param in params)
        case DefineRead(name=name):
            bodies = (define.body for define in policy.defines if define.name == name)
            return any(are_whole_numbers(values_of(body), policy) for body in bodies)
        case Arithmetic(op=op, left=left, right=right):
            return op != "/" and are_whole_numbers((left, right), policy)
        case Extreme(items=items):
            return are_whole_numbers(items, policy)
        case Negative(operand=operand) | Absolute(operand=operand) | Rounded(step=operand):
            return is_whole_number(operand, policy)
        case _:
            return False


def are_whole_numbers(expressions: tuple[Expression, ...], policy: CheckedPolicy) -> bool:
    """Return whether all of some expressions are numbers that can only be whole."""
    return all(is_whole_number(each, policy) for each in expressions)


def values_of(body: Expression | Cases) -> tuple[Expression, ...]:
    """Return the expressions that a define may come to; for a count, the ones that it adds up."""
    if not isinstance(body, Cases):
        return (body,)
    values = tuple(row.value for row in body.rows)
    return values if body.otherwise is None else (*values, body.otherwise)


def _is_whole(value: Value | None, of: FactType) -> bool:
    return of.base in NUMERIC and isinstance(value, int)
