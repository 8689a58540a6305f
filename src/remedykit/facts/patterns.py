"""The facts that a policy lets follow from the timeline: what its patterns say of the events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol, assert_never

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


def _is_absent(
    pattern: Absence, lasting: timedelta, events: Sequence[Happening], at: datetime | None
) -> Truth:
    """Whether an event `after` lies back long enough, and no event `without` came behind it."""
    result: Truth = False
    followed: dict[_Key, Truth] = {}  # by what must be the same: whether a `without` comes behind
    for event in reversed(events):
        key = _key(event, pattern.same)
        starts = _fits(event, pattern.after)
        is_over = None if at is None else at - event.at >= lasting
        result = any_of((result, all_of((starts, is_over, negated(_agreeing(followed, key))))))
        followed[key] = any_of((followed.get(key, False), _fits(event, pattern.without)))
    return result


def _agreeing(followed: Mapping[_Key, Truth], key: _Key) -> Truth:
    """Whether one came behind that agrees; where either side is not told, it may or may not."""
    perhaps = followed.values() if key is None else [followed.get(None, False)]
    surely = False if key is None else followed.get(key, False)
    return any_of((surely, all_of((None, any_of(perhaps)))))


def _count(
    of: EventPattern, within: timedelta | None, events: Sequence[Happening], at: datetime | None
) -> int | None:
    """Count events; where it is not known of one whether it counts, the number is not known."""
    counted = [all_of((_fits(each, of), _is_recent(each, within, at))) for each in events]
    return None if None in counted else counted.count(True)


def _is_recent(event: Happening, within: timedelta | None, at: datetime | None) -> Truth:
    if within is None:
        return True
    return None if at is None else at - event.at < within


def _fits(event: Happening, pattern: EventPattern) -> Truth:
    is_of_type = event.type in pattern.types
    return all_of((is_of_type, _is(event.by, pattern.by), _is(event.kind, pattern.kind)))


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
