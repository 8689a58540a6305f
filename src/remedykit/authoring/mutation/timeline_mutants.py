"""Mutants of the facts that follow from the timeline: what their patterns ask for, changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple, TypeVar

from remedykit.authoring.mutation.mutant import Mutant, Operator, Watched
from remedykit.authoring.mutation.rebuilding import replaced, without
from remedykit.authoring.mutation.values import Beside
from remedykit.explain.wording import worded_value
from remedykit.language.syntax import (
    Absence,
    CheckedPolicy,
    Constant,
    EventCount,
    EventPattern,
    FactRead,
    ParamRead,
    Same,
    TimelineFact,
)
from remedykit.language.types import BOOL, DURATION, INT
from remedykit.model.event import EVENT_FORMS
from remedykit.model.words import EVENT_TYPES, PARTIES

_Pattern = Absence | EventCount
_Word = TypeVar("_Word")


class _Changed(NamedTuple):
    """A pattern, or a part of one, with one small change."""

    operator: Operator
    told: str
    pattern: _Pattern


class _Events(NamedTuple):
    """Which events are meant, with one small change."""

    operator: Operator
    told: str
    events: EventPattern


def timeline_mutants(policy: CheckedPolicy, beside: Beside) -> Iterator[Mutant]:
    """Yield the mutants of a policy's facts that follow from the timeline.

    They tell one event type less, or another type, another party or length of time, or leave out
    the party, the kind or what must be the same. A length that a param tells is changed with the
    param. All of them could be written: an event type has what is asked of its events.
    """
    for number, fact in enumerate(policy.timeline):
        for each in _changed(fact.pattern, beside):
            other = replace(fact, pattern=each.pattern)
            yield Mutant(
                clause=f"fact:{fact.name}",
                operator=each.operator,
                place=fact.place,
                change=each.told,
                policy=replace(policy, timeline=replaced(policy.timeline, number, other)),
                watched=Watched(readers=(read_of(fact),)),
            )


def read_of(fact: TimelineFact) -> FactRead:
    """Return the reading of a fact."""
    return FactRead(fact.name, BOOL if isinstance(fact.pattern, Absence) else INT, fact.place)


def _changed(pattern: _Pattern, beside: Beside) -> Iterator[_Changed]:
    match pattern:
        case Absence():
            for operator, told, events in _of_events(pattern.after, pattern.same):
                yield _Changed(operator, f"after: {told}", replace(pattern, after=events))
            for operator, told, events in _of_events(pattern.without, pattern.same):
                yield _Changed(operator, f"without: {told}", replace(pattern, without=events))
            if pattern.same is not None:
                yield _Changed(
                    "dropped", f"without same: {pattern.same}", replace(pattern, same=None)
                )
            for told, length in _lengths(pattern.lasting, beside):
                yield _Changed("value", f"for: {told}", replace(pattern, lasting=length))
        case EventCount():
            for operator, told, events in _of_events(pattern.of, None):
                yield _Changed(operator, f"count: {told}", replace(pattern, of=events))
            if pattern.within is not None:
                yield _Changed("dropped", "without within", replace(pattern, within=None))
                for told, length in _lengths(pattern.within, beside):
                    yield _Changed("value", f"within: {told}", replace(pattern, within=length))


def _of_events(events: EventPattern, same: Same | None) -> Iterator[_Events]:
    types = events.types
    asked = {same, "kind" if events.kind else None} - {None}
    fitting = tuple(each for each in EVENT_TYPES if asked.issubset(EVENT_FORMS[each].fields))
    for number, each in enumerate(types):
        if len(types) > 1:
            fewer = replace(events, types=without(types, number))
            yield _Events("word", f"without {each}", fewer)
        else:
            other = _next(fitting, each)
            yield _Events("word", f"{each} -> {other}", replace(events, types=(other,)))
    if events.by is not None:
        yield _Events("dropped", f"without by: {events.by}", replace(events, by=None))
        party = _next(PARTIES, events.by)
        yield _Events("word", f"by: {events.by} -> {party}", replace(events, by=party))
    if events.kind is not None:
        yield _Events("dropped", f"without kind: {events.kind}", replace(events, kind=None))


def _next(words: tuple[_Word, ...], word: _Word) -> _Word:
    """Return the word behind one, round in a circle."""
    return words[(words.index(word) + 1) % len(words)]


def _lengths(length: Constant | ParamRead, beside: Beside) -> Iterator[tuple[str, Constant]]:
    if isinstance(length, ParamRead):
        return
    for value in beside.steps(length.value, DURATION):
        if isinstance(value, timedelta) and value > timedelta(0):
            before, after = (
                worded_value(each, DURATION.base, beside.currency) for each in (length.value, value)
            )
            yield f"{before} -> {after}", replace(length, value=value)
