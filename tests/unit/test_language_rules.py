"""The catalogue, rules and limits as they are read."""

from fractions import Fraction

import pytest

from remedykit.language import syntax
from remedykit.language.syntax import (
    Adjust,
    And,
    Apology,
    AskApproval,
    Effect,
    Entitle,
    Forbid,
    HandOver,
    Limit,
    Offer,
    RemedyKind,
    Rule,
    Selector,
    Todo,
)
from support.loading import codes, loaded

CATALOGUE = """
params: {fast: {value: 1.5}, dear: {value: 9, unit: money}}
remedies:
  sorry: {part: apology, say: We are sorry.}
  why: {part: explanation, explains: cause, say: The carrier lost it.}
  refund: {part: fix, gives: money_now, group: whole, value: order.paid, say: Here it is.}
  gift: {part: perk, gives: money_later, basis: goodwill, value: 5, say: For you.}
"""
ALL = frozenset({"sorry", "why", "refund", "gift"})


def kind(text: str, name: str = "it") -> RemedyKind:
    policy = loaded(f"{CATALOGUE}  {name}: {text}\n")
    return next(item for item in policy.remedies if item.name == name)


def rule(text: str) -> Rule:
    (read,) = loaded(f"{CATALOGUE}rules:\n  - {{id: it, {text}}}\n").rules
    return read


def limit(text: str) -> Limit:
    (read,) = loaded(f"{CATALOGUE}limits:\n  - {{id: it, {text}}}\n").limits
    return read


def test_what_a_kind_does_not_say_has_a_meaning() -> None:
    read = kind("{part: apology, say: We are sorry.}")

    assert (read.title, read.gives, read.group, read.basis) == (
        "it",
        "psychological",
        "apology",
        "standard",
    )
    assert (read.restores, read.apology, read.explains, read.note) == (False, Apology(), None, None)
    assert (read.needs, read.states) == (And((), read.place), And((), read.place))
    terms = read.terms
    assert (terms.value, terms.cost, terms.resolved_in_days) == (None, None, None)


def test_a_fix_is_its_own_group_unless_it_names_one() -> None:
    assert kind("{part: fix, gives: exchange, value: 5, say: Here.}").group == "it"
    assert kind("{part: fix, gives: exchange, group: whole, value: 5, say: Here.}").group == "whole"


def test_words_are_chosen_one_of_a_part_unless_they_name_a_group() -> None:
    assert kind("{part: explanation, explains: status, say: It is late.}").group == "explanation"
    assert kind("{part: apology, group: long, say: We are sorry.}").group == "long"


def test_an_apology_consists_of_what_it_says() -> None:
    read = kind(
        "{part: apology, say: Sorry., apology: {regret: true, empathy: true, repentance: false}}"
    )

    assert read.apology == Apology(regret=True, empathy=True)


@pytest.mark.parametrize(
    ("text", "days"), [("2", Fraction(2)), ("0.5", Fraction(1, 2)), ("fast", Fraction(3, 2))]
)
def test_days_are_a_number_or_a_param(text: str, days: Fraction) -> None:
    read = kind(f"{{part: apology, say: Sorry., resolved_in_days: {text}}}")

    assert read.terms.resolved_in_days == days


def test_who_pays_and_until_when_is_kept() -> None:
    read = kind("{part: apology, say: Sorry., pays: carrier, due: at + hours(48)}")

    assert read.terms.pays == "carrier"
    assert read.terms.due is not None


@pytest.mark.parametrize(
    ("text", "effect"),
    [
        ("forbid: refund", Forbid(Selector(frozenset({"refund"})))),
        ("forbid: [refund, gift]", Forbid(Selector(frozenset({"refund", "gift"})))),
        ("forbid: {part: perk}", Forbid(Selector(frozenset({"gift"})))),
        ("forbid: {group: whole}", Forbid(Selector(frozenset({"refund"})))),
        ("forbid: {basis: goodwill}", Forbid(Selector(ALL, "goodwill"))),
        ("forbid: any", Forbid(Selector(ALL))),
        ("adjust: {of: gift, points: -20}", Adjust(Selector(frozenset({"gift"})), -20)),
        ("adjust: {of: gift, points: 0}", Adjust(Selector(frozenset({"gift"})), 0)),
        ("ask_approval: {of: any, by: lead}", AskApproval(Selector(ALL), "lead")),
        ("hand_over: desk", HandOver("desk")),
        ("todo: call", Todo(("call",))),
        ("todo: [write, call]", Todo(("call", "write"))),
    ],
)
def test_each_effect_is_read(text: str, effect: Effect) -> None:
    assert rule(text).effect == effect


def test_an_offer_keeps_its_kinds_sorted_and_its_basis() -> None:
    effect = rule("offer: [refund, gift], basis: goodwill").effect

    assert isinstance(effect, Offer)
    assert [outcome.kind for outcome in effect.outcomes] == ["gift", "refund"]
    assert effect.basis == "goodwill"


def test_an_entitlement_may_override_every_term() -> None:
    terms = "value: dear, cost: 5, resolved_in_days: 1, effort_0_to_5: 2, say: Here., pays: shop"
    effect = rule(f"entitle: {{refund: {{{terms}, due: at}}}}, source: the law").effect

    assert isinstance(effect, Entitle)
    (outcome,) = effect.outcomes
    overrides = outcome.overrides
    assert None not in (overrides.value, overrides.cost, overrides.say, overrides.due)
    assert (overrides.resolved_in_days, overrides.effort_0_to_5) == (Fraction(1), Fraction(2))
    assert overrides.pays == "shop"


def test_tests_on_the_remedy_are_kept_apart_from_those_on_facts() -> None:
    read = rule("when: {remedy.part: fix, order.total: 5.., remedy.refused: false}, forbid: any")

    assert isinstance(read.condition, syntax.Tested)
    assert read.condition.subject.name == "order.total"
    assert isinstance(read.remedy_condition, And)
    assert [
        part.subject.name for part in read.remedy_condition.parts if isinstance(part, syntax.Tested)
    ] == [
        "remedy.part",
        "remedy.refused",
    ]


@pytest.mark.parametrize("name", ["value", "cost"])
def test_a_limit_may_ask_for_amounts_of_the_remedy(name: str) -> None:
    read = limit(f"when: {{remedy.{name}: 5..}}, of: any, at_most: 20, over: withhold, why: house")

    assert isinstance(read.remedy_condition, syntax.Tested)
    assert (read.over, read.why) == ("withhold", "house")


def test_a_rule_that_decides_by_a_protected_fact_may_entitle() -> None:
    text = "rules:\n  - {id: it, when: {order.country: DE}, entitle: refund, source: the law}\n"

    assert codes(f"{CATALOGUE}{text}") == []


def test_goodwill_that_reads_a_protected_fact_through_its_kind_is_refused() -> None:
    kind = "{part: perk, gives: money_later, basis: goodwill, value: 5, say: For you., states: "
    kinds = f"  it: {kind}{{customer.vulnerable: true}}}}\n"

    assert codes(f"{CATALOGUE}{kinds}rules:\n  - {{id: it, offer: it}}\n") == ["protected-fact"]


def test_a_standard_remedy_may_read_a_protected_fact() -> None:
    kind = "{part: fix, gives: reperform, value: 5, say: We come., needs: "
    kinds = f"  it: {kind}{{customer.vulnerable: true}}}}\n"

    assert codes(f"{CATALOGUE}{kinds}rules:\n  - {{id: it, offer: it}}\n") == []
