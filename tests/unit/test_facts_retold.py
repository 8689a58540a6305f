"""The facts of a timeline at another moment, or with a fact told beside it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from remedykit.errors import InputError
from remedykit.facts.answered import agreeing_with, answered, changed, without
from remedykit.facts.values import Facts
from remedykit.language.types import Value
from remedykit.policy import Policy

POLICY = Policy.from_text("""
policy: p
version: "1"
currencies: [USD]
facts:
  case.silent: {after: contact, without: seller_answered, for: 48 hours, means: x}
  case.calls: {count: {event: contact}, within: 7 days, means: x}
remedies:
  refund: {part: fix, title: R, gives: money_now, value: 20.00, say: x}
rules:
  - {id: a, when: {case.silent: true, case.calls: 1.., case.age_days: 2..}, offer: refund}
  - {id: b, when: {case.hours_waiting: 24.., case.waiting_on: shop}, offer: refund}
  - {id: c, when: {case.promises_broken: 1.., case.opened_at: {known: true}}, offer: refund}
  - {id: d, when: {case.deviation_level: 2.., case.claim: none}, offer: refund}
""")
PLAIN = POLICY.decider.timeline
ORDER = {"id": "A", "currency": "USD"}
START = datetime(2026, 11, 2, 9, tzinfo=UTC)


def hour(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def event(hours: float, kind: str, /, **fields: object) -> dict[str, Any]:
    return {"type": kind, "at": hour(hours), **fields}


EVENTS = [
    event(0, "contact"),
    event(1, "promise_made", by="shop", due=hour(30)),
    event(2, "offer_made", kind="refund", due=hour(60)),
    event(3, "trip"),
    event(4, "contact"),
]


def facts(at: float | None, case: dict[str, Any] | None = None, **incident: object) -> Facts:
    moment = None if at is None else hour(at)
    given = {"kind": "late_delivery", "order": ORDER, **incident}
    return POLICY.reader.facts(
        given, {}, case={"events": EVENTS} if case is None else case, at=moment
    )


@pytest.mark.parametrize("before", [5, 20, None])
@pytest.mark.parametrize("after", [5, 20, 30, 47.9, 52, 60, 500])
def test_at_another_moment_the_facts_are_those_that_would_be_read_then(
    before: float | None, after: float
) -> None:
    assert changed(facts(before), {"at": hour(after)}, PLAIN) == facts(after)


@pytest.mark.parametrize("after", [0, 2.5, 3.5])
def test_what_came_after_an_earlier_moment_had_not_happened_then(after: float) -> None:
    assert changed(facts(None), {"at": hour(after)}, PLAIN) == facts(after)


@pytest.mark.parametrize("before", [5, 35, 100])
def test_without_a_moment_what_depends_on_it_is_unknown(before: float) -> None:
    found = without(facts(before), "at", PLAIN)

    assert found.events == facts(before).events
    assert found.values == facts(None).values


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("case.contacts", 3),
        ("case.promises_broken", 1),
        ("case.opened_at", hour(1)),
        ("incident.trips", 2),
    ],
)
def test_what_the_events_tell_cannot_be_otherwise(name: str, other: Value) -> None:
    with pytest.raises(InputError, match=name):
        changed(facts(5), {name: other}, PLAIN)


def test_what_the_events_do_not_tell_can_be_told() -> None:
    told = answered(facts(5), "incident.hours_spent", 3, PLAIN)

    assert told == facts(5, hours_spent=3)
    assert answered(told, "incident.out_of_pocket", 500, PLAIN).values["incident.hours_spent"] == 3


def test_what_is_told_beside_the_events_stays_told_at_another_moment() -> None:
    assert changed(facts(5, hours_spent=3), {"at": hour(50)}, PLAIN) == facts(50, hours_spent=3)


def test_other_facts_leave_what_follows_from_the_case_alone() -> None:
    before = facts(5)
    after = changed(before, {"incident.usable": False}, PLAIN)

    assert after.events is before.events
    assert after.values == {**before.values, "incident.usable": False}


def test_an_age_follows_from_when_a_case_was_opened() -> None:
    case = {"contacts": 1}

    told = answered(facts(50, case), "case.opened_at", START, PLAIN)

    assert told == facts(50, {**case, "opened_at": START})
    assert changed(told, {"at": hour(80)}, PLAIN).values["case.age_days"] == 3
    assert without(told, "case.opened_at", PLAIN).values["case.age_days"] is None
    assert without(told, "at", PLAIN).values["case.age_days"] is None
    assert agreeing_with(["case.age_days"]) == {"case.age_days", "case.opened_at"}


def test_a_case_of_which_a_sum_is_told_has_no_known_events() -> None:
    told = changed(facts(50, {}), {"case.contacts": 2}, PLAIN)

    assert told == facts(50, {"contacts": 2})
    assert told.values["case.waiting_on"] is None
    assert told.values["case.silent"] is None


def test_time_alone_changes_nothing_in_an_empty_case() -> None:
    assert changed(facts(5, {}), {"at": hour(500)}, PLAIN) == facts(500, {})


def test_facts_that_a_policy_does_not_read_stay_unknown() -> None:
    decision = POLICY.decide(
        {"kind": "late_delivery", "order": ORDER}, {}, case={"events": EVENTS}, at=hour(5)
    )
    restored = POLICY.facts_of(decision)

    later = changed(restored, {"at": hour(40)}, PLAIN)

    assert restored.values["case.contacts"] is None
    assert later.values["case.contacts"] is None
    assert later.values["case.promises_broken"] == 1
    kept = [fact.name for fact in decision.facts]
    assert {name: later.values[name] for name in kept} == {
        name: facts(40).values[name] for name in kept
    }
