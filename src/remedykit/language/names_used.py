"""Which params and defines an expression names; what these name in turn is not followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from remedykit.language.degree import walk
from remedykit.language.syntax import (
    AllOf,
    Between,
    Constant,
    Contains,
    DefineRead,
    EqualTo,
    Expression,
    KnownTest,
    MemberOf,
    NotTest,
    OneOf,
    ParamRead,
    Test,
    Tested,
)


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
            yield from _params_of(test)
        case _:
            pass


def _params_of(test: Test) -> Iterator[str]:
    match test:
        case EqualTo(operand=operand):
            yield from _param(operand)
        case Between(low=low, high=high):
            yield from _param(low)
            yield from _param(high)
        case MemberOf(param=param):
            yield param.name
        case OneOf(tests=tests) | AllOf(tests=tests):
            for each in tests:
                yield from _params_of(each)
        case NotTest(test=inner):
            yield from _params_of(inner)
        case Contains() | KnownTest():
            pass
        case _ as unreachable:
            assert_never(unreachable)


def _param(operand: Constant | ParamRead | None) -> Iterator[str]:
    if isinstance(operand, ParamRead):
        yield operand.name
