"""The tests on which a condition turns, each with what must hold beside it so that it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from remedykit.authoring.situations.goals import Goal
from remedykit.language.syntax import And, Cases, Define, Expression, Not, Or


@dataclass(frozen=True, slots=True)
class Pivot:
    """One test of a condition, and the goals with which the condition is as true as the test.

    (Or, below an odd number of `Not`, as false as the test is true.)
    """

    test: Expression
    beside: tuple[Goal, ...]


def pivots(condition: Expression, beside: tuple[Goal, ...] = ()) -> Iterator[Pivot]:
    """Yield each test of a condition, in the order they are written; defines are not entered.

    Args:
        condition: made of tests by `And`, `Or` and `Not`.
        beside: goals that must be met with each of them.
    """
    match condition:
        case And(parts=parts):
            yield from _of_parts(parts, beside, neutral=True)
        case Or(parts=parts):
            yield from _of_parts(parts, beside, neutral=False)
        case Not(part=part):
            yield from pivots(part, beside)
        case _:
            yield Pivot(condition, beside)


def pivots_of_define(define: Define) -> Iterator[tuple[Pivot, Expression]]:
    """Yield the tests of a define, each with the condition in it that turns on the test.

    A test in a row of cases turns the row: no row before it matches.
    """
    body = define.body
    if not isinstance(body, Cases):
        for pivot in pivots(body):
            yield pivot, body
        return
    before: tuple[Goal, ...] = ()
    for row in body.rows:
        for pivot in pivots(row.when, before):
            yield pivot, row.when
        before = (*before, Goal(row.when, False)) if body.op == "first" else before


def _of_parts(
    parts: tuple[Expression, ...], beside: tuple[Goal, ...], *, neutral: bool
) -> Iterator[Pivot]:
    for number, part in enumerate(parts):
        others = (*parts[:number], *parts[number + 1 :])
        goals = tuple(Goal(other, neutral) for other in others)
        yield from pivots(part, (*beside, *goals))
