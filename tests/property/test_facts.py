"""Facts: stored and restored they are the same, and hiding a field never makes a fact up."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from remedykit.errors import InputError
from remedykit.explain.stored import facts_to_store, restored_facts, stored_facts, stored_offers
from remedykit.explain.stored_events import restored_events, stored_events
from remedykit.facts.extract import fact_reader
from remedykit.facts.schema import model_schema
from remedykit.facts.values import Facts
from remedykit.language.types import (
    DATE,
    DURATION,
    INT,
    MONEY,
    NUMBER,
    TEXT,
    TEXTS,
    TIME,
    FactDeclaration,
)
from remedykit.model.case import Case
from remedykit.model.customer import Customer
from remedykit.model.incident import Incident

MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
OWN = tuple(
    FactDeclaration(name=f"order.own_{fact_type.base}", type=fact_type, means="x", origin="policy")
    for fact_type in (INT, NUMBER, MONEY, TEXT, DATE, TIME, DURATION, TEXTS)
)
SCHEMA = model_schema().extended(OWN)
READER = fact_reader(SCHEMA, tuple(each.name for each in OWN))
KEPT = facts_to_store(SCHEMA, SCHEMA.names)

# Small pools, so that ties, contradictions and boundaries happen.
AMOUNTS = st.sampled_from(("0", "0.01", "8.00", "25", "1234567.89"))
NUMBERS = st.sampled_from(("0", "0.5", "1", "0.125", "0.000000000000000001"))
MOMENTS = st.integers(-3, 3).map(lambda days: MONDAY + timedelta(days=days, microseconds=days))
COUNTS = st.integers(0, 3)
OWN_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "order.own_int": st.integers(-(10**17), 10**17),
    "order.own_number": st.decimals(
        allow_nan=False, allow_infinity=False, places=6, min_value=-999, max_value=999
    ),
    "order.own_money": st.sampled_from(("-3.50", "0", "7")),
    "order.own_text": st.text(max_size=5),
    "order.own_date": st.dates(),
    "order.own_time": st.datetimes(timezones=st.just(UTC)),
    "order.own_duration": st.timedeltas(),
    "order.own_texts": st.lists(st.text(max_size=3), max_size=3),
}


def some(fields: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


LINES = st.lists(
    some(
        {
            "quantity": st.integers(1, 3),
            "unit_cost": AMOUNTS,
            "stock": COUNTS,
            "part_available": st.booleans(),
            "part_cost": AMOUNTS,
            "return_cost": AMOUNTS,
            "hazardous": st.booleans(),
        }
    ),
    max_size=3,
).map(
    lambda lines: [
        {"id": str(number), "price": "9.99", **line} for number, line in enumerate(lines)
    ]
)
INCIDENTS = some(
    {
        "days_late": COUNTS,
        "carrier_scanned": st.booleans(),
        "replacement_in_stock": st.booleans(),
        "promised_by": MOMENTS,
        "delivered_at": MOMENTS,
        "functional_impact": NUMBERS,
        "out_of_pocket": AMOUNTS,
        "evidence": st.lists(st.text(max_size=5), max_size=2),
        "severity": st.sampled_from(("minor", "major")),
        "usable": st.booleans(),
    }
)
CUSTOMERS = some({"tenure_years": NUMBERS, "goodwill_12m": AMOUNTS, "name": st.text(max_size=5)})
CASES = some(
    {
        "promises_broken": COUNTS,
        "offers": st.lists(
            st.fixed_dictionaries(
                {
                    "kind": st.sampled_from(("voucher", "reship")),
                    "status": st.sampled_from(("offered", "refused", "expired")),
                },
                optional={"value": AMOUNTS},
            ),
            max_size=3,
        ),
    }
)


@st.composite
def inputs(draw: st.DrawFn) -> dict[str, Any]:
    lines = draw(LINES)
    order = {"id": "A", "currency": "USD", "lines": lines}
    affected = draw(st.none() | st.just([line["id"] for line in lines]))
    incident = {"kind": "damaged", "order": order, "affected": affected, **draw(INCIDENTS)}
    return {
        "incident": incident,
        "customer": draw(CUSTOMERS),
        "case": draw(CASES),
        "own": draw(some(OWN_VALUES)),
        "at": draw(st.none() | MOMENTS),
    }


def read(given_: dict[str, Any]) -> Facts | None:
    try:
        return READER.facts(**given_)
    except InputError:
        return None  # what contradicts itself is refused; other tests say when


@given(inputs())
def test_facts_stored_and_restored_are_the_same(given_: dict[str, Any]) -> None:
    facts = read(given_)
    if facts is not None:
        stored, offers = stored_facts(facts, KEPT), stored_offers(facts)
        restored = restored_facts(stored, offers, facts.currency, SCHEMA)
        at = given_["at"]
        events = restored_events(stored_events(facts), facts.currency, at)
        assert replace(restored, events=events) == facts


@given(inputs())
def test_every_value_is_of_its_declared_type(given_: dict[str, Any]) -> None:
    facts = read(given_)
    if facts is None:
        return
    assert tuple(facts.values) == SCHEMA.names
    for declaration in SCHEMA.declarations:
        value = facts.values[declaration.name]
        assert value is not None or not declaration.always_known
        if isinstance(value, datetime):
            assert value.tzinfo is UTC
        if isinstance(value, bool):
            assert declaration.type.base == "bool"


@given(inputs(), st.data())
def test_hiding_a_field_makes_no_fact_up(given_: dict[str, Any], data: st.DataObject) -> None:
    facts = read(given_)
    hideable = [
        name
        for name in given_["incident"]
        if name not in {"kind", "order", "evidence", "out_of_pocket", "delivered_at"}
    ]
    if facts is None or not hideable:
        return
    hidden = data.draw(st.sampled_from(hideable))
    rest = {name: value for name, value in given_["incident"].items() if name != hidden}
    fewer = READER.facts(**{**given_, "incident": rest})
    for name, value in fewer.values.items():
        assert value is None or value == facts.values[name], name


@given(inputs())
def test_models_come_back_from_their_json(given_: dict[str, Any]) -> None:
    if read(given_) is None:
        return
    for model, data in (
        (Incident, given_["incident"]),
        (Customer, given_["customer"]),
        (Case, given_["case"]),
    ):
        made = model.model_validate(data)
        assert model.model_validate_json(made.model_dump_json()) == made


@given(st.decimals() | st.floats() | st.text(max_size=8) | st.integers() | st.none() | st.binary())
def test_any_value_in_any_field_is_read_or_refused(value: Decimal | float | str | None) -> None:
    incident = {"kind": "damaged", "order": {"id": "A", "currency": "USD"}}
    for field in Incident.model_fields:
        try:
            READER.facts({**incident, field: value}, {})
        except InputError as error:
            assert str(error).startswith("incident")  # noqa: PT017 -- either way is right
