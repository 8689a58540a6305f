"""The models are frozen, strict and exact, and say what is wrong and how to mend it."""

import pickle
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from time import perf_counter
from typing import Annotated, Any, Literal

import pytest
from pydantic import ValidationError

from remedykit.model.base import AsTuple, Fact, Model
from remedykit.model.case import Case, Offer
from remedykit.model.customer import Customer
from remedykit.model.incident import AffectedLine, Incident
from remedykit.model.money import Money
from remedykit.model.order import LineItem, Order
from remedykit.model.shapes import Amount

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def usd(amount: str) -> Money:
    return Money(amount, "USD")


def plain_order(**changes: object) -> dict[str, object]:
    lines = [
        {"id": "1", "title": "Oak shelf", "price": "35.00", "quantity": 2},
        {"id": "2", "title": "Lamp", "price": "25.00"},
    ]
    return {"id": "A-1", "currency": "USD", "lines": lines, **changes}


def plain_incident(**changes: object) -> dict[str, object]:
    return {"kind": "lost_package", "order": plain_order(), **changes}


def faults(model: type[Model], data: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data)
    return [(".".join(map(str, line["loc"])), line["msg"]) for line in caught.value.errors()]


# --- what all models share ----------------------------------------------------------------------


class ShopIncident(Incident):
    """What a platform adds."""

    warehouse: Literal["east", "west"] | None = None
    due: date | None = None
    checked_at: datetime | None = None
    waited: timedelta | None = None
    share: Decimal | None = None
    fee: Amount | None = None
    tags: tuple[str, ...] = ()


SHOP_FIELDS = {
    "warehouse": "east",
    "due": "2026-11-23",
    "checked_at": "2026-11-23T12:00:00Z",
    "waited": "48 hours",
    "share": "0.5",
    "fee": "1.50",
    "tags": ["a", "b"],
}


def test_fields_of_a_subclass_are_read_at_the_border_too() -> None:
    made = ShopIncident.model_validate(plain_incident(**SHOP_FIELDS))
    kept = (made.warehouse, made.due, made.checked_at, made.waited, made.share, made.fee, made.tags)
    assert kept == (
        "east",
        date(2026, 11, 23),
        NOON,
        timedelta(2),
        Decimal("0.5"),
        usd("1.50"),
        ("a", "b"),
    )


def test_models_come_back_from_their_own_data_and_json() -> None:
    made = ShopIncident.model_validate(plain_incident(**SHOP_FIELDS, affected=["1"]))
    assert ShopIncident.model_validate(made.model_dump()) == made
    assert ShopIncident.model_validate_json(made.model_dump_json()) == made
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 -- our own bytes


def test_models_never_change() -> None:
    customer = Customer(tier="gold")
    with pytest.raises(ValidationError):
        setattr(customer, "tier", "vip")  # noqa: B010 -- type checkers know that it fails


def test_an_unknown_field_gets_a_suggestion_at_every_depth() -> None:
    data = plain_incident(days_lte=3, order=plain_order(curency="USD"), colour="red")
    assert faults(Incident, data) == [
        ("order.curency", "unknown field `curency`; did you mean `currency`?"),
        ("days_lte", "unknown field `days_lte`; did you mean `days_late`?"),
        ("colour", "unknown field `colour`"),
    ]


def test_an_unknown_field_does_not_hide_other_mistakes() -> None:
    assert faults(Customer, {"tiers": "gold", "orders_12m": "3"}) == [
        ("orders_12m", "'3' is text; write a whole number, without quotes and point"),
        ("tiers", "unknown field `tiers`; did you mean `tier`?"),
    ]


def test_what_may_not_be_empty_says_so() -> None:
    assert faults(Incident, plain_incident(trips=None, days_late=None)) == [
        ("trips", "is empty; give it a value, or leave it out")
    ]


def test_a_map_of_many_unknown_fields_is_one_fault() -> None:
    fields = len(Customer.model_fields)
    unknown = {f"field_{number}": 1 for number in range(fields + 100)}
    assert len(faults(Customer, unknown)) == fields + 100
    assert faults(Customer, {**unknown, "tier": "gold"}) == [
        ("", f"is a map of {fields + 101} fields; there are {fields}")
    ]


