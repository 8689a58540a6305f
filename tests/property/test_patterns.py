"""What patterns come to over random timelines, said by every matcher."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remedykit.facts.values import Happening
from remedykit.language.syntax import Absence, CheckedPolicy
from support.all_matchers import MATCHERS
from support.timelines import completed, expected, timed_policies, timelines

pytestmark = pytest.mark.no_cover  # it runs the same code thousands of times

Timeline = tuple[tuple[Happening, ...], datetime | None]
by_every_matcher = pytest.mark.parametrize("name", MATCHERS)


@by_every_matcher
@given(policy=timed_policies(), timeline=timelines())
def test_facts_follow_as_looking_at_all_pairs_of_events_says(
    name: str, policy: CheckedPolicy, timeline: Timeline
) -> None:
    events, at = timeline

    assert MATCHERS[name](policy).values(events, at) == expected(policy, events, at)


@by_every_matcher
@given(policy=timed_policies(), timeline=timelines(), data=st.data())
def test_what_is_known_stays_so_whatever_the_rest_turns_out_to_be(
    name: str, policy: CheckedPolicy, timeline: Timeline, data: st.DataObject
) -> None:
    events, at = timeline
    matcher = MATCHERS[name](policy)
    before = matcher.values(events, at)

    after = matcher.values(completed(events, data), at)
    for fact, value in before.items():
        assert value in (None, after[fact])
        assert at is None or after[fact] is not None


@by_every_matcher
@given(policy=timed_policies(), timeline=timelines(), hours=st.integers(0, 4))
def test_while_nothing_happens_what_is_absent_stays_so_and_windows_empty(
    name: str, policy: CheckedPolicy, timeline: Timeline, hours: int
) -> None:
    events, at = timeline
    if at is None:
        return
    matcher = MATCHERS[name](policy)
    sooner, later = matcher.values(events, at), matcher.values(events, at + timedelta(hours=hours))

    for fact in policy.timeline:
        before, after = sooner[fact.name], later[fact.name]
        if isinstance(fact.pattern, Absence):
            assert before is not True or after is True
        elif isinstance(before, int) and isinstance(after, int):
            assert after <= before


@by_every_matcher
@given(policy=timed_policies(), at=timelines().map(lambda timeline: timeline[1]))
def test_of_a_timeline_that_nobody_told_nothing_is_known(
    name: str, policy: CheckedPolicy, at: datetime | None
) -> None:
    found = MATCHERS[name](policy).values(None, at)

    assert found == dict.fromkeys((fact.name for fact in policy.timeline), None)


@by_every_matcher
@given(policy=timed_policies(), timeline=timelines(), others=st.lists(st.integers(0, 5)))
def test_events_that_no_pattern_asks_for_change_nothing(
    name: str, policy: CheckedPolicy, timeline: Timeline, others: Sequence[int]
) -> None:
    events, at = timeline
    mixed = list(events)
    for place in others:
        near = events[min(place, len(events) - 1)].at if events else at
        if near is not None:
            mixed.append(Happening(type="trip", at=near))
    mixed.sort(key=lambda event: event.at)

    matcher = MATCHERS[name](policy)
    assert matcher.values(tuple(mixed), at) == matcher.values(events, at)
