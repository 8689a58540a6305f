"""Facts are read from models and from the policy's own values, and no type is trusted."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

import pytest
from pydantic import BaseModel

from remedykit.errors import InputError
from remedykit.facts.convert import fact_value
from remedykit.facts.extract import FactReader, fact_reader
from remedykit.facts.inputs import input_error
from remedykit.facts.schema import model_schema
from remedykit.facts.values import Facts, Offered
from remedykit.language.types import INT, MONEY, NUMBER, TEXT, Base, FactDeclaration, FactType
from remedykit.model.border import RefusedError
from remedykit.model.case import Case, Offer
from remedykit.model.customer import Customer
from remedykit.model.incident import Incident
from remedykit.model.money import Money
from remedykit.model.order import LineItem, Order
from remedykit.model.shapes import Kind, Shape

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
READER = fact_reader(model_schema())
CUSTOMER = Customer(id="C-7", tier="gold", tenure_years="2.5")


def order(**changes: object) -> Order:
    return Order.model_validate({"id": "A-1", "currency": "USD", "total": "60.00", **changes})


def incident(**changes: object) -> Incident:
    return Incident.model_validate({"kind": "damaged", "order": order(), **changes})


def own(name: str, fact_type: FactType, **more: Fraction | bool) -> FactDeclaration:
    at_least, at_most = more.get("at_least"), more.get("at_most")
    return FactDeclaration(
        name=name,
        type=fact_type,
        means="x",
        at_least=Fraction(at_least) if at_least is not None else None,
        at_most=Fraction(at_most) if at_most is not None else None,
        personal=bool(more.get("personal")),
        origin="policy",
    )


OWN = (
    own("order.channel", FactType(Base.TEXT, ("web", "app"))),
    own("incident.passengers", INT, at_least=Fraction(1), at_most=Fraction(9)),
    own("order.fare", MONEY, at_least=Fraction(0)),
    own("incident.ratio", NUMBER),
    own("customer.phone", TEXT, personal=True),
)
OWN_READER = fact_reader(
    model_schema().extended(OWN), tuple(declaration.name for declaration in OWN)
)


def refused(reader: FactReader = READER, /, **arguments: object) -> list[str]:
    given: dict[str, object] = {"incident": incident(), "customer": CUSTOMER, **arguments}
    with pytest.raises(InputError) as caught:
        reader.facts(
            given.pop("incident"),  # type: ignore[arg-type]  # mistakes are the point
            given.pop("customer"),  # type: ignore[arg-type]  # mistakes are the point
            **given,  # type: ignore[arg-type]  # mistakes are the point
        )
    return str(caught.value).splitlines()


def test_every_declared_fact_is_there() -> None:
    facts = READER.facts(incident(), CUSTOMER)
    assert tuple(facts.values) == model_schema().names


def test_values_are_as_rules_read_them() -> None:
    five = timezone(timedelta(hours=-5))
    facts = READER.facts(
        incident(out_of_pocket="25.00", discovered_at=NOON.astimezone(five), evidence=["photo"]),
        CUSTOMER,
    )
    names = (
        "incident.out_of_pocket",
        "incident.evidence",
        "customer.tenure_years",
        "customer.tier",
        "order.paid",
    )
    assert [facts.values[name] for name in names] == [
        2500,
        ("photo",),
        Fraction(5, 2),
        "gold",
        6000,
    ]
    moment = facts.values["incident.discovered_at"]
    assert isinstance(moment, datetime)
    assert (moment, moment.tzinfo) == (NOON, UTC)


def test_what_is_not_given_is_unknown_or_its_default() -> None:
    values = READER.facts(incident(), CUSTOMER).values
    names = (
        "incident.usable",
        "at",
        "customer.risk_flag",
        "case.contacts",
        "customer.predicted_ltv",
    )
    assert [values[name] for name in names] == [None, None, False, 0, None]


def test_maps_are_read_like_models() -> None:
    plain_incident = {"kind": "damaged", "order": {"id": "A-1", "currency": "USD", "total": "60"}}
    plain_customer = {"id": "C-7", "tier": "gold", "tenure_years": "2.5"}
    assert READER.facts(plain_incident, plain_customer, case={}) == READER.facts(
        incident(), CUSTOMER, case=Case()
    )


def test_any_mapping_will_do() -> None:
    assert READER.facts(incident(), MappingProxyType({"tier": "vip"})).values["customer.tier"] == (
        "vip"
    )


def test_everything_wrong_in_a_map_is_told_at_once_with_its_place() -> None:
    assert refused(
        incident={"kind": "lost", "order": {"id": 1, "lines": [{"id": "1"}]}, "days_lte": 3}
    )[1:] == [
        "incident.order.id: 1 is a number; write it as text, in quotes",
        "incident.order.currency: is missing",
        "incident.order.lines[0].price: is missing",
        "incident.days_lte: unknown field `days_lte`; did you mean `days_late`?",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"incident": {"kind": "damaged", "order": 3}}, "incident.order: is not a map of fields"),
        ({"incident": 3}, "incident: is of type int; Incident or a map of its fields is read"),
        ({"customer": None}, "customer: is of type NoneType; Customer or a map of its fields"),
        ({"customer": {1: 2}}, "customer[1]: is no name of a field; names are texts"),
        ({"case": "none"}, "case: is of type str; Case or a map of its fields is read"),
        (
            {"case": [{"type": "trip"}]},
            "case: is of type list; Case or a map of its fields is read, with events under `ev",
        ),
        ({"case": {"offers": [3]}}, "case.offers[0]: is not a map of fields"),
        ({"at": "2026-11-23"}, "at: '2026-11-23' is a date; write the time of day and its zone"),
        ({"at": datetime(2026, 11, 23)}, "at: '2026-11-23 00:00:00' has no time zone"),  # noqa: DTZ001 -- the mistake
        ({"at": 3}, "at: 3 is a number; write a time"),
    ],
)
def test_arguments_of_a_wrong_type_are_named(arguments: dict[str, object], message: str) -> None:
    (line,) = refused(**arguments)
    assert line.startswith(message)


def test_many_faults_are_counted_not_listed() -> None:
    error = input_error([(f"a[{number}]", "is wrong") for number in range(100)])
    lines = str(error).splitlines()
    assert (len(lines), lines[0], lines[19], lines[20]) == (
        21,
        "a[0]: is wrong",
        "a[19]: is wrong",
        "and 80 more",
    )
    assert len(str(input_error([("a", "is wrong")] * 20)).splitlines()) == 20


# --- amounts ------------------------------------------------------------------------------------


def test_amounts_of_customer_and_case_take_the_currency_of_the_order() -> None:
    case = Case(offers=[Offer(kind="voucher", value="8.00", status="refused")])
    facts = READER.facts(incident(), Customer(goodwill_12m="5"), case=case)
    assert facts.values["customer.goodwill_12m"] == 500
    assert facts.offers == (Offered("voucher", 800, "refused"),)


def test_amounts_that_do_not_fit_the_currency_are_named() -> None:
    assert refused(customer=Customer(goodwill_12m="1.005", predicted_ltv=Money(1, "EUR"))) == [
        "customer.goodwill_12m: 1.005 has 3 decimals; USD has 2",
        "customer.predicted_ltv: 1.00 EUR is in EUR, the order in USD; nothing is converted",
    ]
    offers = [Offer(kind="voucher", value=Money(1, "EUR"), status="offered")]
    assert refused(case=Case(offers=offers)) == [
        "case.offers[0].value: 1.00 EUR is in EUR, the order in USD; nothing is converted"
    ]


# --- the policy's own facts ---------------------------------------------------------------------


def test_own_facts_are_read_like_fields() -> None:
    given = {
        "order.channel": "web",
        "incident.passengers": 2,
        "order.fare": Decimal("19.9000"),
        "incident.ratio": "0.25",
    }
    values = OWN_READER.facts(incident(), CUSTOMER, own=given).values
    assert [values[name] for name in (*given, "customer.phone")] == [
        "web",
        2,
        1990,
        Fraction(1, 4),
        None,
    ]


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("order.chanel", "web", "is no fact of the policy's own; did you mean `order.channel`?"),
        ("order.paid", "3.00", "is read from the models; give it there"),
        ("order.channel", "fax", "'fax' is not one of web, app"),
        ("order.channel", True, "True is a truth value; write it as text, in quotes"),
        ("incident.passengers", "2", "'2' is text; write a whole number, without quotes and point"),
        ("incident.passengers", 0, "0 is below 1, the least allowed"),
        ("incident.passengers", 10, "10 is above 9, the most allowed"),
        ("order.fare", "-1.00", "-1.00 USD is below 0.00 USD, the least allowed"),
        ("order.fare", Money(1, "EUR"), "1.00 EUR is in EUR, the order in USD; nothing is"),
        ("incident.ratio", 0.5, "0.5 is a float; write it as a string, '0.5'"),
        ("customer.phone", 5551234, "the value is a number; write it as text, in quotes"),
    ],
)
def test_own_facts_are_checked_as_strictly(name: str, value: object, message: str) -> None:
    (line,) = refused(OWN_READER, own={name: value})
    assert line.startswith(f"facts.{name}: {message}")


def test_a_name_that_is_no_text_is_refused() -> None:
    odd: Mapping[object, object] = {3: 4}
    assert refused(own=odd) == ["facts.3: is no fact of the policy's own"]


def test_wrong_own_facts_and_wrong_fields_are_told_together() -> None:
    wrong = incident().model_copy(update={"trips": "3"})
    assert refused(OWN_READER, incident=wrong, own={"x": 1}) == [
        "incident.trips: '3' is text; write a whole number, without quotes and point",
        "facts.x: is no fact of the policy's own",
    ]


# --- models of a platform -----------------------------------------------------------------------


class ShopIncident(Incident):
    """An incident with a field of the platform's own."""

    warehouse: Literal["east", "west"] | None = None


