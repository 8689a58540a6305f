"""Conditions and amounts in the words of the rule language."""

import pytest

from remedykit import Policy
from remedykit.explain.wording import worded
from support.tiny_policy import TEXT


def condition(rule: str) -> str:
    policy = Policy.from_text(
        TEXT.replace("rules:\n", f"rules:\n  - {{id: it, {rule}, todo: [x]}}\n")
    )
    (found,) = (each for each in policy.checked.rules if each.id == "it")
    return worded(found.condition, "USD")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("when: {customer.tier: [gold, vip]}", "customer.tier: [gold, vip]"),
        ("when: {customer.tier: {not: gold}}", "customer.tier: {not: gold}"),
        ("when: {customer.tier: {known: false}}", "customer.tier: {known: false}"),
        ("when: {order.total: 25<..<500.5}", "order.total: 25.00<..<500.50"),
        ("when: {incident.days_late: ..2}", "incident.days_late: ..2"),
        ("when: {incident.functional_impact: 0.5}", "incident.functional_impact: 0.5"),
        ("when: {incident.evidence: {all: [a, b]}}", "incident.evidence: {all: [a, b]}"),
        ("when: {at: 2026-11-23T00:00:00Z..}", "at: 2026-11-23T00:00:00Z.."),
        (
            "when: {any: [{customer.tier: gold}, {loyal: true}]}",
            "customer.tier: gold or loyal: true",
        ),
        (
            "when: {customer.tier: gold}, unless: {loyal: true, customer.risk_flag: true}",
            "customer.tier: gold and not (loyal: true and customer.risk_flag: true)",
        ),
        ("where: customer.tier in ['gold', 'vip']", "customer.tier in ['gold', 'vip']"),
        ("where: customer.tier == 'gold'", "customer.tier == 'gold'"),
        ("where: known(customer.tier)", "known(customer.tier)"),
        (
            "where: order.total - 2.50 <= 0.5 * max(order.paid, 10.00)",
            "order.total - 2.50 <= 0.5 * max(order.paid, 10.00)",
        ),
        (
            "where: order.total - (order.paid - 2.50) / 2 > 0.00",
            "order.total - (order.paid - 2.50) / 2 > 0.00",
        ),
        (
            "where: order.total - (order.paid - 2.50) > -(order.paid + 1.00)",
            "order.total - (order.paid - 2.50) > -(order.paid + 1.00)",
        ),
        (
            "where: loyal and (customer.risk_flag or not (customer.tier == 'gold'))",
            "loyal and (customer.risk_flag or not customer.tier == 'gold')",
        ),
        ("where: abs(-customer.tenure_years) > 1", "abs(-customer.tenure_years) > 1"),
        (
            "where: round_up(order.total, 5.00) > 1",
            "round_up(order.total, 5.00) > 1.00",
        ),
        (
            "where: at >= incident.discovered_at + days(3)",
            "at >= incident.discovered_at + days(3)",
        ),
        (
            "where: at < incident.needed_by - hours(48)",
            "at < incident.needed_by - hours(48)",
        ),
    ],
)
def test_a_condition_reads_as_its_author_would_write_it(rule: str, words: str) -> None:
    quoted = rule.replace("where: ", 'where: "') + ('"' if "where: " in rule else "")
    assert condition(quoted) == words
