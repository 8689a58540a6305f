"""Which answers to a question are worth trying: every outcome that a policy can make of a fact."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import combinations, pairwise
from types import MappingProxyType

from remedykit.explain.ends import ends_of
from remedykit.explain.messages import PERSONAL
from remedykit.explain.tested_words import words_tested
from remedykit.explain.thresholds import EPOCH, Axis, thresholds
from remedykit.explain.time_words import duration_text
from remedykit.explain.wording import worded_value
from remedykit.facts.answered import follow_from_times
from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy
from remedykit.language.types import Base, FactDeclaration, Schema, Value
from remedykit.model.currencies import minor_digits
from remedykit.model.exact import MAX_DIGITS
from remedykit.model.rational import exact_text

_MINUTE, _DAY = 60, 86_400  # seconds
_DECIMALS = 4  # of a number that stands for one with more, such as a third
# What an answer is a multiple of: minor units, days for dates, seconds for times and durations.
_STEPS: Mapping[Base, Fraction] = MappingProxyType(
    {
        Base.INT: Fraction(1),
        Base.NUMBER: Fraction(1, 10**_DECIMALS),
        Base.MONEY: Fraction(1),
        Base.DATE: Fraction(1),
        Base.TIME: Fraction(1),
        Base.DURATION: Fraction(_MINUTE),
    }
)
_HAPPENED = ("order.placed_at", "order.first_scan_at", "incident.delivered_at")
_SOMETHING_ELSE = "something else"
_FEW_WORDS = 4  # of a list; each of their combinations is tried


def possible_answers(
    policy: CheckedPolicy, facts: Facts, declaration: FactDeclaration
) -> tuple[Value, ...]:
    """Return answers in a fixed order: one for each way that a policy can take the fact.

    Truth values and named values are complete. For ordered facts there is one answer at, between,
    below and above the places where the policy's comparisons come out otherwise, within the
    declared range; each can be handed in: numbers have few decimals, amounts no parts of a minor
    unit, durations are whole minutes. For free texts there is each text that the fact is compared
    with, and another one.

    Where some answers contradict other facts, the last that does not is among them.
    """
    match declaration.type.base:
        case Base.BOOL:
            return (True, False)
        case Base.TEXT:
            return declaration.type.values or (
                *words_tested(policy, facts, declaration.name),
                _SOMETHING_ELSE,
            )
        case Base.TEXTS:
            words = declaration.type.values or words_tested(policy, facts, declaration.name)
            return ((), *((word,) for word in words), *((words,) if len(words) > 1 else ()))
        case _:
            return _ordered(policy, facts, declaration)


def values_around(
    places: tuple[Fraction, ...], declaration: FactDeclaration, facts: Facts
) -> tuple[Value, ...]:
    """Return what an ordered fact can be at some places and next to them on either side, ascending.

    Between two places that lie apart it is what can be handed in nearest to each of them. Without
    places only a value that stands for «it is known», and none if it is.

    Args:
        places: where something turns, as on its `Axis`.
        declaration: of the fact.
        facts: those of the decision.
    """
    base = declaration.type.base
    found = set[Fraction]()
    for place in places:
        step = step_at(place, base)
        below, above = math.floor(place / step) * step, math.ceil(place / step) * step
        found |= {below - step, below, above, above + step}
    if base is Base.NUMBER:
        found |= {near for pair in pairwise(places) for near in _between(*pair, base)}
    if not places and facts.values[declaration.name] is None:
        found = {*_typical(declaration, facts)}
    return _handed_in(found, declaration)


def lists_around(words: tuple[str, ...], held: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the lists that differ from a list in words that matter: all of them if these are few.

    Args:
        words: those that a policy looks for.
        held: the list.
    """
    others = tuple(word for word in held if word not in words)
    most = len(words) if len(words) <= _FEW_WORDS else 1
    changed = (set(some) for count in range(1, most + 1) for some in combinations(words, count))
    return tuple(
        others + tuple(word for word in words if (word in held) != (word in some))
        for some in changed
    )


def step_at(place: Fraction, base: Base) -> Fraction:
    """Return how far what can be handed in next lies from a place.

    One minor unit, day or second, one minute for durations; for numbers a hundredth, or one in the
    last decimal of those that have more.
    """
    if base is not Base.NUMBER:
        return _STEPS[base]
    step = Fraction(1, 100)
    while place % step and step > _STEPS[base]:
        step /= 10
    return step


