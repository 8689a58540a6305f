"""What mutants decide together: once for all that come to the same on the same facts."""

from __future__ import annotations

from remedykit import Policy
from remedykit.authoring.mutation.mutants import ChosenMutants
from remedykit.authoring.mutation.samples import Mutated, Sample

_POLICY = """
policy: parcels
version: "1"
currencies: [USD]
define:
  late: incident.days_late >= 3
remedies:
  credit: {part: fix, title: Credit, gives: money_now, value: 5.00, say: Here is a credit.}
rules:
  - id: r
    when: {incident.days_late: 3.., customer.tier: gold}
    offer: credit
  - {id: s, when: {late: true}, todo: [call]}
"""


def _mutated(policy: Policy, clause: str, change: str) -> Mutated:
    mutants = ChosenMutants(policy).mutants()
    found = [each for each in mutants if each.clause == clause and change in each.change]
    assert len(found) == 1, [each.change for each in mutants]
    return Mutated(policy, found[0])


def _sample(policy: Policy, customer: dict[str, object], **fields: object) -> Sample:
    order = {"id": "1", "currency": "USD", "paid": "40.00"}
    incident = {"kind": "late_delivery", "order": order, **fields}
    return Sample(policy, lambda read: read.reader.facts(incident, customer))


def test_mutants_whose_conditions_come_to_the_same_share_one_decision() -> None:
    policy = Policy.from_text(_POLICY)
    sample = _sample(policy, {"tier": "gold"}, days_late=3)
    later = _mutated(policy, "rule:r", "-> incident.days_late: 4..").decide(sample)
    turned = _mutated(policy, "rule:r", "-> incident.days_late: {not: 3..}").decide(sample)
    assert not later.remedies
    assert later is turned


def test_mutants_of_a_define_share_a_decision_where_only_conditions_read_it() -> None:
    policy = Policy.from_text(_POLICY)
    sample = _sample(policy, {"tier": "gold"}, days_late=3)
    later = _mutated(policy, "define:late", ">= 4").decide(sample)
    above = _mutated(policy, "define:late", "days_late > 3").decide(sample)
    assert not later.todo
    assert later is above


def test_mutants_that_other_facts_leave_unknown_decide_apart() -> None:
    policy = Policy.from_text(
        _POLICY.replace("  - {id: s, when: {late: true}, todo: [call]}\n", "")
    )
    sample = _sample(policy, {})
    without_days = _mutated(policy, "rule:r", "without incident.days_late").decide(sample)
    without_tier = _mutated(policy, "rule:r", "without customer.tier").decide(sample)
    assert sample.matches.truth(0) is None
    assert "customer.tier" not in without_tier.open_facts
    assert "customer.tier" in without_days.open_facts
    assert "incident.days_late" not in without_days.open_facts
