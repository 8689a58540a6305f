"""The facts that a policy lets follow from the timeline: what its patterns say of the events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol, assert_never

from remedykit.facts.steps import Steps, steps_of
from remedykit.facts.values import Happening
from remedykit.language.kleene import all_of, any_of, negated
from remedykit.language.occurrences import length_of
from remedykit.language.syntax import (
    Absence,
    CheckedPolicy,
    EventCount,
    EventPattern,
    ParamRead,
    Same,
    TimelineFact,
)
from remedykit.language.types import Truth, Value

_Event = tuple[Happening, Truth]  # with whether it counts; never one that does not
_Key = int | str | None  # a parcel, a remedy kind or a party; ``None``: nobody told which


class PatternMatcher(Protocol):
    """Says what the patterns of one policy come to; every engine has one, and all agree."""

    def values(
        self, events: Sequence[Happening] | None, at: datetime | None
    ) -> Mapping[str, Value | None]:
        """Return the value of every timeline fact by name; ``None`` is unknown.

        Args:
            events: what has happened up to `at`, in order of time; ``None``: nobody told.
            at: the moment of decision; ``None``: unknown.
        """
        ...


@dataclass(frozen=True, slots=True)
class PlainMatcher:
    """What patterns mean, read off the events; every other matcher must agree with it.

    What a pattern asks for and an event does not tell may be so or not; the logic is Kleene's.

    Attributes:
        facts: which facts follow from the timeline, and how.
        lengths: of each fact that has one, its `for` or `within`.
    """

    facts: tuple[TimelineFact, ...] = ()
    lengths: Mapping[str, timedelta] = field(default_factory=dict[str, timedelta])

    @classmethod
    def of(cls, policy: CheckedPolicy) -> PlainMatcher:
        """Return the matcher of a policy."""
        params = {param.name: param.value for param in policy.params}
        read = {fact.name: length_of(fact.pattern) for fact in policy.timeline}
        values = {
            name: params[length.name] if isinstance(length, ParamRead) else length.value
            for name, length in read.items()
            if length is not None
        }
        lengths = {name: each for name, each in values.items() if isinstance(each, timedelta)}
        return cls(policy.timeline, lengths)

    def values(
        self, events: Sequence[Happening] | None, at: datetime | None
    ) -> Mapping[str, Value | None]:
        """Return the value of every timeline fact by name; see `PatternMatcher`."""
        return {
            fact.name: None if events is None else self._value(fact, events, at)
            for fact in self.facts
        }

    def steps(
        self, fact: TimelineFact, events: Sequence[Happening], at: datetime
    ) -> Steps[Value | None]:
        """Return the values of a timeline fact from a moment on, if nothing happens any more.

        Args:
            fact: one of the policy.
            events: what has happened up to `at`, in order of time.
            at: the moment of decision.
        """
        first = self._value(fact, events, at)
        length = self.lengths.get(fact.name)
        match fact.pattern:
            case _ if length is None:
                return steps_of(first, ())
            case Absence() as pattern:
                return steps_of(first, _beginning(_unanswered(pattern, events), length, at))
            case EventCount(of=of):
                return steps_of(first, _leaving(_fitting(of, events), length, at))
            case _ as unreachable:
                assert_never(unreachable)

    def _value(
        self, fact: TimelineFact, events: Sequence[Happening], at: datetime | None
    ) -> Value | None:
        match fact.pattern:
            case Absence() as pattern:
                return _is_absent(pattern, self.lengths[fact.name], events, at)
            case EventCount(of=of):
                return _count(of, self.lengths.get(fact.name), events, at)
            case _ as unreachable:
                assert_never(unreachable)


def end_of(event: Happening, length: timedelta) -> datetime | None:
    """Return the moment so long after an event; ``None`` beyond the end of time."""
    try:
        return event.at + length
    except OverflowError:
        return None


def fits_pattern(event: Happening, pattern: EventPattern) -> Truth:
    """Return whether a pattern asks for an event, as far as the event tells."""
    if event.type not in pattern.types:
        return False
    if pattern.by is None and pattern.kind is None:
        return True
    return all_of((_is(event.by, pattern.by), _is(event.kind, pattern.kind)))


def _is_absent(
    pattern: Absence, lasting: timedelta, events: Sequence[Happening], at: datetime | None
) -> Truth:
    """Whether an event `after` lies back long enough, and no event `without` came behind it."""
    return any_of(
        [
            all_of((counts, None if at is None else at - event.at >= lasting))
            for event, counts in _unanswered(pattern, events)
        ]
    )


def _unanswered(pattern: Absence, events: Sequence[Happening]) -> list[_Event]:
    """Return the events `after` behind which no event `without` came, as far as is known."""
    found: list[_Event] = []
    followed: dict[_Key, Truth] = {}  # by what must be the same: whether a `without` comes behind
    for event in reversed(events):
        starts, ends = fits_pattern(event, pattern.after), fits_pattern(event, pattern.without)
        if starts is False and ends is False:
            continue
        key = _key(event, pattern.same)
        if starts is not False:
            counts = all_of((starts, negated(_agreeing(followed, key))))
            found += [] if counts is False else [(event, counts)]
        followed[key] = any_of((followed.get(key, False), ends))
    return found[::-1]


def _beginning(
    unanswered: Iterable[_Event], lasting: timedelta, at: datetime
) -> Iterator[tuple[datetime, Truth]]:
    """Yield whether something is absent, from each moment on at which it lies back long enough."""
    result: Truth = False
    for event, counts in unanswered:
        end = end_of(event, lasting)
        if end is not None:
            result = any_of((result, counts))
            if end > at:
                yield end, result


def _agreeing(followed: Mapping[_Key, Truth], key: _Key) -> Truth:
    """Whether one came behind that agrees; where either side is not told, it may or may not."""
    perhaps = followed.values() if key is None else [followed.get(None, False)]
    surely = False if key is None else followed.get(key, False)
    return any_of((surely, all_of((None, any_of(perhaps)))))


def _count(
    of: EventPattern, within: timedelta | None, events: Sequence[Happening], at: datetime | None
) -> int | None:
    """Count events; where it is not known of one whether it counts, the number is not known."""
    fitting = _fitting(of, events)
    counted = [all_of((fits, _is_recent(each, within, at))) for each, fits in fitting]
    return None if None in counted else counted.count(True)


def _fitting(of: EventPattern, events: Iterable[Happening]) -> list[_Event]:
    found = ((each, fits_pattern(each, of)) for each in events)
    return [(each, fits) for each, fits in found if fits is not False]


def _leaving(
    fitting: Iterable[_Event], within: timedelta, at: datetime
) -> Iterator[tuple[datetime, int | None]]:
    """Yield how many events there are, from each moment on at which one is no longer recent."""
    ends = [(end_of(each, within), fits) for each, fits in fitting]
    recent = [(end, fits) for end, fits in ends if end is None or end > at]
    left = Counter(fits for _, fits in recent)
    for end, fits in recent:
        if end is not None:
            left[fits] -= 1
            yield end, None if left[None] else left[True]


def _is_recent(event: Happening, within: timedelta | None, at: datetime | None) -> Truth:
    if within is None:
        return True
    return None if at is None else at - event.at < within


def _is(found: str | None, asked: str | None) -> Truth:
    if asked is None:
        return True
    return None if found is None else found == asked


def _key(event: Happening, same: Same | None) -> _Key:
    match same:
        case None:
            return ""  # all events are of one key
        case "parcel":
            return event.parcel
        case "kind":
            return event.kind
        case "by":
            return event.by
        case _ as unreachable:
            assert_never(unreachable)
