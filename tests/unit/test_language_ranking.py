"""The `ranking` section changes what it says and leaves the rest."""

from fractions import Fraction

import pytest

from remedykit.language.ranking_defaults import default_ranking
from remedykit.language.syntax import Constant, ParamRead, Ranking
from support.loading import loaded

DEFINES = """
params: {trip: {value: 8, unit: money}}
define:
  lost: order.total - order.refunded
  danger: {first: [{when: {customer.risk_flag: true}, value: 900}], else: 100}
  earned: {customer.tenure_years: 3..}
"""


def ranking(text: str) -> Ranking:
    return loaded(f"{DEFINES}ranking: {text}\n").ranking


@pytest.mark.parametrize("objective", ["resolve", "retain"])
def test_an_objective_brings_its_numbers(objective: str) -> None:
    expected = default_ranking("resolve" if objective == "resolve" else "retain")

    assert ranking(f"{{objective: {objective}}}") == expected


def test_without_a_section_the_incident_is_to_be_resolved() -> None:
    assert loaded("").ranking == default_ranking("resolve")


def test_a_weight_that_is_said_replaces_its_default() -> None:
    weights = ranking("{weights: {cost: 10, risk: 0}}").weights

    assert (weights.cost, weights.risk) == (10, 0)
    assert weights.procedural == default_ranking("resolve").weights.procedural


def test_a_cell_of_the_table_replaces_its_default() -> None:
    table = {lost: dict(row) for lost, row in ranking("{match: {goods: {exchange: 7}}}").match}
    default = {lost: dict(row) for lost, row in default_ranking("resolve").match}

    assert table["goods"]["exchange"] == 7
    default["goods"]["exchange"] = 7
    assert table == default


@pytest.mark.parametrize("name", ["reject", "accept", "speed", "effort"])
def test_a_curve_replaces_its_default(name: str) -> None:
    points = getattr(ranking(f"{{{name}: {{0: 1000, 0.5: 500, 10000: 0}}}}"), name)

    assert points == ((Fraction(0), 1000), (Fraction(1, 2), 500), (Fraction(10000), 0))


def test_defines_are_named() -> None:
    read = ranking("{loss: lost, risk: danger, perk_when: earned, desired_first: true}")

    assert (read.loss, read.risk, read.perk_when, read.desired_first) == (
        "lost",
        "danger",
        "earned",
        True,
    )


@pytest.mark.parametrize(
    "name", ["trip_cost", "small_loss", "assumed_order_total", "assumed_lifetime_value"]
)
def test_an_amount_is_a_constant_or_a_param(name: str) -> None:
    literal = getattr(ranking(f"{{{name}: 8.50}}"), name)
    assert isinstance(literal, Constant)
    assert literal.value == 850
    assert isinstance(getattr(ranking(f"{{{name}: trip}}"), name), ParamRead)
