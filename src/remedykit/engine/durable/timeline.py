"""What the patterns of a policy say of a timeline, found by joins over time in durable-rules.

Asked twice: once with the events that surely match, which everything ends that may end them; once
with those that may match, which only ends what surely does. Nothing unknown gets into a message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import assert_never

from remedykit.engine.durable.cell import GUARD, LAST, Cell, Firing, Message, Ruleset, Test, guarded
from remedykit.facts.values import Happening
from remedykit.language.syntax import (
    Absence,
    CheckedPolicy,
    Constant,
    EventCount,
    EventPattern,
    ParamRead,
)
from remedykit.language.types import Truth, Value

# A message has one of these, that is 1: what its event is for the pattern, or may be.
_BEGIN, _END = "a", "b"  # they must agree in the field `_SAME`
_BEGIN_OF_ANY, _END_OF_ANY = "w", "v"  # not known in what they would have to agree
_PLACE, _TIME, _SAME = "i", "t", "s"
_OF_NOTHING = -1  # in `_SAME`: agrees with no other event
_ALIKE = 0  # what all events agree in where nothing need be the same
# durable-rules compares whole numbers exactly up to 2 ** 53; the sum of two such times is less.
_FARTHEST = 2**52
_MICROSECOND = timedelta(microseconds=1)
_NOW: Message = {LAST: 1, _TIME: 0}

_Fires = Callable[[Sequence[Message]], list[Firing]]


class DurableMatcher:
    """Finds by durable-rules what the timeline facts of a policy are worth.

    What is its own: which event comes how long before now, and what has come after it. What is
    not durable-rules': whether one event by itself is of the type, party and kind that a pattern
    asks for. It shares nothing with the plain matcher.

    Any number of threads may use one: they take turns. It can be pickled and copied; the copy has
    rulesets of its own.

    Raises:
        ModuleNotFoundError: if durable-rules is not installed; says what to install.
    """

    def __init__(self, policy: CheckedPolicy) -> None:
        self._policy = policy
        self._patterns = {
            fact.name: _Absence.of(fact.pattern, policy)
            if isinstance(fact.pattern, Absence)
            else _Count.of(fact.pattern, policy)
            for fact in policy.timeline
        }
        self._cell = Cell([pattern.ruleset() for pattern in self._patterns.values()])

    def __reduce__(self) -> tuple[type[DurableMatcher], tuple[CheckedPolicy]]:
        return DurableMatcher, (self._policy,)

    def values(
        self, events: Sequence[Happening] | None, at: datetime | None
    ) -> Mapping[str, Value | None]:
        """Return the value of every timeline fact by name; ``None`` is unknown.

        Args:
            events: what has happened up to `at`, in order of time; ``None``: nobody told.
            at: the moment of decision; ``None``: unknown.

        Raises:
            RuntimeError: if durable-rules failed; the next time it has new rulesets.
        """
        if events is None:
            return dict.fromkeys(self._patterns)
        with self._cell.opened() as ask:
            return {
                name: pattern.value(events, at, partial(ask, place))
                for place, (name, pattern) in enumerate(self._patterns.items())
            }


@dataclass(frozen=True, slots=True)
class _Absence:
    """A happened, no B since, and that long ago.

    Attributes:
        pattern: what is asked.
        length: how long, in microseconds.
    """

    pattern: Absence
    length: int

    @classmethod
    def of(cls, pattern: Absence, policy: CheckedPolicy) -> _Absence:
        """Return what is asked, with the params of a policy."""
        return cls(pattern, _length(pattern.lasting, policy))

    def ruleset(self) -> Ruleset:
        """Return the rules: ends stand last, and what refers to another ends in what is true."""
        found: dict[str, list[Mapping[str, Test]]] = {}
        for begin, agreeing in ((_BEGIN, True), (_BEGIN_OF_ANY, False)):
            later: Test = {"$gt": {_PLACE: {begin: _PLACE}}}
            same: list[Test] = [{_SAME: {begin: _SAME}}] if agreeing else []
            elapsed: Test = {"$gte": {_TIME: _after(begin, self.length)}}
            found[f"r{begin}"] = [
                {begin: guarded({begin: 1})},
                {LAST: guarded({LAST: 1}, elapsed, _true_of(begin))},
                {f"{_END}$not": guarded({_END: 1}, later, *same, _true_of(begin))},
                {f"{_END_OF_ANY}$not": guarded({_END_OF_ANY: 1}, later, _true_of(begin))},
            ]
        return found

    def value(self, events: Sequence[Happening], at: datetime | None, fires: _Fires) -> Truth:
        """Return whether it is so."""
        if at is not None and fires([*self._sure(events, at), _NOW]):
            return True
        return None if fires([*self._possible(events, at), _NOW]) else False

    def _sure(self, events: Sequence[Happening], at: datetime) -> Iterator[Message]:
        """Yield what surely begins, and all that may end it."""
        for place, event, same in self._each(events):
            of_any = same is None
            about: Message = {_PLACE: place, **({} if same is None else {_SAME: same})}
            if _meets(self.pattern.after, event):
                begin = _BEGIN_OF_ANY if of_any else _BEGIN
                yield {begin: 1, _TIME: self._time(event, at), **about}
            if _meets(self.pattern.without, event) is not False:
                yield {_END_OF_ANY if of_any else _END: 1, **about}

    def _possible(self, events: Sequence[Happening], at: datetime | None) -> Iterator[Message]:
        """Yield what may begin, and what surely ends it."""
        for place, event, same in self._each(events):
            if _meets(self.pattern.after, event) is not False:
                about = _OF_NOTHING if same is None else same
                yield {_BEGIN: 1, _TIME: self._time(event, at), _PLACE: place, _SAME: about}
            if _meets(self.pattern.without, event) and same is not None:
                yield {_END: 1, _PLACE: place, _SAME: same}

    def _each(self, events: Sequence[Happening]) -> Iterator[tuple[int, Happening, int | None]]:
        """Yield each event with its place, and a number for what it must agree in if known."""
        numbers: dict[int | str, int] = {}
        for place, event in enumerate(events):
            same = _agreeing_in(self.pattern, event)
            number = None if same is None else numbers.setdefault(same, len(numbers))
            yield place, event, number

    def _time(self, event: Happening, at: datetime | None) -> int:
        """Return when it happened: `length` ago at least if and only if that may be long enough."""
        ahead = 0 if at is None else _microseconds(event.at - at) + self.length
        return _time(ahead, self.length)


@dataclass(frozen=True, slots=True)
class _Count:
    """How many events there were, in all or within some time.

    Attributes:
        pattern: what is asked.
        length: the time, in microseconds.
    """

    pattern: EventCount
    length: int | None

    @classmethod
    def of(cls, pattern: EventCount, policy: CheckedPolicy) -> _Count:
        """Return what is asked, with the params of a policy."""
        within = pattern.within
        return cls(pattern, None if within is None else _length(within, policy))

    def ruleset(self) -> Ruleset:
        """Return the one rule, which fires once for each event."""
        recent: list[Test] = []
        if self.length is not None:
            recent = [{"$lt": {_TIME: _after(_BEGIN, self.length)}}]
        now = guarded({LAST: 1}, *recent, _true_of(_BEGIN))
        return {"rc": [{_BEGIN: guarded({_BEGIN: 1})}, {LAST: now}]}

    def value(
        self, events: Sequence[Happening], at: datetime | None, fires: _Fires
    ) -> Value | None:
        """Return how many, where the events that may count surely do."""
        possible = self._number(events, at, fires, (True, None))
        if at is None and self.length is not None:
            return None if possible else 0
        return possible if self._number(events, at, fires, (True,)) == possible else None

    def _number(
        self,
        events: Sequence[Happening],
        at: datetime | None,
        fires: _Fires,
        wanted: tuple[Truth, ...],
    ) -> int:
        """Return how many events fire, of those that match as is wanted."""
        messages: list[Message] = [
            {_BEGIN: 1, _PLACE: place, _TIME: self._time(event, at)}
            for place, event in enumerate(events)
            if _meets(self.pattern.of, event) in wanted
        ]
        return len({messages_of[_BEGIN][_PLACE] for _, messages_of in fires([*messages, _NOW])})

    def _time(self, event: Happening, at: datetime | None) -> int:
        """Return when it happened: less than `length` ago if and only if that may be so."""
        if self.length is None:
            return 0
        ahead = 1 if at is None else _microseconds(event.at - at) + self.length
        return _time(ahead, self.length)


def _meets(pattern: EventPattern, event: Happening) -> Truth:
    """Return whether an event is one of those that are meant."""
    if event.type not in pattern.types:
        return False
    asked = ((pattern.by, event.by), (pattern.kind, event.kind))
    compared = {None if found is None else found == wanted for wanted, found in asked if wanted}
    return False if False in compared else None if None in compared else True


def _agreeing_in(pattern: Absence, event: Happening) -> int | str | None:
    """Return what must be the same in both events; ``None`` if unknown."""
    match pattern.same:
        case None:
            return _ALIKE
        case "parcel":
            return event.parcel
        case "kind":
            return event.kind
        case "by":
            return event.by
        case _ as unreachable:
            assert_never(unreachable)


# --- times --------------------------------------------------------------------------------------


def _length(of: Constant | ParamRead, policy: CheckedPolicy) -> int:
    """Return a `for` or a `within` in microseconds."""
    params = {param.name: param.value for param in policy.params}
    value = of.value if isinstance(of, Constant) else params[of.name]
    if not isinstance(value, timedelta):
        raise TypeError(f"{value!r} is no duration; a checked policy never has it here")
    return _microseconds(value)


def _microseconds(duration: timedelta) -> int:
    return duration // _MICROSECOND


def _capped(length: int) -> int:
    return min(length, _FARTHEST)


def _time(ahead: int, length: int) -> int:
    """Return a time that, `length` added, is before, at or after 0 as `ahead` is.

    Now is 0. Up to some 140 years it is the time itself, and beyond near enough to be exact.
    """
    return max(-_FARTHEST, min(ahead, _FARTHEST)) - _capped(length)


# --- what durable-rules reads -------------------------------------------------------------------


def _after(begin: str, length: int) -> Test:
    return {"$add": {"$l": {begin: _TIME}, "$r": _capped(length)}}


def _true_of(begin: str) -> Test:
    """Return what is always true; without it after what refers to `begin`, memory is corrupted."""
    return {GUARD: {begin: GUARD}}