def test_fields_of_a_platform_are_read() -> None:
    reader = fact_reader(model_schema(ShopIncident), incident=ShopIncident)
    made = ShopIncident(kind="damaged", order=order(), warehouse="east")
    assert reader.facts(made, CUSTOMER).values["incident.warehouse"] == "east"


def test_an_incident_of_another_class_is_refused() -> None:
    reader = fact_reader(model_schema(ShopIncident), incident=ShopIncident)
    (line,) = refused(reader)
    assert line == ("incident: is of type Incident; ShopIncident or a map of its fields is read")


# --- models made without checks -----------------------------------------------------------------


def copied(model: BaseModel, **changes: object) -> BaseModel:
    return model.model_copy(update=changes)


LINES = (LineItem(id="1", price="35.00", quantity=2),)
WITH_LINES = incident(order=order(lines=LINES), affected=["1"])


def with_line(**changes: object) -> BaseModel:
    line = copied(WITH_LINES.order.lines[0], **changes)
    return copied(WITH_LINES, order=copied(WITH_LINES.order, lines=(line,)))


def test_a_number_copied_into_a_line_takes_the_currency_of_the_order() -> None:
    read = with_line(price=Decimal("1.5"))
    assert isinstance(read, Incident)
    facts = READER.facts(read, CUSTOMER)
    assert facts.values["incident.value_affected"] == 150 * WITH_LINES.order.lines[0].quantity


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (copied(incident(), order=3), "incident.order: is no Order"),
        (copied(incident(), kind=None), "incident.kind: is missing"),
        (Incident.model_construct(order=order()), "incident.kind: is missing"),
        (copied(incident(), kind="theft"), "incident.kind: 'theft' is not one of"),
        (copied(incident(), usable="no"), "incident.usable: 'no' is text; write true or false"),
        (copied(incident(), days_late=True), "incident.days_late: True is a truth value"),
        (copied(incident(), trips=-1), "incident.trips: -1 is below 0, the least allowed"),
        (copied(incident(), out_of_pocket=1.5), "incident.out_of_pocket: 1.5 is a float"),
        (
            copied(incident(), out_of_pocket=Money("-0.01", "USD")),
            "incident.out_of_pocket: -0.01 USD is below 0.00 USD",
        ),
        (copied(incident(), affected="1"), "incident.affected: is not a list, as the model makes"),
        (copied(incident(), affected=("1",)), "incident.affected[0]: None is no line of the order"),
        (copied(incident(), order=copied(order(), currency=1)), "incident.order.currency: 1 is no"),
        (
            copied(incident(), order=copied(order(), currency="XXX")),
            "incident.order.currency: unknown currency 'XXX'",
        ),
        (copied(incident(), order=copied(order(), paid=True)), "incident.order.paid: True is a"),
        (
            copied(WITH_LINES, order=copied(order(), lines=[1])),
            "incident.order.lines: is not a list, as the model makes it",
        ),
        (
            copied(WITH_LINES, order=copied(order(), lines=(1,))),
            "incident.order.lines[0]: is no LineItem with an id",
        ),
        (with_line(id="2"), "incident.affected[0]: '1' is no line of the order, or named twice"),
        (with_line(id=2), "incident.order.lines[0]: is no LineItem with an id"),
        (with_line(price=None), "incident.order.lines[0].price: is missing"),
        (with_line(price=35.0), "incident.order.lines[0].price: 35.0 is a float"),
        (with_line(price=Money(-1, "USD")), "incident.order.lines[0].price: -1.00 USD is below 0"),
        (with_line(quantity=None), "incident.order.lines[0].quantity: is missing"),
        (with_line(quantity=True), "incident.order.lines[0].quantity: True is not a whole number"),
        (with_line(stock=-1), "incident.order.lines[0].stock: -1 is not a whole number of at"),
        (with_line(hazardous="no"), "incident.order.lines[0].hazardous: 'no' is neither true"),
        (
            copied(WITH_LINES, affected=(copied((WITH_LINES.affected or ())[0], quantity=3),)),  # type: ignore[arg-type]
            "incident.affected[0].quantity: 3 is not one of 1 to 2",
        ),
        (
            copied(WITH_LINES, affected=(WITH_LINES.affected or ()) * 2),  # type: ignore[operator]
            "incident.affected[1]: '1' is no line of the order, or named twice",
        ),
    ],
)
def test_an_incident_that_was_never_checked_gives_an_error(wrong: BaseModel, message: str) -> None:
    (line,) = refused(incident=wrong)
    assert line.startswith(message)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (copied(Case(), offers=["voucher"]), "case.offers: is not a list, as the model makes it"),
        (copied(Case(), offers=("voucher",)), "case.offers[0]: is no Offer"),
        (copied(Case(), promises_broken="1"), "case.promises_broken: '1' is text"),
        (
            Case(offers=[Offer.model_construct(kind=3, status="offered")]),
            "case.offers[0].kind: 3 is a number",
        ),
        (
            Case(offers=[Offer.model_construct(kind="voucher", status="lost")]),
            "case.offers[0].status: 'lost' is not one of",
        ),
        (
            Case(offers=[Offer.model_construct(kind="voucher", status="offered", value=1.5)]),
            "case.offers[0].value: 1.5 is a float",
        ),
        (
            Case(
                offers=[Offer.model_construct(kind="v", status="offered", value=Money(-1, "USD"))]
            ),
            "case.offers[0].value: -1.00 USD is below 0",
        ),
    ],
)
def test_a_case_that_was_never_checked_gives_an_error(wrong: BaseModel, message: str) -> None:
    (line,) = refused(case=wrong)
    assert line.startswith(message)


def test_what_no_fact_can_be_is_refused() -> None:
    with pytest.raises(RefusedError, match="this cannot be a fact"):
        fact_value(Shape(Kind.OTHER), {}, "USD")


def test_the_same_input_gives_equal_facts() -> None:
    def made() -> Facts:
        return READER.facts(incident(affected=[]), CUSTOMER, at=NOON)

    assert made() == made()
