"""Which answers to a question are worth trying: every outcome that tests on the fact can have."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from itertools import pairwise

from remedykit.explain.tested_words import words_tested
from remedykit.explain.thresholds import EPOCH, Axis, thresholds
from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy
from remedykit.language.types import Base, FactDeclaration, Value
from remedykit.model.currencies import minor_digits

_WHOLE = frozenset({Base.INT, Base.MONEY, Base.DATE})
_DAY = 86_400  # seconds
_SOMETHING_ELSE = "something else"


def possible_answers(
    policy: CheckedPolicy, facts: Facts, declaration: FactDeclaration
) -> tuple[Value, ...]:
    """Return answers in a fixed order: one for each way that tests on the fact can come out.

    Truth values and named values are complete. For ordered facts there is one answer at, between,
    below and above the thresholds of the policy's tests, within the declared range. For free texts
    there is each text that the policy names, and one that it does not.
    """
    match declaration.type.base:
        case Base.BOOL:
            return (True, False)
        case Base.TEXT:
            return declaration.type.values or (
                *words_tested(policy, declaration.name),
                _SOMETHING_ELSE,
            )
        case Base.TEXTS:
            words = declaration.type.values or words_tested(policy, declaration.name)
            return ((), *((word,) for word in words), *((words,) if len(words) > 1 else ()))
        case _:
            return _ordered(policy, facts, declaration)


def _ordered(
    policy: CheckedPolicy, facts: Facts, declaration: FactDeclaration
) -> tuple[Value, ...]:
    base = declaration.type.base
    places = thresholds(policy, facts, declaration.name, base)
    axis = Axis(base)
    kept = sorted({_within(place, declaration) for place in _around(places, base, facts)})
    answers = (axis.value(place) for place in kept)
    return tuple(answer for answer in answers if answer is not None)


def _around(places: tuple[Fraction, ...], base: Base, facts: Facts) -> Iterator[Fraction]:
    """Yield a place on, between, below and above the thresholds, or one place if there are none."""
    if not places:
        yield _typical(base, facts)
        return
    yield _whole(places[0], base)[0] - 1
    for place in places:
        yield from _whole(place, base)
    for lower, upper in pairwise(places):
        yield _whole((lower + upper) / 2, base)[0]
    yield _whole(places[-1], base)[1] + 1


def _whole(place: Fraction, base: Base) -> tuple[Fraction, Fraction]:
    """Return the values of the type next to a place: below (or at) and above (or at)."""
    if base in _WHOLE:
        return Fraction(math.floor(place)), Fraction(math.ceil(place))
    return place, place


def _typical(base: Base, facts: Facts) -> Fraction:
    """Return a place that stands for «it is known», where no test asks for more."""
    match base:
        case Base.MONEY:
            return Fraction(10 * 10 ** minor_digits(facts.currency))
        case Base.TIME | Base.DATE:
            now = facts.values.get("at")
            moment = now if isinstance(now, datetime) else EPOCH
            return Axis(base).number(moment if base is Base.TIME else moment.date()) or Fraction(0)
        case Base.DURATION:
            return Fraction(_DAY)
        case _:
            return Fraction(1)


def _within(place: Fraction, declaration: FactDeclaration) -> Fraction:
    if declaration.at_least is not None and place < declaration.at_least:
        return declaration.at_least
    if declaration.at_most is not None and place > declaration.at_most:
        return declaration.at_most
    return place
