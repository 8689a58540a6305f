"""The places at which one test turns: around each threshold, each word, known and unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from remedykit.authoring.situations.crossings import Order, crossings
from remedykit.authoring.situations.fact_pools import neighbours
from remedykit.authoring.situations.goals import Chosen, Goal, Solver
from remedykit.diagnostics import Place
from remedykit.explain.wording import worded, worded_value
from remedykit.language.operands import operands_of, words_in
from remedykit.language.syntax import (
    And,
    Compare,
    Constant,
    DefineRead,
    EqualTo,
    Expression,
    FactRead,
    In,
    IsKnown,
    Not,
    Or,
    Shifted,
    Tested,
)
from remedykit.language.types import (
    BOOL,
    ORDERED,
    TEXT,
    TIME,
    Base,
    FactDeclaration,
    FactType,
    Value,
)

Side = Literal["below", "at", "above", "is", "other", "with", "without", "true", "false", "unknown"]

_MOST_WAYS = 40  # to meet a threshold of what several facts make up
_ORDERS: tuple[Order, ...] = ("below", "at", "above")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One place at which a test may turn.

    Attributes:
        subject: what is tested: the name of a fact or define, or a comparison in words.
        side: on which side of the threshold it is, or what it is.
        value: the threshold (for below, at and above) or the value itself, in words.
        goals: with which the test is there.
        ways: facts with which it is there, one way after the other; none: there is no such value.
    """

    subject: str
    side: Side
    value: str = ""
    goals: tuple[Goal, ...] = ()
    ways: tuple[Chosen, ...] = ({},)


def points_of(solver: Solver, test: Expression) -> Iterator[Point]:
    """Yield the places at which a test turns, in the order of its thresholds."""
    match test:
        case Tested(subject=FactRead(name=name)):
            yield from _of_fact(solver, test, name)
        case Tested(subject=DefineRead() as subject) if subject.type == BOOL:
            yield from _of_truth(subject, subject.name)
        case Tested(subject=DefineRead() as subject) if subject.type.base in ORDERED:
            for operand in dict.fromkeys(operands_of(test.test)):
                compared = Compare("<", subject, operand, test.place)
                yield from met(solver, compared, subject.name, worded(operand, solver.currency))
            yield Point(subject=subject.name, side="unknown", goals=(Goal(_known(subject), False),))
        case Tested(subject=DefineRead() as subject):
            yield from _of_words(solver, test, subject)
        case Compare() if _type_of(test.left).base in ORDERED:
            yield from met(solver, test, worded(test, solver.currency))
            yield Point(
                subject=worded(test, solver.currency), side="unknown", goals=(Goal(test, None),)
            )
        case _:
            yield from _of_truth(test, worded(test, solver.currency))


def met(solver: Solver, compared: Compare, subject: str, value: str = "") -> Iterator[Point]:
    """Yield the places where two compared values meet."""
    found = tuple(islice(crossings(solver, compared), _MOST_WAYS))
    for order in _ORDERS:
        ways = tuple(sides[order] for sides in found if order in sides)
        if ways or not found:
            yield Point(subject=subject, side=order, value=value, ways=ways)


def _of_fact(solver: Solver, test: Tested, name: str) -> Iterator[Point]:
    declaration = next(each for each in solver.policy.schema.declarations if each.name == name)
    base = declaration.type.base
    operands = [solver.pools.constant(each) for each in operands_of(test.test)]
    named = [value for value in dict.fromkeys(operands) if value is not None]
    if base is Base.BOOL:
        yield Point(subject=name, side="true", ways=({name: True},))
        yield Point(subject=name, side="false", ways=({name: False},))
    elif base in ORDERED:
        yield from _around(solver, declaration, named)
    elif base is Base.TEXTS:
        yield from _of_list(name, tuple(dict.fromkeys([*words_in(test.test), *_flat(named)])))
    else:
        yield from _words(solver, name, tuple(dict.fromkeys(_flat(named))))
    if not named and base not in (Base.BOOL, Base.TEXTS):  # it asks only whether the fact is known
        value = next(each for each in solver.pools.values[name] if each is not None)
        word = worded_value(value, base, solver.currency)
        yield Point(subject=name, side="is", value=word, ways=({name: value},))
    if not declaration.always_known:
        yield Point(subject=name, side="unknown", ways=({name: None},))


def _of_list(name: str, words: tuple[str, ...]) -> Iterator[Point]:
    """Yield a list with each named word, and one without any."""
    for word in words:
        yield Point(subject=name, side="with", value=word, ways=({name: (word,)},))
    yield Point(subject=name, side="without", ways=({name: ()},))


def _around(
    solver: Solver, declaration: FactDeclaration, thresholds: list[Value]
) -> Iterator[Point]:
    for threshold in thresholds:
        below, above = neighbours(declaration, threshold)
        word = worded_value(threshold, declaration.type.base, solver.currency)
        places: tuple[tuple[Order, Value | None], ...] = (
            ("below", below),
            ("at", threshold),
            ("above", above),
        )
        for side, value in places:
            ways = () if value is None else ({declaration.name: value},)
            yield Point(subject=declaration.name, side=side, value=word, ways=ways)


def _words(solver: Solver, name: str, words: tuple[str, ...]) -> Iterator[Point]:
    """Yield each named word, and one other."""
    for word in words:
        yield Point(subject=name, side="is", value=word, ways=({name: word},))
    pool = solver.pools.values[name]
    others = [each for each in pool if isinstance(each, str) and each not in words]
    if others and words:
        yield Point(subject=name, side="other", value=others[0], ways=({name: others[0]},))


def _of_words(solver: Solver, test: Tested, subject: DefineRead) -> Iterator[Point]:
    operands = [solver.pools.constant(each) for each in operands_of(test.test)]
    words = tuple(dict.fromkeys(_flat(value for value in operands if value is not None)))
    for word in words:
        goal = Goal(_is_word(subject, word, test.place), True)
        yield Point(subject=subject.name, side="is", value=word, goals=(goal,))
    others = tuple(Goal(_is_word(subject, word, test.place), False) for word in words)
    yield Point(subject=subject.name, side="other", goals=others)
    yield Point(subject=subject.name, side="unknown", goals=(Goal(_known(subject), False),))


def _of_truth(condition: Expression, subject: str) -> Iterator[Point]:
    sides: tuple[tuple[Side, bool | None], ...] = (
        ("true", True),
        ("false", False),
        ("unknown", None),
    )
    for side, truth in sides:
        yield Point(subject=subject, side=side, goals=(Goal(condition, truth),))


def _flat(values: Iterable[Value]) -> Iterator[str]:
    for value in values:
        if isinstance(value, tuple):
            yield from value
        elif isinstance(value, str):
            yield value


def _is_word(subject: DefineRead, word: str, place: Place) -> Tested:
    return Tested(subject, EqualTo(Constant(word, TEXT, place)), place)


def _known(subject: DefineRead) -> IsKnown:
    return IsKnown(subject, subject.place)


def _type_of(expression: Expression) -> FactType:
    """Return the type of a side of a comparison."""
    match expression:
        case And() | Or() | Not() | Tested() | Compare() | In() | IsKnown():
            return BOOL
        case Shifted():
            return TIME
        case _:
            return expression.type
