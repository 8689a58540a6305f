"""Situations for a perk have a fix beside it, for without one no perk is offered."""

from __future__ import annotations

from remedykit import Policy
from remedykit.authoring import boundary_situations, mutation_report
from remedykit.authoring.coverage.exercising import Exerciser
from remedykit.authoring.coverage.measuring import Meter
from remedykit.authoring.situations.situation import Situation

TEXT = """
policy: shop
version: "1"
currencies: [USD]
params: {most: {value: 7.00, unit: USD, why: x}}
define: {gift: 0.5 * incident.value_affected}
remedies:
  fix: {part: fix, title: Fix, gives: exchange, value: 3.00, say: Hello.}
  mending: {part: fix, title: Mending, gives: reperform, value: 4.00, say: Hello.}
  coupon: {part: perk, title: Coupon, gives: money_later, value: 5.00, say: Hello.}
  gift: {part: perk, title: Gift, gives: exchange, value: gift, needs: {incident.usable: true},
    say: Hello.}
rules:
  - {id: gold, when: {customer.tier: gold}, offer: coupon}
  - {id: kind, when: {incident.kind: damaged}, offer: gift}
  - {id: late, when: {incident.kind: late_delivery, incident.days_late: 3..}, offer: fix}
  - {id: broken, when: {incident.kind: [damaged, defective]}, offer: mending}
limits:
  - {id: cap, of: gift, at_most: most, over: reduce, why: x}
"""
POLICY = Policy.from_text(TEXT)


def test_at_its_boundaries_a_perk_is_offered() -> None:
    for each in boundary_situations(POLICY).reached:
        offered = {remedy.kind for remedy in each.situation.decide(POLICY).remedies}
        if each.clause == "rule:gold":
            assert ("coupon" in offered) is (each.truth is True), each.name
        if each.clause in {"needs:gift", "rule:kind"}:
            assert ("gift" in offered) is (each.truth is True), each.name
        if each.clause == "limit:cap":
            assert "gift" in offered, each.name


def test_changes_of_a_perk_and_of_what_offers_it_are_noticed() -> None:
    report = mutation_report(POLICY, ())
    perks = {"rule:gold", "rule:kind", "value:coupon", "needs:gift", "param:most", "define:gift"}
    changed = {each.mutant.clause for each in report.noticeable}
    assert perks - changed == set()
    assert [each for each in report.equivalent if each.mutant.clause in perks] == []


def test_facts_that_would_exercise_a_perk_are_found() -> None:
    meter = Meter.of(POLICY)
    missing = Exerciser.of(meter).missing(meter.coverage(0, 0))
    unreached = [each.target.name for each in missing if not isinstance(each.facts, Situation)]
    assert unreached == []


WITHOUT_FIX = "\n".join(
    line for line in TEXT.splitlines() if "id: late," not in line and "id: broken," not in line
)


def test_a_perk_to_which_there_is_a_right_is_looked_at_alone() -> None:
    policy = Policy.from_text(WITHOUT_FIX.replace("when: {customer.tier: gold}, offer", "entitle"))
    meter = Meter.of(policy)
    missing = Exerciser.of(meter).missing(meter.coverage(0, 0))
    facts = {each.target.name: each.facts for each in missing}
    assert isinstance(facts["remedy coupon is never offered"], Situation)


def test_where_no_rule_offers_a_fix_situations_for_a_perk_have_none() -> None:
    policy = Policy.from_text(WITHOUT_FIX)
    names = [each.name for each in boundary_situations(policy).reached]
    assert "rule:gold customer.tier is gold" in names
