"""Values from outside are read exactly, or refused with help."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum

import pytest

from remedykit.model.border import RefusedError, check_range, money_in, read, suggestion
from remedykit.model.money import Money
from remedykit.model.shapes import Kind, Shape

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Word(StrEnum):
    GOLD = "gold"


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        pytest.param(Kind.BOOL, True, True, id="bool"),
        pytest.param(Kind.INT, -3, -3, id="int"),
        pytest.param(Kind.NUMBER, "0.5", Decimal("0.5"), id="number from text"),
        pytest.param(Kind.NUMBER, 4, Decimal(4), id="number from int"),
        pytest.param(Kind.NUMBER, Decimal("2.50"), Decimal("2.5"), id="number from Decimal"),
        pytest.param(Kind.MONEY, "35.00", Decimal("35.00"), id="amount without currency"),
        pytest.param(Kind.MONEY, Money(1, "EUR"), Money(1, "EUR"), id="money"),
        pytest.param(
            Kind.MONEY, {"amount": "1", "currency": "EUR"}, Money(1, "EUR"), id="money from map"
        ),
        pytest.param(Kind.TEXT, "any", "any", id="text"),
        pytest.param(Kind.TEXT, Word.GOLD, "gold", id="text of a class of its own"),
        pytest.param(Kind.DATE, "2026-11-23", date(2026, 11, 23), id="date from text"),
        pytest.param(Kind.DATE, date(2026, 11, 23), date(2026, 11, 23), id="date"),
        pytest.param(Kind.TIME, "2026-11-23T12:00:00Z", NOON, id="time from text"),
        pytest.param(Kind.TIME, "2026-11-23 07:00:00-05:00", NOON, id="time with offset"),
        pytest.param(Kind.TIME, NOON, NOON, id="time"),
        pytest.param(Kind.DURATION, timedelta(2), timedelta(2), id="duration"),
        pytest.param(Kind.DURATION, "48 hours", timedelta(2), id="hours"),
        pytest.param(Kind.DURATION, "1 day", timedelta(1), id="day"),
        pytest.param(Kind.DURATION, "0.5 seconds", timedelta(microseconds=500_000), id="half"),
        pytest.param(Kind.DURATION, "-2 weeks", timedelta(-14), id="negative"),
        pytest.param(Kind.DURATION, "PT172800S", timedelta(2), id="ISO duration"),
        pytest.param(Kind.TEXTS, ["a", "b"], ("a", "b"), id="texts"),
        pytest.param(Kind.TEXTS, (), (), id="no texts"),
        pytest.param(Kind.MODELS, [1], (1,), id="models are left to pydantic"),
        pytest.param(Kind.OTHER, [1], [1], id="other things too"),
    ],
)
def test_values_are_read_as_the_field_keeps_them(kind: Kind, value: object, kept: object) -> None:
    found = read(Shape(kind), value)
    assert (found, type(found)) == (kept, type(kept))


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        pytest.param(Kind.BOOL, 1, "1 is a number; write true or false", id="1 for true"),
        pytest.param(Kind.BOOL, "yes", "'yes' is text; write true or false", id="yes"),
        pytest.param(Kind.INT, True, "True is a truth value; write a whole number", id="true"),
        pytest.param(Kind.INT, "3", "'3' is text; write a whole number", id="text for int"),
        pytest.param(Kind.INT, 3.0, "3.0 is a float; write a whole number", id="float for int"),
        pytest.param(Kind.INT, Decimal(3), "3 is a number; write a whole", id="Decimal for int"),
        pytest.param(Kind.INT, 10**30, "has more than 18 digits", id="long int"),
        pytest.param(Kind.NUMBER, 0.5, "0.5 is a float; write it as a string, '0.5'", id="float"),
        pytest.param(Kind.NUMBER, 1e-30, "is a float; write it as a string", id="tiny float"),
        pytest.param(Kind.NUMBER, 1e300, "write it as a string, such as '12.50'", id="big float"),
        pytest.param(Kind.NUMBER, "1e9999999", "has an exponent", id="exponent"),
        pytest.param(Kind.NUMBER, Decimal("NaN"), "is not a finite number", id="NaN"),
        pytest.param(Kind.NUMBER, False, "is a truth value; a number is needed", id="false"),
        pytest.param(Kind.NUMBER, [1], "this is not a number", id="list for number"),
        pytest.param(Kind.MONEY, 1.5, "1.5 is a float", id="float for amount"),
        pytest.param(Kind.MONEY, {}, "this is no amount: write an amount with", id="empty map"),
        pytest.param(
            Kind.MONEY, {"amount": 0.5, "currency": "USD"}, "amount=0.5 is a float", id="inside"
        ),
        pytest.param(Kind.TEXT, 7, "7 is a number; write it as text, in quotes", id="number"),
        pytest.param(Kind.TEXT, NOON, "this is a time; write it as text", id="time for text"),
        pytest.param(Kind.TEXT, "x" * 10_001, "has 10001 characters; at most 10000", id="long"),
        pytest.param(Kind.TEXT, "\ud800", "has half a character", id="lone surrogate"),
        pytest.param(Kind.DATE, NOON, "this is a time; write a date such as", id="time for date"),
        pytest.param(Kind.DATE, "2026-02-30", "is no date: day is out of range", id="no such day"),
        pytest.param(Kind.DATE, "20261123", "is text; write a date such as", id="basic format"),
        pytest.param(Kind.DATE, "2026-1123 ", "is no date; write a date such as", id="no ISO date"),
        pytest.param(Kind.TIME, "2026-11-23", "is a date; write the time of day", id="only a date"),
        pytest.param(Kind.TIME, date(2026, 11, 23), "this is a date; write a time", id="a date"),
        pytest.param(
            Kind.TIME,
            "2026-11-23T12:00",
            "has no time zone; write its offset too, such as '2026-11-23T12:00:00+00:00'",
            id="naive text",
        ),
        pytest.param(Kind.TIME, datetime(2026, 1, 1), "has no time zone", id="naive"),  # noqa: DTZ001 -- the mistake
        pytest.param(Kind.TIME, 1_700_000_000, "is a number; write a time such as", id="epoch"),
        pytest.param(
            Kind.TIME,
            "2026-11-12T20:00:00 America/New_York",
            "is no time; write it as ISO 8601 with its offset from UTC, such as "
            "'2026-11-23T14:30:00-05:00'",
            id="name of a zone",
        ),
        pytest.param(Kind.TIME, "yesterday", "is no time; write it as ISO 8601", id="a word"),
        pytest.param(Kind.TIME, "2026-11-23T25:00:00Z", "is no time: hour must", id="25 o'clock"),
        pytest.param(Kind.TIME, "2026-11-23T" + "0" * 99, "is no time; write it", id="long time"),
        pytest.param(
            Kind.TIME,
            datetime.max.replace(tzinfo=timezone(timedelta(hours=-1))),
            "lies outside of the years 1 to 9999 in UTC",
            id="beyond the years",
        ),
        pytest.param(Kind.DURATION, 48, "is a number; write a duration with its unit", id="48"),
        pytest.param(Kind.DURATION, "48", "write a number and second, minute,", id="no unit"),
        pytest.param(Kind.DURATION, "two days", "is no duration: is not a number", id="words"),
        pytest.param(Kind.DURATION, "Ptwo", "is no duration; write such as '48 hours'", id="ISO"),
        pytest.param(Kind.DURATION, "999999999999 weeks", "is no duration: ", id="too long"),
        pytest.param(Kind.DURATION, "0.0000001 seconds", "finer than a microsecond", id="fine"),
        pytest.param(Kind.TEXTS, "a", "'a' is text; write a list", id="one text for a list"),
        pytest.param(Kind.TEXTS, {"a": 1}, "this is a map; write a list", id="map for a list"),
        pytest.param(Kind.TEXTS, ["a", 2], "2 (element 2) is a number; write it", id="element"),
        pytest.param(Kind.TEXTS, ["a"] * 10_001, "has 10001 elements; at most 10000", id="many"),
        pytest.param(Kind.MODELS, None, "None is empty; write a list", id="empty for a list"),
        pytest.param(Kind.BOOL, [1], "this is a list; write true or false", id="list for bool"),
        pytest.param(Kind.BOOL, {1}, "this is of type set; write true or false", id="a set"),
        pytest.param(Kind.BOOL, Money(1, "USD"), "1.00 USD is an amount; write true", id="money"),
    ],
)
def test_other_values_are_refused_with_help(kind: Kind, value: object, message: str) -> None:
    with pytest.raises(RefusedError) as caught:
        read(Shape(kind), value)
    assert message in str(caught.value)


def test_a_word_that_is_none_of_those_allowed_gets_a_suggestion() -> None:
    tiers = Shape(Kind.TEXT, ("silver", "gold"))
    assert read(tiers, "gold") == "gold"
    with pytest.raises(RefusedError) as caught:
        read(tiers, "Glod")
    assert str(caught.value) == "'Glod' is not one of silver, gold; did you mean `gold`?"


def test_words_in_a_list_are_held_to_those_allowed_too() -> None:
    with pytest.raises(RefusedError, match=r"'c' \(element 2\) is not one of a, b"):
        read(Shape(Kind.TEXTS, ("a", "b")), ["a", "c"])


def test_a_suggestion_is_made_only_if_a_word_is_close() -> None:
    known = ("days_late", "delivered_at")
    found = [suggestion(word, known) for word in ("days_lte", "DAYS_LATE", "x" * 1000)]
    assert found == ["; did you mean `days_late`?", "; did you mean `days_late`?", ""]


def test_amounts_take_the_currency_of_the_order() -> None:
    assert money_in(Decimal("1.50"), "USD") == Money("1.50", "USD")
    assert money_in(Money("1.50", "USD"), "USD") == Money("1.50", "USD")


def test_amounts_of_another_currency_or_with_more_decimals_are_refused() -> None:
    with pytest.raises(RefusedError, match=r"1\.50 EUR is in EUR, the order in USD; nothing is"):
        money_in(Money("1.50", "EUR"), "USD")
    with pytest.raises(RefusedError, match=r"1\.50 has 2 decimals; JPY has 0"):
        money_in(Decimal("1.50"), "JPY")
    with pytest.raises(RefusedError, match=r"1\.5 is a float"):
        money_in(1.5, "USD")


def test_ranges_include_their_ends() -> None:
    for value in (0, 1, Decimal("0.5"), Money(1, "USD"), "text"):
        check_range(value, 0, 1)
    check_range(10, None, None)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        pytest.param(-1, "-1 is below 0, the least allowed", id="int"),
        pytest.param(Money("-0.01", "USD"), "-0.01 is below 0, the least allowed", id="money"),
        pytest.param(Decimal("1.01"), "1.01 is above 1, the most allowed", id="number"),
    ],
)
def test_values_outside_of_their_range_are_refused(value: object, message: str) -> None:
    with pytest.raises(RefusedError) as caught:
        check_range(value, 0, 1)
    assert str(caught.value) == message
