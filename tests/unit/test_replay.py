"""What `remedykit.replay` returns: a step for each moment that changed something, and no more."""

from __future__ import annotations

import gc
import json
import tracemalloc
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from remedykit import Case, InputError, Policy, replay
from support.replays import POLICY, STORY, TEXT, case_of, day, event, incident, replayed


def _plans(*events: dict[str, Any], **options: Any) -> list[tuple[datetime, tuple[str, ...]]]:
    return [(step.at, step.decision.plan.remedies) for step in replayed(*events, **options).steps]


def _refusal(case: Any, **options: Any) -> str:
    told: dict[str, Any] = {"incident": incident(), "customer": {}, **options}
    with pytest.raises(InputError) as caught:
        replay(POLICY, case, **told)
    return str(caught.value)


# --- steps ---------------------------------------------------------------------------------------


def test_there_is_a_step_for_each_event_and_for_each_instant_between_them() -> None:
    steps = replayed(*STORY).steps

    assert [(step.at, [each.type for each in step.events]) for step in steps] == [
        (day(0), ["delivered"]),
        (day(0.25), ["seller_asked"]),
        (day(2.25), []),
        (day(3), ["trip"]),
        (day(4), ["trip", "expense"]),
        (day(5), ["contact"]),
        (day(6), ["trip"]),
        (day(10.25), ["resolved"]),
    ]


def test_a_step_tells_what_time_has_brought_and_what_is_different_from_the_step_before() -> None:
    steps = replayed(*STORY).steps
    by_time, with_trip = steps[2], steps[4]

    assert by_time.because == "2 days since the customer asked the seller"
    assert (by_time.offers, by_time.withdraws) == (("spare_part",), ())
    assert (with_trip.because, with_trip.offers) == ("", ())
    assert with_trip.changes == ("value of gesture: 5.00 USD -> 10.00 USD",)


def test_the_first_step_is_compared_with_nothing() -> None:
    first = replayed(*STORY).steps[0]

    assert (first.offers, first.withdraws, first.changes) == ((), (), ())


def test_a_due_time_that_moves_with_the_moment_of_decision_is_no_change() -> None:
    steps = replayed(event("trip", 0), event("seller_answered", 1), until=day(1)).steps

    dues = [remedy.due for step in steps for remedy in step.decision.remedies if remedy.due]
    assert dues == [day(7), day(8)]
    assert steps[1].changes == ()


def test_events_of_one_instant_are_one_step_whatever_zone_they_are_told_in() -> None:
    elsewhere = event("trip", 0, at="2026-11-14T07:00:00-05:00")

    (step,) = replayed(event("contact", 0), elsewhere, until=day(0)).steps

    assert [each.type for each in step.events] == ["contact", "trip"]


def test_every_moment_has_the_offset_of_the_policy_whatever_zone_the_events_are_told_in() -> None:
    told = replayed(
        event("delivered", 0, at="2026-11-14T18:30:00+09:00"),
        event("seller_asked", 0, at="2026-11-14T23:30:00+01:00"),
        event("trip", 0, at="2026-11-16T20:00:00-08:00"),
        until=datetime(2026, 11, 17, 12, tzinfo=UTC),
    )

    assert [step.at.isoformat() for step in told.steps] == [
        "2026-11-14T04:30:00-05:00",
        "2026-11-14T17:30:00-05:00",
        "2026-11-16T17:30:00-05:00",
        "2026-11-16T23:00:00-05:00",
    ]
    assert [row["at"] for row in told.to_rows()] == [step.at for step in told.steps]
    assert told.until.isoformat() == "2026-11-17T07:00:00-05:00"