def test_faults_in_a_long_list_are_told_at_their_place_until_they_are_many() -> None:
    lines = [{"id": str(number), "price": "1.00"} for number in range(60)]
    for number in (26, 49, 50):
        lines[number]["price"] = "x"
    found = faults(Order, plain_order(lines=lines))
    assert [place for place, _ in found] == ["lines.26.price", "lines.49.price"]
    assert Order.model_validate(plain_order(lines=lines[:26])).lines[25].id == "25"


def test_the_value_of_a_personal_field_is_not_told() -> None:
    assert faults(Customer, {"name": 5551234}) == [
        ("name", "the value is a number; write it as text, in quotes")
    ]
    with pytest.raises(ValidationError) as caught:
        Customer.model_validate({"name": 5551234})
    assert "5551234" not in str(caught.value)


def test_floats_are_refused_in_json_too() -> None:
    with pytest.raises(ValidationError, match=r"0\.5 is a float; write it as a string, '0\.5'"):
        Incident.model_validate_json(
            '{"kind": "damaged", "order": {"id": "1", "currency": "USD"}, "functional_impact": 0.5}'
        )


def test_shares_lie_between_0_and_1() -> None:
    assert faults(Incident, plain_incident(functional_impact="1.5", cause_confidence="-0.1")) == [
        ("functional_impact", "1.5 is above 1, the most allowed"),
        ("cause_confidence", "-0.1 is below 0, the least allowed"),
    ]


def test_json_schema_tells_meaning_unit_and_range() -> None:
    schema = Incident.model_json_schema()["properties"]["days_late"]
    told = (schema["description"], schema["x-unit"], schema["minimum"], "maximum" in schema)
    assert told == ("whole days after the promised time", "days", 0, False)


def test_as_tuple_marks_sequences_only() -> None:
    with pytest.raises(TypeError, match="AsTuple marks fields annotated as Sequence only"):

        class _Wrong(Model):
            names: Annotated[list[str], AsTuple()]


def test_a_plain_description_is_a_meaning_too() -> None:
    assert Fact("x") == Fact(means="x", unit="", personal=False)


# --- the order ----------------------------------------------------------------------------------


def test_amounts_of_an_order_become_money_of_its_currency() -> None:
    order = Order(
        id="A",
        currency="USD",
        lines=[LineItem(id="1", price="35.00", unit_cost=Decimal(21), part_cost=usd("0.10"))],
        shipping_paid=4,
    )
    line = order.lines[0]
    found = (line.price, line.unit_cost, line.part_cost, line.return_cost, order.shipping_paid)
    assert found == (usd("35.00"), usd("21.00"), usd("0.10"), None, usd("4.00"))


def test_a_line_item_of_the_caller_is_not_changed() -> None:
    line = LineItem(id="1", price="35.00")
    Order(id="A", currency="USD", lines=[line])
    assert line.price == Decimal("35.00")


def test_total_is_the_sum_of_the_lines_and_paid_the_total() -> None:
    order = Order.model_validate(plain_order())
    assert (order.total, order.paid, order.refunded) == (usd("95.00"), usd("95.00"), usd("0"))


def test_total_and_paid_are_taken_as_given() -> None:
    order = Order.model_validate(plain_order(total="90", paid="40.00", refunded="40.00"))
    assert (order.total, order.paid, order.refunded) == (usd("90"), usd("40"), usd("40"))


def test_paid_follows_a_total_that_is_given() -> None:
    assert Order.model_validate(plain_order(total="90")).paid == usd("90")


def test_without_lines_and_total_both_are_unknown() -> None:
    order = Order(id="A", currency="USD", refunded="3.00")
    assert (order.total, order.paid, order.refunded) == (None, None, usd("3"))


def test_no_more_is_refunded_than_was_paid() -> None:
    assert faults(Order, plain_order(refunded="95.01")) == [
        ("refunded", "95.01 USD is more than paid, 95.00 USD")
    ]


