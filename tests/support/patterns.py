"""Random patterns of timeline facts, and random events; small pools, so that matches happen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from remedykit.facts.values import Happening
from remedykit.language.syntax import (
    Absence,
    CheckedPolicy,
    Constant,
    EventCount,
    EventPattern,
    ParamRead,
    Same,
    TimelineFact,
)
from remedykit.language.types import DURATION
from remedykit.model.words import EventType, Party
from support.build import HERE, NOON, const, param, param_read, policy
from support.chances import Chance, flag

HOUR = timedelta(hours=1)
TYPES: tuple[EventType, ...] = ("label_created", "scanned", "contact", "offer_made")
BY: tuple[Party, ...] = ("customer", "shop", "seller")
_SAME: tuple[Same | None, ...] = (None, "parcel", "kind", "by")
_MOST_EVENTS = (0, 3, 3, 6, 6, 12, 40)


def of_patterns(*patterns: Absence | EventCount) -> CheckedPolicy:
    """Return a policy of nothing but facts that follow from the timeline: ``case.fact_0`` ..."""
    facts = (
        TimelineFact(name=f"case.fact_{number}", pattern=pattern, place=HERE)
        for number, pattern in enumerate(patterns)
    )
    return replace(policy(param("patience", 2 * HOUR, DURATION)), timeline=tuple(facts))


def some_patterns(chance: Chance) -> CheckedPolicy:
    """Return a policy of one to four facts that follow from the timeline."""
    return of_patterns(
        *(
            _count(chance) if flag(chance, one_in=3) else _absence(chance)
            for _ in range(chance.count(1, 4))
        )
    )


def some_happenings(chance: Chance) -> tuple[tuple[Happening, ...], datetime | None]:
    """Return events in order of time, some at the same time, and a moment not before the last."""
    centuries = timedelta(days=100_000 * chance.pick((0, 0, 0, 0, 0, 1, 3)))
    time = NOON - centuries
    events: list[Happening] = []
    for _ in range(chance.count(0, chance.pick(_MOST_EVENTS))):
        time += chance.pick((0, 0, 1, 2)) * HOUR
        events.append(_event(chance, time))
    if flag(chance, one_in=8):
        return tuple(events), None
    return tuple(events), time + centuries + chance.count(0, 6) * HOUR


def _event(chance: Chance, time: datetime) -> Happening:
    return Happening(
        type=chance.pick(TYPES),
        at=time,
        by=chance.pick((*BY, None)),
        kind=chance.pick(("gift", "refund", None)),
        parcel=chance.pick((0, 1, 2, None)),
    )


def _absence(chance: Chance) -> Absence:
    return Absence(
        after=_pattern(chance),
        without=_pattern(chance),
        same=chance.pick(_SAME),
        lasting=_length(chance),
    )


def _count(chance: Chance) -> EventCount:
    return EventCount(of=_pattern(chance), within=None if flag(chance) else _length(chance))


def _pattern(chance: Chance) -> EventPattern:
    first = chance.count(0, len(TYPES) - 1)
    return EventPattern(
        types=TYPES[first : first + chance.pick((1, 1, 2))],
        by=chance.pick((None, None, "customer", "shop")),
        kind=chance.pick((None, None, "gift")),
    )


def _length(chance: Chance) -> Constant | ParamRead:
    if flag(chance, one_in=5):
        return param_read("patience", DURATION)
    return const(chance.pick((HOUR, timedelta(0), 2 * HOUR, 5 * HOUR, timedelta(days=200_000))))
