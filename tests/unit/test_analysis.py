"""Findings about a policy as a whole: what counts for them, and what they show."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from remedykit import Policy
from remedykit.authoring import findings
from remedykit.authoring.analysis.conditions import DEFINITELY
from remedykit.authoring.analysis.material import Material
from remedykit.authoring.analysis.report import Report
from remedykit.authoring.analysis.witnesses import RefutedError, Witnesses
from remedykit.diagnostics import Diagnostic
from support.command_line import run

HEAD = 'policy: shop\nversion: "1"\ncurrencies: [USD]\n'
PAY = "  pay: {part: fix, title: Pay, gives: money_now, value: 5.00, cost: 5.00, say: We pay.}\n"


def found(text: str) -> tuple[Diagnostic, ...]:
    return findings(Policy.from_text(text))


def codes(text: str) -> list[str]:
    return [each.code for each in found(text)]


@pytest.mark.parametrize("name", ["nurture", "transactional"])
def test_the_shipped_policies_have_no_findings(name: str) -> None:
    assert findings(Policy.shipped(name)) == ()


def test_two_rules_may_forbid_an_offer_together() -> None:
    offer = "  - {id: pay, when: {customer.tier: {known: true}}, offer: pay}\n"
    gold = "  - {id: gold, when: {customer.tier: gold}, forbid: pay}\n"
    rest = "  - {id: rest, when: {customer.tier: {not: gold}}, forbid: pay}\n"
    policy = f"{HEAD}remedies:\n{PAY}rules:\n{offer}{gold}"
    assert codes(policy) == []
    (first, second) = found(policy + rest)
    assert (first.code, second.code) == ("never-offered", "always-forbidden")
    assert "`gold` or `rest` forbids it" in second.message


def test_an_entitlement_is_never_forbidden() -> None:
    right = "  - {id: pay, entitle: pay}\n"
    assert codes(f"{HEAD}remedies:\n{PAY}rules:\n{right}  - {{id: no, forbid: any}}\n") == []


def test_a_rule_that_forbids_only_what_was_refused_forbids_not_always() -> None:
    rules = "  - {id: pay, offer: pay}\n  - {id: no, when: {remedy.refused: true}, forbid: pay}\n"
    assert codes(f"{HEAD}remedies:\n{PAY}rules:\n{rules}") == []


def test_what_an_expression_over_several_facts_comes_out_as_is_not_guessed() -> None:
    rules = (
        "  - {id: one, where: order.total > order.shipping_paid, todo: [call]}\n"
        "  - {id: two, where: order.shipping_paid < order.total, todo: [call]}\n"
        "  - id: never\n"
        "    where: [order.total > order.paid, order.paid > order.total]\n"
        "    todo: [write]\n"
    )
    assert codes(f"{HEAD}rules:\n{rules}") == []


def test_the_same_expression_is_the_same() -> None:
    rules = (
        "  - id: never\n"
        "    where: [order.total > order.paid, not (order.total > order.paid)]\n"
        "    todo: [write]\n"
    )
    assert codes(f"{HEAD}rules:\n{rules}") == ["never-fires"]


def test_a_param_with_one_value_a_currency_is_one_value_where_there_is_one_currency() -> None:
    rules = (
        "rules:\n  - {id: odd, when: {order.total: fee..}, unless: {order.total: 4.00..}, "
        "todo: [call]}\n"
    )
    one = "params: {fee: {value: {USD: 5.00}, why: house rule}}\n"
    assert codes(f"{HEAD}{one}{rules}") == ["never-fires"]
    several = HEAD.replace("USD", "EUR, USD")
    two = "params:\n  fee: {value: {EUR: 5.00, USD: 5.00}, why: house rule}\n"
    two += "  low: {value: {EUR: 4.00, USD: 4.00}, why: house rule}\n"
    assert codes(f"{several}{two}{rules.replace('4.00..', 'low..')}") == []


def test_a_source_is_something_that_a_rule_does() -> None:
    broad = "  - {id: broad, when: {incident.days_late: 3..}, offer: pay}\n"
    narrow = "  - {id: narrow, when: {incident.days_late: 5..}, offer: pay, source: a law}\n"
    assert codes(f"{HEAD}remedies:\n{PAY}rules:\n{broad}{narrow}") == []


def test_terms_that_repeat_the_catalogue_are_no_other_terms() -> None:
    rules = "  - {id: one, offer: pay}\n  - {id: two, offer: {pay: {value: 5.00}}}\n"
    assert codes(f"{HEAD}remedies:\n{PAY}rules:\n{rules}") == ["duplicate-rule"]


def test_another_text_is_another_offer() -> None:
    rules = "  - {id: one, offer: pay}\n  - {id: two, offer: {pay: {say: Here you are.}}}\n"
    assert codes(f"{HEAD}remedies:\n{PAY}rules:\n{rules}") == []


def test_points_are_never_implied() -> None:
    rules = (
        "  - {id: one, offer: pay}\n"
        "  - {id: broad, adjust: {of: pay, points: 5}}\n"
        "  - {id: narrow, when: {customer.tier: gold}, adjust: {of: pay, points: 5}}\n"
    )
    assert codes(f"{HEAD}remedies:\n{PAY}rules:\n{rules}") == []


def test_limits_are_compared_too() -> None:
    limit = "{{id: {}, of: any, at_most: 9.00, over: reduce, why: house rule{}}}"
    limits = f"  - {limit.format('all', '')}\n"
    limits += f"  - {limit.format('gold', ', when: {customer.tier: gold}')}\n"
    policy = f"{HEAD}remedies:\n{PAY}rules:\n  - {{id: one, offer: pay}}\nlimits:\n{limits}"
    assert [each.message for each in found(policy)] == [
        "the limit `gold` adds nothing: whenever it acts, the limit `all` does all that it does"
    ]


def test_texts_rankings_and_measures_use_names() -> None:
    policy = """