def test_each_wrong_amount_of_an_order_is_named_with_its_place() -> None:
    lines = [
        {"id": "1", "price": "1.005", "unit_cost": {"amount": "1", "currency": "EUR"}},
        {"id": "1", "price": Money(1, "EUR")},
    ]
    assert faults(Order, plain_order(lines=lines, paid="0.001")) == [
        ("lines.0.price", "1.005 has 3 decimals; USD has 2"),
        ("lines.0.unit_cost", "1.00 EUR is in EUR, the order in USD; nothing is converted"),
        ("lines.1.price", "1.00 EUR is in EUR, the order in USD; nothing is converted"),
        ("lines.1.id", "'1' is the id of lines[0] too; each line has its own"),
        ("paid", "0.001 has 3 decimals; USD has 2"),
    ]


@pytest.mark.parametrize("amount", ["-0.01", usd("-1"), -1])
def test_amounts_are_never_negative(amount: object) -> None:
    ((place, problem),) = faults(Order, plain_order(paid=amount))
    assert (place, problem.partition(" is ")[2]) == ("paid", "below 0, the least allowed")


def test_an_unknown_currency_is_named() -> None:
    assert faults(Order, plain_order(currency="usd")) == [
        ("currency", "unknown currency 'usd'; write it in capitals, 'USD'")
    ]


def test_nothing_happens_to_an_order_before_it_is_placed() -> None:
    early = NOON - timedelta(1)
    changes = {"placed_at": NOON, "label_created_at": early, "first_scan_at": early}
    assert faults(Order, plain_order(**changes)) == [
        (name, f"{early.isoformat()} is before placed_at, {NOON.isoformat()}")
        for name in ("label_created_at", "first_scan_at")
    ]


def test_a_total_of_more_than_18_digits_is_refused() -> None:
    lines = [{"id": "1", "price": "9" * 15, "quantity": 10**6}]
    ((place, problem),) = faults(Order, plain_order(lines=lines))
    assert (place, problem) == ("", "the sum of the lines has more than 18 digits")


def test_an_order_of_100_000_lines_is_refused_at_once() -> None:
    lines = [{"id": str(number), "price": "1.00"} for number in range(100_000)]
    start = perf_counter()
    found = faults(Order, plain_order(lines=lines))
    assert perf_counter() - start < 0.5
    assert found == [("lines", "this has 100000 elements; at most 10000 are allowed")]


# --- the incident -------------------------------------------------------------------------------


def test_affected_lines_are_ids_or_ids_with_a_quantity() -> None:
    made = Incident.model_validate(plain_incident(affected=["2", {"line": "1", "quantity": 1}]))
    assert made.affected == (AffectedLine(line="2"), AffectedLine(line="1", quantity=1))


def test_which_lines_are_affected_may_be_unknown_or_none() -> None:
    unknown = Incident.model_validate(plain_incident(affected=None))
    none = Incident.model_validate(plain_incident(affected=[]))
    assert (unknown.affected, none.affected) == (None, ())


def test_affected_lines_must_be_lines_of_the_order() -> None:
    affected = ["1", "1", "x", AffectedLine(line="2", quantity=3)]
    assert faults(Incident, plain_incident(affected=affected)) == [
        ("affected.1", "line '1' is named twice; name it once, with the quantity of both"),
        ("affected.2", "the order has no line 'x'"),
        ("affected.3", "line '2' has 1 units; 3 are affected"),
    ]


def test_affected_lines_of_a_wrong_type_get_help() -> None:
    assert faults(Incident, plain_incident(affected=[1, {"line": "2", "quantity": 0}])) == [
        ("affected.0", "write the id of a line in quotes, or {line: '1', quantity: 2}"),
        ("affected.1.quantity", "0 is below 1, the least allowed"),
    ]


def test_receipts_take_the_currency_of_the_order() -> None:
    assert Incident.model_validate(plain_incident()).out_of_pocket == usd("0")
    assert Incident.model_validate(plain_incident(out_of_pocket="25.00")).out_of_pocket == usd("25")
    assert faults(Incident, plain_incident(out_of_pocket=Money(1, "EUR"))) == [
        ("out_of_pocket", "1.00 EUR is in EUR, the order in USD; nothing is converted")
    ]


