"""A policy names every fact that its decisions can depend on."""

from collections.abc import Iterator
from typing import Any

import pytest

from remedykit import Policy
from remedykit.facts.values import Facts
from remedykit.language.types import Value
from support.tiny_policy import POLICY, TEXT, customer, incident


class Noticing(dict[str, Value | None]):
    """Facts that notice which of them is read."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts.values)
        self.noticed: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.noticed.add(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> Value | None:
        self.noticed.add(key)
        return super().__getitem__(key)

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("nothing may depend on which other facts there are")


@pytest.mark.parametrize("policy", [POLICY, Policy.shipped("nurture")], ids=lambda each: each.name)
def test_no_other_fact_is_read_while_deciding(policy: Policy) -> None:
    facts = policy.facts_of(policy.decide(incident(), customer()))
    noticing = Noticing(facts)
    policy.decider.decide(Facts(noticing, "USD"))
    assert noticing.noticed <= set(policy.reads)
    assert "incident.kind" in noticing.noticed


def test_facts_of_rules_texts_limits_and_defines_are_among_them() -> None:
    named = {
        "customer.nickname",
        "customer.tenure_years",
        "customer.tier",
        "incident.cost_affected",
        "incident.packaging_kept",
        "order.channel",
        "order.label_created_at",
        "order.total",
    }
    assert named <= set(POLICY.reads)
    assert list(POLICY.reads) == sorted(POLICY.reads)


def test_facts_that_nothing_reads_are_not() -> None:
    assert not {"customer.id", "customer.name", "incident.trips_x"} & set(POLICY.reads)
    assert (
        "customer.tenure_years"
        not in Policy.from_text(
            TEXT.replace("{customer.tenure_years: 3.., customer", "{customer")
        ).reads
    )


def test_a_fact_that_only_an_override_a_due_time_or_the_ranking_reads_is_among_them() -> None:
    text = (
        TEXT.replace(
            "offer: credit}",
            "offer: {credit: {value: 0.1 * customer.goodwill_12m, due: incident.needed_by}}}",
        )
        .replace("rules:\n", "ranking: {risk: danger}\nrules:\n")
        .replace("define:\n", "define:\n  danger: 10 * incident.recurrence\n")
    )
    reads = Policy.from_text(text).reads
    assert {"customer.goodwill_12m", "incident.needed_by", "incident.recurrence"} <= set(reads)


def test_facts_from_which_others_are_derived_are_among_them() -> None:
    assert {"incident.promised_by", "incident.delivered_at", "order.first_scan_at"} <= {
        *POLICY.reads
    }
