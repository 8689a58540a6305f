"""Exact numbers as text."""

from decimal import Decimal
from fractions import Fraction

import pytest

from remedykit.model.rational import exact_number, exact_text, fraction_of


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (-3, "-3"),
        (Fraction(5, 2), "2.5"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(1, 100), "0.01"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-7, 6), "-7/6"),
    ],
)
def test_a_number_has_one_exact_text_and_is_read_back(number: int | Fraction, text: str) -> None:
    assert exact_text(number) == text
    assert fraction_of(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "1.",
        ".5",
        "1/0",
        "1/2/3",
        "1.5/2",
        "1e9",
        "nan",
        "٣",
        "+1",
        "1_0",
        "9" * 41,
        "1/-2",
    ],
)
def test_other_texts_are_no_numbers(text: str) -> None:
    assert fraction_of(text) is None


def test_a_number_is_whole_or_decimal_where_that_is_exact() -> None:
    numbers = [
        exact_number(Fraction(4, 2)),
        exact_number(Fraction(1, 2)),
        exact_number(Fraction(1, 3)),
    ]
    assert numbers == [2, Decimal("0.5"), "1/3"]
    assert [type(number) for number in numbers] == [int, Decimal, str]