policy: shop
version: "1"
currencies: [USD]
params:
  usual: {value: 3, unit: days, why: house rule}
  trip: {value: {USD: 5.00}, why: house rule}
  phone: {value: "555", type: text, why: house rule}
  share: {value: 0.5, why: house rule}
define:
  lost: share * order.total
remedies:
  pay:
    part: fix
    title: Pay
    gives: money_now
    value: 5.00
    resolved_in_days: usual
    say: We pay. Call {phone}.
rules:
  - {id: one, offer: pay}
ranking: {objective: resolve, trip_cost: trip, loss: lost}
"""
    assert codes(policy) == []


def test_what_a_policy_promises_is_checked_with_what_remedies_need() -> None:
    needy = PAY.replace("value:", "needs: {incident.kind: {not: damaged}}, value:")
    rules = "  - {id: pay, offer: pay}\n"
    (told,) = found(f"{HEAD}covers: [fix]\nremedies:\n{needy}rules:\n{rules}")
    assert told.code == "not-covered"
    assert told.message.endswith("for incidents of kind damaged")


def test_an_example_can_be_pasted_and_decided() -> None:
    policy = Policy.from_text(
        f"""{HEAD}
facts:
  order.tags: {{type: texts, means: marks}}
  order.colour: {{type: text, means: any text}}
  order.gift_by: {{type: date, means: a day}}
remedies:
{PAY}rules:
  - id: one
    when:
      order.tags: {{all: [gift, "no:"]}}
      order.colour: "true"
      order.gift_by: 2026-12-24..
      incident.cost_affected: 3.00..
      incident.hazardous: true
      case.deviation_level: 2..
      case.offers_refused: letter
    offer: {{pay: {{value: 6.00}}}}
  - {{id: two, when: {{incident.hazardous: true}}, offer: {{pay: {{value: 7.00}}}}}}
"""
    )
    (told,) = findings(policy)
    pasted = yaml.safe_load("\n".join(told.example))
    decision = policy.decide(at=pasted["at"], **pasted["given"])
    assert told.code == "implied-rule"
    assert [each.rules for each in decision.remedies] == [("one", "two")]


def test_what_a_situation_refutes_is_not_told() -> None:
    material = Material(Policy.from_text(f"{HEAD}rules:\n  - {{id: one, todo: [call]}}\n"))
    with pytest.raises(RefutedError):
        Witnesses(material).find(({},), (), lambda _: True, lambda *_: False)
    report = Report.about(material, {})
    assert report.example("one", ({},), (), lambda _: True, lambda *_: False) is None
    assert report.refuted == ["one"]


def test_a_condition_of_very_many_combinations_is_looked_at_as_a_whole() -> None:
    facts = ("incident.days_late", "incident.trips", "case.contacts", "customer.orders_12m")
    either = ", ".join(f"{{{name}: {number}}}" for name in facts for number in range(2))
    condition = f"any: [{either}]"
    rule = (
        f"  - id: wide\n    when: {{{condition}}}\n    unless: {{{condition}}}\n    todo: [call]\n"
    )
    material = Material(Policy.from_text(f"{HEAD}rules:\n{rule}"))
    (acting,) = material.acting
    assert len(material.reader.conjunctions(acting.clause.condition, DEFINITELY)) <= 64
    product = " and ".join(f"({name} == 0 or {name} == 1 or {name} == 2)" for name in facts)
    wide = f"  - {{id: wide, where: {product}, todo: [call]}}\n"
    material = Material(Policy.from_text(f"{HEAD}rules:\n{wide}"))
    (acting,) = material.acting
    assert len(acting.boxes) == 1


def test_a_param_that_only_a_pattern_names_is_used() -> None:
    declared = "params: {lately: {value: 7 days, type: duration, why: a week}}\n"
    fact = "facts: {case.often: {count: contact, within: lately, means: contacts in a week}}\n"

    unused = findings(Policy.from_text(f"{HEAD}{declared}"))
    assert [each.code for each in unused] == ["unused-name"]
    assert findings(Policy.from_text(f"{HEAD}{declared}{fact}")) == ()


def test_findings_about_other_files_are_left_out_where_files_are_named() -> None:
    policy = Policy.from_text(f"{HEAD}params: {{p: {{value: 3, why: house rule}}}}\n")
    assert [each.code for each in findings(policy)] == ["unused-name"]
    assert findings(policy, {"other.yaml": ()}) == ()


def test_the_command_prints_findings_with_their_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop").mkdir()
    rules = (
        "  - {id: one, todo: [call]}\n  - {id: two, when: {customer.tier: gold}, todo: [call]}\n"
    )
    (tmp_path / "shop" / "policy.yaml").write_text(f"{HEAD}rules:\n{rules}", encoding="utf-8")
    ran = run("check", "shop")
    assert ran.code == 0
    assert "shop/policy.yaml:6:10: warning[implied-rule]" in ran.out
    assert "= example:\n" in ran.out
    assert "1 warning\n" in ran.out
