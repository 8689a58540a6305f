"""Replays of random timelines: every step is what would have been decided, and no label is lost."""

from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
from hypothesis import given

from remedykit.replaying.lanes import lanes_of
from remedykit.replaying.picture import NARROW, WIDE, picture
from support.pictures import overlapping, texts_of
from support.replays import POLICY, case_of, event, incident, replayed

_QUARTERS = st.integers(0, 40).map(lambda quarters: quarters / 4)
_PARCELS = st.sampled_from(["P-1", "P-2"])
_PLAIN = ("contact", "seller_asked", "seller_answered", "trip", "self_repaired", "returned")


def _events() -> st.SearchStrategy[list[dict[str, Any]]]:
    plain = st.builds(event, st.sampled_from(_PLAIN), _QUARTERS)
    spent = st.builds(
        event, st.just("expense"), _QUARTERS, value=st.sampled_from(["1.00", "25.00"])
    )
    parcels = st.builds(
        event, st.sampled_from(["label_created", "shipped", "scanned"]), _QUARTERS, parcel=_PARCELS
    )
    return st.lists(plain | spent | parcels, min_size=1, max_size=12)


@given(_events())
def test_every_step_is_what_is_decided_at_its_moment(events: list[dict[str, Any]]) -> None:
    case = case_of(*events)

    steps = replayed(*events).steps

    for step in steps:
        assert step.decision == POLICY.decide(incident(), {}, case=case, at=step.at)
    moments = [step.at for step in steps]
    assert moments == sorted(set(moments))
    assert {each.at for each in case.events or ()} <= set(moments)


@given(_events())
def test_every_step_without_an_event_brings_a_change(events: list[dict[str, Any]]) -> None:
    for step in replayed(*events).steps:
        assert step.events or step.offers or step.withdraws or step.changes
        assert step.events or step.because


@given(_events())
def test_what_is_left_out_at_the_end_changes_nothing_before_it(
    events: list[dict[str, Any]],
) -> None:
    whole = replayed(*events)
    middle = whole.steps[len(whole.steps) // 2].at

    shorter = replayed(*events, until=middle)

    assert shorter.steps == tuple(step for step in whole.steps if step.at <= middle)


@given(_events())
def test_no_labels_of_the_pictures_overlap(events: list[dict[str, Any]]) -> None:
    told = replayed(*events)

    for frame in (WIDE, NARROW):
        texts = texts_of(picture(lanes_of(told), frame, told.times))
        assert overlapping(texts) == []
        assert all(each.left >= 0 and each.right <= frame.width for each in texts)