def test_moments_are_in_utc_where_the_policy_names_no_time_zone() -> None:
    text = TEXT.replace("timezone: America/New_York\n", "").replace("days(7)", "hours(168)")
    asked = event("seller_asked", 0, at="2026-11-14T13:00:00+01:00")

    told = replay(Policy.from_text(text), case_of(asked), incident=incident(), customer={})

    assert [step.at.isoformat() for step in told.steps] == [
        "2026-11-14T12:00:00+00:00",
        "2026-11-16T12:00:00+00:00",
    ]


def test_steps_of_the_hour_that_the_clocks_repeat_are_as_far_apart_as_they_were() -> None:
    summer = event("contact", 0, at="2026-11-01T05:30:00Z")
    winter = event("trip", 0, at="2026-11-01T06:30:00Z")

    one, other = (step.at for step in replayed(summer, winter, until=day(-12)).steps)

    assert (one.isoformat(), other.isoformat()) == (
        "2026-11-01T01:30:00-04:00",
        "2026-11-01T01:30:00-05:00",
    )
    assert other - one == timedelta(hours=1)


def test_an_answer_tells_the_offer_that_it_answers() -> None:
    offer = event("offer_made", 0, by="seller", kind="gesture", value="8.00", id="O")
    silent = event("offer_made", 2, by="shop", kind="spare_part")
    steps = replayed(
        offer,
        event("offer_refused", 1, of="O"),
        silent,
        event("offer_accepted", 3),
        event("remedy_given", 4, by="shop", kind="spare_part"),
        until=day(4),
    ).steps

    assert [[answered and answered.kind for answered in step.answers] for step in steps] == [
        [None],
        ["gesture"],
        [None],
        ["spare_part"],
        ["spare_part"],
    ]


@pytest.mark.parametrize(
    ("matter", "answer", "told"),
    [
        (
            event("offer_made", 0, by="seller", kind="gesture", value="8.00", id="O"),
            event("offer_refused", 1, of="O"),
            "customer refused an offer: gesture 8.00 USD",
        ),
        (
            event("offer_made", 0, kind="gesture", value="8.00"),
            event("offer_expired", 1),
            "offer expired: gesture 8.00 USD",
        ),
        (
            event("offer_made", 0, kind="gesture"),
            event("offer_accepted", 1, value="8.00"),
            "customer accepted an offer: gesture 8.00 USD",
        ),
        (  # may be decided otherwise than it was claimed
            event("claim_filed", 0, value="120.00"),
            event("claim_decided", 1, by="platform", granted=True),
            "platform decided a claim: granted",
        ),
    ],
    ids=["named", "the only one", "of a value told later", "claim"],
)
def test_an_answer_that_says_little_is_told_with_what_was_offered(
    matter: dict[str, Any], answer: dict[str, Any], told: str
) -> None:
    (_, row) = replayed(matter, answer, until=day(1)).to_rows()

    assert row["happened"] == told


def test_events_are_replayed_in_order_of_time_and_each_once() -> None:
    contact = event("contact", 1)

    steps = replayed(event("resolved", 2), contact, contact).steps

    assert [(step.at, len(step.events)) for step in steps] == [(day(1), 1), (day(2), 1)]


def test_where_something_happens_at_the_very_instant_there_is_one_step_that_tells_both() -> None:
    steps = replayed(event("seller_asked", 0), event("trip", 2), until=day(3)).steps

    assert [(step.at, len(step.events)) for step in steps] == [(day(0), 1), (day(2), 1)]
    assert steps[1].because == "2 days since the customer asked the seller"
    assert steps[1].offers == ("gesture", "spare_part")


def test_an_event_can_forestall_what_time_would_have_brought() -> None:
    plans = _plans(event("seller_asked", 0), event("seller_answered", 2 - 1e-6), until=day(9))

    assert [plan for _, plan in plans] == [("sorry",), ("sorry",)]


