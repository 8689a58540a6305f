"""How much of a decision's ranking holds under other numbers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from remedykit import Decision, InputError, Policy
from remedykit.authoring import PlannedFixes, Stability, stability

SHOP = """
policy: shop
version: "1"
currencies: [USD]
remedies:
  sorry: {part: apology, title: Sorry, gives: psychological, apology: {empathy: true}, say: Sorry.}
  reship:
    part: fix
    title: Send again
    gives: exchange
    restores: true
    group: whole
    value: incident.value_affected
    cost: 30.00
    resolved_in_days: 3
    effort_0_to_5: 0
    say: We send it again.
  slow:
    part: fix
    title: Send again slowly
    gives: exchange
    restores: true
    group: whole
    value: incident.value_affected
    cost: 29.00
    resolved_in_days: 6
    effort_0_to_5: 0
    say: We send it again.
  credit:
    part: fix
    title: Store credit
    gives: money_later
    group: whole
    value: incident.value_affected
    cost: incident.value_affected
    resolved_in_days: 6
    effort_0_to_5: 3
    say: Have a credit.
rules:
  - id: lost
    when: {incident.kind: lost_package}
    offer: [sorry, reship, slow, credit]
"""


@pytest.fixture
def policy() -> Policy:
    return Policy.from_text(SHOP)


@pytest.fixture
def decision(policy: Policy) -> Decision:
    return _decided(policy)


def _decided(policy: Policy, kind: str = "lost_package") -> Decision:
    line = {"id": "1", "title": "Lamp", "price": "60.00"}
    order = {"id": "A-1", "currency": "USD", "lines": [line]}
    incident = {"kind": kind, "order": order, "affected": ["1"]}
    return policy.decide(incident, {"id": "C-1", "predicted_ltv": "100.00"})


@pytest.fixture
def found(policy: Policy, decision: Decision) -> Stability:
    return stability(policy, decision, seed=7, draws=200)


def test_it_says_how_often_each_fix_had_which_place(found: Stability) -> None:
    times = {places.kind: places.times for places in found.fixes}
    assert list(times) == ["reship", "slow", "credit"]
    assert [sum(column) for column in zip(*times.values(), strict=True)] == [200, 200, 200]
    assert times["credit"] == (0, 0, 200)
    # a day against a dollar: no finding settles that
    assert 0 < times["slow"][0] < times["reship"][0] < 200


def test_it_names_the_pairs_that_never_changed_places(found: Stability) -> None:
    assert found.always == (("reship", "credit"), ("slow", "credit"))


def test_it_counts_the_fixes_of_each_plan(found: Stability) -> None:
    assert [plan.kinds for plan in found.plans] == [("reship",), ("slow",)]
    assert sum(plan.times for plan in found.plans) == 200


def test_the_share_of_first_places_is_exact(found: Stability) -> None:
    first = found.fixes[0].times[0]
    assert found.share_first("reship") == Fraction(first, 200)
    assert found.share_first("credit") == 0
    assert found.share_first("sorry") == 0


def test_a_seed_repeats_the_result(policy: Policy, decision: Decision, found: Stability) -> None:
    assert stability(policy, decision, seed=7, draws=200) == found
    assert stability(policy, decision, seed=8, draws=200) != replace(found, seed=8)


TOP_UP = """
  top_up:
    part: fix
    title: Some money
    gives: money_now
    value: 6.00
    cost: 12.00
    resolved_in_days: 0
    effort_0_to_5: 0
    say: And some money.
rules:"""


def test_a_fix_that_some_draws_do_not_list_comes_after_those_they_do() -> None:
    shop = SHOP.replace("29.00", "58.00")  # so that the slow one is always behind
    policy = Policy.from_text(shop.replace("\nrules:", TOP_UP).replace("credit]", "top_up]"))
    decision = _decided(policy)
    assert decision.plan.remedies == ("reship", "top_up", "sorry")
    found = stability(policy, decision, seed=7, draws=50)
    times = {places.kind: places.times for places in found.fixes}
    assert 0 < sum(times["top_up"]) < 50
    assert found.always == (("reship", "top_up"), ("reship", "slow"))


def test_a_decision_without_fixes_has_nothing_to_say(policy: Policy) -> None:
    found = stability(policy, _decided(policy, "damaged"), seed=1, draws=3)
    assert (found.fixes, found.always) == ((), ())
    assert found.plans == (PlannedFixes((), 3),)


def test_no_draws_are_refused(policy: Policy, decision: Decision) -> None:
    with pytest.raises(ValueError, match="draws=0 is less than 1"):
        stability(policy, decision, seed=1, draws=0)


def test_another_policys_decision_is_refused(decision: Decision) -> None:
    other = Policy.from_text(SHOP.replace("30.00", "31.00"))
    with pytest.raises(InputError, match="digest"):
        stability(other, decision, seed=1)
