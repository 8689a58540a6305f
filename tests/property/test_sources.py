"""A fact read straight is the fact that careful reading gives; all else is read with care."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remedykit.facts.sources import Source
from remedykit.language.types import Base, FactDeclaration, FactType, Value
from remedykit.model.border import MAX_LIST, MAX_TEXT, RefusedError
from remedykit.model.money import Money

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
EDGE = 10**18  # of whole numbers and of minor units


class Whole(int):
    """A whole number of a class of its own."""


class Word(str):
    """A text of a class of its own."""

    __slots__ = ()


class Words(tuple[str, ...]):
    """A list of a class of its own."""

    __slots__ = ()


# Both sides of every boundary, for every type: each source is handed values of all of them.
RAW: tuple[object, ...] = (
    *(True, False, 1, 0, -1, 9, 10, 11, EDGE - 1, EDGE, -EDGE, 1 - EDGE, Whole(5), 1.0),
    *(Decimal(text) for text in ("0", "-0", "0.0", "4", "4.0", "4.5", "-4", "1E+3", "NaN", "inf")),
    *(Decimal(text) for text in ("0.25", "12.50", "4.0000", "4.001", "9.99", "10.01", "-0.5")),
    *(Decimal(text) for text in ("1E-7", "0.1234567890123456", "0.12345678901234567", "10.5")),
    *(Decimal(10**digits) for digits in (11, 12, 13, 15, 16, 17, 18, 5_000)),
    *(Money.of_minor(minor, "USD") for minor in (-1, 0, 9, 10, 11, EDGE - 1)),
    *(Money("1", "JPY"), Money("1", "CLF")),
    *("", "gold", "Gold", "gold ", Word("gold"), "Zoë", "\ud800", "7", "2026-11-23T12:00:00Z"),
    *("a" * MAX_TEXT, "a" * (MAX_TEXT + 1)),
    *((), [], ("gold",), ["gold", "silver"], ["Gold"], ("Zoë",), ("gold", 1), [None]),
    *([Word("gold")], Words(("gold",)), ("gold",) * MAX_LIST, ("gold",) * (MAX_LIST + 1)),
    *(b"gold", {}, {"gold"}, Fraction(1)),
    *(NOON, NOON.replace(fold=1), NOON.replace(tzinfo=None), NOON.date(), timedelta(1)),
    NOON.replace(tzinfo=timezone(timedelta(hours=1))),
)
TYPES = (
    *(FactType(base) for base in Base),
    *(FactType(base, ("gold", "silver")) for base in (Base.TEXT, Base.TEXTS)),
)
BOUNDS = (None, Fraction(-1), Fraction(0), Fraction(1, 2), Fraction(10), Fraction(EDGE))


def source(fact_type: FactType, least: Fraction | None, most: Fraction | None) -> Source:
    return Source.of(
        "x",
        FactDeclaration(name="order.x", type=fact_type, means="x", at_least=least, at_most=most),
    )


def careful(each: Source, raw: object, currency: str) -> Value | None:
    try:
        return each.with_care(raw, currency)
    except RefusedError:
        return None


@given(
    st.sampled_from(TYPES),
    st.sampled_from(BOUNDS),
    st.sampled_from(BOUNDS),
    st.sampled_from(("USD", "JPY", "CLF")),
)
def test_what_is_read_straight_is_what_careful_reading_gives(
    fact_type: FactType, least: Fraction | None, most: Fraction | None, currency: str
) -> None:
    each = source(fact_type, least, most)
    for raw in RAW:
        straight = each.straight(raw, each, currency)
        if straight is not None:
            expected = careful(each, raw, currency)
            assert repr(straight) == repr(expected), raw  # equal times can have two zones


@pytest.mark.parametrize(
    ("base", "raw", "value"),
    [
        (Base.BOOL, False, False),
        (Base.INT, 7, 7),
        (Base.NUMBER, Decimal(4), 4),
        (Base.NUMBER, Decimal("4.0"), 4),
        (Base.NUMBER, Decimal("4.5"), Fraction(9, 2)),
        (Base.MONEY, Money("35.00", "USD"), 3500),
        (Base.MONEY, Decimal(0), 0),
        (Base.MONEY, Decimal(35), 3500),
        (Base.MONEY, Decimal("0.5"), 50),
        (Base.TEXT, "gold", "gold"),
        (Base.TEXTS, (), ()),
        (Base.TEXTS, ["gold"], ("gold",)),
        (Base.TIME, NOON, NOON),
    ],
)
def test_what_models_hold_most_often_is_read_straight(
    base: Base, raw: object, value: Value
) -> None:
    each = source(FactType(base), None, None)
    assert each.straight(raw, each, "USD") == value


def test_what_cannot_be_read_straight_is_read_with_care() -> None:
    each = source(FactType(Base.NUMBER), Fraction(0), None)
    assert each.with_care("4.5", "USD") == Fraction(9, 2)
    with pytest.raises(RefusedError, match="is below 0, the least allowed"):
        each.with_care(Decimal("-4.5"), "USD")