def test_what_time_brings_is_found_however_long_after_an_event() -> None:
    policy = Policy.from_text(TEXT.replace("case.contacts: 3..", "case.age_days: 450.."))
    contact, trip = event("contact", 0), event("trip", 700)
    told: dict[str, Any] = {"incident": incident(), "customer": {}}

    before_nothing = replay(policy, case_of(contact), until=day(800), **told)
    before_an_event = replay(policy, case_of(contact, trip), **told)

    for each in (before_nothing, before_an_event):
        (by_time,) = (step for step in each.steps if step.because)
        assert (by_time.at, by_time.changes) == (day(450), ("hand over to desk",))


# --- the end -------------------------------------------------------------------------------------


def test_an_open_case_is_followed_for_thirty_days() -> None:
    told = replayed(event("seller_asked", 0))

    assert told.until == day(30)
    assert [step.at for step in told.steps] == [day(0), day(2)]


def test_a_resolved_case_ends_with_its_last_event() -> None:
    told = replayed(event("seller_asked", 0), event("resolved", 1))

    assert told.until == day(1)
    assert [step.at for step in told.steps] == [day(0), day(1)]


def test_a_reopened_case_is_open() -> None:
    closed = (event("seller_asked", 0), event("resolved", 1))

    assert replayed(*closed, event("reopened", 1.5)).until == day(31.5)


def test_a_closed_case_needs_nothing_until_it_is_opened_again() -> None:
    told = replayed(
        event("seller_asked", 0), event("resolved", 1), event("reopened", 3), until=day(4)
    )

    assert [(step.at, step.is_closed) for step in told.steps] == [
        (day(0), False),
        (day(1), True),  # and what time brings at day 2 is looked for in no closed case
        (day(3), False),
    ]


def test_until_leaves_out_what_happened_later() -> None:
    told = replayed(*STORY, until=day(3.5))

    assert [step.at for step in told.steps] == [day(0), day(0.25), day(2.25), day(3)]
    assert told.until == day(3.5)


def test_until_includes_its_own_moment() -> None:
    asked = event("seller_asked", 0)

    assert [len(replayed(asked, until=day(2) - late).steps) for late in _AROUND] == [1, 2]


_AROUND = (timedelta(microseconds=1), timedelta(0))


# --- what is refused -----------------------------------------------------------------------------


def test_a_case_without_events_is_refused() -> None:
    empty: tuple[object, ...] = (Case(), {}, {"events": []})

    for case in empty:
        assert _refusal(case) == "case.events: has no events; they are what is replayed"


def test_what_stands_beside_the_events_is_refused_with_every_name() -> None:
    told = "stands beside the events; a replay tells it from them, anew at each moment"
    case: dict[str, object] = {"events": [event("contact", 0)], "contacts": 1, "apologies_made": 0}

    assert _refusal(case).splitlines() == [
        f"case.apologies_made: {told}",
        f"case.contacts: {told}",
    ]


def test_what_the_events_tell_otherwise_is_refused_with_the_moment() -> None:
    told = _refusal({"events": STORY}, incident=incident(trips=7))

    assert told == (
        "incident.trips: 7 is given, but 1 follows from case.events up to "
        f"{day(3).astimezone(UTC).isoformat()}; leave one of them out, or mend it"
    )


def test_events_that_nobody_has_checked_are_refused() -> None:
    told = "case.events: were not checked; make the case by Case(...) or with_event(...)"

    assert _refusal(Case.model_construct(events=case_of(*STORY).events)) == told


def test_a_wrong_event_is_told_with_its_place() -> None:
    assert _refusal({"events": [event("contact", 0), event("expense", 1)]}) == (
        "case.events[1].value: is missing; an event `expense` has it"
    )


def test_an_end_before_the_first_event_or_without_a_zone_is_refused() -> None:
    case = case_of(event("contact", 1))

    assert _refusal(case, until=day(0.5)) == (
        "until: is before the first event, at 2026-11-15T12:00:00+00:00"
    )
    assert _refusal(case, until=day(2).replace(tzinfo=None)).startswith("until: ")


