"""From wanted facts of a case to events that come to them: the fold of a timeline, turned round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

from remedykit.authoring.situations.event_pieces import Piece, in_order
from remedykit.authoring.situations.event_proposals import Proposals
from remedykit.facts.of_case import ALSO_FOLDED, merged
from remedykit.facts.patterns import PatternMatcher
from remedykit.facts.retold import ONLY_FOLDED
from remedykit.facts.timeline import folded
from remedykit.facts.values import Happening
from remedykit.language.syntax import CheckedPolicy
from remedykit.language.timeline_facts import TIMELINE
from remedykit.language.types import Value
from remedykit.policy import Policy

# Facts that a timeline tells, of cases and of what they are about.
FOLDED = frozenset(
    {
        *ONLY_FOLDED,
        *ALSO_FOLDED,
        "case.age_days",
        "case.deviation_level",
        "case.highest_refused",
        "case.offers_made",
        "case.offers_refused",
    }
)
# What can only grow with more events.
_GROWING = frozenset(
    {
        "case.apologies_made",
        "case.contacts",
        "case.deviation_level",
        "case.effort_spent",
        "case.escalations",
        "case.handoffs",
        "case.promises_broken",
    }
)
_MOST_TRIED = 40  # timelines to which an event more is tried
_TOO_MUCH = 1000  # so far off is what is more than wanted
_FAR = 10  # counts further off than this are all alike


def facts_of_timeline(policy: CheckedPolicy) -> frozenset[str]:
    """Return the facts that are only known of a case that is told as a timeline."""
    own = (each.name for each in policy.schema.declarations if each.origin == TIMELINE)
    return frozenset({*ONLY_FOLDED, *own})


def timeline(
    policy: Policy,
    wanted: Mapping[str, Value | None],
    currency: str,
    at: datetime | None,
    now: datetime,
) -> tuple[Happening, ...]:
    """Return events that come to the wanted facts, or as near to them as the search gets.

    They are told in the order of time. What is wanted of the incident and the order may be told
    beside them where they do not tell it.

    Args:
        policy: whose patterns the events are to match.
        wanted: values as rules read them; what does not follow from events is not looked at.
        currency: of the amounts.
        at: the moment of decision; ``None``: unknown.
        now: stands for it where it is unknown.
    """
    names = FOLDED | facts_of_timeline(policy.checked)
    wishes = {name: value for name, value in wanted.items() if name in names}
    proposals = Proposals.of(policy.checked, wishes, at or now)
    return _Search(
        wanted=wishes,
        matcher=policy.decider.timeline,
        currency=currency,
        at=at,
        growing=_GROWING | {each.name for each in policy.checked.timeline},
        proposals=proposals,
    ).found()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """Adds piece after piece to the timeline that is nearest to what is wanted."""

    wanted: Mapping[str, Value | None]
    matcher: PatternMatcher
    currency: str
    at: datetime | None
    growing: frozenset[str]
    proposals: Proposals

    def found(self) -> Piece:
        numbers = count()
        best: Piece = ()
        heap: list[tuple[int, int, int, Piece]] = [(self._distance(best), 0, next(numbers), best)]
        seen: set[frozenset[Happening]] = {frozenset(best)}
        nearest = heap[0][0]
        for _ in range(_MOST_TRIED):
            if not heap or not nearest:
                break
            for events in self._extended(heappop(heap)[-1]):
                if frozenset(events) in seen:
                    continue
                seen.add(frozenset(events))
                distance = self._distance(events)
                if distance < nearest:
                    nearest, best = distance, events
                if distance < _TOO_MUCH:
                    heappush(heap, (distance, len(events), next(numbers), events))
        return in_order(best)

    def _extended(self, events: Piece) -> Iterator[Piece]:
        values = self._values(events)
        for name, wanted in self.wanted.items():
            value = values.get(name, wanted)
            if value != wanted:
                for piece in self.proposals.towards(name, events):
                    yield (*events, *piece)

    def _distance(self, events: Piece) -> int:
        values = self._values(events)
        return sum(
            self._gap(name, values.get(name, wanted), wanted)
            for name, wanted in self.wanted.items()
        )

    def _values(self, events: Piece) -> Mapping[str, Value | None]:
        """Return what the events come to; without what they do not tell."""
        told = in_order(events)
        values = merged({}, folded(told, self.at), self.at, self.currency)
        return {**values, **self.matcher.values(told, self.at)}

    def _gap(self, name: str, value: Value | None, wanted: Value | None) -> int:
        match value, wanted:
            case _ if value == wanted:
                return 0
            case int(), int() if name in self.growing:
                return _TOO_MUCH if value > wanted else min(_FAR, wanted - value)
            case tuple(), tuple():
                return max(1, len({*value} ^ {*wanted}))
            case _:
                return 1
