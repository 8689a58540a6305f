"""Timelines: the order and the number of times that events are handed in do not matter."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from remedykit import Decision, Policy
from remedykit.facts.answered import changed, without
from remedykit.facts.extract import fact_reader
from remedykit.facts.schema import model_schema
from remedykit.facts.values import Facts
from remedykit.model.case import Case
from strategies.timelines import START, moments, timelines

NURTURE = Policy.shipped("nurture")
READER = fact_reader(model_schema())
PLAIN = NURTURE.decider.timeline
ORDER = {"id": "A", "currency": "USD", "lines": [{"id": "1", "price": "35.00"}]}
INCIDENT = {"kind": "lost_package", "order": ORDER, "affected": ["1"]}
EVER = START + timedelta(days=365)
Events = list[dict[str, Any]]


def facts(events: Events, at: datetime | None) -> Facts:
    return READER.facts(INCIDENT, {}, case={"events": events}, at=at)


def text(events: Events, at: datetime | None) -> str:
    return NURTURE.decide(INCIDENT, {}, case={"events": events}, at=at).to_json()


@given(timelines(), st.randoms(use_true_random=False), st.none() | moments())
def test_events_may_be_handed_in_in_any_order(events: Events, chance: Any, at: Any) -> None:
    shuffled = chance.sample(events, len(events))

    assert facts(shuffled, at) == facts(events, at)


@given(timelines(), st.data(), st.none() | moments())
def test_what_is_told_twice_happened_once(events: Events, data: st.DataObject, at: Any) -> None:
    again = data.draw(st.lists(st.sampled_from(events), max_size=3)) if events else []

    assert facts([*events, *again], at) == facts(events, at)
    assert facts([*again, *events], at) == facts(events, at)


@given(timelines(), moments())
def test_what_is_to_happen_later_changes_no_byte_of_a_decision(events: Events, at: Any) -> None:
    before = [each for each in events if datetime.fromisoformat(each["at"]) <= at]

    assert text(before, at) == text(events, at)


@given(timelines())
def test_an_event_after_the_other_makes_the_same_case(events: Events) -> None:
    case = Case(events=())
    for event in events:
        case = case.with_event(event)

    assert case == Case.model_validate({"events": events})


@given(timelines(), st.none() | moments())
def test_a_decision_on_a_timeline_is_replayed_from_its_text(events: Events, at: Any) -> None:
    written = text(events, at)

    assert NURTURE.replay(Decision.from_json(written)).to_json() == written


@given(timelines(), moments(), moments())
def test_time_that_passes_changes_what_it_would_change_for_a_reader(
    events: Events, one: Any, other: Any
) -> None:
    now, then = sorted([one, other])
    happened = [each for each in events if datetime.fromisoformat(each["at"]) <= now]

    assert changed(facts(happened, now), {"at": then}, PLAIN) == facts(happened, then)


@given(timelines(), st.none() | moments())
def test_the_moment_alone_can_be_told_and_forgotten(events: Events, at: Any) -> None:
    if at is not None:
        assert changed(facts(events, None), {"at": at}, PLAIN) == facts(events, at)
    assert without(facts(events, EVER), "at", PLAIN) == facts(events, None)


# --- told as its sum ------------------------------------------------------------------------------

_SUMMED = (
    "case.apologies_made",
    "case.contacts",
    "case.promises_broken",
    "case.offers_made",
    "case.offers_refused",
    "case.highest_refused",
    "case.deviation_level",
)
_ANSWERS = {"refused": "offer_refused", "accepted": "offer_accepted", "expired": "offer_expired"}


def as_events(case: dict[str, Any]) -> Events:
    """Return what happened in a case that is told as its sum."""
    kinds = ["contact"] * case["contacts"] + ["apology_made"] * case["apologies_made"]
    found = [{"type": kind} for kind in kinds]
    for number in range(case["promises_broken"]):
        found += [{"type": "promise_made", "id": f"p{number}"}]
        found += [{"type": "promise_broken", "of": f"p{number}"}]
    for number, offer in enumerate(case["offers"]):
        told = {name: value for name, value in offer.items() if name != "status"}
        found += [{"type": "offer_made", "id": f"o{number}", **told}]
        if offer["status"] != "offered":
            found += [{"type": _ANSWERS[offer["status"]], "of": f"o{number}"}]
    return [
        {**event, "at": (START + number * timedelta(hours=1)).isoformat()}
        for number, event in enumerate(found)
    ]


SUMS = st.fixed_dictionaries(
    {
        "contacts": st.integers(0, 3),
        "apologies_made": st.integers(0, 2),
        "promises_broken": st.integers(0, 2),
        "offers": st.lists(
            st.fixed_dictionaries(
                {
                    "kind": st.sampled_from(("refund", "reship")),
                    "status": st.sampled_from(("offered", *_ANSWERS)),
                },
                optional={"value": st.sampled_from(("8.00", "12.00"))},
            ),
            max_size=3,
        ),
    }
)


@given(SUMS)
def test_a_case_told_as_its_sum_and_as_its_timeline_has_the_same_facts(case: Any) -> None:
    told = READER.facts(INCIDENT, {}, case=case, at=EVER)
    happened = facts(as_events(case), EVER)
    both = READER.facts(INCIDENT, {}, case={**case, "events": as_events(case)}, at=EVER)

    assert {name: happened.values[name] for name in _SUMMED} == {
        name: told.values[name] for name in _SUMMED
    }
    assert happened.offers == told.offers
    assert both == happened


@given(SUMS)
def test_a_sum_and_a_timeline_are_decided_alike(case: Any) -> None:
    events = as_events(case)
    opened = {"opened_at": events[0]["at"]} if events else {}
    summed = NURTURE.decide(INCIDENT, {}, case={**case, **opened}, at=EVER)
    happened = NURTURE.decide(INCIDENT, {}, case={"events": events}, at=EVER)

    assert (happened.remedies, happened.withheld, happened.plan) == (
        summed.remedies,
        summed.withheld,
        summed.plan,
    )
