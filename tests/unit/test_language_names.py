"""Names that may be chosen, and suggestions for those that are misspelt."""

import pytest

from remedykit.language.names import (
    closest,
    did_you_mean,
    is_dotted,
    is_identifier,
    listed,
    use_one_of,
)


@pytest.mark.parametrize("name", ["late", "Late2", "lost_after", "x" * 80])
def test_a_word_of_letters_digits_and_underlines_is_a_name(name: str) -> None:
    assert is_identifier(name)


@pytest.mark.parametrize(
    "name", ["", "2nd", "_x", "lost-after", "a b", "é", "x" * 81, "if", "None", "a.b", "a\n"]
)
def test_everything_else_is_none(name: str) -> None:
    assert not is_identifier(name)


@pytest.mark.parametrize(
    ("name", "fits"),
    [("late", True), ("late.refund", True), ("late.", False), ("a..b", False), ("a.if", False)],
)
def test_a_dotted_name_has_a_name_before_and_behind_each_dot(name: str, fits: bool) -> None:
    assert is_dotted(name) is fits


@pytest.mark.parametrize(
    ("word", "option"),
    [
        ("GOLD", "gold"),
        ("order.days_late", "incident.days_late"),
        ("days_late", "incident.days_late"),
        ("platnum", "platinum"),
        ("silver", None),
        ("", None),
        ("gold" * 30, None),
    ],
)
def test_the_closest_option_is_suggested(word: str, option: str | None) -> None:
    assert closest(word, ["gold", "platinum", "incident.days_late"]) == option


def test_without_a_close_option_the_help_is_another() -> None:
    assert did_you_mean("gold", ["red"], "use red") == "use red"


def test_long_lists_are_cut() -> None:
    assert listed("abc", most=2) == "a, b and 1 more"


def test_where_nothing_can_stand_the_help_says_so() -> None:
    assert use_one_of([]) == "nothing is declared that could stand here"
    assert use_one_of(["a", "b"]) == "use one of a, b"
