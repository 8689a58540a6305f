"""Money is exact, refuses what it cannot hold, and never mixes currencies."""

import pickle
from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction
from time import perf_counter
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from remedykit.model.currencies import MINOR_DIGITS, minor_digits
from remedykit.model.money import Money


def usd(amount: str | int | Decimal) -> Money:
    return Money(amount, "USD")


@pytest.mark.parametrize("amount", ["35.00", "35.0", 35, Decimal(35), Decimal("35.0000")])
def test_one_amount_has_one_value_however_it_is_written(amount: str | int | Decimal) -> None:
    assert usd(amount) == Money.of_minor(3500, "USD")


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [("7", "JPY", 7), ("0.005", "KWD", 5), ("0.0001", "CLF", 1), ("-0.05", "USD", -5)],
)
def test_minor_units_follow_the_currency(amount: str, currency: str, minor: int) -> None:
    assert Money(amount, currency).minor == minor


def test_money_shows_all_decimals_of_its_currency() -> None:
    shown = [str(Money(5, "USD")), str(Money(5, "JPY")), str(Money("-0.05", "USD"))]
    assert shown == ["5.00 USD", "5 JPY", "-0.05 USD"]


def test_repr_makes_the_same_money() -> None:
    money = usd("-12.50")
    assert eval(repr(money)) == money  # noqa: S307 -- the text is our own


@pytest.mark.parametrize(
    ("amount", "problem"),
    [
        (1.5, "Money amount=1.5 is a float; write it as a string, '1.50'"),
        (float("nan"), "Money amount=nan is a float; write it as a string, such as '12.50'"),
        (True, "Money amount=True is a truth value; a number is needed"),
        (None, "Money amount=None is not a number; write it as a string such as '12.50'"),
    ],
)
def test_what_is_no_exact_number_is_a_type_error(amount: object, problem: str) -> None:
    with pytest.raises(TypeError) as caught:
        Money(amount, "USD")  # type: ignore[arg-type]  # the mistake is the point
    assert str(caught.value) == problem


@pytest.mark.parametrize(
    ("amount", "problem"),
    [
        ("1.005", "'1.005' has 3 decimals; USD has 2"),
        ("35.000", "'35.000' has 3 decimals; USD has 2"),
        (Decimal("1.005"), "1.005 has 3 decimals; USD has 2"),
        ("1,000", "has a comma; write a point before the decimals and nothing between thousands"),
        ("1_000", "has an underscore; write digits only"),
        ("5.", "is not a number; write it with digits and a point, such as '12.50'"),
        (".5", "is not a number"),
        ("", "is not a number"),
        (" 5", "is not a number"),
        ("+5", "is not a number"),
        ("--5", "is not a number"),
        ("٣", "is not a number"),
        ("five", "is not a number"),
        ("1e2", "has an exponent; write all its digits"),
        ("1e9999999", "has an exponent"),
        (Decimal("1e9999999"), "has an exponent"),
        ("NaN", "is not a finite number"),
        ("-Infinity", "is not a finite number"),
        (Decimal("sNaN"), "is not a finite number"),
        (Decimal("-Infinity"), "is not a finite number"),
        ("9" * 19, "has more than 18 digits"),
        ("0." + "0" * 30, "has more than 18 digits"),
        (Decimal("0." + "1" * 19), "has more than 18 digits"),
        (10**18, "has more than 18 digits"),
        (10**17, "has more than 18 digits, decimals counted"),
    ],
)
def test_a_bad_number_is_a_value_error_that_says_why(
    amount: str | int | Decimal, problem: str
) -> None:
    with pytest.raises(ValueError, match="Money amount=") as caught:
        usd(amount)
    assert problem in str(caught.value)


def test_a_hostile_number_is_refused_at_once() -> None:
    start = perf_counter()
    for amount in ("1e9999999", Decimal("1e9999999"), "9" * 10_000_000, 10**100_000):
        with pytest.raises(ValueError, match="Money amount=") as caught:
            usd(amount)
        assert len(str(caught.value)) < 200
    assert perf_counter() - start < 1


@pytest.mark.parametrize(
    ("currency", "problem"),
    [
        ("usd", "unknown currency 'usd'; write it in capitals, 'USD'"),
        ("XAU", "unknown currency 'XAU'; write the three letters of ISO 4217, such as 'USD'"),
        ("", "unknown currency ''; write the three letters of ISO 4217, such as 'USD'"),
    ],
)
def test_an_unknown_currency_is_refused_with_help(currency: str, problem: str) -> None:
    with pytest.raises(ValueError, match="unknown currency") as caught:
        Money(1, currency)
    assert str(caught.value) == problem


@pytest.mark.parametrize("make", [Money, Money.of_minor])
def test_a_currency_must_be_text(make: Callable[[int, Any], Money]) -> None:
    with pytest.raises(TypeError, match="Money currency=840 is not text"):
        make(1, 840)
    with pytest.raises(TypeError, match="Money currency=this is not text"):
        make(1, ["USD"])


def test_numbers_and_texts_of_classes_of_their_own_will_do() -> None:
    class Cents(int):
        pass

    class Code(str):
        __slots__ = ()

    money = Money.of_minor(Cents(5), Code("USD"))
    assert money == usd("0.05")
    assert type(money.minor) is int


def test_minor_units_must_be_whole_and_short() -> None:
    with pytest.raises(TypeError, match=r"Money minor=1\.0 is not a whole number; write"):
        Money.of_minor(1.0, "USD")  # type: ignore[arg-type]  # the mistake is the point
    with pytest.raises(TypeError, match="Money minor=True is not a whole number"):
        Money.of_minor(True, "USD")
    with pytest.raises(ValueError, match="has more than 18 digits"):
        Money.of_minor(10**18, "USD")


