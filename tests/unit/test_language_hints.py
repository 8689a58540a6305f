"""Hints lead from what authors know of other languages to what stands here."""

import pytest

from remedykit.language.hints import (
    beside,
    for_amount,
    for_bad_name,
    for_expression,
    for_key,
    for_list,
    for_name,
    for_test,
    odd_blank,
    plain_number,
    true_or_false,
)
from remedykit.language.names import is_dotted, is_identifier
from remedykit.language.types import BOOL, MONEY, NUMBER, TEXT, TIME, Base, FactType
from support.loading import codes, found, loaded


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,000", "1000"),
        ("1,000,000", "1000000"),
        ("1,000.50", "1000.50"),
        ("25,00", "25.00"),
        ("25,5", "25.5"),
        ("1.000,50", "1000.50"),
        ("25", "25"),
    ],
)
def test_a_number_with_the_separators_of_a_country_is_written_plainly(
    text: str, number: str
) -> None:
    assert plain_number(text) == number


@pytest.mark.parametrize("text", ["$25", "25 $", "25€", "USD 25", "25 USD", "£ 25"])
def test_an_amount_loses_its_currency(text: str) -> None:
    assert for_amount(text).startswith("write 25; ")


@pytest.mark.parametrize("text", ["25", "25 usd", "25 USDT", "x25 USD", "USD", "25 XYZ"])
def test_what_names_no_currency_is_no_amount_with_one(text: str) -> None:
    assert for_amount(text) == ""


@pytest.mark.parametrize(
    ("text", "subject", "meant"),
    [
        ("3-5", NUMBER, "a range is written `3..5`"),
        ("3-5", TIME, ""),
        ("-3", NUMBER, ""),
        ("lost_after - 3", NUMBER, ""),
        ("low to high", MONEY, "a range is written `low..high`"),
        ("25 <.. 50", MONEY, "a range is written `25<..50`"),
        ("25..< 50", MONEY, "a range is written `25..<50`"),
        ("not_before", TIME, ""),
        ("not true", BOOL, "write {not: true}"),
        ("true", NUMBER, "write a number or a range such as `1..`"),
        ("no", TIME, "write a time or a range"),
        ("null", NUMBER, "to ask whether the fact is unknown write {known: false}"),
        (
            "none",
            FactType(Base.TEXT, ("nobody", "shop")),
            "did you mean `nobody`? to ask whether the fact is unknown write {known: false}",
        ),
        ("a|b|c", TEXT, "write [a, b, c]"),
        ("a,", TEXT, ""),
        ("nothing", TEXT, ""),
        ("x, " * 100, TEXT, ""),
    ],
)
def test_a_test_of_another_language_is_known_by_its_form(
    text: str, subject: FactType, meant: str
) -> None:
    assert for_test(text, subject) == meant


@pytest.mark.parametrize(
    "test", ["3..5", "..5", "3<..<5", "-3..-1", "-3", "3", "25%", "a..b", "none"]
)
def test_a_test_as_rules_write_it_needs_no_hint(test: str) -> None:
    subject = FactType(Base.NUMBER)
    assert (for_test(test, subject) == "") is (test != "none")


def test_a_param_may_have_a_name_that_means_nothing_elsewhere() -> None:
    text = "params: {none: {value: 3}}\ndefine: {late: {incident.days_late: none..}}\n"

    assert loaded(text).defines[0].name == "late"
    assert codes(text.replace("none..", "none")) == []


@pytest.mark.parametrize("value", ["unknown", "none", "a|b", "not a"])
def test_a_value_of_a_fact_may_look_like_another_language(value: str) -> None:
    facts = f'facts: {{order.x: {{values: ["{value}", other], means: a word}}}}\n'

    assert codes(f'{facts}define: {{d: {{order.x: "{value}"}}}}\n') == []


def test_a_list_of_whole_numbers_needs_no_blanks() -> None:
    assert codes("define: {late: {incident.days_late: [1,200,[3,4]]}}\n") == []


@pytest.mark.parametrize(
    ("text", "word"), [("Yes", "true"), ("on", "true"), ("NO", "false"), ("?", "true or false")]
)
def test_a_yes_or_no_is_true_or_false(text: str, word: str) -> None:
    assert true_or_false(text) == f"write {word}"


def test_a_blank_that_is_not_of_the_keyboard_is_named() -> None:
    assert odd_blank("a b\u2009c") == "U+2009 (thin space)"
    assert odd_blank("a b\tc") == ""


def test_words_are_listed_only_where_there_are_several() -> None:
    assert for_list("a|b, c") == "write [a, b, c]"
    assert for_list("a") == ""


@pytest.mark.parametrize(
    ("literal", "other", "words"),
    [
        (Base.TEXT, Base.MONEY, "remove the quotes"),
        (Base.NUMBER, Base.DURATION, "put quotes"),
        (Base.TEXT, Base.BOOL, "compare and combine"),
        (Base.NUMBER, Base.TEXT, "compare and combine"),
    ],
)
def test_a_literal_beside_another_type_lost_or_got_quotes(
    literal: Base, other: Base, words: str
) -> None:
    assert beside(literal, other).startswith(words)


@pytest.mark.parametrize(
    ("name", "help_"),
    [
        ("lost-after", "write `lost_after`"),
        ("late.x y", "write `late.x_y`"),
        ("2nd", "otherwise"),
        ("-", "otherwise"),
    ],
)
def test_a_bad_name_is_mended_where_that_is_enough(name: str, help_: str) -> None:
    assert for_bad_name(name, is_dotted, "otherwise") == help_


def test_a_dotted_name_is_not_suggested_where_one_word_is_wanted() -> None:
    assert for_bad_name("a.b-c", is_identifier, "otherwise") == "otherwise"


def test_a_synonym_is_suggested_only_where_its_key_may_stand() -> None:
    assert for_key("max", ("at_most", "of"), "none") == "did you mean `at_most`?"
    assert for_key("max", ("of", "points"), "none") == "none"
    assert for_key("order.total", ("of", "points"), "none") == "none"


def test_an_ordinary_misspelling_has_no_hint() -> None:
    assert for_name("lost_aftre") == ""


@pytest.mark.parametrize("text", ["x == 'a AND b' and", "x == '25 USD' +", "order.AND. +"])
def test_what_stands_in_quotes_or_in_a_name_is_no_operator(text: str) -> None:
    assert for_expression(text) is None


def test_a_wider_word_with_a_refused_name_in_it_is_still_checked() -> None:
    text = "params: {a-b: {value: 5}}\ndefine: {d: incident.days_lte > 5, e: xa-b > 1}\n"

    assert [item.code for item in found(text)][:2] == ["bad-name", "unknown-fact"]
