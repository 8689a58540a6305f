"""What an analysis finds is so, what is so and exact is found, and so is what was planted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from remedykit import Policy
from remedykit.authoring.analysis import Analysis, analysed
from remedykit.diagnostics import Diagnostic
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.facts.values import Facts
from remedykit.language.degree import facts_read_by
from remedykit.language.types import Truth, Value
from support.chances import Chance, Drawn, flag
from support.planted import POOL, Draft, Planted, planted_in, some_draft

# Values on every side of every test in `support.planted`.
VALUES: Mapping[str, tuple[Value | None, ...]] = {
    "customer.incidents_12m": (None, 1, 2),
    "customer.risk_flag": (True, False),
    "customer.tenure_years": (None, 2, 3),
    "customer.tier": (None, "standard", "bronze", "silver", "gold", "platinum", "vip"),
    "incident.days_late": (None, 0, 1, 2, 3, 4, 5, 6),
    "incident.kind": ("lost_package", "damaged", "defective"),
    "incident.share": (None, 0, Fraction(1, 4), Fraction(1, 3), Fraction(1, 2), Fraction(3, 4), 1),
    "incident.trips": (0, 1),
    "incident.usable": (None, True, False),
    "order.channel": (None, "web", "app", "shop"),
    "order.colour": (None, "red", "blue", "green", "white"),
    "order.gift_by": (None, date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23)),
    "order.marks": ((), ("red",), ("blue",), ("red", "blue")),
    "order.shipping_paid": (None, 0, 1, 500, 1000, 1001),
    "order.tags": (None, (), ("gift",), ("bulky",), ("gift", "bulky")),
}
ACTING = ("todo: [call]", "hand_over: desk")
NARROW = ("loyal", "customer.tier", "incident.days_late", "order.channel", "order.tags")


@st.composite
def drafts(draw: DrawFn) -> Draft:
    return some_draft(Drawn(draw))


@st.composite
def planted_drafts(draw: DrawFn) -> Draft:
    chance = Drawn(draw)
    return planted_in(chance, some_draft(chance))


@st.composite
def narrow_drafts(draw: DrawFn) -> Draft:
    """Return two rules with one effect and tests on the same two facts: often one has the other."""
    chance = Drawn(draw)
    first = chance.pick(NARROW)
    names = (first, chance.pick([each for each in NARROW if each != first]))
    effect, draft = chance.pick(ACTING), Draft([])
    for rule in ("first", "second"):
        draft.add(rule, *narrow_condition(chance, names), effect)
    return draft


def narrow_condition(chance: Chance, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields of a condition about some facts, each tested more than once."""

    def test() -> str:
        name = chance.pick(names)
        return f"{name}: {chance.pick(POOL[name])}"

    when = [f"{name}: {chance.pick(POOL[name])}" for name in names if flag(chance)]
    if flag(chance):
        when.append(f"any: [{{{test()}}}, {{{test()}}}]")
    fields = [f"when: {{{', '.join(when)}}}"] if when else []
    if flag(chance) or not when:
        fields.append(f"unless: {{{test()}}}")
    return tuple(fields)


def truths(policy: Policy) -> Iterator[tuple[Truth, ...]]:
    """Yield what each rule's condition is on all facts that they read."""
    checked = policy.checked
    conditions = [rule.condition for rule in checked.rules]
    defines = {define.name: define for define in checked.defines}
    names = sorted(facts_read_by(conditions, defines))
    usual = {name: values[0] for name, values in VALUES.items()}
    for values in product(*(VALUES[name] for name in names)):
        facts = Facts({**usual, **dict(zip(names, values, strict=True))}, "USD")
        evaluation = ReferenceEvaluation(checked, facts)
        yield tuple(evaluation.truth(condition) for condition in conditions)


def analysis_of(draft: Draft) -> Analysis:
    return analysed(Policy.from_text(draft.text()))


def is_found(planted: Planted, findings: tuple[Diagnostic, ...]) -> bool:
    # Planted twice, what adds nothing is the duplicate of what was planted before.
    codes = {planted.code} | ({"duplicate-rule"} if planted.code == "implied-rule" else set())
    return any(
        each.code in codes and all(word in each.message for word in planted.words)
        for each in findings
    )


def codes(analysis: Analysis) -> set[str]:
    return {each.code for each in analysis.findings}


@given(planted_drafts())
def test_every_planted_defect_is_found(draft: Draft) -> None:
    found = analysis_of(draft).findings
    assert [each for each in draft.planted if not is_found(each, found)] == []


@given(planted_drafts() | drafts() | narrow_drafts())
def test_no_finding_fails_its_replay(draft: Draft) -> None:
    assert analysis_of(draft).refuted == ()


@given(narrow_drafts())
def test_a_rule_is_found_never_to_hold_just_if_no_facts_make_it_hold(draft: Draft) -> None:
    policy = Policy.from_text(draft.text())
    found = list(truths(policy))
    never = {
        rule.id
        for number, rule in enumerate(policy.checked.rules)
        if all(each[number] is not True for each in found)
    }
    told = [each.message for each in analysed(policy).findings if each.code == "never-fires"]
    assert {message.split("`")[1] for message in told} == never


@given(narrow_drafts())
def test_of_two_rules_one_is_found_needless_just_if_it_acts_on_no_other_facts(draft: Draft) -> None:
    policy = Policy.from_text(draft.text())
    wanted = (True,) if draft.rules[0][-1] == ACTING[0] else (True, None)
    found = {(first in wanted, second in wanted) for first, second in truths(policy)}
    able = any(first for first, _ in found) and any(second for _, second in found)
    differ = {pair for pair in found if pair[0] is not pair[1]}
    told = codes(analysed(policy))
    assert ("duplicate-rule" in told) == (able and not differ)
    assert ("implied-rule" in told) == (able and len(differ) == 1)
