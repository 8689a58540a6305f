"""Expressions: what is one fault is told once, and what Python cannot bear is refused."""

import ast
import json
from unittest import mock

import pytest

from remedykit.language.syntax import Arithmetic, Constant, Define
from remedykit.language.types import INT, TEXTS, Base, FactType, Schema
from support.loading import codes, found, loaded


def define(expression: str) -> Define:
    return loaded(f"define:\n  it: {expression}\n").defines[0]


@pytest.mark.parametrize("fault", [RecursionError, MemoryError])
def test_what_python_finds_nested_too_deep_is_too_large(fault: type[Exception]) -> None:
    with mock.patch.object(ast, "parse", side_effect=fault):
        assert codes("define:\n  it: order.total\n") == ["expression-too-large"]


@pytest.mark.parametrize("brackets", [32, 33, 300])
def test_brackets_may_be_nested_to_a_limit(brackets: int) -> None:
    expected = [] if brackets <= 32 else ["expression-too-large"]

    assert codes(f"define:\n  it: {'(' * brackets}order.total{')' * brackets}\n") == expected


@pytest.mark.parametrize("length", [2_000, 2_001])
def test_an_expression_may_be_long_to_a_limit(length: int) -> None:
    text = f"order.total + {'1' * 3}".ljust(length - 2) + "+1"

    assert codes(f"define:\n  it: {text}\n") == (
        [] if length <= 2_000 else ["expression-too-large"]
    )


@pytest.mark.parametrize(
    "expression",
    [
        "max(order.totl, 5)",
        "max(order.totl, order.total + 1)",
        "round_up(order.totl, 5)",
        "abs(order.totl)",
        "-order.totl",
        "order.totl + 5",
        "5 + order.totl",
        "order.totl > 5",
        "order.totl > 5 and customer.risk_flag",
        "not order.totl",
        "order.totl in ['a']",
        "order.country in [order.totl, 'b']",
        "at > order.totl + hours(3)",
        "at > order.placed_at + hours(order.totl)",
        "known(order.totl)",
        "1 < order.totl < 5",
    ],
)
def test_a_name_that_does_not_exist_is_told_once_wherever_it_stands(expression: str) -> None:
    (item,) = found(f"define:\n  it: {expression}\n")

    assert (item.code, item.underlined) == ("unknown-fact", "order.totl")


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("min(order.total, 'much')", "wrong-type"),
        ("round_up(order.total, 'much')", "wrong-type"),
        ("1 < order.total < 'much'", "wrong-type"),
        ("order.total + 5.001", "money-decimals"),
        ("max(1,000, order.total) = 5", "expression-syntax"),
        ("max(50, order.total) %", "expression-syntax"),
        ("order.country == 'a, b: # % = ('", ""),
        ('order.country == "it\'s"', ""),
    ],
)
def test_what_stands_elsewhere_does_not_mislead(expression: str, code: str) -> None:
    assert codes(f"define:\n  it: {json.dumps(expression)}\n") == ([code] if code else [])


@pytest.mark.parametrize("key", ["value", "cost", "due"])
def test_a_term_with_a_fault_is_told_once(key: str) -> None:
    kind = f"{{part: fix, gives: exchange, say: Here., value: 5, {key}: order.totl}}"

    told = codes(f"remedies:\n  it: {kind.replace('value: 5, value', 'value')}\n")

    assert told == ["unknown-fact"]


def test_a_step_that_is_a_param_of_each_currency_is_a_constant() -> None:
    params = "params: {step: {value: {USD: 5.00}}}\n"
    body = loaded(f"{params}define: {{it: 'round_up(order.total, step)'}}\n").defines[0].body

    assert not isinstance(body, Constant)
    assert codes(f"{params.replace('5.00', '0.00')}define: {{it: 'round_up(order.total, step)'}}\n")


def test_a_range_with_an_end_in_each_currency_is_not_compared_when_it_is_loaded() -> None:
    params = "params: {low: {value: {USD: 5.00}}}\n"

    assert codes(f"{params}define: {{it: {{order.total: low..1.00}}}}\n") == []


def test_constants_are_folded() -> None:
    body = define("2 * 3 + 1 / 4").body

    assert isinstance(body, Constant)
    assert str(body.value) == "25/4"


def test_the_place_of_an_operation_is_all_of_it() -> None:
    body = define("order.total + order.paid").body

    assert isinstance(body, Arithmetic)
    assert (body.place.column, body.place.end_column) == (7, 31)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (INT, "int"),
        (TEXTS, "list of texts"),
        (FactType(Base.TEXT, ("a", "b")), "a, b"),
        (FactType(Base.TEXTS, ("a", "b")), "any of a, b"),
    ],
)
def test_a_type_is_told_in_words(kind: FactType, words: str) -> None:
    assert str(kind) == words


def test_a_schema_is_extended_in_order() -> None:
    schema = loaded("").schema
    declaration = schema.declarations[0]

    assert Schema(()).extended((declaration,)).names == (declaration.name,)
    assert schema.find("nothing.at_all") is None
