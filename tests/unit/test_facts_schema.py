"""Which facts there are follows from the models."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

import pytest
from pydantic import Field

from remedykit.facts.schema import model_schema
from remedykit.language.types import (
    BOOL,
    DATE,
    DURATION,
    INT,
    MONEY,
    NUMBER,
    TEXT,
    TEXTS,
    TIME,
    Base,
    FactDeclaration,
    FactType,
)
from remedykit.model.base import Fact
from remedykit.model.customer import Customer
from remedykit.model.incident import Incident
from remedykit.model.order import Order
from remedykit.model.shapes import Amount


def declared(name: str, incident: type[Incident] = Incident) -> FactDeclaration:
    found = model_schema(incident).find(name)
    assert found is not None
    return found


def test_names_are_sorted_and_each_stands_once() -> None:
    names = model_schema().names
    assert list(names) == sorted(set(names))


def test_what_holds_models_is_no_fact() -> None:
    names = model_schema().names
    assert not {"incident.order", "incident.affected", "order.lines", "case.offers"} & set(names)


def test_a_declaration_tells_type_meaning_unit_range_and_origin() -> None:
    assert declared("customer.tenure_years") == FactDeclaration(
        name="customer.tenure_years",
        type=NUMBER,
        means="how long a customer",
        unit="years",
        at_least=Fraction(0),
    )


def test_every_fact_has_a_meaning() -> None:
    assert [each.name for each in model_schema().declarations if not each.means] == []


@pytest.mark.parametrize(
    ("name", "default"),
    [
        ("customer.risk_flag", False),
        ("customer.goodwill_12m", 0),
        ("incident.out_of_pocket", 0),
        ("incident.self_repaired", False),
        ("incident.evidence", ()),
        ("order.chargeback", False),
        ("order.refunded", 0),
        ("case.apologies_made", 0),
        ("case.offers_made", ()),
        ("case.deviation_level", 0),
    ],
)
def test_absence_has_a_meaning_where_a_default_is_declared(name: str, default: object) -> None:
    declaration = declared(name)
    assert (declaration.default, declaration.always_known) == (default, True)


def test_facts_that_the_models_demand_are_always_known() -> None:
    required = [each.name for each in model_schema().declarations if each.required]
    assert required == ["incident.kind", "order.currency", "order.id"]


def test_personal_and_protected_facts_are_marked() -> None:
    all_facts = model_schema().declarations
    assert [each.name for each in all_facts if each.personal] == ["customer.id", "customer.name"]
    assert [each.name for each in all_facts if each.protected] == [
        "customer.country",
        "customer.vulnerable",
        "order.country",
    ]


def test_what_may_be_given_and_derived_is_one_fact() -> None:
    assert (declared("incident.days_late").origin, declared("incident.kind").origin) == (
        "derived",
        "model",
    )


class ShopOrder(Order):
    """An order with a field of the platform's own."""

    gift: bool | None = None


class ShopIncident(Incident):
    """An incident with one field of each type."""

    order: ShopOrder  # pyright: ignore[reportIncompatibleVariableOverride] -- it is frozen
    warehouse: Literal["east", "west"] | None = None
    fragile: bool = False
    parcels: Annotated[int, Fact("parcels of the order", unit="parcels", at_least=1)] = 1
    share: Decimal | None = Decimal("0.5")
    fee: Annotated[Amount | None, Fact("handling fee", at_least=1, at_most=50)] = None
    note: str | None = Field(default=None, description="what the agent wrote")
    due: date | None = None
    checked_at: datetime | None = None
    waited: timedelta = timedelta(0)
    tags: tuple[Literal["a", "b"], ...] = ("a",)
    remarks: tuple[str, ...] | None


@pytest.mark.parametrize(
    ("name", "fact_type"),
    [
        ("incident.warehouse", FactType(Base.TEXT, ("east", "west"))),
        ("incident.fragile", BOOL),
        ("incident.parcels", INT),
        ("incident.share", NUMBER),
        ("incident.fee", MONEY),
        ("incident.note", TEXT),
        ("incident.due", DATE),
        ("incident.checked_at", TIME),
        ("incident.waited", DURATION),
        ("incident.tags", FactType(Base.TEXTS, ("a", "b"))),
        ("incident.remarks", TEXTS),
        ("order.gift", BOOL),
    ],
)
def test_fields_of_a_platform_are_facts_of_their_types(name: str, fact_type: FactType) -> None:
    assert declared(name, ShopIncident).type == fact_type


def test_defaults_of_a_platform_are_values_as_rules_read_them() -> None:
    names = ("fragile", "parcels", "share", "fee", "waited", "tags")
    assert [declared(f"incident.{name}", ShopIncident).default for name in names] == [
        False,
        1,
        Fraction(1, 2),
        None,
        timedelta(0),
        ("a",),
    ]


def test_a_description_is_the_meaning_where_no_fact_is_marked() -> None:
    assert declared("incident.note", ShopIncident).means == "what the agent wrote"


def test_a_field_that_must_be_given_but_may_be_none_can_be_unknown() -> None:
    assert not declared("incident.remarks", ShopIncident).required


def test_bounds_of_amounts_are_left_to_the_model_unless_0() -> None:
    fee, parcels = (declared(f"incident.{name}", ShopIncident) for name in ("fee", "parcels"))
    assert (fee.at_least, fee.at_most, parcels.at_least) == (None, None, Fraction(1))
    assert declared("customer.goodwill_12m").at_least == 0


class FloatIncident(Incident):
    """A type that is not exact."""

    weight: float | None = None


class PricedIncident(Incident):
    """An amount with a default in no currency."""

    fee: Amount = 5


class OddDefault(Incident):
    """A default that is not of its type."""

    share: Decimal = "half"  # type: ignore[assignment]  # the mistake is the point


class Clashing(Incident):
    """A field with the name of a derived fact."""

    cost_affected: Amount | None = None


class OptionalOrder(Incident):
    """A field of the order that can be none."""

    order: Order | None  # type: ignore[assignment]  # the mistake is the point


@pytest.mark.parametrize(
    ("incident", "message"),
    [
        (FloatIncident, r"FloatIncident\.weight: float \| None is no type of facts; use bool, int"),
        (PricedIncident, "incident.fee: the default of an amount can be 0 only, not 5"),
        (OddDefault, "incident.share: the default cannot be a fact: 'half' is not a number"),
        (Clashing, "incident.cost_affected is derived; call the field otherwise"),
        (OptionalOrder, "OptionalOrder.order must be annotated with a subclass of Order"),
    ],
)
def test_what_can_be_no_fact_is_a_type_error(incident: type[Incident], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        model_schema(incident)


def test_customers_of_a_platform_are_read_too() -> None:
    class ShopCustomer(Customer):
        """A customer with a field of the platform's own."""

        newsletter: bool = False

    found = model_schema(customer=ShopCustomer).find("customer.newsletter")
    assert found is not None
    assert found.default is False