def test_an_incident_of_another_currency_is_refused() -> None:
    order = {"id": "A", "currency": "EUR", "lines": [{"id": "1", "price": "1.00"}]}

    told = _refusal(case_of(*STORY), incident={"kind": "missing_part", "order": order})

    assert told.startswith("incident.order.currency: is EUR")


# --- forms ---------------------------------------------------------------------------------------


def test_every_row_has_the_same_columns_and_tells_a_step() -> None:
    rows = replayed(*STORY).to_rows()

    assert {tuple(row) for row in rows} == {tuple(rows[0])}
    assert [row["step"] for row in rows] == list(range(1, 9))
    assert rows[4]["happened"] == (
        "customer made a trip for it; customer spent money on it: 12.50 USD"
    )
    assert (rows[4]["apology"], rows[4]["fix"]) == ("sorry", "gesture, spare_part")
    assert rows[2]["because"] == "2 days since the customer asked the seller"


def test_the_json_has_every_step_with_its_whole_decision() -> None:
    told = replayed(*STORY)
    data = json.loads(told.to_json())

    assert [each["decision"] for each in data["steps"]] == [
        json.loads(step.decision.to_json()) for step in told.steps
    ]
    assert data["steps"][4]["events"] == [
        {"type": "trip", "at": "2026-11-18T12:00:00Z", "by": "customer"},
        {
            "type": "expense",
            "at": "2026-11-18T12:00:00Z",
            "by": "customer",
            "value": {"amount": "12.50", "currency": "USD"},
        },
    ]
    assert data["savings"]["plan"]["days_saved"] == 6.5
    assert data["policy"]["name"] == "timed"


def test_the_json_tells_hours_and_verdicts_of_events() -> None:
    claim = event("claim_filed", 0, hours="0.5")
    told = replayed(claim, event("claim_decided", 1, granted=False), until=day(1))

    (filed,), (decided,) = (step["events"] for step in json.loads(told.to_json())["steps"])

    assert (filed["hours"], decided["granted"]) == (0.5, False)


def test_a_notebook_shows_a_table_in_which_everything_is_escaped() -> None:
    told = replayed(event("label_created", 0, parcel="<b>P</b>"), until=day(0))

    shown = told._repr_html_()

    assert "&lt;b&gt;P&lt;/b&gt;" in shown
    assert "<b>" not in shown


def test_no_step_depends_on_the_order_in_which_events_of_different_times_are_handed_in() -> None:
    story = [told for told in STORY if told["type"] != "expense"]  # it comes with a trip
    assert len({told["at"] for told in story}) == len(story)

    assert replayed(*reversed(story)).steps == replayed(*story).steps


def test_nothing_is_kept_of_a_case_once_it_is_replayed() -> None:
    def replay_anew(number: int) -> None:
        spent = event("expense", 1 + number / 7, value=f"{number}.00", id=f"E-{number}")
        replayed(event("seller_asked", 0), spent, incident=incident(id=f"I-{number}"), until=day(4))

    replay_anew(0)  # what is made at the first time stays
    tracemalloc.start()
    try:
        held: list[int] = []
        for number in range(1, 21):
            replay_anew(number)
            gc.collect()
            held.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()

    assert held[-1] - held[9] < 10_000  # bytes, of ten cases; a decision alone has more


def test_a_row_tells_who_takes_the_incident_and_what_the_merchant_must_do() -> None:
    (*_, row) = replayed(event("label_created", 0), until=day(3)).to_rows()

    assert (row["hand_over"], row["todo"]) == ("", "ask_carrier")


def test_a_shipped_policy_can_be_replayed_with_incident_and_customer_as_maps() -> None:
    policy = Policy.shipped("nurture")
    told = replay(
        policy, {"events": [event("contact", 0)]}, incident=dict(incident()), customer={"id": "C"}
    )

    assert told.policy.digest == policy.digest
    assert told.incident_id == "I-1"
