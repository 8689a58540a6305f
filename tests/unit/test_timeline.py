"""The events of a case: in order of time, each once, every answer with what it answers."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from remedykit.model.case import Case
from remedykit.model.event import EVENT_FORMS, Event
from remedykit.model.money import Money
from remedykit.model.timeline import timeline_of
from remedykit.model.words import EVENT_TYPES

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
OTHERWISE = "answers no open offer: events[0] is yet to be answered, but"
NONE_AGREES = (
    "answers no open offer: events[0] and others are yet to be answered, but none agrees with it "
    "in `kind` and `value`"
)
HAND_IN_FIRST = "is of the same time: hand it in before its answer"


def event(hours: float, kind: str, /, **fields: object) -> dict[str, Any]:
    return {"type": kind, "at": START + timedelta(hours=hours), **fields}


def offer(hours: float, /, **fields: object) -> dict[str, Any]:
    return event(hours, "offer_made", **{"kind": "refund", **fields})


def order(*events: Mapping[str, Any]) -> list[tuple[int, int | None]]:
    """Return where each event was handed in, in order of time, with the one that it answers."""
    timeline = Case.model_validate({"events": events}).timeline()
    assert timeline is not None
    return list(zip(timeline.places, timeline.answers, strict=True))


def faults(*events: Mapping[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as caught:
        Case.model_validate({"events": events})
    return [
        (".".join(map(str, line["loc"])), line["msg"])
        for line in caught.value.errors(include_url=False)
    ]


# --- the events themselves ------------------------------------------------------------------------


def test_every_type_of_event_has_a_form() -> None:
    assert tuple(EVENT_FORMS) == EVENT_TYPES


def test_who_acts_and_who_is_to_act_next_follow_from_the_type_where_they_are_not_said() -> None:
    told = [event(0, "contact", by="seller", to="carrier"), event(1, "contact")]
    (said, unsaid) = tuple(Case.model_validate({"events": told}).events or ())

    assert (said.by, said.to) == ("seller", "carrier")
    assert (unsaid.by, unsaid.to) == ("customer", "shop")


@pytest.mark.parametrize(
    ("wrong", "place", "problem"),
    [
        (event(0, "offer_made"), "events.0.kind", "is missing; an event `offer_made` has it"),
        (event(0, "expense"), "events.0.value", "is missing; an event `expense` has it"),
        (event(0, "claim_decided"), "events.0.granted", "is missing; an event `claim_decided`"),
        (event(0, "trip", value=3), "events.0.value", "an event `trip` has no `value`"),
        (event(0, "trip", too="x"), "events.0.too", "unknown field `too`"),
        (event(0, "trips"), "events.0.type", "did you mean `trip`?"),
        (event(0, "trip", hours=-1), "events.0.hours", "is below 0"),
        (event(0, "expense", value="-1"), "events.0.value", "is below 0"),
        (offer(2, due=START), "events.0.due", "is before `at`, 2026-11-02T11:00:00+00:00"),
        ({"type": "trip"}, "events.0.at", "Field required"),
        ({"type": "trip", "at": "2026-11-02"}, "events.0.at", "is a date"),
    ],
)
def test_what_is_wrong_with_an_event_is_told_at_its_place(
    wrong: dict[str, Any], place: str, problem: str
) -> None:
    ((found, message),) = faults(wrong)

    assert found == place
    assert problem in message


# --- order, and each once -------------------------------------------------------------------------


def test_events_are_in_order_of_time_and_those_of_one_time_as_handed_in() -> None:
    found = order(event(2, "trip"), event(1, "contact"), event(2, "shipped"), event(0, "scanned"))

    assert [place for place, _ in found] == [3, 1, 0, 2]


def test_times_are_compared_whatever_their_zones() -> None:
    later, earlier = "2026-11-02T09:30:00+00:00", "2026-11-02T10:00:00+01:00"

    assert order({"type": "trip", "at": later}, {"type": "contact", "at": earlier}) == [
        (1, None),
        (0, None),
    ]


@pytest.mark.parametrize("same", [{"id": "a"}, {}])
def test_an_event_that_is_told_twice_happened_once(same: dict[str, str]) -> None:
    told = event(0, "trip", hours=1, **same)
    again = event(0, "trip", hours=Decimal("1.0"), **same)

    assert order(told, event(1, "contact"), again) == [(0, None), (1, None)]


def test_events_that_differ_in_anything_are_two() -> None:
    assert len(order(event(0, "trip"), event(0, "trip", hours=1))) == 2
    assert len(order(event(0, "trip", id="a"), event(0, "trip", id="b"))) == 2
    assert len(order(event(0, "trip", id="a"), event(0, "trip"))) == 2


def test_an_amount_with_its_currency_is_another_than_one_without() -> None:
    (found,) = faults(
        event(0, "expense", id="a", value="5.00"),
        event(0, "expense", id="a", value=Money("5.00", "USD")),
    )

    assert found[0] == "events.1.id"


def test_one_id_cannot_be_that_of_two_events() -> None:
    assert faults(event(1, "trip", id="a"), event(0, "contact", id="a")) == [
        (
            "events.0.id",
            "'a' is the id of events[1] too, which is another event; each event has its own",
        )
    ]


# --- answers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "answer"),
    [
        (offer(0), event(1, "offer_refused")),
        (offer(0), event(1, "offer_accepted")),
        (offer(0), event(1, "offer_expired")),
        (offer(0), event(1, "remedy_given")),
        (event(0, "promise_made"), event(1, "promise_kept")),
        (event(0, "promise_made"), event(1, "promise_broken")),
        (event(0, "claim_filed"), event(1, "claim_decided", granted=True)),
    ],
)
def test_an_answer_answers_the_only_thing_that_is_open(
    made: dict[str, Any], answer: dict[str, Any]
) -> None:
    assert order(answer, made) == [(1, None), (0, 0)]


def test_an_answer_finds_its_offer_by_kind_and_value() -> None:
    made = [
        offer(0, kind="refund", value="8.00"),
        offer(1, kind="refund", value="12.00"),
        offer(2, kind="reship", value="12.00"),
    ]

    assert order(*made, event(3, "offer_refused", kind="reship"))[3] == (3, 2)
    assert order(*made, event(3, "offer_refused", value=8))[3] == (3, 0)
    assert order(*made, event(3, "offer_refused", value=Money("8.00", "USD")))[3] == (3, 0)
    assert order(*made, event(3, "offer_refused", kind="refund", value="12"))[3] == (3, 1)


def test_an_offer_of_unknown_value_may_be_the_one_that_an_answer_means() -> None:
    assert order(offer(0), event(1, "offer_refused", value="8.00")) == [(0, None), (1, 0)]
    ambiguous = faults(offer(0), offer(1, value="8.00"), event(2, "offer_refused", value="8.00"))
    assert ambiguous == [
        ("events.2", "may answer events[1] or events[0]; say which offer with `of`")
    ]


def test_a_claim_may_be_decided_at_another_value_than_was_claimed() -> None:
    claimed = event(0, "claim_filed", value="35.00")

    assert order(claimed, event(1, "claim_decided", granted=True, value="20.00"))[1] == (1, 0)


def test_an_answer_that_names_its_offer_needs_no_other_words() -> None:
    made = [offer(0, id="first"), offer(1, id="second")]

    assert order(*made, event(2, "offer_refused", of="second"))[2] == (2, 1)


def test_an_answer_that_names_what_it_answers_may_repeat_it() -> None:
    made = [offer(0, id="o", value="8.00"), event(0, "claim_filed", id="c", value="35.00")]

    said = {"of": "o", "kind": "refund", "value": Money("8.00", "USD")}
    assert order(*made, event(1, "offer_refused", **said))[2] == (2, 0)
    less = {"of": "c", "granted": True, "value": "20.00"}
    assert order(*made, event(1, "claim_decided", **less))[2] == (2, 1)
    assert order(offer(0, id="o"), event(1, "remedy_given", of="o", value=8))[1] == (1, 0)


def test_all_that_an_answer_says_otherwise_is_told() -> None:
    said = {"of": "o", "kind": "reship", "value": "9.00"}
    found = faults(offer(0, id="o", value="8.00"), event(1, "offer_refused", **said))

    assert [place for place, _ in found] == ["events.1.kind", "events.1.value"]


def test_what_is_of_the_same_time_is_told_only_where_the_answer_agrees_with_it() -> None:
    wrong = [("events.0", "answers no open offer")]

    assert faults(event(0, "offer_refused", kind="reship"), offer(0)) == wrong
    assert faults(event(0, "offer_refused"), event(0, "promise_made")) == wrong


def test_what_was_read_and_answered_is_not_told_as_what_is_yet_to_come() -> None:
    answers = [event(0, "offer_refused"), event(0, "offer_accepted")]

    again = "answers no open offer; events[0] was answered before, by events[1]"
    assert faults(offer(0), *answers, offer(0)) == [("events.2", again)]


def test_what_is_not_yet_due_is_meant_before_what_is_over() -> None:
    over = offer(0, due=START + timedelta(hours=5))

    assert order(over, offer(6), event(7, "offer_refused"))[2] == (2, 1)
    assert order(over, event(7, "offer_refused"))[1] == (1, 0)
    at_due = faults(over, offer(1), event(5, "offer_refused"))
    assert at_due == [("events.2", "may answer events[0] or events[1]; say which offer with `of`")]


def test_an_accepted_offer_is_carried_out_once() -> None:
    accepted = [offer(0, id="o"), event(1, "offer_accepted")]

    assert order(*accepted, offer(2), event(3, "remedy_given"))[3] == (3, 0)
    assert order(*accepted, event(3, "remedy_given", of="o"))[2] == (2, 0)
    again = faults(*accepted, event(3, "remedy_given"), event(4, "remedy_given", of="o"))
    assert again == [("events.3.of", "'o' was answered before, by events[2]")]


def test_a_promise_is_kept_or_broken_by_who_has_made_it() -> None:
    made = [event(0, "promise_made", by="shop"), event(1, "promise_made", by="seller")]
    assert order(*made, event(2, "promise_kept", by="seller"))[2] == (2, 1)
    assert order(*made, event(2, "promise_broken", by="shop"))[2] == (2, 0)
    unknown = event(0, "promise_made")
    assert order(unknown, event(2, "promise_kept", by="seller"))[1] == (1, 0)


def test_a_remedy_may_be_given_without_an_offer() -> None:
    assert order(event(0, "remedy_given", kind="refund")) == [(0, None)]
    assert order(offer(0), event(1, "remedy_given", kind="reship"))[1] == (1, None)


@pytest.mark.parametrize(
    ("events", "place", "problem"),
    [
        ([event(0, "offer_refused")], "events.0", "answers no open offer"),
        ([event(0, "promise_kept")], "events.0", "answers no open promise"),
        ([event(0, "claim_decided", granted=True)], "events.0", "answers no open claim"),
        ([event(0, "offer_refused"), offer(1)], "events.0", "answers no open offer"),
        (
            [offer(0, value="8.00"), event(1, "offer_refused", value="9.00")],
            "events.1",
            f"{OTHERWISE} its `value` is 8.00, not 9.00",
        ),
        (
            [offer(0, value="8.00"), event(1, "offer_refused", kind="reship", value="9.00")],
            "events.1",
            f"{OTHERWISE} its `kind` is 'refund', not 'reship'",
        ),
        (
            [offer(0), offer(1, value=1), offer(2), event(3, "offer_expired", kind="reship")],
            "events.3",
            NONE_AGREES,
        ),
        (
            [event(1, "offer_refused"), event(0, "trip"), offer(1)],
            "events.0",
            f"answers no open offer; events[2] {HAND_IN_FIRST}",
        ),
        (
            [event(1, "promise_kept", of="p"), event(1, "promise_made", id="p")],
            "events.0.of",
            f"'p' is the id of no earlier event; events[1] {HAND_IN_FIRST}",
        ),
        (
            [event(0, "promise_made"), event(1, "promise_made"), event(2, "promise_kept")],
            "events.2",
            "may answer events[0] or events[1]; say which promise with `of`",
        ),
        (
            [event(0, "promise_made", by="shop"), event(1, "promise_kept", by="seller")],
            "events.1",
            f"{OTHERWISE.replace('offer', 'promise')} its `by` is 'shop', not 'seller'",
        ),
        (
            [
                event(0, "promise_made", by="shop"),
                event(1, "promise_made", by="carrier"),
                event(2, "promise_broken", by="seller"),
            ],
            "events.2",
            NONE_AGREES.replace("offer", "promise").replace("`kind` and `value`", "`by`"),
        ),
        (
            [
                event(0, "promise_made", by="shop"),
                event(1, "promise_made"),
                event(2, "promise_kept", by="shop"),
            ],
            "events.2",
            "may answer events[0] or events[1]; say which promise with `of`",
        ),
        (
            [
                event(0, "promise_made", by="shop", id="p"),
                event(1, "promise_kept", by="seller", of="p"),
            ],
            "events.1.by",
            "'seller' is not what events[0] says, 'shop'; leave it out, or mend it",
        ),
        ([event(0, "offer_refused", of="x")], "events.0.of", "'x' is the id of no earlier event"),
        (
            [event(0, "offer_refused", of="x"), offer(1, id="x")],
            "events.0.of",
            "'x' is the id of no earlier event; it is that of events[1], which comes later",
        ),
        (
            [event(0, "promise_kept", of="x", id="x")],
            "events.0.of",
            "'x' is the id of no earlier event; it is that of this event itself",
        ),
        (
            [event(0, "contact", id="x"), event(1, "offer_refused", of="x")],
            "events.1.of",
            "'x' is of type `contact`; `offer_refused` answers `offer_made`",
        ),
        (
            [offer(0, id="x"), event(1, "offer_refused"), event(2, "offer_accepted", of="x")],
            "events.2.of",
            "'x' was answered before, by events[1]",
        ),
        (
            [offer(0, id="x"), event(1, "offer_refused", of="x", kind="reship")],
            "events.1.kind",
            "'reship' is not what events[0] says, 'refund'; leave it out, or mend it",
        ),
        (
            [offer(0, id="x", value="8.00"), event(1, "offer_accepted", of="x", value=9)],
            "events.1.value",
            "9 is not what events[0] says, 8.00; leave it out, or mend it",
        ),
        (
            [
                offer(0, id="x", value=Money("8.00", "USD")),
                event(1, "offer_accepted", of="x"),
                event(2, "remedy_given", of="x", value="9.00"),
            ],
            "events.2.value",
            "9.00 is not what events[0] says, 8.00 USD; leave it out, or mend it",
        ),
        (
            [offer(0, id="x"), event(1, "offer_refused"), event(2, "remedy_given", of="x")],
            "events.2.of",
            "'x' was answered before, by events[1]",
        ),
        (
            [event(0, "delivered", parcel="P"), event(1, "delivered", parcel="P")],
            "events.1.parcel",
            "'P' was delivered before, by events[0]",
        ),
        (
            [event(0, "resolved"), event(1, "resolved")],
            "events.1",
            "the case is resolved already",
        ),
        (
            [event(0, "reopened")],
            "events.0",
            "the case is not resolved, so it cannot be opened again",
        ),
    ],
)
def test_what_cannot_have_happened_is_refused_at_its_place(
    events: list[dict[str, Any]], place: str, problem: str
) -> None:
    assert faults(*events) == [(place, problem)]


def test_an_id_that_no_event_has_may_be_that_of_the_only_thing_that_can_be_answered() -> None:
    def told(*events: dict[str, Any], of: str = "o9", kind: str = "offer_refused") -> str:
        ((_, problem),) = faults(*events, event(9, kind, of=of))
        return problem.partition("is the id of no earlier event")[2]

    meant = "; did you mean 'o1'?"
    answered = [offer(0, id="o2"), event(1, "offer_refused", of="o2")]
    accepted = [offer(0, id="o2"), event(1, "offer_accepted", of="o2")]
    assert told(offer(0, id="o1")) == meant
    assert told(offer(0, id="o1"), *answered, event(0, "promise_made", id="p9"), offer(2)) == meant
    assert told(*answered) == ""
    assert told(*accepted) == ""
    assert told(*accepted, kind="remedy_given") == "; did you mean 'o2'?"


def test_of_several_that_can_be_answered_the_one_with_the_nearest_id_is_told() -> None:
    made = [offer(0, id="refund-1"), offer(1, id="reship-1", kind="reship")]

    def told(**said: str) -> str:
        ((_, problem),) = faults(*made, event(2, "offer_refused", **said))
        return problem.partition("is the id of no earlier event")[2]

    assert told(of="reship1") == "; did you mean 'reship-1'?"
    assert told(of="xxx") == ""
    assert told(of="xxx", kind="refund") == "; did you mean 'refund-1'?"


def test_near_ids_are_looked_for_as_often_as_one_message_shows_them() -> None:
    found = faults(offer(0, id="o1"), *(event(1 + n, "offer_refused", of="o") for n in range(25)))

    assert [problem.endswith("did you mean 'o1'?") for _, problem in found] == [
        number < 20 for number in range(25)
    ]


def test_an_answer_to_nothing_tells_what_was_answered_before_if_it_may_mean_that() -> None:
    def told(*events: dict[str, Any]) -> str:
        ((_, problem),) = faults(*events)
        return problem

    promise = [event(0, "promise_made"), event(1, "promise_kept")]
    first = [offer(0, value="8.00"), event(1, "offer_refused")]
    second = [offer(2, value="9.00"), event(3, "offer_expired")]
    repeated = "answers no open offer; events[2] was answered before, by events[3]"
    assert told(*first, *second, event(4, "offer_refused")) == repeated
    assert told(*first, *second, event(4, "offer_refused", value=9)) == repeated
    assert told(*first, *second, event(4, "offer_refused", value=7)) == "answers no open offer"
    assert told(*promise, event(4, "offer_refused")) == "answers no open offer"


def test_all_contradictions_are_told_in_the_order_of_their_places() -> None:
    found = faults(event(5, "reopened"), event(3, "promise_kept"), event(4, "offer_expired"))

    assert [place for place, _ in found] == ["events.0", "events.1", "events.2"]


def test_parcels_without_a_name_may_be_several() -> None:
    assert len(order(event(0, "delivered"), event(1, "delivered"))) == 2


# --- one event more -------------------------------------------------------------------------------


def test_an_event_may_be_added_in_any_order_of_time() -> None:
    case = Case().with_event(event(1, "trip"))
    case = case.with_event(Event.model_validate(event(0, "contact")))

    timeline = case.timeline()
    assert timeline is not None
    assert timeline.places == (1, 0)


def test_an_event_that_contradicts_the_case_is_not_added() -> None:
    case = Case().with_event(event(0, "resolved"))

    with pytest.raises(ValidationError, match="the case is resolved already"):
        case.with_event(event(1, "resolved"))
    with pytest.raises(ValidationError, match="answers no open offer"):
        case.with_event(event(1, "offer_refused"))


@pytest.mark.parametrize("wrong", ["x", 3, [("type", "trip")], None])
def test_what_is_no_event_is_not_added(wrong: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        Case().with_event(wrong)

    assert [line["type"] for line in caught.value.errors()] == ["model_type"]


def test_a_case_has_no_more_events_than_can_be_read_again() -> None:
    case = Case.model_validate({"events": [event(0, "trip")] * 9_999}).with_event(event(1, "trip"))

    with pytest.raises(ValidationError) as caught:
        case.with_event(event(2, "trip"))
    assert [(line["loc"], line["msg"]) for line in caught.value.errors(include_url=False)] == [
        (("events",), "this has 10001 elements; at most 10000 are allowed")
    ]
    assert len(Case.model_validate(case.model_dump()).events or ()) == 10_000


def test_an_event_that_was_never_checked_is_checked_when_it_is_added() -> None:
    unsound = Event.model_validate(event(0, "trip")).model_copy(update={"hours": "many"})

    with pytest.raises(ValidationError, match="hours"):
        Case().with_event(unsound)
    with pytest.raises(ValidationError, match=r"events.0.hours"):
        Case(events=[unsound])


def test_events_that_were_never_checked_are_checked_when_one_is_added() -> None:
    trip, wrong = event(0, "trip"), event(0, "trap")
    plain = Case.model_construct(events=(trip,)).with_event(event(1, "trip"))

    assert plain == Case.model_validate({"events": [trip, event(1, "trip")]})
    for unchecked in (
        Case.model_construct(events=(wrong,)),
        plain.model_copy(update={"events": 5}),
    ):
        with pytest.raises(ValidationError, match="events"):
            unchecked.with_event(trip)


def test_the_order_of_events_that_were_changed_behind_the_models_back_is_not_known() -> None:
    case = Case.model_validate({"events": [event(0, "trip")]})

    assert case.timeline() is not None
    assert case.model_copy(update={"events": (*(case.events or ()),) * 2}).timeline() is None
    assert Case.model_construct(events=case.events).timeline() is None
    assert Case().timeline() is None


def test_a_thousand_open_offers_are_answered_each_by_its_value() -> None:
    made = [offer(number, value=number, id=f"o{number}") for number in range(1000)]
    answers = [event(2000 + number, "offer_refused", value=number) for number in range(1000)]
    events = [Event.model_validate(each) for each in (*made, *answers)]

    timeline, wrong = timeline_of(events)

    assert wrong == []
    assert timeline.answers[1000:] == tuple(range(1000))


def test_in_the_hour_that_clocks_show_twice_events_keep_their_order() -> None:
    zone = ZoneInfo("America/New_York")
    before = datetime(2026, 11, 1, 1, 45, tzinfo=zone)  # 05:45 in UTC
    after = datetime(2026, 11, 1, 1, 30, tzinfo=zone, fold=1)  # 06:30
    asked, answered = (
        {"type": "seller_asked", "at": before},
        {"type": "seller_answered", "at": after},
    )

    for told in ([asked, answered], [answered, asked]):
        case = Case.model_validate({"events": told})
        found = case.timeline()
        assert found is not None
        ordered = [found.handed_in[place] for place in found.places]
        assert [each.type for each in ordered] == ["seller_asked", "seller_answered"]
        assert ordered[1].at - ordered[0].at == timedelta(minutes=45)
        assert [each.at.isoformat()[-6:] for each in ordered] == ["-04:00", "-05:00"]
