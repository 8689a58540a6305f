"""The facts that move with time while nothing else happens, and when each of them next does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from remedykit.facts.passing import Passing
from remedykit.facts.patterns import PlainMatcher
from remedykit.facts.values import Facts
from remedykit.facts.waiting import hours_waiting
from remedykit.language.syntax import CheckedPolicy
from remedykit.language.types import Value

MICROSECOND = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

# What changes when an offer expires, or a promise is broken because its time is over: by which of
# both. The due of a claim changes nothing.
_OFFERS, _PROMISES = frozenset({"offer_made"}), frozenset({"promise_made"})
BY_DUE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "case.deviation_level": _OFFERS | _PROMISES,
        "case.hours_waiting": _OFFERS,
        "case.promises_broken": _PROMISES,
        "case.waiting_on": _OFFERS,
    }
)
COUNTED = frozenset({"case.age_days", "case.hours_waiting", "incident.days_late"})


def moving_facts(policy: CheckedPolicy) -> frozenset[str]:
    """Return the names of the facts of a policy that may move with time alone."""
    return frozenset({"at"}) | BY_DUE.keys() | COUNTED | {fact.name for fact in policy.timeline}


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


class Movers:
    """The facts of one decision as they are at any later moment, if nothing else happens.

    Attributes:
        at: the moment of decision.
        facts: those of the decision.
        matcher: tells what follows from the timeline.
    """

    def __init__(self, matcher: PlainMatcher, facts: Facts, at: datetime) -> None:
        """Make ready to look ahead.

        Args:
            matcher: that of the policy that decided.
            facts: those of the decision.
            at: its moment.
        """
        self.at = at
        self.facts = facts
        self.matcher = matcher
        self._passing = Passing.of(facts, at, matcher)
        self._counters = _counters(facts)

    def values(self, at: datetime) -> Mapping[str, Value | None]:
        """Return the values of all facts at a moment not before that of the decision."""
        passing = self._passing
        moved: dict[str, Value | None] = {**self.facts.values, "at": at}
        moved |= {name: steps.at(at) for name, steps in passing.values.items()}
        moved |= {name: counter.value(at) for name, counter in self._counters.items()}
        if passing.waiting is not None:
            moved["case.hours_waiting"] = hours_waiting(passing.waiting.at(at), at)
        return moved

    def then(self, at: datetime) -> Facts:
        """Return the facts at a moment, but for the events, which stay the same."""
        offers = self._passing.offers(self.facts, at)
        return replace(self.facts, values=self.values(at), offers=offers, events=())

    def counter(self, name: str, at: datetime) -> Counter | None:
        """Return how a fact counts at a moment; ``None`` if it does not."""
        waiting = self._passing.waiting
        if name == "case.hours_waiting" and waiting is not None:
            since = waiting.at(at).since
            return None if since is None else Counter(since, HOUR)
        return self._counters.get(name)

    def next(self, name: str, at: datetime) -> datetime | None:
        """Return the next moment at which a fact may get another value, but for ``at`` itself."""
        counter = self.counter(name, at)
        grows = None if counter is None else counter.next(at)
        return earliest((grows, self.next_step(name, at)))

    def next_step(self, name: str, at: datetime) -> datetime | None:
        """Return the next moment at which a fact is no longer what it was, or counts anew."""
        passing = self._passing
        steps = passing.waiting if name == "case.hours_waiting" else passing.values.get(name)
        return None if steps is None else steps.next(at)


def earliest(moments: Iterable[datetime | None]) -> datetime | None:
    """Return the first of some moments; ``None`` stands for never."""
    return min([each for each in moments if each is not None], default=None)


def _counters(facts: Facts) -> dict[str, Counter]:
    """Return what counts days all the time, by name."""
    values, found = facts.values, dict[str, Counter]()
    promised, opened = values["incident.promised_by"], values["case.opened_at"]
    if isinstance(promised, datetime) and values["incident.delivered_at"] is None:
        found["incident.days_late"] = Counter(promised, DAY)
    if isinstance(opened, datetime):
        found["case.age_days"] = Counter(opened, DAY)
    return found
