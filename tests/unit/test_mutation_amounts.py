"""Mutation testing of amounts that turn: a change may show on one side of the turn only."""

from __future__ import annotations

import pytest

from remedykit import Policy
from remedykit.authoring import MutationReport, mutation_report

TEXT = """
policy: shop
version: "1"
currencies: [USD]
params:
  each: {{value: 3.00, unit: USD, why: x}}
  share: {{value: 10%, type: number, why: x}}
  most: {{value: 7.00, unit: USD, why: x}}
define:
  part: share * order.paid
  some: min(part, most)
remedies:
  credit: {{part: fix, title: Credit, gives: {gives}, value: "{value}", say: x}}
rules:
  - {{id: late, when: {{incident.days_late: 1..}}, offer: credit}}
limits:
  - {{id: cap, of: credit, at_most: "{at_most}", over: reduce, why: x}}
"""


def report(value: str, gives: str = "exchange", at_most: str = "1000.00") -> MutationReport:
    return mutation_report(
        Policy.from_text(TEXT.format(value=value, gives=gives, at_most=at_most)), ()
    )


def equivalent(found: MutationReport, clause: str) -> list[tuple[str, int]]:
    return [
        (each.mutant.change, each.tried)
        for each in found.equivalent
        if each.mutant.clause.startswith(clause)
    ]


@pytest.mark.parametrize("gives", ["exchange", "money_now"])
@pytest.mark.parametrize(
    "value",
    [
        "min(0.10 * order.paid, 7.00)",
        "max(0.10 * order.paid, 7.00)",
        "min(incident.value_affected * 0.5, 7.00)",
        "min(each * incident.days_late, 27.00)",
        "abs(order.paid - 80.00)",
        "round_up(order.paid * 0.10, 5)",
        "order.paid * 0.10",
    ],
)
def test_a_changed_part_of_an_amount_is_noticed_on_its_side_of_the_turn(
    gives: str, value: str
) -> None:
    assert equivalent(report(value, gives), "value:") == []


def test_a_changed_param_is_noticed_where_an_amount_reads_it_through_defines() -> None:
    found = report("some")
    assert equivalent(found, "param:share") == []
    assert equivalent(found, "param:most") == []


def test_a_changed_amount_is_noticed_below_the_limit_on_it() -> None:
    assert equivalent(report("0.5 * order.paid", at_most="3.00"), "value:") == []


def test_a_changed_limit_is_noticed_on_its_side_of_its_own_turn() -> None:
    assert equivalent(report("order.paid", at_most="min(0.10 * order.paid, 7.00)"), "limit:") == []


def test_a_changed_param_is_noticed_where_no_test_turns() -> None:
    text = TEXT.format(value="each * customer.coupons * 2", gives="exchange", at_most="1000.00")
    facts = "facts: {customer.coupons: {type: int, at_least: 0, at_most: 5, means: x}}\nparams:"
    always = text.replace("params:", facts).replace("when: {incident.days_late: 1..}, ", "")
    assert equivalent(mutation_report(Policy.from_text(always), ()), "param:each") == []


def test_an_amount_of_which_one_side_is_never_reached_looks_equivalent() -> None:
    found = report("min(each * incident.days_late, 2.00)")
    assert [change for change, _ in equivalent(found, "param:each")] == [
        "3.00 -> 2.99",
        "3.00 -> 3.01",
    ]
