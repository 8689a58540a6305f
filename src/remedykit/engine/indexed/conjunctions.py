"""From a condition to conjunctions, one of which must hold: what the index has its bits for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from remedykit.language.syntax import (
    And,
    Between,
    Compare,
    Constant,
    Contains,
    DefineRead,
    EqualTo,
    Expression,
    FactRead,
    In,
    IsKnown,
    KnownTest,
    MemberOf,
    Not,
    NotTest,
    Or,
    ParamRead,
    Test,
    Tested,
)

# Modelling choice: a condition with more is not taken apart further, but evaluated as a whole.
# Written by hand, conditions have a few (`any:` with a list of maps).
MOST_CONJUNCTIONS = 8


class Literal(NamedTuple):
    """A condition that is not taken apart; with ``holds=False``, that it does not hold.

    Attributes:
        on: the same as a test on one fact or define, where it is one: a table may answer it.
    """

    condition: Expression
    holds: bool
    on: tuple[FactRead | DefineRead, Test] | None


Conjunction = tuple[Literal, ...]

_FALSE: tuple[Conjunction, ...] = ()
_TRUE: tuple[Conjunction, ...] = ((),)
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def conjunctions_of(condition: Expression, *, holds: bool = True) -> tuple[Conjunction, ...]:
    """Return conjunctions of which one holds if and only if the condition does.

    In Kleene's logic too: ``not`` may be pushed inward and ``and`` distributed over ``or`` there.

    Args:
        condition: reads facts, params and defines.
        holds: ``False`` for the conjunctions of its negation.
    """
    match condition:
        case Not():
            return conjunctions_of(condition.part, holds=not holds)
        case And() | Or() if isinstance(condition, And) is holds:
            return _all(condition.parts, holds=holds)
        case And() | Or():
            return _any(condition, holds=holds)
        case Constant(value=bool()):
            return _TRUE if condition.value is holds else _FALSE
        case _:
            return ((_literal(condition, holds=holds),),)


def _all(parts: Iterable[Expression], *, holds: bool) -> tuple[Conjunction, ...]:
    """Return every combination of one conjunction of each part."""
    common: list[Literal] = []
    found = _TRUE
    for part in parts:
        choices = conjunctions_of(part, holds=holds)
        if len(found) * len(choices) > MOST_CONJUNCTIONS:
            choices = ((Literal(part, holds, None),),)
        if len(choices) == 1:
            common.extend(choices[0])
        else:
            found = tuple((*one, *other) for one in found for other in choices)
    return tuple((*common, *each) for each in found)


def _any(condition: And | Or, *, holds: bool) -> tuple[Conjunction, ...]:
    """Return the conjunctions of all parts."""
    found = tuple(each for part in condition.parts for each in conjunctions_of(part, holds=holds))
    return found if len(found) <= MOST_CONJUNCTIONS else ((Literal(condition, holds, None),),)


def _literal(condition: Expression, *, holds: bool) -> Literal:
    on = as_test(condition)
    if on is None or holds:
        return Literal(condition, holds, on)
    subject, test = on
    return Literal(condition, holds, (subject, _negated(test)))


def as_test(condition: Expression) -> tuple[FactRead | DefineRead, Test] | None:
    """Return the subject and the test of a condition that is a test on one fact or define."""
    match condition:
        case Tested(subject=FactRead() | DefineRead() as subject, test=test):
            return subject, test
        case FactRead() | DefineRead():
            return condition, EqualTo(Constant(True, condition.type, condition.place))
        case IsKnown(subject=subject):
            return subject, KnownTest(expected=True)
        case Compare(left=FactRead() | DefineRead() as left, right=Constant() | ParamRead() as end):
            return left, _compared(condition.op, end)
        case Compare(
            left=Constant() | ParamRead() as end, right=FactRead() | DefineRead() as right
        ):
            return right, _compared(_MIRRORED[condition.op], end)
        case In(item=FactRead() | DefineRead() as item, members=ParamRead() as members):
            return item, MemberOf(members)
        case In(item=Constant(value=str() as word), members=FactRead() | DefineRead() as members):
            return members, Contains(word)
        case _:
            return None


def _negated(test: Test) -> Test:
    return test.test if isinstance(test, NotTest) else NotTest(test)


def _compared(op: str, end: Constant | ParamRead) -> Test:
    match op:
        case "<" | "<=":
            return Between(None, end, high_excluded=op == "<")
        case ">" | ">=":
            return Between(end, None, low_excluded=op == ">")
        case "==":
            return EqualTo(end)
        case _:
            return NotTest(EqualTo(end))
