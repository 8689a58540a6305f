"""The facts that move with time while nothing else happens, and when each of them next does."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from remedykit.facts.matters import open_dues
from remedykit.facts.patterns import PlainMatcher
from remedykit.facts.values import Facts, Happening
from remedykit.facts.waiting import waiting
from remedykit.language.syntax import Absence, CheckedPolicy, EventPattern, TimelineFact
from remedykit.language.types import Value

MICROSECOND = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

# What changes when an offer expires, or a promise is broken because its time is over.
_BY_DUE = frozenset(
    {
        "case.deviation_level",
        "case.hours_waiting",
        "case.promises_broken",
        "case.waiting_on",
    }
)
_COUNTED = frozenset({"case.age_days", "case.hours_waiting", "incident.days_late"})


def moving_facts(policy: CheckedPolicy) -> frozenset[str]:
    """Return the names of the facts of a policy that may move with time alone."""
    return frozenset({"at"}) | _BY_DUE | _COUNTED | {fact.name for fact in policy.timeline}


@dataclass(frozen=True, slots=True)
class Counter:
    """Whole units of time since a moment; none before it."""

    since: datetime
    unit: timedelta

    def value(self, at: datetime) -> int:
        """Return the count at a moment."""
        return max(0, (at - self.since) // self.unit)

    def reached(self, number: int) -> datetime | None:
        """Return when the count gets to a number above 0; ``None`` if never."""
        try:
            return self.since + number * self.unit if number > 0 else None
        except OverflowError:
            return None

    def next(self, at: datetime) -> datetime | None:
        """Return when the count next grows."""
        return self.reached(self.value(at) + 1)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A time in which nothing moves but the moment of decision and what counts up to it."""

    facts: Facts
    counters: Mapping[str, Counter]


class Movers:
    """The facts of one decision as they are at any later moment, if nothing else happens.

    Attributes:
        at: the moment of decision.
        facts: those of the decision.
        timeline: the facts that follow from the timeline, by name.
        lengths: of each of them that has one, its `for` or `within`.
    """

    def __init__(
        self, policy: CheckedPolicy, facts: Facts, at: datetime, later: Callable[[datetime], Facts]
    ) -> None:
        """Make ready to look ahead.

        Args:
            policy: what decided.
            facts: those of the decision.
            at: its moment.
            later: returns the facts at a later moment.
        """
        self.at = at
        self.facts = facts
        self.timeline = {fact.name: fact for fact in policy.timeline}
        self.lengths = PlainMatcher.of(policy).lengths
        self._later = later
        self._stretches: dict[datetime, _Stretch] = {}
        events = facts.events or ()
        dues = _after(at, (each.due for each in open_dues(events, at)))
        self._places = dict.fromkeys(_BY_DUE, dues)
        for fact in policy.timeline:
            self._places[fact.name] = _after(at, _ends(fact, self.lengths.get(fact.name), events))
        self._breaks = tuple(sorted({each for found in self._places.values() for each in found}))

    def values(self, at: datetime) -> Mapping[str, Value | None]:
        """Return the values of all facts at a moment not before that of the decision."""
        stretch = self._stretch(at)
        counted = {name: counter.value(at) for name, counter in stretch.counters.items()}
        return {**stretch.facts.values, "at": at, **counted}

    def counter(self, name: str, at: datetime) -> Counter | None:
        """Return how a fact counts at a moment; ``None`` if it does not."""
        return self._stretch(at).counters.get(name)

    def next(self, name: str, at: datetime) -> datetime | None:
        """Return the next moment at which a fact may get another value, but for ``at`` itself."""
        counter = self.counter(name, at)
        grows = None if counter is None else counter.next(at)
        return earliest((grows, _next(self._places.get(name, ()), at)))

    def moving_until(self, end: datetime) -> frozenset[str]:
        """Return the facts that may get another value until a moment; ``at`` always does."""
        names = {*self._places, *self._stretch(self.at).counters}
        firsts = ((name, self.next(name, self.at)) for name in names)
        return frozenset({"at"}) | {name for name, at in firsts if at is not None and at <= end}

    def next_break(self, at: datetime) -> datetime | None:
        """Return the next moment at which something gets another value that is no count."""
        return _next(self._breaks, at)

    def _stretch(self, at: datetime) -> _Stretch:
        place = bisect_right(self._breaks, at)
        start = self._breaks[place - 1] if place else self.at
        if start not in self._stretches:
            facts = self._later(start) if place else self.facts
            self._stretches[start] = _Stretch(facts, _counters(facts, start))
        return self._stretches[start]


def earliest(moments: Iterable[datetime | None]) -> datetime | None:
    """Return the first of some moments; ``None`` stands for never."""
    return min((each for each in moments if each is not None), default=None)


def _after(at: datetime, moments: Iterable[datetime | None]) -> tuple[datetime, ...]:
    return tuple(sorted({each for each in moments if each is not None and each > at}))


def _next(moments: tuple[datetime, ...], at: datetime) -> datetime | None:
    place = bisect_right(moments, at)
    return moments[place] if place < len(moments) else None


def starts_of(fact: TimelineFact) -> EventPattern:
    """Return the events from which a fact counts the time."""
    return fact.pattern.after if isinstance(fact.pattern, Absence) else fact.pattern.of


def _ends(
    fact: TimelineFact, length: timedelta | None, events: Iterable[Happening]
) -> Iterable[datetime | None]:
    """Return when the time is over that a fact counts from events."""
    if length is None:
        return ()
    return (end_of(each, length) for each in events if each.type in starts_of(fact).types)


def end_of(event: Happening, length: timedelta) -> datetime | None:
    """Return the moment so long after an event; ``None`` beyond the end of time."""
    try:
        return event.at + length
    except OverflowError:
        return None


def _counters(facts: Facts, at: datetime) -> dict[str, Counter]:
    """Return what counts the time in the facts of a moment, by name."""
    values, found = facts.values, dict[str, Counter]()
    promised, opened = values["incident.promised_by"], values["case.opened_at"]
    if isinstance(promised, datetime) and values["incident.delivered_at"] is None:
        found["incident.days_late"] = Counter(promised, DAY)
    if isinstance(opened, datetime):
        found["case.age_days"] = Counter(opened, DAY)
    if facts.events:
        since = waiting(facts.events, at).since
        if since is not None:
            found["case.hours_waiting"] = Counter(since, HOUR)
    return found
