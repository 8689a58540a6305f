"""The values of a fact that are worth trying, because something turns at them or beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from remedykit.explain.answers import lists_around, possible_answers, step_at, values_around
from remedykit.explain.change_words import OneOf, Span
from remedykit.explain.changeable import THROUGH, Changeable
from remedykit.explain.comparisons import comparisons_in
from remedykit.explain.deciding import Decider
from remedykit.explain.hindrances import ClaimedBy
from remedykit.explain.tested_words import words_tested
from remedykit.explain.thresholds import Axis, all_thresholds, thresholds
from remedykit.explain.trials import Chosen, Trials
from remedykit.facts.answered import without
from remedykit.facts.values import Facts
from remedykit.language.types import ORDERED, Base, FactDeclaration, Value

# A fact, the claim on which something turns, and what is changed besides.
_Place = tuple[str, tuple[str, ...], frozenset[tuple[str, Value]]]


class TurningValues:
    """Finds the values of facts to try; what it found it keeps."""

    def __init__(self, decider: Decider, changeable: Changeable, trials: Trials) -> None:
        """Make ready to find values."""
        self._policy = decider.policy
        self._timeline = decider.timeline
        self._changeable = changeable
        self._trials = trials
        self._found: dict[_Place, tuple[Value, ...]] = {}
        self._of_all: dict[str, tuple[Value, ...]] = {}
        self._dependent: dict[tuple[str, tuple[str, ...]], frozenset[str]] = {}

    def values(self, name: str, chosen: Chosen, claim: ClaimedBy) -> tuple[Value, ...]:
        """Return the values of a fact at which a claim may come out otherwise.

        Where nothing else is changed, or what is contradicts itself, those at which anything in the
        policy may.

        Args:
            name: of the fact.
            chosen: what is changed besides.
            claim: one on the kind that is wanted.
        """
        beside = self._beside(name, claim)
        key = name, claim.key, frozenset(each for each in chosen.items() if each[0] in beside)
        if key not in self._found:
            setting = self._trials.setting(chosen)
            facts = self._changeable.facts if setting is None else setting.facts
            self._found[key] = self._possible(name, self._of_claim(name, facts, claim))
        found = self._found[key]
        if not chosen or self._trials.setting(chosen) is None:
            found = (*found, *self._of_policy(name))
        return self._possible(name, (*found, *self._allowed(name, chosen, found)))

    def _allowed(self, name: str, chosen: Chosen, found: Iterable[Value]) -> Iterator[Value]:
        """Yield the ends of what a fact can be besides others, where values lie beyond them.

        All of them, where what is changed besides contradicts something.
        """
        base = self._changeable.declared[name].type.base
        if base in ORDERED:
            ends = self._changeable.ends(name, chosen)
            contradicts = self._trials.setting(chosen) is None
            yield from ends.values(base) if contradicts else ends.passed(found, base)

    def _possible(self, name: str, values: Iterable[Value]) -> tuple[Value, ...]:
        possible = (each for each in values if self._changeable.is_possible(name, each))
        return tuple(dict.fromkeys(possible))

    def _beside(self, name: str, claim: ClaimedBy) -> frozenset[str]:
        """Return the facts on which it depends where something turns along a fact."""
        key = name, claim.key
        if key not in self._dependent:
            follow = {name, *(each for each, through in THROUGH.items() if name in through)}
            facts = self._changeable.facts
            read = {
                fact
                for each in follow
                for comparison in comparisons_in(claim.alone, facts, each)
                for fact in comparison.reads(claim.defines)
            }
            sources = (fact for each in read | follow for fact in THROUGH.get(each, ()))
            self._dependent[key] = frozenset({*read, *follow, *sources})
        return self._dependent[key]

    def nearest(self, name: str, chosen: Chosen) -> Value:
        """Return the value of a changed fact that is as near to the one it has as is enough.

        One step nearer, and the kind is not offered. Mostly that is the value chosen; but where an
        amount goes in steps, or a ceiling is no comparison of the policy, something may turn at a
        place that nothing told.
        """
        before = self._changeable.facts.values[name]
        if self._changeable.declared[name].type.base not in ORDERED or before is None:
            return chosen[name]
        return self._last(name, chosen, before)

    def _last(self, name: str, chosen: Chosen, short: Value) -> Value:
        """Return the last value that will do, on the way from the chosen one to one that will not.

        Where some on the way will not and then others will again, it is one before such a place.
        """
        value, base = chosen[name], self._changeable.declared[name].type.base
        axis = Axis(base)
        start, end = axis.number(value), axis.number(short)
        if start is None or end is None:
            return value
        step = step_at(start, base) * (1 if end > start else -1)
        too_far, enough = (end - start) // step, 0  # steps from the chosen value
        tried = 1
        while enough < tried < too_far:
            farther = axis.value(start + tried * step)
            if farther is not None and self._trials.is_offered({**chosen, name: farther}):
                enough, value = tried, farther
            else:
                too_far = tried
            tried = (enough + too_far) // 2
        return value

    def also(self, name: str, chosen: Chosen, claim: ClaimedBy) -> Span | OneOf:
        """Return which other values of a changed fact would do, as far as they were tried."""
        besides = {fact: value for fact, value in chosen.items() if fact != name}
        tried = self.values(name, besides, claim)
        base = self._changeable.declared[name].type.base
        if base in ORDERED:
            return self._span(name, chosen, {Axis(base).number(each): each for each in tried})
        others = [each for each in tried if self._trials.is_offered({**chosen, name: each})]
        return OneOf(tuple(dict.fromkeys((chosen[name], *others))), len(others) == len(tried))

    def _span(self, name: str, chosen: Chosen, places: dict[Fraction | None, Value]) -> Span:
        base = self._changeable.declared[name].type.base
        places[Axis(base).number(chosen[name])] = chosen[name]
        values = [value for _, value in sorted(places.items(), key=lambda each: each[0] or 0)]
        low = high = values.index(chosen[name])
        while low > 0 and self._trials.is_offered({**chosen, name: values[low - 1]}):
            low -= 1
        while high + 1 < len(values) and self._trials.is_offered(
            {**chosen, name: values[high + 1]}
        ):
            high += 1
        lowest, highest = ({**chosen, name: values[each]} for each in (low, high))
        span = Span(
            low=self._last(name, lowest, values[low - 1]) if low > 0 else None,
            high=self._last(name, highest, values[high + 1]) if high + 1 < len(values) else None,
        )
        return _closed(span, self._changeable.declared[name])

    # --- values --------------------------------------------------------------------------------

    def _of_claim(self, name: str, facts: Facts, claim: ClaimedBy) -> tuple[Value, ...]:
        declaration = self._changeable.declared[name]
        base = declaration.type.base
        if base in ORDERED:
            places = all_thresholds(claim.alone, facts, name, base)
            return values_around(places, declaration, facts)
        held = facts.values[name]
        if base is Base.TEXTS and isinstance(held, tuple):
            words = declaration.type.values or words_tested(self._policy, facts, name)
            return lists_around(words, held)
        return possible_answers(self._policy, facts, declaration)

    def _of_policy(self, name: str) -> tuple[Value, ...]:
        """Return the values of an ordered fact at which anything in the policy turns."""
        declaration, facts = self._changeable.declared[name], self._changeable.facts
        base = declaration.type.base
        if base not in ORDERED:
            return ()
        if name not in self._of_all:
            places = thresholds(self._policy, without(facts, name, self._timeline), name, base)
            self._of_all[name] = values_around(places, declaration, facts)
        return self._of_all[name]


def _closed(span: Span, declaration: FactDeclaration) -> Span:
    """Return a span; one value where that is the least, or the most, that the fact can be."""
    axis = Axis(declaration.type.base)
    least, most = declaration.at_least, declaration.at_most
    if span.low is None and least is not None and axis.number(span.high) == least:
        return Span(span.high, span.high)
    if span.high is None and most is not None and axis.number(span.low) == most:
        return Span(span.low, span.low)
    return span
