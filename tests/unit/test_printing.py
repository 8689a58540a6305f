"""Values as words, and texts filled in with them."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from remedykit.explain.printing import Style, visible
from remedykit.language.types import Base, Value

STYLE = Style("USD", ZoneInfo("America/New_York"))
NIGHT = datetime(2026, 11, 23, 2, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "base", "form", "words"),
    [
        (True, Base.BOOL, "", "yes"),
        (False, Base.BOOL, "", "no"),
        (3, Base.INT, "", "3"),
        (Fraction(5, 2), Base.NUMBER, "", "2.5"),
        (Fraction(1, 4), Base.NUMBER, "percent", "25%"),
        (3500, Base.MONEY, "", "35.00 USD"),
        (Fraction(7, 2), Base.MONEY, "", "0.04 USD"),
        ("gold", Base.TEXT, "", "gold"),
        (date(2026, 11, 3), Base.DATE, "", "3 November 2026"),
        (NIGHT, Base.TIME, "", "22 November 2026, 21:05"),
        (NIGHT, Base.TIME, "date", "22 November 2026"),
        (NIGHT, Base.TIME, "time", "21:05"),
        (timedelta(days=2), Base.DURATION, "", "2 days"),
        (timedelta(days=1), Base.DURATION, "", "1 day"),
        (timedelta(hours=1), Base.DURATION, "", "1 hour"),
        (timedelta(minutes=90), Base.DURATION, "", "1.5 hours"),
        ((), Base.TEXTS, "", ""),
        (("a",), Base.TEXTS, "", "a"),
        (("a", "b", "c"), Base.TEXTS, "", "a, b and c"),
    ],
)
def test_a_value_in_words(value: Value, base: Base, form: str, words: str) -> None:
    assert STYLE.printed(value, base, form) == words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zoë 火 é", "Zoë 火 é"),
        ("a\r\nb\tc\u2028d", "a  b c d"),
        ("\u202ea\u2066b\u200bc\u200dd\ufeffe\x1bf\x7fg\ud800h", "abcdefgh"),
    ],
)
def test_characters_that_hide_or_turn_words_are_left_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("minor", "shown"),
    [
        (10**20, "1000000000000000000.00 USD"),
        (-5, "-0.05 USD"),
        (Fraction(1, 2), "0.01 USD"),
        (0, "0.00 USD"),
    ],
)
def test_an_amount_on_the_way_to_a_result_may_be_of_any_size(
    minor: int | Fraction, shown: str
) -> None:
    assert Style("USD", UTC).money(minor) == shown