def test_the_amount_is_exact_under_any_decimal_context() -> None:
    with localcontext() as context:
        context.prec = 2
        money = usd("1234567.89")
        assert (money.minor, str(money.amount)) == (123456789, "1234567.89")


def test_sums_differences_and_multiples_stay_money() -> None:
    results = [usd("1.10") + usd("2.20"), usd(1) - usd("2.50"), usd("1.5") * 3, 3 * usd(1), -usd(1)]
    assert [str(money) for money in results] == [
        "3.30 USD",
        "-1.50 USD",
        "4.50 USD",
        "3.00 USD",
        "-1.00 USD",
    ]


@pytest.mark.parametrize(
    ("factor", "result"),
    [
        (Fraction(1, 2), "0.13"),
        (Decimal("0.5"), "0.13"),
        (Fraction(-1, 2), "-0.12"),
        (Fraction(1, 3), "0.08"),
        (2, "0.50"),
    ],
)
def test_times_rounds_half_up(factor: int | Decimal | Fraction, result: str) -> None:
    assert usd("0.25").times(factor) == usd(result)


def test_times_refuses_inexact_factors() -> None:
    with pytest.raises(TypeError, match=r"factor=0\.5 is a float; write Decimal\('0\.5'\)"):
        usd(1).times(0.5)  # type: ignore[arg-type]  # the mistake is the point
    with pytest.raises(TypeError, match="factor='2' is not a number"):
        usd(1).times("2")  # type: ignore[arg-type]  # the mistake is the point
    with pytest.raises(ValueError, match="factor=NaN is not a finite number"):
        usd(1).times(Decimal("NaN"))
    with pytest.raises(TypeError, match="factor=True is a truth value"):
        usd(1).times(True)


def test_multiplying_by_anything_but_a_whole_number_points_to_times() -> None:
    with pytest.raises(TypeError, match=r"factor=0\.5 is not a whole number; use money\.times"):
        usd(1) * Decimal("0.5")  # type: ignore[operator]  # the mistake is the point


def test_money_of_one_currency_is_ordered() -> None:
    assert sorted([usd(3), usd(1), usd(2)]) == [usd(1), usd(2), usd(3)]
    assert usd(1) <= usd(1) < usd(2) >= usd(2) > usd(1)


def test_two_currencies_are_never_equal_and_never_mixed() -> None:
    dollar, euro = usd(1), Money(1, "EUR")
    assert dollar != euro
    for mix in (dollar.__add__, dollar.__sub__, dollar.__lt__, dollar.__ge__):
        with pytest.raises(ValueError, match=r"1\.00 USD and 1\.00 EUR; amounts of two currencies"):
            mix(euro)


def test_money_and_a_number_do_not_mix() -> None:
    with pytest.raises(TypeError):
        usd(1) + 1  # type: ignore[operator]  # the mistake is the point
    with pytest.raises(TypeError):
        usd(1) - 1  # type: ignore[operator]  # the mistake is the point
    with pytest.raises(TypeError):
        _ = usd(1) < 1  # type: ignore[operator]  # the mistake is the point


def test_a_sum_of_more_than_18_digits_is_refused() -> None:
    with pytest.raises(ValueError, match="has more than 18 digits"):
        _ = Money.of_minor(10**18 - 1, "USD") + usd("0.01")


def test_money_never_changes_and_can_be_a_key_and_travel() -> None:
    money = usd("35.00")
    with pytest.raises(AttributeError):
        money.minor = 1  # type: ignore[misc]  # the mistake is the point
    assert {money: 1}[usd(35)] == 1
    assert pickle.loads(pickle.dumps(money)) == money  # noqa: S301 -- our own bytes


ADAPTER = TypeAdapter(Money)


def test_pydantic_takes_money_and_its_map_and_gives_the_map_back() -> None:
    money = usd("35.00")
    plain = {"amount": "35.00", "currency": "USD"}
    assert ADAPTER.validate_python(money) is money
    assert ADAPTER.validate_python(plain) == money
    assert ADAPTER.validate_json(ADAPTER.dump_json(money)) == money
    assert ADAPTER.dump_python(money) == plain


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (35, "write an amount with its currency: {amount: '35.00', currency: USD}"),
        ({"amount": "1"}, "write an amount with its currency"),
        ({"amount": 1.5, "currency": "USD"}, "amount=1.5 is a float"),
        ({"amount": "1.5", "currency": 3}, "currency=3 is not text"),
    ],
)
def test_pydantic_refuses_everything_else_with_help(value: object, problem: str) -> None:
    with pytest.raises(ValidationError) as caught:
        ADAPTER.validate_python(value)
    assert problem in caught.value.errors()[0]["msg"]


def test_json_schema_describes_the_map() -> None:
    schema = ADAPTER.json_schema()
    assert (schema["type"], schema["required"]) == ("object", ["amount", "currency"])


def test_currencies_have_the_decimals_of_iso_4217() -> None:
    some = {code: minor_digits(code) for code in ("EUR", "JPY", "ISK", "TND", "UYW", "MGA", "XCG")}
    assert some == {"EUR": 2, "JPY": 0, "ISK": 0, "TND": 3, "UYW": 4, "MGA": 2, "XCG": 2}


def test_the_table_holds_each_currency_once_and_no_metal() -> None:
    assert len(MINOR_DIGITS) == 167
    assert all(len(code) == 3 and code.isupper() for code in MINOR_DIGITS)
    assert not {"XAU", "XTS", "XXX", "HRK"} & set(MINOR_DIGITS)