def test_a_scan_and_no_scan_contradict_each_other() -> None:
    order = plain_order(first_scan_at=NOON)
    assert faults(Incident, plain_incident(order=order, carrier_scanned=False)) == [
        ("carrier_scanned", f"is false, but order.first_scan_at is {NOON.isoformat()}")
    ]


def test_nothing_is_delivered_before_it_is_placed_or_scanned() -> None:
    order = plain_order(placed_at=NOON, first_scan_at=NOON + timedelta(1))
    early = NOON - timedelta(1)
    assert [
        problem for _, problem in faults(Incident, plain_incident(order=order, delivered_at=early))
    ] == [
        f"{early.isoformat()} is before order.placed_at, {NOON.isoformat()}",
        f"{early.isoformat()} is before order.first_scan_at, {(NOON + timedelta(1)).isoformat()}",
    ]


UNSOUND: dict[str, dict[str, object]] = {
    "no currency": {"currency": 1},
    "naive time": {"placed_at": datetime(2026, 1, 1)},  # noqa: DTZ001 -- the mistake is the point
    "no time": {"first_scan_at": "2026"},
    "list": {"lines": [1]},
    "no line": {"lines": (1,)},
    "no id": {"lines": (LineItem.model_construct(quantity=1),)},
    "no quantity": {"lines": (LineItem.model_construct(id="1", quantity=True),)},
    "no price": {"lines": (LineItem.model_construct(id="1", quantity=1),)},
}


@pytest.mark.parametrize("changes", UNSOUND.values(), ids=UNSOUND)
def test_an_order_made_without_checks_is_refused(changes: dict[str, object]) -> None:
    order = Order.model_validate(plain_order()).model_copy(update=changes)
    assert faults(Incident, plain_incident(order=order)) == [
        ("order", "was not made by Order(...); make it anew, so that it is checked")
    ]


@pytest.mark.parametrize(
    "line",
    [
        LineItem.model_construct(),
        LineItem.model_construct(id=["1"], quantity=1, price="1.00"),
        LineItem.model_construct(id="1", quantity="1", price="1.00"),
        LineItem.model_construct(id="1", quantity=1),
    ],
)
def test_a_line_made_without_checks_is_refused(line: LineItem) -> None:
    assert faults(Order, plain_order(lines=[line])) == [
        ("lines", "has a line that was not made by LineItem(...); make it anew")
    ]


def test_an_affected_line_made_without_checks_is_left_to_the_reading_of_facts() -> None:
    unsound = (AffectedLine.model_construct(line=["1"], quantity="2"),)
    incident = Incident.model_validate(plain_incident(affected=unsound))
    assert incident.affected == unsound


def test_an_order_is_taken_as_it_is_not_made_again() -> None:
    order = Order.model_validate(plain_order())
    lines = order.lines
    incident = Incident(kind="damaged", order=order)
    assert incident.order is order
    assert incident.order.lines is lines


# --- customer and case --------------------------------------------------------------------------


def test_amounts_of_a_customer_wait_for_a_currency() -> None:
    customer = Customer(goodwill_12m="5.00", predicted_ltv=Money(100, "EUR"))
    assert (customer.goodwill_12m, customer.predicted_ltv) == (Decimal("5.00"), Money(100, "EUR"))


def test_tenure_is_an_exact_number_of_years() -> None:
    assert Customer(tenure_years="2.5").tenure_years == Decimal("2.5")
    assert faults(Customer, {"tenure_years": 2.5}) == [
        ("tenure_years", "2.5 is a float; write it as a string, '2.5'")
    ]


def test_an_empty_case_is_the_default() -> None:
    assert Case() == Case(offers=[], apologies_made=0, contacts=0, promises_broken=0)


def test_offers_say_how_they_were_answered() -> None:
    case = Case(offers=[Offer(kind="voucher", value="8.00", status="refused")])
    assert case.offers == (Offer(kind="voucher", value=Decimal("8.00"), status="refused"),)
    assert faults(Case, {"offers": [{"kind": "voucher", "status": "rejected"}]}) == [
        (
            "offers.0.status",
            "'rejected' is not one of offered, accepted, refused, expired, fulfilled",
        )
    ]
