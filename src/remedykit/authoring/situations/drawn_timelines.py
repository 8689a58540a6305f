"""Timelines to draw from: the events, parties and times at which a policy's own facts turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from remedykit.authoring.situations.building import NOW
from remedykit.authoring.situations.event_pieces import Piece, with_what_it_answers
from remedykit.authoring.situations.fact_pools import Pools, neighbours
from remedykit.authoring.situations.moments import moved
from remedykit.facts.patterns import PlainMatcher
from remedykit.language.syntax import Absence, CheckedPolicy, EventPattern
from remedykit.language.types import DURATION, FactDeclaration
from remedykit.model.event import EVENT_FORMS
from remedykit.model.words import EventType, Party

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_LENGTH = FactDeclaration(name="", type=DURATION, means="")
_ANY_AMOUNT = 1000  # minor units


class Sketch(NamedTuple):
    """One event that may happen: its type, how long ago, and what is particular about it."""

    type: EventType
    ago: timedelta
    by: Party | None
    kind: str
    parcel: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What events of a policy may be, simple ones first.

    Attributes:
        asked: the types that its facts ask for; none where it has no such facts.
        ago: how long ago: just below, at and just above each length of time that turns something.
        parties: who acts; ``None``: who acts where nobody says.
        kinds: of remedies; first those that its facts ask for.
    """

    asked: tuple[EventType, ...]
    ago: tuple[timedelta, ...]
    parties: tuple[Party | None, ...]
    kinds: tuple[str, ...]

    @classmethod
    def of(cls, policy: CheckedPolicy, pools: Pools) -> Choices:
        """Return what events of a policy may be, by the pools of its facts."""
        asked = tuple(_asked(policy))
        types: Iterator[EventType] = (each for pattern in asked for each in pattern.types)
        kinds = (pattern.kind for pattern in asked if pattern.kind)
        return cls(
            asked=(*dict.fromkeys(types),),
            ago=tuple(dict.fromkeys((_HOUR, *_times(policy, pools), timedelta(0)))),
            parties=tuple(dict.fromkeys((None, *(pattern.by for pattern in asked)))),
            kinds=tuple(dict.fromkeys((*kinds, *(each.name for each in policy.remedies)))),
        )


def timeline_of_sketches(sketches: Iterable[Sketch], now: datetime) -> Piece:
    """Return events as they were sketched, in order of time, with those that they answer.

    Args:
        sketches: in any order.
        now: the moment from which they are counted back; what lies too long ago for the calendar
            is left out.
    """
    events: Piece = ()
    for each in sorted(sketches, key=lambda each: each.ago, reverse=True):
        at, told = moved(now, -1, each.ago), EVENT_FORMS[each.type].fields
        if at is None:
            continue
        events += with_what_it_answers(
            each.type,
            at,
            len(events),
            by=each.by,
            kind=each.kind if "kind" in told else None,
            value=_ANY_AMOUNT if "value" in told else None,
            basis="goodwill" if each.type == "remedy_given" else None,
            granted=True if each.type == "claim_decided" else None,
            parcel=each.parcel if "parcel" in told else None,
        )
    return events


def _asked(policy: CheckedPolicy) -> Iterator[EventPattern]:
    for fact in policy.timeline:
        match fact.pattern:
            case Absence(after=after, without=without):
                yield from (after, without)
            case counted:
                yield counted.of


def _times(policy: CheckedPolicy, pools: Pools) -> Iterator[timedelta]:
    for length in PlainMatcher.of(policy).lengths.values():
        below, above = neighbours(_LENGTH, length)
        yield from (each for each in (below, length, above) if isinstance(each, timedelta))
    for name, unit in (("case.hours_waiting", _HOUR), ("case.age_days", _DAY)):
        numbers = (each for each in pools.values[name] if isinstance(each, int))
        yield from (each * unit for each in numbers if moved(NOW, -each, unit) is not None)
