"""From wanted facts of a case to a timeline: each event tells something that was wanted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from remedykit import Policy
from remedykit.authoring.situations.building import Built, Unbuildable, Wanted, built
from remedykit.authoring.situations.drawn_timelines import Sketch, timeline_of_sketches
from remedykit.authoring.situations.event_pieces import plain_events
from remedykit.authoring.situations.situation import Situation
from remedykit.language.types import Value

RULES = """
policy: timed
version: "1"
currencies: [USD]
params:
  patience: {value: 48 hours, type: duration, why: x}
facts:
  case.silent:
    after: seller_asked
    without: [seller_answered, offer_made]
    for: patience
    means: x
  case.unscanned: {after: label_created, without: scanned, same: parcel, for: 2 days, means: x}
  case.ignored:
    after: {event: offer_made, by: shop, kind: credit}
    without: offer_accepted
    same: kind
    for: 1 hours
    means: x
  case.turns: {count: {event: [contact, escalated], by: customer}, within: 7 days, means: x}
  case.repaid: {count: {event: remedy_given, kind: refund}, means: x}
  case.unkept: {count: {event: promise_broken, by: seller}, means: x}
  case.back: {count: reopened, means: x}
remedies:
  refund: {part: fix, title: R, gives: money_now, value: 5.00, say: x}
  credit: {part: fix, title: C, gives: money_later, value: 5.00, say: x}
rules:
  - {id: silent, when: {case.silent: true}, offer: refund}