def answer_text(value: Value, declaration: FactDeclaration, facts: Facts, schema: Schema) -> str:
    """Return an answer as it can be handed in; a text that is a personal fact is not printed."""
    hidden = {facts.values.get(each.name) for each in schema.declarations if each.personal}
    match value:
        case str() if value in hidden:
            return PERSONAL
        case tuple() if not hidden.isdisjoint(value):
            return PERSONAL
        case timedelta():
            return duration_text(value)
        case _:
            return worded_value(value, declaration.type.base, facts.currency)


def _ordered(
    policy: CheckedPolicy, facts: Facts, declaration: FactDeclaration
) -> tuple[Value, ...]:
    base = declaration.type.base
    places = thresholds(policy, facts, declaration.name, base)
    found = _handed_in(
        _around(places, base) if places else _typical(declaration, facts), declaration
    )
    counted = "incident.days_late" not in follow_from_times(facts)
    ends = ends_of(declaration.name, facts.values, counted=counted)
    axis = Axis(base)
    return tuple(
        sorted({*found, *ends.passed(found, base)}, key=lambda each: axis.number(each) or 0)
    )


def _handed_in(places: Iterable[Fraction], declaration: FactDeclaration) -> tuple[Value, ...]:
    """Return the values at some places within the declared range, ascending."""
    kept = sorted({_within(place, declaration) for place in places})
    axis = Axis(declaration.type.base)
    answers = (axis.value(place) for place in kept if _has_few_digits(place))
    return tuple(answer for answer in answers if answer is not None)


def _around(places: tuple[Fraction, ...], base: Base) -> Iterator[Fraction]:
    """Yield a place on, between, below and above some places; all of them can be handed in."""
    step = Fraction(1) if base is Base.NUMBER else _STEPS[base]
    yield _beside(places[0], base)[0] - step
    for place in places:
        yield from _beside(place, base)
    for lower, upper in pairwise(places):
        yield from _between(lower, upper, base)
    yield _beside(places[-1], base)[1] + step


def _beside(place: Fraction, base: Base) -> tuple[Fraction, Fraction]:
    """Return what can be handed in next to a place: below (or at) and above (or at)."""
    step = _STEPS[base]
    return math.floor(place / step) * step, math.ceil(place / step) * step


def _between(lower: Fraction, upper: Fraction, base: Base) -> Iterator[Fraction]:
    """Yield the first that can be handed in between two places, or one with few decimals."""
    if base is not Base.NUMBER:
        first = _beside(lower, base)[0] + _STEPS[base]
        yield from (first,) if first < upper else ()
        return
    middle = (lower + upper) / 2
    for decimals in range(_DECIMALS + 1):
        rounded = Fraction(round(middle * 10**decimals), 10**decimals)
        if lower < rounded < upper:
            yield rounded
            return


def _typical(declaration: FactDeclaration, facts: Facts) -> tuple[Fraction, ...]:
    """Return places that stand for «it is known», where no comparison asks for more."""
    base, least, most = declaration.type.base, declaration.at_least, declaration.at_most
    if least is not None and most is not None:
        middle = (least + most) / 2
        return (least, middle if base is Base.NUMBER else _beside(middle, base)[0], most)
    match base:
        case Base.MONEY:
            return (Fraction(10 * 10 ** minor_digits(facts.currency)),)
        case Base.TIME | Base.DATE:
            moment = _latest(facts)
            place = Axis(base).number(moment if base is Base.TIME else moment.date())
            return (_beside(place or Fraction(0), base)[0],)
        case Base.DURATION:
            return (Fraction(_DAY),)
        case _:
            return (Fraction(1),)


def _latest(facts: Facts) -> datetime:
    """Return the moment of decision, or else the last of what has surely happened by then."""
    now = facts.values.get("at")
    if isinstance(now, datetime):
        return now
    happened = (facts.values.get(name) for name in _HAPPENED)
    return max((each for each in happened if isinstance(each, datetime)), default=EPOCH)


def _within(place: Fraction, declaration: FactDeclaration) -> Fraction:
    if declaration.at_least is not None and place < declaration.at_least:
        return declaration.at_least
    if declaration.at_most is not None and place > declaration.at_most:
        return declaration.at_most
    return place


def _has_few_digits(place: Fraction) -> bool:
    return len(exact_text(abs(place)).replace(".", "")) <= MAX_DIGITS
