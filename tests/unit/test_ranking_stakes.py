"""What is at stake: the loss, the value at risk, what was lost, and how long ago."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from remedykit.engine.reference import ReferenceEvaluation
from remedykit.language.ranking_defaults import default_ranking
from remedykit.language.syntax import Ranking
from remedykit.language.types import INT, MONEY, NUMBER, FactType, Value
from remedykit.model.words import PARTS
from remedykit.ranking.stakes import Stakes, stakes_of
from remedykit.ranking.tables import RankingTables
from support.ranking_builders import NOON, amount, define, facts, policy

NUMBERS = default_ranking("resolve")


def stakes(
    known: dict[str, Value | None] | None = None,
    ranking: Ranking = NUMBERS,
    **defines: tuple[str, FactType],
) -> Stakes:
    named = [define(name, fact, kind) for name, (fact, kind) in defines.items()]
    checked, given = policy(ranking, defines=named), facts(known or {})
    return stakes_of(RankingTables.of(checked), ReferenceEvaluation(checked, given))


def said(found: Stakes) -> list[str]:
    return [assumption.text for assumption in found.assumptions]


def test_with_every_fact_known_nothing_is_assumed() -> None:
    assert stakes().assumptions == ()
    assert stakes().open_facts == ()


# --- the loss ---


def test_the_loss_is_impaired_value_and_expense_and_trips() -> None:
    known: dict[str, Value | None] = {
        "incident.functional_impact": Fraction(1, 4),
        "incident.out_of_pocket": 250,
        "incident.trips": 3,
    }
    found = stakes(known, replace(NUMBERS, trip_cost=amount(800)))
    assert (found.loss, found.assumptions) == (1500 + 250 + 2400, ())


def test_an_impact_that_nobody_spoke_of_is_a_whole_one() -> None:
    found = stakes({"incident.functional_impact": None})
    assert (found.loss, found.assumptions) == (6000, ())
    assert found.open_facts == ("incident.functional_impact",)


def test_what_the_customer_repaired_himself_leaves_his_expense_as_the_loss() -> None:
    known: dict[str, Value | None] = {
        "incident.self_repaired": True,
        "incident.value_affected": None,
        "incident.out_of_pocket": 2500,
        "incident.trips": 5,
    }
    found = stakes(known, replace(NUMBERS, trip_cost=amount(800)))
    assert (found.loss, found.assumptions, found.open_facts) == (6500, (), ())


def test_without_a_trip_cost_trips_count_nothing_and_that_is_said() -> None:
    found = stakes({"incident.trips": 2})
    assert found.loss == 6000
    assert said(found) == ["trips count nothing: the policy has no `trip_cost`"]
    assert found.assumptions[0].parts == ("fix", "perk")


@pytest.mark.parametrize(
    "fact", ["incident.value_affected", "incident.out_of_pocket", "incident.trips"]
)
def test_a_loss_with_an_unknown_part_is_unknown(fact: str) -> None:
    found = stakes({fact: None}, replace(NUMBERS, small_loss=amount(700)))
    assert found.loss == 700
    assert said(found) == ["the loss is unknown; it counts as `small_loss`"]
    assert found.open_facts == (fact,)


def test_a_loss_of_nothing_is_replaced_by_the_small_loss() -> None:
    found = stakes({"incident.value_affected": 0}, replace(NUMBERS, small_loss=amount(700)))
    assert found.loss == 700
    assert said(found) == ["the loss is nothing; it counts as `small_loss`"]


@pytest.mark.parametrize("ranking", [NUMBERS, replace(NUMBERS, small_loss=amount(0))])
def test_without_a_small_loss_100_minor_units_stand_in(ranking: Ranking) -> None:
    found = stakes({"incident.value_affected": 0}, ranking)
    assert found.loss == 100
    assert said(found) == ["the loss is nothing; it counts as 100 minor units"]


def test_a_define_may_give_the_loss() -> None:
    ranking = replace(NUMBERS, loss="ours")
    found = stakes({"case.ours": Fraction(99, 2)}, ranking, ours=("case.ours", MONEY))
    assert (found.loss, found.assumptions) == (50, ())


def test_an_unknown_define_of_the_loss_opens_the_facts_that_it_reads() -> None:
    ranking = replace(NUMBERS, loss="ours", small_loss=amount(700))
    found = stakes({"case.ours": None}, ranking, ours=("case.ours", MONEY))
    assert (found.loss, found.open_facts) == (700, ("case.ours",))


def test_half_a_minor_unit_of_loss_rounds_up() -> None:
    known: dict[str, Value | None] = {
        "incident.value_affected": 101,
        "incident.functional_impact": Fraction(1, 2),
    }
    assert stakes(known).loss == 51


# --- what was lost ---


@pytest.mark.parametrize(
    ("kind", "lost", "mode"),
    [
        ("lost_package", "goods", "reject"),
        ("delivered_not_received", "goods", "reject"),
        ("late_delivery", "service", "accept"),
        ("missing_item", "goods", "reject"),
        ("missing_part", "goods", "accept"),
        ("wrong_item", "goods", "reject"),
        ("damaged", "goods", "reject"),
        ("defective", "goods", "reject"),
        ("not_as_described", "goods", "reject"),
        ("partial_delivery", "goods", "reject"),
        ("billing_error", "money", "reject"),
        ("refund_not_received", "money", "reject"),
        ("cancelled_by_merchant", "goods", "reject"),
        ("return_problem", "money", "reject"),
        ("failed_delivery_attempt", "service", "accept"),
        ("service_failure", "attention", "accept"),
        (None, "goods", "reject"),
    ],
)
def test_the_kind_tells_what_was_lost_and_whether_it_is_kept(
    kind: str | None, lost: str, mode: str
) -> None:
    found = stakes({"incident.kind": kind})
    assert (found.lost, found.mode) == (lost, mode)


def test_who_repaired_it_himself_lost_money_and_keeps_what_he_has() -> None:
    found = stakes({"incident.self_repaired": True, "incident.out_of_pocket": 2500})
    assert (found.lost, found.mode) == ("money", "accept")


# --- the value at risk ---


def test_order_and_future_are_at_risk() -> None:
    assert stakes().value_at_risk == 21000


def test_unknown_parts_of_the_value_at_risk_are_replaced_by_params() -> None:
    found = stakes(
        {"order.total": None, "customer.predicted_ltv": None},
        replace(NUMBERS, assumed_order_total=amount(5000), assumed_lifetime_value=amount(9000)),
    )
    assert found.value_at_risk == 14000
    assert said(found) == [
        "the order's total is unknown; `assumed_order_total` stands in for it",
        "what the customer will buy is unknown; `assumed_lifetime_value` stands in for it",
    ]
    assert [(one.parts, one.of_cost) for one in found.assumptions] == [(PARTS, True)] * 2
    assert found.open_facts == ("customer.predicted_ltv", "order.total")


def test_without_such_params_unknown_parts_count_nothing_and_the_loss_stands_in() -> None:
    found = stakes({"order.total": None, "customer.predicted_ltv": None})
    assert found.value_at_risk == 6000
    assert said(found) == [
        "the order's total is unknown and counted as nothing",
        "what the customer will buy is unknown and counted as nothing",
        "the value at risk is nothing; the loss stands in for it",
    ]


# --- time and risk ---


@pytest.mark.parametrize(
    ("hours", "days", "timely"),
    [(0, 0, True), (24, 1, True), (25, Fraction(25, 24), False), (96, 4, False), (-5, 0, True)],
)
def test_an_apology_within_a_day_of_the_discovery_is_timely(
    hours: int, days: Fraction | int, timely: bool
) -> None:
    found = stakes({"incident.discovered_at": NOON - timedelta(hours=hours)})
    assert (found.waited_days, found.timely) == (days, timely)


@pytest.mark.parametrize("fact", ["at", "incident.discovered_at"])
def test_an_unknown_wait_counts_as_none_and_no_apology_as_timely(fact: str) -> None:
    found = stakes({fact: None})
    assert found.waited_days == 0
    assert found.timely is False
    assert found.open_facts == (fact,)
    assert len(found.assumptions) == 1
    assert found.assumptions[0].text == (
        "how long ago it was discovered is unknown: no day counts as waited, "
        "and an apology not as timely"
    )
    assert found.assumptions[0].parts == ("apology", "explanation", "perk")


@pytest.mark.parametrize(
    ("value", "risk"), [(Fraction(501, 2), 250), (1000, 1000), (1001, 1000), (-1, 0), (0, 0)]
)
def test_a_define_gives_the_risk_within_its_bounds(value: Fraction | int, risk: int) -> None:
    found = stakes({"case.risk": value}, replace(NUMBERS, risk="ours"), ours=("case.risk", NUMBER))
    assert (found.risk, found.assumptions) == (risk, ())


def test_an_unknown_risk_counts_as_none_and_that_is_said() -> None:
    found = stakes({"case.risk": None}, replace(NUMBERS, risk="ours"), ours=("case.risk", INT))
    assert (found.risk, found.open_facts) == (0, ("case.risk",))
    assert said(found) == ["the risk is unknown and counted as none"]
    assert found.assumptions[0].parts == ("fix",)