"""
TIMED = Policy.from_text(RULES)
CENTURY = "36525 days"
TIMED_FOR_A_CENTURY = Policy.from_text(
    RULES.replace("48 hours", CENTURY).replace("7 days", CENTURY)
)
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def situation_with(wanted: Wanted, policy: Policy = TIMED) -> Situation:
    found = built(policy, wanted, "USD")
    assert isinstance(found, Built), found
    return found.situation


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("case.waiting_on", "customer"),
        ("case.waiting_on", "shop"),
        ("case.waiting_on", "seller"),
        ("case.waiting_on", "platform"),
        ("case.waiting_on", "carrier"),
        ("case.hours_waiting", 24),
        ("case.handoffs", 2),
        ("case.escalations", 3),
        ("case.effort_spent", 2),
        ("case.goodwill_to_date", 1001),
        ("case.claim", "filed"),
        ("case.claim", "granted"),
        ("case.claim", "denied"),
        ("case.resolved", True),
        ("case.silent", True),
        ("case.unscanned", True),
        ("case.ignored", True),
        ("case.turns", 3),
        ("case.repaid", 2),
        ("case.unkept", 1),
        ("case.back", 2),
    ],
)
def test_what_only_a_timeline_tells_comes_from_events(name: str, value: Value) -> None:
    situation = situation_with({name: value})
    assert situation.case["events"]
    assert situation.read(TIMED).values[name] == value


@pytest.mark.parametrize(
    "wanted",
    [
        {"case.silent": True, "case.promises_broken": 1, "case.escalations": 1},
        {"case.silent": True, "case.waiting_on": "nobody"},
        {"case.silent": False, "case.unscanned": True, "incident.carrier_scanned": True},
        {"case.silent": False, "case.contacts": 2, "case.turns": 0},
        {"case.waiting_on": "seller", "case.hours_waiting": 48, "case.age_days": 30},
        {"case.waiting_on": "shop", "case.hours_waiting": None},
        {"case.claim": "denied", "case.contacts": 1, "case.apologies_made": 2},
        {"case.resolved": False, "case.offers_refused": ("credit",), "case.highest_refused": 700},
        {"case.resolved": True, "case.offers_made": ("credit", "refund")},
        {"case.resolved": True, "case.deviation_level": 2, "case.promises_broken": 1},
        {"case.handoffs": 0, "case.highest_refused": None},
        {"case.handoffs": 0, "case.goodwill_to_date": None},
        {"case.handoffs": 0, "case.waiting_on": None},
        {"case.handoffs": 0, "case.unscanned": None},
        {"case.turns": 0, "case.unkept": None, "case.promises_broken": 1},
        {"case.contacts": 0, "case.escalations": 1},
        {"case.contacts": 0, "case.effort_spent": 2},
        {"case.unscanned": True, "order.label_created_at": datetime(2026, 10, 1, tzinfo=UTC)},
        {"case.silent": True, "at": NOW, "case.opened_at": datetime(2026, 10, 1, tzinfo=UTC)},
    ],
    ids=lambda wanted: ", ".join(f"{name} {value}" for name, value in wanted.items()),
)
def test_wishes_that_agree_are_met_together(wanted: Wanted) -> None:
    values = situation_with(wanted).read(TIMED).values
    assert {name: values[name] for name in wanted} == wanted


def test_an_absence_is_true_since_this_very_instant() -> None:
    situation = situation_with({"case.silent": True})
    assert situation.at == NOW
    assert situation.case == {
        "events": [{"type": "seller_asked", "at": "2026-11-21T15:00:00+00:00"}]
    }


def test_what_is_counted_happened_just_within_the_time() -> None:
    situation = situation_with({"case.turns": 1})
    assert situation.case == {"events": [{"type": "contact", "at": "2026-11-16T16:00:00+00:00"}]}


def test_what_nothing_tells_is_so_where_nothing_has_happened() -> None:
    wanted: Wanted = {"case.silent": False, "case.turns": 0, "case.waiting_on": "nobody"}
    assert situation_with(wanted).case == {}


def test_what_a_sum_can_tell_is_told_as_a_sum() -> None:
    assert situation_with({"case.contacts": 2}).case == {"contacts": 2}


def test_a_sum_leaves_unknown_what_only_a_timeline_tells() -> None:
    assert situation_with({"case.silent": None, "case.turns": None}).case == {"contacts": 0}
    summed: Wanted = {"case.silent": None, "case.age_days": 3, "case.highest_refused": 500}
    assert situation_with(summed).case == {
        "opened_at": "2026-11-20T15:00:00+00:00",
        "offers": [{"kind": "credit", "status": "refused", "value": "5.00"}],
    }


def test_an_answer_names_what_it_answers_only_where_there_are_two() -> None:
    events = situation_with({"case.silent": False, "case.unkept": 2}).case["events"]
    assert isinstance(events, list)
    assert [each.get("of") for each in events if isinstance(each, dict)] == [None, "1", None, "3"]


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        (
            {"case.waiting_on": "nobody", "case.hours_waiting": 25},
            "case.hours_waiting cannot be 25 beside the other facts: it comes out as 0",
        ),
        (
            {"case.silent": None, "case.handoffs": 0, "at": NOW},
            "case.silent cannot be unknown beside the other facts: it comes out as false",
        ),
        (
            {"case.handoffs": 0, "case.escalations": 1},
            "case.escalations cannot be 1 beside the other facts: it comes out as 0",
        ),
        (
            {"case.hours_waiting": 10**9},
            "case.hours_waiting cannot be 1000000000 beside the other facts: it comes out as 0",
        ),
        (
            {"case.age_days": 10**7, "case.handoffs": 1},
            "case.age_days cannot be 10000000 beside the other facts: it comes out as 0",
        ),
        (
            {"case.age_days": 10**10},
            "case.age_days cannot be 10000000000 beside the other facts: it comes out as 0",
        ),
    ],
)
def test_wishes_that_contradict_each_other_are_told(wanted: Wanted, reason: str) -> None:
    assert built(TIMED, wanted, "USD") == Unbuildable(reason)


def test_days_late_beyond_the_calendar_are_told_without_a_moment_of_decision() -> None:
    wanted: Wanted = {"incident.promised_by": NOW, "incident.days_late": 10**7}
    situation = situation_with(wanted)
    assert situation.at is None
    assert situation.incident["days_late"] == 10**7


@pytest.mark.parametrize(
    ("wanted", "problem"),
    [
        ({"case.silent": True}, "case.silent cannot be true"),
        ({"case.silent": None, "case.handoffs": 1}, "case.silent cannot be unknown"),
        ({"case.turns": 1, "case.contacts": 2}, "case.contacts cannot be 2"),
        ({"case.opened_at": LAST, "case.handoffs": 2}, "case.opened_at cannot be 9999-12-31"),
    ],
)
def test_no_event_happens_before_the_calendar_or_after_it(wanted: Wanted, problem: str) -> None:
    found = built(TIMED_FOR_A_CENTURY, {"at": FIRST + timedelta(days=9_999), **wanted}, "USD")
    assert isinstance(found, Unbuildable)
    assert found.reason.startswith(problem)


@pytest.mark.parametrize(
    "wanted",
    [
        {"at": FIRST + timedelta(days=9_999), "case.turns": 2, "case.contacts": 2},
        {"at": LAST, "case.turns": 2},
        {"at": LAST, "case.handoffs": 2},
        {"case.opened_at": FIRST, "case.handoffs": 2},
    ],
)
def test_events_may_happen_at_both_ends_of_the_calendar(wanted: Wanted) -> None:
    values = situation_with(wanted, TIMED_FOR_A_CENTURY).read(TIMED_FOR_A_CENTURY).values
    assert {name: values[name] for name in wanted} == wanted


def test_a_timeline_of_sketches_says_what_its_events_need_and_no_more() -> None:
    sketches = (
        Sketch("claim_decided", timedelta(hours=1), "platform", "credit", 0),
        Sketch("reopened", timedelta(hours=2), None, "credit", 0),
        Sketch("expense", timedelta(hours=3), None, "credit", 0),
        Sketch("scanned", timedelta(hours=4), None, "credit", 1),
    )
    events = plain_events(timeline_of_sketches(sketches, NOW), "USD")
    told = [each["type"] for each in events if isinstance(each, dict)]
    assert told == ["scanned", "expense", "resolved", "reopened", "claim_filed", "claim_decided"]
    incident = {"kind": "late_delivery", "order": {"id": "1", "currency": "USD"}}
    facts = TIMED.read(incident, {}, case={"events": events}, at=NOW)
    assert facts.values["case.claim"] == "granted"


def test_what_was_sketched_too_long_ago_for_the_calendar_is_left_out() -> None:
    sketches = (
        Sketch("trip", timedelta(days=1_000_000), None, "credit", 0),
        Sketch("trip", timedelta.max, None, "credit", 0),
        Sketch("contact", timedelta(0), None, "credit", 0),
    )
    assert [each.type for each in timeline_of_sketches(sketches, NOW)] == ["contact"]
