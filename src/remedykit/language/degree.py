"""What is inside an expression: its parts, the facts it reads, how often it multiplies them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import assert_never

from remedykit.language.syntax import (
    Absolute,
    And,
    Arithmetic,
    Cases,
    Compare,
    Constant,
    Define,
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


def parts_of(expression: Expression) -> tuple[Expression, ...]:
    """Return the expressions directly inside an expression."""
    match expression:
        case And(parts=parts) | Or(parts=parts):
            return parts
        case Tested(subject=subject) | IsKnown(subject=subject):
            return (subject,)
        case Constant() | FactRead() | DefineRead() | ParamRead() | RemedyRead():
            return ()
        case Not(part=part):
            return (part,)
        case Compare(left=left, right=right) | Arithmetic(left=left, right=right):
            return (left, right)
        case In(item=item, members=members):
            return (item, members)
        case Negative(operand=operand) | Absolute(operand=operand):
            return (operand,)
        case Extreme(items=items):
            return items
        case Rounded(operand=operand, step=step):
            return (operand, step)
        case Shifted(time=time, count=count):
            return (time, count)
        case _ as unreachable:
            assert_never(unreachable)


def walk(expression: Expression) -> Iterator[Expression]:
    """Yield an expression and everything inside it; defines are not entered."""
    yield expression
    for part in parts_of(expression):
        yield from walk(part)


def walk_through(
    expressions: Iterable[Expression], defines: Mapping[str, Define]
) -> Iterator[Expression]:
    """Yield some expressions and everything inside them, also in the defines that they read.

    Each define is entered once, in the order in which they are read.
    """
    entered: set[str] = set()
    pending = deque(expressions)
    while pending:
        for node in walk(pending.popleft()):
            yield node
            if isinstance(node, DefineRead) and node.name not in entered:
                entered.add(node.name)
                pending += body_parts(defines[node.name].body)


def facts_read(expression: Expression, defines: Mapping[str, Define]) -> frozenset[str]:
    """Return the names of the facts an expression reads, also through defines."""
    return facts_read_by([expression], defines)


def facts_read_by(
    expressions: Iterable[Expression], defines: Mapping[str, Define]
) -> frozenset[str]:
    """Return the names of the facts that any of the expressions reads, also through defines."""
    found: set[str] = set()
    pending = list(expressions)
    while pending:
        part = pending.pop()
        if isinstance(part, Tested):  # a policy is mostly made of these, joined by `And`
            part = part.subject
        if isinstance(part, FactRead):
            found.add(part.name)
        elif isinstance(part, And):
            pending += part.parts
        elif isinstance(part, DefineRead):
            found |= defines[part.name].reads
        else:
            pending.extend(parts_of(part))
    return frozenset(found)


def body_parts(body: Expression | Cases) -> tuple[Expression, ...]:
    """Return every expression of a define's body."""
    if not isinstance(body, Cases):
        return (body,)
    rows = tuple(part for row in body.rows for part in (row.when, row.value))
    return rows if body.otherwise is None else (*rows, body.otherwise)


def degree_of(expression: Expression, defines: Mapping[str, Define]) -> int:
    """Return 0 for a constant, 1 for what is linear in facts, more for products of facts."""
    match expression:
        case Constant() | ParamRead():
            return 0
        case FactRead() | RemedyRead():
            return 1
        case DefineRead(name=name):
            return defines[name].degree
        case Arithmetic(op="*", left=left, right=right):
            return degree_of(left, defines) + degree_of(right, defines)
        case _:
            return max((degree_of(part, defines) for part in parts_of(expression)), default=0)
