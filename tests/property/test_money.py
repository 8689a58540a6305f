"""Money does the arithmetic of exact fractions, and its text is read back as itself."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from remedykit.model.currencies import MINOR_DIGITS
from remedykit.model.money import Money

CURRENCIES = st.sampled_from(("JPY", "USD", "KWD", "CLF"))
MINOR = st.integers(-(10**12), 10**12) | st.sampled_from((0, 1, -1, 49, 50, 51, 99, 100))
FACTORS = st.sampled_from((Fraction(1, 2), Fraction(1, 3), Fraction(-1, 2), Fraction(3, 2))) | (
    st.fractions(-5, 5, max_denominator=40)
)


@given(MINOR, CURRENCIES)
def test_text_and_amount_are_read_back(minor: int, currency: str) -> None:
    money = Money.of_minor(minor, currency)
    assert Money(str(money).split()[0], currency) == money
    assert Money(money.amount, currency) == money
    assert Fraction(money.amount) * 10 ** MINOR_DIGITS[currency] == minor
    assert money.amount.as_tuple().exponent == -MINOR_DIGITS[currency]


@given(MINOR, MINOR)
def test_sum_difference_and_order_are_those_of_the_minor_units(left: int, right: int) -> None:
    one, other = Money.of_minor(left, "USD"), Money.of_minor(right, "USD")
    assert ((one + other).minor, (one - other).minor) == (left + right, left - right)
    assert ((one < other), (one >= other)) == (left < right, left >= right)


@given(MINOR, FACTORS)
def test_times_gives_the_nearest_minor_unit_and_the_greater_of_two(
    minor: int, factor: Fraction
) -> None:
    rounded = Money.of_minor(minor, "USD").times(factor).minor
    assert Fraction(-1, 2) < rounded - minor * factor <= Fraction(1, 2)


@given(st.decimals(allow_nan=True, allow_infinity=True) | st.integers() | st.text(max_size=30))
def test_any_amount_is_read_exactly_or_refused(amount: str | int | Decimal) -> None:
    try:
        money = Money(amount, "USD")
    except ValueError:
        return
    assert Fraction(money.minor, 100) == Fraction(amount)
