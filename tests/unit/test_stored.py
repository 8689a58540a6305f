"""Facts as the plain data that a decision keeps."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remedykit import InputError
from remedykit.explain.stored import facts_to_store, restored_facts, stored_facts, stored_offers
from remedykit.facts.values import Facts, Offered
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
    FactDeclaration,
    FactType,
    Schema,
    Value,
)
from remedykit.model.decision import FactValue
from remedykit.model.json_codec import PlainValue


def schema(fact_type: FactType) -> Schema:
    return Schema((FactDeclaration(name="order.x", type=fact_type, means="x"),))


def stored(value: Value | None, fact_type: FactType) -> PlainValue:
    kept = facts_to_store(schema(fact_type), ("order.x",))
    (fact,) = stored_facts(Facts({"order.x": value}, "USD"), kept)
    return fact.value


def restored(plain: PlainValue, fact_type: FactType) -> Value | None:
    facts = restored_facts((FactValue("order.x", plain),), (), "USD", schema(fact_type))
    return facts.values["order.x"]


@pytest.mark.parametrize(("value", "fact_type"), [(1, INT), (0, INT), (True, BOOL), (False, BOOL)])
def test_the_number_one_is_not_the_truth(value: Value, fact_type: FactType) -> None:
    assert stored(value, fact_type) is value


@pytest.mark.parametrize(
    ("value", "fact_type", "plain"),
    [
        (None, TEXT, None),
        (True, BOOL, True),
        (7, INT, 7),
        (7, NUMBER, "7"),
        (Fraction(5, 2), NUMBER, "2.5"),
        (Fraction(1, 3), NUMBER, "1/3"),
        (3500, MONEY, "35.00"),
        (Fraction(7, 2), MONEY, "0.035"),
        ("gold", TEXT, "gold"),
        (("a", "b"), TEXTS, ("a", "b")),
        (date(2026, 11, 23), DATE, "2026-11-23"),
        (datetime(2026, 11, 23, 12, tzinfo=UTC), TIME, "2026-11-23T12:00:00Z"),
        (timedelta(hours=48), DURATION, "PT172800S"),
        (timedelta(microseconds=-1), DURATION, "PT-0.000001S"),
    ],
)
def test_a_fact_is_stored_as_plain_data_and_read_back(
    value: Value | None, fact_type: FactType, plain: PlainValue
) -> None:
    assert stored(value, fact_type) == plain
    assert restored(plain, fact_type) == value
    assert type(restored(plain, fact_type)) is type(value)


@pytest.mark.parametrize(
    ("plain", "fact_type"),
    [
        (1, BOOL),
        (True, INT),
        ("7", INT),
        (7, NUMBER),
        ("1e9", NUMBER),
        ("ten", MONEY),
        (3500, MONEY),
        ("gold", TEXTS),
        (("gold",), TEXT),
        ("2026-11-23T12:00:00", TIME),
        ("2026-13-01", DATE),
        ("forever", DURATION),
        ("PT" + "9" * 30 + "S", DURATION),
    ],
)
def test_plain_data_of_another_type_is_refused_by_the_facts_name(
    plain: PlainValue, fact_type: FactType
) -> None:
    with pytest.raises(InputError) as raised:
        restored(plain, fact_type)
    assert raised.value.where == "decision.facts[order.x]"


@given(st.datetimes(timezones=st.just(UTC)), st.timedeltas(), st.dates())
def test_every_time_duration_and_date_comes_back(
    moment: datetime, duration: timedelta, day: date
) -> None:
    assert restored(stored(moment, TIME), TIME) == moment
    assert restored(stored(duration, DURATION), DURATION) == duration
    assert restored(stored(day, DATE), DATE) == day


def test_past_offers_come_back() -> None:
    offers = (Offered("credit", 800, "refused"), Offered("sincere", None, "accepted"))
    plain = stored_offers(Facts({}, "USD", offers))
    assert str(plain[0].value) == "8.00 USD"
    assert restored_facts((), plain, "USD", Schema(())).offers == offers
