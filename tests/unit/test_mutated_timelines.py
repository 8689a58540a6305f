"""Mutants of facts that follow from the timeline, and the scenarios that notice them."""

from __future__ import annotations

from pathlib import Path

from remedykit import Policy
from remedykit.authoring import mutation_report, read_scenarios, run_scenario
from remedykit.authoring.mutation.mutants import ChosenMutants

_ASKED = '{events: [{type: seller_asked, at: "2026-11-20T15:00:00+00:00"}]}'
RULES = """
policy: timed
version: "1"
currencies: [USD]
params:
  patience: {value: 48 hours, type: duration, why: x}
facts:
  case.silent:
    {after: seller_asked, without: [seller_answered, offer_made], for: patience, means: x}
  case.unscanned: {after: label_created, without: scanned, same: parcel, for: 2 days, means: x}
  case.turns: {count: {event: contact, by: customer}, within: 7 days, means: x}
remedies:
  refund: {part: fix, title: R, gives: money_now, value: 5.00, pays: seller, say: x}
  credit: {part: fix, title: C, gives: money_later, value: 5.00, say: x}
  points: {part: fix, title: P, gives: money_later, value: 5.00, say: x}
rules:
  - {id: silent, when: {case.silent: true}, offer: refund}
  - {id: unscanned, when: {case.unscanned: true}, offer: credit}
  - {id: turns, when: {case.turns: 2..}, offer: points}
"""
NOTHING = """
scenarios:
  - name: nothing has happened
    given:
      incident: {kind: late_delivery, order: {id: A-1, currency: USD, paid: "40.00"}}
      customer: {}
    at: "2026-11-23T15:00:00+00:00"
    expect: {nothing: true}
"""


def test_what_a_pattern_asks_for_is_changed_in_small_ways() -> None:
    mutants = ChosenMutants(Policy.from_text(RULES)).mutants()
    changes = [f"{m.clause} {m.change}" for m in mutants if "case." in m.clause]
    assert changes == [
        "fact:case.silent after: seller_asked -> seller_answered",
        "fact:case.silent without: without seller_answered",
        "fact:case.silent without: without offer_made",
        "fact:case.unscanned after: label_created -> shipped",
        "fact:case.unscanned without: scanned -> delivered",
        "fact:case.unscanned without same: parcel",
        "fact:case.unscanned for: 48 hours -> 47 hours",
        "fact:case.unscanned for: 48 hours -> 49 hours",
        "fact:case.turns count: contact -> seller_asked",
        "fact:case.turns count: without by: customer",
        "fact:case.turns count: by: customer -> shop",
        "fact:case.turns without within",
        "fact:case.turns within: 168 hours -> 167 hours",
        "fact:case.turns within: 168 hours -> 169 hours",
    ]


def test_another_type_of_event_is_one_of_which_the_same_can_be_asked() -> None:
    facts = """
  case.expired: {count: {event: offer_expired, kind: credit}, means: x}
  case.kept: {after: returned, without: scanned, same: parcel, for: 2 days, means: x}
  case.open: {after: offer_made, without: remedy_given, same: kind, for: 2 days, means: x}
  case.told: {after: reopened, without: contact, same: by, for: 2 days, means: x}
"""
    of = ("fact:case.expired", "fact:case.kept", "fact:case.open", "fact:case.told")
    policy = Policy.from_text(RULES.replace("facts:\n", f"facts:{facts}"))
    mutants = ChosenMutants(policy).mutants()
    assert [m.change for m in mutants if m.clause in of and " -> " in m.change] == [
        "count: offer_expired -> remedy_given",
        "after: returned -> label_created",
        "without: scanned -> delivered",
        "for: 48 hours -> 47 hours",
        "for: 48 hours -> 49 hours",
        "after: offer_made -> offer_refused",
        "without: remedy_given -> offer_made",
        "for: 48 hours -> 47 hours",
        "for: 48 hours -> 49 hours",
        "after: reopened -> contact",
        "without: contact -> seller_asked",
        "for: 48 hours -> 47 hours",
        "for: 48 hours -> 49 hours",
    ]


def test_for_each_length_of_time_a_scenario_is_found_on_either_side(tmp_path: Path) -> None:
    (tmp_path / "weak.scenarios.yaml").write_text(NOTHING)
    policy = Policy.from_text(RULES)
    report = mutation_report(policy, read_scenarios(policy, tmp_path))
    told = [each.mutant for each in report.noticeable if "hours" in each.mutant.change]
    assert [f"{each.clause} {each.change}" for each in told] == [
        "param:patience 48 hours -> 47 hours",
        "param:patience 48 hours -> 49 hours",
        "fact:case.unscanned for: 48 hours -> 47 hours",
        "fact:case.unscanned for: 48 hours -> 49 hours",
        "fact:case.turns within: 168 hours -> 167 hours",
        "fact:case.turns within: 168 hours -> 169 hours",
    ]


def test_who_pays_can_be_expected_and_is_told_where_it_is_not_so(tmp_path: Path) -> None:
    policy = Policy.from_text(RULES)
    silent = NOTHING.replace("customer: {}", f"customer: {{}}\n      case: {_ASKED}")
    for payer in ("seller", "shop"):
        expected = silent.replace("{nothing: true}", f"{{pays: {{refund: {payer}}}}}")
        (tmp_path / "pays.scenarios.yaml").write_text(expected)
        (scenario,) = read_scenarios(policy, tmp_path)
        result = run_scenario(policy, scenario)
        told = [f"{each.about}: {each.expected}, {each.got}" for each in result.differences]
        assert told == ([] if payer == "seller" else ["payer of refund: shop, seller"])
