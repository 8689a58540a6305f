"""What tests compare their subject with, and whether they ask what is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from remedykit.language.degree import walk
from remedykit.language.syntax import (
    AllOf,
    Between,
    Constant,
    Contains,
    EqualTo,
    Expression,
    IsKnown,
    KnownTest,
    MemberOf,
    NotTest,
    OneOf,
    ParamRead,
    Test,
    Tested,
)


def operands_of(test: Test) -> Iterator[Constant | ParamRead]:
    """Yield the constants and params that a test compares with, in the order they are written."""
    match test:
        case EqualTo():
            yield test.operand
        case Between():
            yield from (end for end in (test.low, test.high) if end is not None)
        case MemberOf():
            yield test.param
        case OneOf() | AllOf():
            for part in test.tests:
                yield from operands_of(part)
        case NotTest():
            yield from operands_of(test.test)
        case Contains() | KnownTest():
            pass
        case _:
            assert_never(test)


def params_of(test: Test) -> Iterator[ParamRead]:
    """Yield the params that a test compares with, in the order they are written."""
    yield from (operand for operand in operands_of(test) if isinstance(operand, ParamRead))


def asks_what_is_known(condition: Expression) -> bool:
    """Return whether a condition asks itself if something is known; defines are not entered."""
    return any(map(asks_if_known, walk(condition)))


def asks_if_known(node: Expression) -> bool:
    """Return whether an expression itself, not a part of it, asks if something is known."""
    return isinstance(node, IsKnown) or (isinstance(node, Tested) and _asks(node.test))


def _asks(test: Test) -> bool:
    match test:
        case KnownTest():
            return True
        case OneOf() | AllOf():
            return any(map(_asks, test.tests))
        case NotTest():
            return _asks(test.test)
        case _:
            return False


def words_in(test: Test) -> Iterator[str]:
    """Yield the words that a test on a list looks for."""
    match test:
        case Contains():
            yield test.word
        case OneOf() | AllOf():
            for part in test.tests:
                yield from words_in(part)
        case NotTest():
            yield from words_in(test.test)
        case EqualTo() | Between() | MemberOf() | KnownTest():
            pass
        case _:
            assert_never(test)
