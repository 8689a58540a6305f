"""What follows from the events of a case, and when it must agree with what is told beside them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from remedykit.errors import InputError
from remedykit.facts.extract import fact_reader
from remedykit.facts.matters import open_dues
from remedykit.facts.schema import model_schema
from remedykit.facts.values import Facts, Offered
from remedykit.language.types import Value
from remedykit.model.case import Case
from remedykit.model.event import Event
from remedykit.model.money import Money

READER = fact_reader(model_schema())
START = datetime(2026, 11, 2, 9, tzinfo=UTC)
LATER = timedelta(days=30)


def hour(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def event(hours: float, kind: str, /, **fields: object) -> dict[str, Any]:
    return {"type": kind, "at": hour(hours), **fields}


def offer(hours: float, /, **fields: object) -> dict[str, Any]:
    return event(hours, "offer_made", **{"kind": "refund", **fields})


def facts(*events: dict[str, Any], at: datetime | None = START + LATER, **told: Any) -> Facts:
    """Return the facts of events, with anything else told as `order__name` or `incident__name`."""
    groups: dict[str, dict[str, object]] = {"order": {}, "incident": {}, "case": {}}
    for name, value in told.items():
        group, _, field = name.partition("__")
        groups[group][field] = value
    order = {"id": "A", "currency": "USD", **groups["order"]}
    incident = {"kind": "late_delivery", "order": order, **groups["incident"]}
    return READER.facts(incident, {}, case={"events": events, **groups["case"]}, at=at)


def value(name: str, *events: dict[str, Any], at: datetime | None = START + LATER) -> Value | None:
    return facts(*events, at=at).values[name]


# --- nothing told, nothing happened ---------------------------------------------------------------

NOTHING = {
    "case.age_days": 0,
    "case.apologies_made": 0,
    "case.claim": "none",
    "case.contacts": 0,
    "case.deviation_level": 0,
    "case.effort_spent": 0,
    "case.escalations": 0,
    "case.goodwill_to_date": 0,
    "case.handoffs": 0,
    "case.highest_refused": 0,
    "case.hours_waiting": 0,
    "case.offers_made": (),
    "case.offers_refused": (),
    "case.opened_at": None,
    "case.promises_broken": 0,
    "case.resolved": False,
    "case.waiting_on": "nobody",
}


def of_case(read: Facts) -> dict[str, Value | None]:
    return {name: told for name, told in read.values.items() if name.startswith("case.")}


@pytest.mark.parametrize("case", [None, {}, Case(), {"events": []}, Case(events=())])
def test_in_an_empty_case_nothing_has_happened(case: Any) -> None:
    read = READER.facts({"kind": "damaged", "order": {"id": "A", "currency": "USD"}}, {}, case=case)

    assert read.events == ()
    assert of_case(read) == NOTHING


@pytest.mark.parametrize("at", [None, START])
def test_without_a_case_the_incident_is_read_as_with_an_empty_one(at: datetime | None) -> None:
    order = {"id": "A", "currency": "USD", "label_created_at": START, "first_scan_at": START}
    incident = {
        "kind": "missing_part",
        "order": order,
        "trips": 3,
        "hours_spent": "2.5",
        "out_of_pocket": "25.00",
        "self_repaired": True,
        "carrier_scanned": True,
        "delivered_at": START,
    }

    read = READER.facts(incident, {}, at=at)

    assert read == READER.facts(incident, {}, case=Case(), at=at)
    assert read.values["incident.trips"] == 3
    assert read.values["incident.out_of_pocket"] == 2500


def test_of_a_case_that_is_told_as_its_sum_only_the_sum_is_known() -> None:
    refused = {"kind": "refund", "value": "8.00", "status": "refused"}
    case = {"contacts": 2, "opened_at": START, "offers": [refused]}
    order = {"id": "A", "currency": "USD"}

    read = READER.facts({"kind": "damaged", "order": order}, {}, case=case, at=START + LATER)

    assert read.events is None
    known = {name: told for name, told in of_case(read).items() if told is not None}
    assert known == {
        "case.age_days": 30,
        "case.apologies_made": 0,
        "case.contacts": 2,
        "case.deviation_level": 1,
        "case.highest_refused": 800,
        "case.offers_made": ("refund",),
        "case.offers_refused": ("refund",),
        "case.opened_at": START,
        "case.promises_broken": 0,
    }


# --- how often ------------------------------------------------------------------------------------


def test_who_had_to_do_what_is_counted() -> None:
    read = facts(
        event(0, "contact"),
        event(1, "contact", by="shop"),
        event(2, "seller_asked"),
        event(3, "escalated"),
        event(4, "claim_filed"),
        event(5, "claim_filed", by="shop", to="carrier"),
        event(6, "handed_over"),
        event(7, "resolved"),
        event(8, "reopened", by="customer"),
        event(9, "resolved"),
        event(10, "reopened"),
        event(11, "trip"),
        event(12, "trip"),
        event(13, "returned"),
        event(14, "self_repaired"),
        event(15, "apology_made"),
    ).values

    assert read["case.contacts"] == 5
    assert read["case.handoffs"] == 2
    assert read["case.escalations"] == 1
    assert read["case.effort_spent"] == 9
    assert read["case.apologies_made"] == 1
    assert read["case.resolved"] is False


def test_what_the_customer_spent_is_added_up() -> None:
    read = facts(
        event(0, "expense", value="12.50"),
        event(1, "expense", value=Money("3.00", "USD")),
        event(2, "trip", hours="0.25"),
        event(3, "self_repaired", hours=2),
        event(4, "contact"),
    ).values

    assert read["incident.out_of_pocket"] == 1550
    assert read["incident.trips"] == 1
    assert read["incident.self_repaired"] is True
    assert read["incident.hours_spent"] == Fraction(9, 4)


def test_a_sum_that_no_amount_can_hold_is_refused() -> None:
    most = "9999999999999999.99"

    with pytest.raises(InputError, match=r"case.events: has amounts that add up to more than 18"):
        facts(event(0, "expense", value=most), event(1, "expense", value=most))


def test_hours_that_no_number_can_hold_are_refused() -> None:
    most = event(1, "trip", hours="999999999999999999")

    assert value("incident.hours_spent", most) == 10**18 - 1
    for more in (event(2, "trip", hours=1), event(2, "contact", hours="0.5")):
        with pytest.raises(InputError) as caught:
            facts(most, more)
        problem = "case.events: has hours that add up to more than 18 digits"
        assert str(caught.value) == problem


def test_a_case_is_opened_by_the_first_event_that_is_not_one_of_a_parcel() -> None:
    parcels = [
        event(number, kind)
        for number, kind in enumerate(("label_created", "shipped", "scanned", "delivered"))
    ]

    assert value("case.opened_at", *parcels) is None
    assert value("case.age_days", *parcels) == 0
    assert value("case.opened_at", *parcels, event(9, "trip"), event(8, "contact")) == hour(8)
    assert value("case.age_days", event(0, "contact"), at=hour(47.9)) == 1
    assert value("case.age_days", event(0, "contact"), at=hour(48)) == 2
    assert value("case.age_days", event(0, "contact"), at=None) is None


@pytest.mark.parametrize(
    ("events", "claim"),
    [
        ((), "none"),
        ((event(0, "claim_filed", by="shop"),), "none"),
        ((event(0, "claim_filed"),), "filed"),
        ((event(0, "claim_filed"), event(1, "claim_decided", granted=True)), "granted"),
        ((event(0, "claim_filed"), event(1, "claim_decided", granted=False)), "denied"),
        (
            (
                event(0, "claim_filed"),
                event(1, "claim_decided", granted=False),
                event(2, "claim_filed"),
                event(3, "claim_filed", by="shop"),
            ),
            "filed",
        ),
    ],
)
def test_the_last_claim_of_the_customer_counts(
    events: tuple[dict[str, Any], ...], claim: str
) -> None:
    assert value("case.claim", *events) == claim


# --- offers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ((), "offered"),
        ((event(1, "offer_refused"),), "refused"),
        ((event(1, "offer_accepted"),), "accepted"),
        ((event(1, "offer_expired"),), "expired"),
        ((event(1, "remedy_given"),), "fulfilled"),
        ((event(1, "offer_accepted"), event(2, "remedy_given")), "fulfilled"),
    ],
)
def test_an_offer_stands_as_it_was_answered(
    answers: tuple[dict[str, Any], ...], status: str
) -> None:
    read = facts(offer(0, value="8.00"), *answers)

    assert read.offers == (Offered("refund", 800, status),)
    assert read.values["case.offers_made"] == ("refund",)
    assert read.values["case.offers_refused"] == (("refund",) if status == "refused" else ())
    assert read.values["case.deviation_level"] == int(status in {"refused", "expired"})


def test_an_offer_is_over_when_it_is_due() -> None:
    made = offer(0, due=hour(24))

    assert facts(made, at=hour(23.99)).offers[0].status == "offered"
    assert facts(made, at=hour(24)).offers[0].status == "expired"
    assert facts(made, at=None).offers[0].status == "offered"
    assert facts(made, event(24, "trip"), at=None).offers[0].status == "expired"
    answered = event(30, "offer_accepted")
    assert facts(made, answered, at=hour(29)).offers[0].status == "expired"
    assert facts(made, answered, at=hour(30)).offers[0].status == "accepted"


def test_the_highest_amount_refused_is_kept() -> None:
    eight = [offer(0, value="8.00", id="a"), event(1, "offer_refused", of="a")]
    twelve = [offer(2, value="12.00", id="b"), event(3, "offer_refused", of="b")]
    unknown = [offer(4, id="c"), event(5, "offer_refused", of="c")]
    accepted = [offer(6, value="90.00", id="d"), event(7, "offer_accepted", of="d")]

    assert value("case.highest_refused", *accepted) == 0
    assert value("case.highest_refused", *twelve, *eight, *accepted) == 1200
    assert value("case.highest_refused", *eight, *unknown) is None
    told_by_answer = event(5, "offer_refused", value="20.00")
    assert value("case.highest_refused", offer(4), told_by_answer) == 2000


def test_goodwill_that_was_accepted_or_given_counts_once() -> None:
    accepted = [offer(0, value="8.00", basis="goodwill", id="a"), event(1, "offer_accepted")]
    given = event(2, "remedy_given", of="a")
    owed = [offer(3, value="50.00", basis="entitlement", id="b"), event(4, "remedy_given", of="b")]
    alone = event(5, "remedy_given", basis="goodwill", value="3.00")
    refused = [offer(6, value="9.00", basis="goodwill", id="c"), event(7, "offer_refused", of="c")]

    assert value("case.goodwill_to_date", *accepted) == 800
    assert value("case.goodwill_to_date", *accepted, given) == 800
    assert value("case.goodwill_to_date", *accepted, given, *owed, alone, *refused) == 1100
    assert value("case.goodwill_to_date", event(0, "remedy_given", basis="goodwill")) is None


# --- promises -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "at", "broken"),
    [
        ((), 23.99, 0),
        ((), 24, 1),
        ((event(24, "promise_kept"),), 24, 0),
        ((event(24.1, "promise_kept"),), 24.1, 1),
        ((event(24.1, "promise_kept"),), 24, 1),
        ((event(1, "promise_broken"),), 1, 1),
    ],
)
def test_a_promise_must_be_kept_until_it_is_due(
    answers: tuple[dict[str, Any], ...], at: float, broken: int
) -> None:
    promised = event(0, "promise_made", due=hour(24))

    read = facts(promised, *answers, at=hour(at)).values

    assert read["case.promises_broken"] == broken
    assert read["case.deviation_level"] == broken


def test_a_promise_without_a_due_is_not_broken_by_time() -> None:
    assert value("case.promises_broken", event(0, "promise_made")) == 0


def test_without_a_moment_no_promise_is_broken_but_by_the_last_event() -> None:
    promised = event(0, "promise_made", due=hour(24))

    assert value("case.promises_broken", promised, at=None) == 0
    assert value("case.promises_broken", promised, event(24, "trip"), at=None) == 1


def test_what_is_still_due_is_told() -> None:
    read = facts(
        offer(0, due=hour(10), id="a"),
        event(0, "promise_made", due=hour(24)),
        event(0, "claim_filed", due=hour(20)),
        offer(1, due=hour(30), id="b"),
        event(2, "offer_refused", of="b"),
        offer(3),
        at=hour(5),
    )

    def dues(at: float, *types: str) -> list[datetime | None]:
        return [each.due for each in open_dues(read.events or (), types, hour(at))]

    every = ("offer_made", "promise_made", "claim_filed")
    assert dues(5, *every) == [hour(10), hour(24), hour(20)]
    assert dues(20, *every) == [hour(24)]
    assert dues(5, "offer_made", "claim_filed") == [hour(10), hour(20)]


# --- parcels --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "scanned", "first_scan", "delivered"),
    [
        ((), None, None, None),
        ((event(0, "label_created", parcel="A"),), False, None, None),
        ((event(0, "shipped", parcel="A"),), None, None, None),
        ((event(0, "label_created"), event(5, "scanned")), True, 5, None),
        ((event(5, "scanned"), event(7, "scanned")), True, 5, None),
        (
            (
                event(0, "label_created", parcel="A"),
                event(1, "label_created", parcel="B"),
                event(5, "scanned", parcel="A"),
            ),
            None,
            None,
            None,
        ),
        (
            (
                event(0, "label_created", parcel="A"),
                event(1, "label_created", parcel="B"),
                event(5, "scanned", parcel="A"),
                event(9, "delivered", parcel="B"),
            ),
            True,
            9,
            None,
        ),
        (
            (
                event(0, "label_created", parcel="A"),
                event(1, "label_created", parcel="B"),
                event(5, "scanned", parcel="A"),
                event(9, "delivered", parcel="B"),
                event(8, "delivered", parcel="A"),
            ),
            True,
            9,
            9,
        ),
        ((event(3, "delivered"),), None, None, 3),
        ((event(0, "label_created", parcel="A"), event(5, "scanned")), None, None, None),
    ],
)
def test_an_order_was_scanned_and_delivered_when_all_of_its_parcels_were(
    events: tuple[dict[str, Any], ...],
    scanned: bool | None,
    first_scan: int | None,
    delivered: int | None,
) -> None:
    read = facts(*events).values

    assert read["incident.carrier_scanned"] is scanned
    assert read["order.first_scan_at"] == (None if first_scan is None else hour(first_scan))
    assert read["incident.delivered_at"] == (None if delivered is None else hour(delivered))


def test_the_first_label_counts() -> None:
    labels = [event(4, "label_created", parcel="A"), event(2, "label_created", parcel="B")]

    assert value("order.label_created_at", *labels) == hour(2)


def test_what_follows_from_the_delivery_follows_from_its_event() -> None:
    read = facts(event(72, "delivered"), incident__promised_by=START)

    assert read.values["incident.days_late"] == 3


# --- what is told beside the events ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({"case__contacts": 2}, "case.contacts: 2 is given, but 1 follows from case.events up"),
        ({"case__promises_broken": 1}, "case.promises_broken: 1 is given, but 0 follows"),
        ({"case__opened_at": hour(1)}, "case.opened_at: 2026-11-02T10:00:00\\+00:00 is given, but"),
        ({"case__offers": []}, "case.offers: tells other offers than follow from case.events"),
        ({"incident__trips": 2}, "incident.trips: 2 is given, but 1 follows from case.events"),
        (
            {"incident__out_of_pocket": "5.00"},
            "incident.out_of_pocket: 5.00 USD is given, but 3.00 USD follows from case.events",
        ),
        ({"incident__hours_spent": "1.5"}, "incident.hours_spent: 1.5 is given, but 0.5 follows"),
        (
            {"incident__carrier_scanned": False},
            "incident.carrier_scanned: false is given, but true follows from case.events",
        ),
        ({"order__placed_at": hour(1)}, "order.label_created_at: is before or below order.placed"),
    ],
)
def test_what_is_told_otherwise_beside_the_events_is_refused(
    told: dict[str, Any], problem: str
) -> None:
    happened = [
        event(0, "contact"),
        event(0, "label_created"),
        event(2, "scanned"),
        offer(3),
        event(4, "trip", hours="0.5"),
        event(5, "expense", value="3.00"),
    ]

    with pytest.raises(InputError, match=problem):
        facts(*happened, **told)


def test_without_a_moment_what_follows_follows_from_all_events() -> None:
    problem = r"1 follows from case.events; leave one of them out, or mend it"

    with pytest.raises(InputError, match=problem):
        facts(event(0, "trip"), at=None, incident__trips=2)


def test_what_is_told_beside_the_events_and_agrees_is_read() -> None:
    read = facts(
        event(0, "contact"),
        event(0, "label_created"),
        event(2, "scanned"),
        offer(3, value="8.00"),
        event(4, "trip"),
        case__contacts=1,
        case__opened_at=START,
        case__offers=[{"kind": "refund", "value": 8, "status": "offered"}],
        incident__trips=1,
        incident__out_of_pocket="4.00",
        incident__hours_spent="1.5",
        incident__carrier_scanned=True,
        order__first_scan_at=hour(2),
    ).values

    assert read["incident.trips"] == 1
    assert read["incident.out_of_pocket"] == 400
    assert read["incident.hours_spent"] == Fraction(3, 2)


def test_a_case_opened_before_its_first_event_has_the_age_that_is_told() -> None:
    read = facts(event(0, "shipped"), case__opened_at=START, at=hour(48))

    assert read.values["case.age_days"] == 2


# --- what was never checked -----------------------------------------------------------------------


def never_checked(**fields: object) -> Case:
    whole = Case.model_validate({"events": [event(0, "expense", value="3.00")]})
    (sound,) = tuple(whole.events or ())
    return Case.model_construct(events=(sound.model_copy(update=fields),))


@pytest.mark.parametrize(
    ("case", "problem"),
    [
        (never_checked(value=3.0), "case.events\\[0\\].value: 3.0 is a float"),
        (never_checked(value=Decimal(-1)), "case.events\\[0\\].value: -1 is below 0"),
        (never_checked(at="soon"), "case.events\\[0\\].at: 'soon' is no time"),
        (never_checked(by="somebody"), "case.events\\[0\\].by: 'somebody' is not one of"),
        (never_checked(type="x"), "case.events\\[0\\].type: 'x' is not one of"),
        (never_checked(id=["x"]), "case.events\\[0\\].id: "),
        (Case.model_construct(events=5), "case.events: 5 is a number; write a list"),
        (Case.model_construct(events=(5,)), "case.events\\[0\\]: "),
    ],
)
def test_events_that_were_never_checked_are_checked_when_they_are_read(
    case: Case, problem: str
) -> None:
    with pytest.raises(InputError, match=problem):
        READER.facts({"kind": "damaged", "order": {"id": "A", "currency": "USD"}}, {}, case=case)


def test_events_that_were_never_checked_but_are_sound_are_read() -> None:
    made = Event.model_construct(type="contact", at=START)
    case = Case.model_construct(events=(made, made))

    read = READER.facts({"kind": "damaged", "order": {"id": "A", "currency": "USD"}}, {}, case=case)

    assert [(each.type, each.by) for each in read.events or ()] == [("contact", "customer")]


def test_amounts_of_another_currency_are_refused_all_at_once() -> None:
    euros = Money("3.00", "EUR")

    with pytest.raises(InputError) as caught:
        facts(event(0, "expense", value=euros), offer(1, value=euros), event(2, "trip"))
    assert str(caught.value).splitlines() == [
        "case.events[0].value: 3.00 EUR is in EUR, the order in USD; nothing is converted",
        "case.events[1].value: 3.00 EUR is in EUR, the order in USD; nothing is converted",
    ]


# --- the future -----------------------------------------------------------------------------------


def test_what_is_to_happen_later_is_not_read() -> None:
    euros = Money("3.00", "EUR")
    now = [event(0, "contact"), offer(1)]

    later = facts(*now, event(2.5, "offer_refused"), event(3, "expense", value=euros), at=hour(2))

    assert later == facts(*now, at=hour(2))
    assert facts(event(3, "contact"), at=hour(2)).events == ()


def test_what_happens_at_the_moment_of_decision_has_happened() -> None:
    assert value("case.contacts", event(2, "contact"), at=hour(2)) == 1


def test_of_an_event_neither_ids_nor_names_are_kept() -> None:
    read = facts(
        event(0, "shipped", parcel="1Z-SECRET", id="SECRET-1"),
        offer(1, id="SECRET-2"),
        event(2, "delivered", parcel="1Z-SECRET"),
        event(3, "offer_refused", of="SECRET-2"),
    )

    assert "SECRET" not in repr(read)
    assert [each.parcel for each in read.events or ()] == [0, None, 0, None]
    assert [each.answers for each in read.events or ()] == [None, None, None, 1]
    assert [each.kind for each in read.events or ()] == [None, "refund", None, "refund"]
