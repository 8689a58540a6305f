"""What follows from the models is defined once."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from remedykit.errors import InputError
from remedykit.facts.extract import fact_reader
from remedykit.facts.schema import model_schema
from remedykit.language.types import Value
from remedykit.model.case import Case, Offer
from remedykit.model.customer import Customer
from remedykit.model.incident import Incident

READER = fact_reader(model_schema())
MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def derived(
    name: str,
    *lines: Mapping[str, object],
    affected: list[object] | None = None,
    at: datetime | None = None,
    case: Case | None = None,
    order: Mapping[str, object] | None = None,
    **fields: object,
) -> Value | None:
    all_lines = [{"id": str(number), "price": "10", **line} for number, line in enumerate(lines)]
    data = {
        "kind": "damaged",
        "order": {"id": "A", "currency": "USD", "lines": all_lines, **(order or {})},
        "affected": [line["id"] for line in all_lines] if affected is None else affected,
        **fields,
    }
    incident = Incident.model_validate(data)
    return READER.facts(incident, Customer(), case=case, at=at).values[name]


SUMS = ("incident.value_affected", "incident.cost_affected", "incident.items_affected")
MARKS = ("hazardous", "perishable", "final_sale")


# --- sums ---------------------------------------------------------------------------------------


def test_sums_add_up_over_all_affected_units() -> None:
    lines = (
        {"price": "35.00", "quantity": 2, "unit_cost": "21", "part_cost": "0.10", "return_cost": 8},
        {"price": "25.00", "unit_cost": "15", "part_cost": "1", "return_cost": "4.50"},
        {"price": "99.00"},
    )
    names = (*SUMS, "incident.part_cost", "incident.return_cost")
    assert [derived(name, *lines, affected=["0", "1"]) for name in names] == [
        9500,
        5700,
        3,
        120,
        2050,
    ]


def test_only_the_affected_units_of_a_line_count() -> None:
    line = {"quantity": 5, "unit_cost": "4"}
    affected: list[object] = [{"line": "0", "quantity": 2}]
    assert [derived(name, line, affected=affected) for name in SUMS] == [2000, 800, 2]


@pytest.mark.parametrize("name", ["cost_affected", "part_cost", "return_cost"])
def test_one_unknown_summand_makes_a_sum_unknown(name: str) -> None:
    field = {"cost_affected": "unit_cost"}.get(name, name)
    assert derived(f"incident.{name}", {field: "1"}, {}) is None
    assert derived(f"incident.{name}", {field: "1"}, {field: "2"}) == 300


def test_no_affected_line_makes_sums_0() -> None:
    assert [derived(name, {}, affected=[]) for name in SUMS] == [0, 0, 0]


def test_it_may_be_unknown_what_is_affected() -> None:
    incident = Incident.model_validate(
        {
            "kind": "damaged",
            "order": {
                "id": "A",
                "currency": "USD",
                "lines": [{"id": "0", "price": "1", "stock": 9}],
            },
        }
    )
    values = READER.facts(incident, Customer()).values
    names = (*SUMS, "incident.replacement_in_stock", *(f"incident.{mark}" for mark in MARKS))
    assert [values[name] for name in names] == [None] * 7


def test_a_sum_of_more_than_18_digits_is_refused() -> None:
    lines = [{"unit_cost": "9" * 15, "quantity": 100}]
    with pytest.raises(InputError) as caught:
        derived("at", *lines)
    assert str(caught.value) == "incident.cost_affected: adds up to more than 18 digits"


# --- all and any --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stocks", "in_stock"),
    [
        ([4, 9], True),
        ([4, 0], False),
        ([None, 0], False),
        ([4, None], None),
        ([None, None], None),
        ([], None),
    ],
)
def test_a_replacement_is_in_stock_if_all_is(
    stocks: list[int | None], in_stock: bool | None
) -> None:
    lines: list[dict[str, object]] = [{"stock": stock} for stock in stocks]
    assert derived("incident.replacement_in_stock", *lines) is in_stock


@pytest.mark.parametrize(("stock", "in_stock"), [(2, False), (3, True)])
def test_stock_must_do_for_all_affected_units(stock: int, in_stock: bool) -> None:
    line = {"stock": stock, "quantity": 5}
    affected: list[object] = [{"line": "0", "quantity": 3}]
    assert derived("incident.replacement_in_stock", line, affected=affected) is in_stock


@pytest.mark.parametrize(
    ("parts", "available"),
    [([True, True], True), ([None, False], False), ([True, None], None), ([], None)],
)
def test_parts_are_available_if_all_are(parts: list[bool | None], available: bool | None) -> None:
    lines: list[dict[str, object]] = [{"part_available": part} for part in parts]
    assert derived("incident.part_available", *lines) is available


@pytest.mark.parametrize("mark", MARKS)
def test_one_marked_line_is_enough(mark: str) -> None:
    name = f"incident.{mark}"
    found = [derived(name, {}, {mark: True}), derived(name, {}, {}), derived(name)]
    assert found == [True, False, False]


def test_lines_that_are_not_affected_do_not_count() -> None:
    assert derived("incident.hazardous", {}, {"hazardous": True}, affected=["0"]) is False
    assert derived("incident.replacement_in_stock", {"stock": 1}, {}, affected=["0"]) is True


# --- times --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("delay", "days"),
    [(-3 * DAY, 0), (0 * DAY, 0), (DAY - SECOND, 0), (DAY, 1), (2 * DAY - SECOND, 1), (7 * DAY, 7)],
)
def test_days_late_are_whole_days_after_the_promise(delay: timedelta, days: int) -> None:
    name = "incident.days_late"
    assert derived(name, promised_by=MONDAY, delivered_at=MONDAY + delay) == days
    assert derived(name, promised_by=MONDAY, at=MONDAY + delay) == days


def test_delivery_ends_the_delay() -> None:
    delivered, now = MONDAY + 2 * DAY, MONDAY + 9 * DAY
    assert derived("incident.days_late", promised_by=MONDAY, delivered_at=delivered, at=now) == 2


def test_days_late_are_unknown_without_a_promise_or_an_end() -> None:
    name = "incident.days_late"
    assert [derived(name, promised_by=MONDAY), derived(name, at=MONDAY)] == [None, None]


def test_days_late_are_taken_as_given_where_nothing_follows() -> None:
    assert derived("incident.days_late", days_late=7, at=MONDAY) == 7


def test_summer_time_does_not_change_the_days() -> None:
    promised = datetime.fromisoformat("2026-10-31T12:00:00-04:00")
    delivered = datetime.fromisoformat("2026-11-01T11:30:00-05:00")
    assert derived("incident.days_late", promised_by=promised, delivered_at=delivered) == 1


def test_a_first_scan_means_that_the_carrier_scanned() -> None:
    name = "incident.carrier_scanned"
    assert derived(name, order={"first_scan_at": MONDAY}) is True
    assert [derived(name), derived(name, carrier_scanned=False)] == [None, False]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"delivered_at": MONDAY + SECOND}, "incident.delivered_at: 2026-11-23T12:00:01+00:00 is"),
        (
            {"order": {"first_scan_at": MONDAY + SECOND}},
            "incident.order.first_scan_at: 2026-11-23T12:00:01+00:00 is after `at`, the moment",
        ),
    ],
)
def test_nothing_has_happened_after_the_moment_of_decision(
    fields: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError) as caught:
        derived("at", at=MONDAY, **fields)  # type: ignore[arg-type]  # fields of several types
    assert str(caught.value).startswith(message)


def test_what_happens_at_the_moment_of_decision_has_happened() -> None:
    assert derived("at", at=MONDAY, delivered_at=MONDAY) == MONDAY


# --- given and derived --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "fields", "message"),
    [
        (
            {},
            {"days_late": 3, "promised_by": MONDAY, "delivered_at": MONDAY + 2 * DAY},
            "incident.days_late: 3 is given, but 2 follows from promised_by and delivered_at",
        ),
        (
            {"price": "35.00"},
            {"value_affected": "60.00"},
            "incident.value_affected: 60.00 USD is given, but 35.00 USD follows from the prices of",
        ),
        (
            {"stock": 0},
            {"replacement_in_stock": True},
            "incident.replacement_in_stock: true is given, but false follows from the stock of",
        ),
        (
            {"part_available": True},
            {"part_available": False},
            "incident.part_available: false is given, but true follows from part_available of",
        ),
    ],
)
def test_given_and_derived_must_agree(
    line: dict[str, object], fields: dict[str, object], message: str
) -> None:
    with pytest.raises(InputError) as caught:
        derived("at", line, **fields)  # type: ignore[arg-type]  # fields of several types
    assert str(caught.value).startswith(message)


def test_what_is_given_stands_where_nothing_follows() -> None:
    assert derived("incident.replacement_in_stock", {}, replacement_in_stock=True) is True
    assert derived("incident.part_available", {}, part_available=False) is False


def test_what_is_affected_may_be_worth_something_though_no_line_tells_it() -> None:
    incident = Incident.model_validate(
        {
            "kind": "damaged",
            "order": {"id": "A", "currency": "USD", "lines": [{"id": "1", "price": "100.00"}]},
            "value_affected": "60.00",
        }
    )
    values = READER.facts(incident, Customer()).values
    assert values["incident.value_affected"] == 6000
    assert values["incident.items_affected"] is None


def test_given_and_derived_may_say_the_same() -> None:
    assert derived("incident.replacement_in_stock", {"stock": 1}, replacement_in_stock=True) is True


# --- the case -----------------------------------------------------------------------------------


def test_a_case_tells_what_was_offered_and_refused() -> None:
    answers = (("voucher", "refused"), ("reship", "expired"), ("voucher", "offered"))
    case = Case.model_validate(
        {"offers": [{"kind": kind, "status": status} for kind, status in answers]}
    )
    assert derived("case.offers_made", case=case) == ("voucher", "reship")
    assert derived("case.offers_refused", case=case) == ("voucher",)


def test_each_failed_offer_and_broken_promise_is_a_deviation() -> None:
    statuses = ("offered", "accepted", "refused", "expired", "fulfilled")
    offers = [Offer.model_validate({"kind": "a", "status": status}) for status in statuses]
    assert derived("case.deviation_level", case=Case(offers=offers, promises_broken=2)) == 4
    assert derived("case.deviation_level") == 0
