"""Timelines and patterns drawn from small pools, and what patterns come to by looking at all pairs.

Times are whole hours of one morning, so that events of one time and times just reached are common.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import assert_never

from hypothesis import strategies as st

from remedykit.facts.values import Happening
from remedykit.language.syntax import (
    Absence,
    CheckedPolicy,
    Constant,
    EventCount,
    EventPattern,
    ParamRead,
    TimelineFact,
)
from remedykit.language.types import DURATION, Truth, Value
from remedykit.model.words import EventType, Party
from support.build import HERE, param, policy

TYPES: tuple[EventType, ...] = ("offer_made", "remedy_given")
PARTIES: tuple[Party, ...] = ("shop", "seller")
KINDS = ("refund", "reship")
PARCELS = (1, 2)
PATIENCE = "patience"
_LATEST = 4  # hours


def moment(hour: int) -> datetime:
    """Return a time on the grid."""
    return datetime(2026, 11, 23, tzinfo=UTC) + timedelta(hours=hour)


_AT = st.integers(0, _LATEST).map(moment)
HAPPENINGS = st.builds(
    Happening,
    type=st.sampled_from(TYPES),
    at=_AT,
    by=st.sampled_from((*PARTIES, None)),
    kind=st.sampled_from((*KINDS, None)),
    parcel=st.sampled_from((*PARCELS, None)),
)
LENGTHS = st.integers(1, 2).map(lambda hours: timedelta(hours=hours))
_LASTING = st.one_of(
    LENGTHS.map(lambda length: Constant(length, DURATION, HERE)),
    st.just(ParamRead(PATIENCE, DURATION, HERE)),
)
_SAID: tuple[tuple[Party | None, str | None], ...] = (  # mostly nothing, so that events fit
    *((None, None),) * 4,
    ("seller", None),
    (None, "reship"),
    ("seller", "reship"),
)
_EVENTS = st.builds(
    lambda types, said: EventPattern(types=types, by=said[0], kind=said[1]),
    st.sampled_from((TYPES[:1], TYPES[1:], TYPES)),
    st.sampled_from(_SAID),
)
_PATTERNS = st.one_of(
    st.builds(
        Absence,
        after=_EVENTS,
        without=_EVENTS,
        same=st.sampled_from((None, "parcel", "kind", "by")),
        lasting=_LASTING,
    ),
    st.builds(EventCount, of=_EVENTS, within=st.none() | _LASTING),
)


@st.composite
def timelines(draw: st.DrawFn) -> tuple[tuple[Happening, ...], datetime | None]:
    """Return events in order of time, and a moment behind them or none."""
    events = sorted(draw(st.lists(HAPPENINGS, max_size=6)), key=lambda event: event.at)
    at = draw(st.sampled_from((None, *map(moment, range(_LATEST + 1)))))
    return tuple(event for event in events if at is None or event.at <= at), at


@st.composite
def timed_policies(draw: st.DrawFn) -> CheckedPolicy:
    """Return a policy of a few facts that follow from the timeline."""
    patterns = draw(st.lists(_PATTERNS, min_size=2, max_size=4))
    patience = param(PATIENCE, draw(LENGTHS), DURATION)
    facts = (
        TimelineFact(name=f"case.n{number}", pattern=pattern, place=HERE)
        for number, pattern in enumerate(patterns)
    )
    return replace(policy(patience), timeline=tuple(facts))


def completed(events: Sequence[Happening], data: st.DataObject) -> tuple[Happening, ...]:
    """Return the events with something in place of all that is not told."""
    return tuple(
        replace(
            event,
            by=event.by or data.draw(st.sampled_from(PARTIES)),
            kind=event.kind or data.draw(st.sampled_from(KINDS)),
            parcel=event.parcel or data.draw(st.sampled_from(PARCELS)),
        )
        for event in events
    )


# --- by all pairs --------------------------------------------------------------------------------


def expected(
    of: CheckedPolicy, events: Sequence[Happening], at: datetime | None
) -> dict[str, Value | None]:
    """Return what the timeline facts of a policy must come to."""
    return {fact.name: _expected(of, fact.pattern, events, at) for fact in of.timeline}


def _expected(
    of: CheckedPolicy,
    pattern: Absence | EventCount,
    events: Sequence[Happening],
    at: datetime | None,
) -> Value | None:
    match pattern:
        case Absence():
            truths = {
                _least(_starts(pattern, first, _length(of, pattern.lasting), at), not_met)
                for number, first in enumerate(events)
                for not_met in [_not_met(pattern, first, events[number + 1 :])]
            }
            return True if True in truths else None if None in truths else False
        case EventCount():
            within = None if pattern.within is None else _length(of, pattern.within)
            counts = [_least(_fits(e, pattern.of), _inside(e, within, at)) for e in events]
            return None if None in counts else sum(1 for each in counts if each)
        case _ as unreachable:
            assert_never(unreachable)


def _starts(pattern: Absence, event: Happening, lasting: timedelta, at: datetime | None) -> Truth:
    return _least(_fits(event, pattern.after), None if at is None else event.at + lasting <= at)


def _not_met(pattern: Absence, first: Happening, later: Sequence[Happening]) -> Truth:
    ends = {_least(_fits(each, pattern.without), _agree(pattern, first, each)) for each in later}
    return False if True in ends else None if None in ends else True


def _agree(pattern: Absence, first: Happening, later: Happening) -> Truth:
    if pattern.same is None:
        return True
    sides = [{"parcel": e.parcel, "kind": e.kind, "by": e.by}[pattern.same] for e in (first, later)]
    return None if None in sides else sides[0] == sides[1]


def _fits(event: Happening, pattern: EventPattern) -> Truth:
    asked = [(pattern.by, event.by), (pattern.kind, event.kind)]
    told = [None if found is None else found == wanted for wanted, found in asked if wanted]
    return _least(event.type in pattern.types, *told)


def _inside(event: Happening, within: timedelta | None, at: datetime | None) -> Truth:
    if within is None:
        return True
    return None if at is None else at - within < event.at


def _least(*truths: Truth) -> Truth:
    """Return the conjunction, with false below unknown below true."""
    return min(truths, key=[False, None, True].index)


def _length(of: CheckedPolicy, length: Constant | ParamRead) -> timedelta:
    values = {each.name: each.value for each in of.params}
    value = values[length.name] if isinstance(length, ParamRead) else length.value
    assert isinstance(value, timedelta)
    return value
