"""What is prepared for the effects once, before any facts are known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pytest

from remedykit.effects.layers import effects
from remedykit.effects.setting import Setting
from remedykit.effects.tables import EffectTables
from remedykit.engine.matching import members
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.language.syntax import (
    Adjust,
    AskApproval,
    Between,
    CheckedPolicy,
    Effect,
    EqualTo,
    Expression,
    Forbid,
    MemberOf,
)
from remedykit.language.types import MONEY, TEXT, TEXTS, Truth, Value
from remedykit.model.words import Basis
from support.build import (
    NEVER,
    at_least,
    both,
    const,
    either,
    entitle,
    equals,
    facts,
    kind,
    limit,
    money,
    of,
    offer,
    param,
    param_read,
    passes,
    policy,
    remedy,
    rule,
)

CREDIT = kind("credit", value=money(500), gives="money_later")
SORRY = kind("sorry", "apology", gives="psychological")
OFFERS = rule("offers", offer("credit", "sorry"))

Clauses = Literal["forbidding", "weighing", "reducing", "withholding", "tested"]


def concerned(checked: CheckedPolicy, clauses: Clauses, basis: Basis = "standard") -> list[str]:
    """Return which kinds a set of clauses concerns, each as it is claimed on a basis."""
    kinds = EffectTables.of(checked).claimed_kinds.values()
    return [each.kind.name for each in kinds if each.basis == basis and getattr(each, clauses)]


def test_a_clause_concerns_what_it_selects() -> None:
    adjusting = rule("better", Adjust(of("credit"), 3))
    cap = limit("cap", of("credit", "sorry", basis="goodwill"), money(5))
    found = policy(CREDIT, SORRY, OFFERS, adjusting, cap)
    assert concerned(found, "weighing") == ["credit"]
    assert concerned(found, "reducing") == []


def test_every_kind_of_clause_is_told_apart() -> None:
    found = policy(
        CREDIT,
        OFFERS,
        SORRY,
        rule("no", Forbid(of("credit"))),
        rule("ask", AskApproval(of("sorry"), "lead")),
        limit("less", of("credit"), money(5)),
        limit("none", of("sorry"), money(5), "withhold"),
    )
    assert concerned(found, "forbidding") == ["credit"]
    assert concerned(found, "weighing") == ["sorry"]
    assert concerned(found, "reducing") == ["credit"]
    assert concerned(found, "withholding") == ["sorry"]
    assert concerned(found, "tested") == []


@pytest.mark.parametrize(
    "test",
    [
        equals(remedy("gives", TEXT), "money_later"),
        equals(remedy("part", TEXT), "fix"),
        equals(remedy("kind", TEXT), "credit"),
        equals(remedy("group", TEXT), "credit"),
        either(NEVER, equals(remedy("gives", TEXT), "money_later")),
    ],
)
def test_what_never_changes_is_answered_beforehand(test: Expression) -> None:
    for effect in (Forbid(of("credit", "sorry")), Adjust(of("credit", "sorry"), 3)):
        clauses: Clauses = "forbidding" if isinstance(effect, Forbid) else "weighing"
        found = policy(CREDIT, SORRY, OFFERS, rule("r", effect, remedy_when=test))
        assert concerned(found, clauses) == ["credit"]
        assert concerned(found, "tested") == []


def test_what_changes_is_left_for_the_decision() -> None:
    costly = at_least(remedy("value"), 300)
    later = equals(remedy("gives", TEXT), "money_later")
    for test, tested in ((costly, ["credit", "sorry"]), (both(later, costly), ["credit"])):
        asking = rule("ask", AskApproval(of("credit", "sorry"), "lead"), remedy_when=test)
        found = policy(CREDIT, SORRY, OFFERS, asking)
        assert concerned(found, "weighing") == tested
        assert concerned(found, "tested") == tested


def test_below_the_floor_of_a_rule_it_is_not_looked_at() -> None:
    value = remedy("value")
    costly, at_most = at_least(value, 300), passes(value, Between(None, money(300)))
    by_param = passes(value, Between(param_read("amount", MONEY), None))
    always = equals(remedy("part", TEXT), "fix")
    tests: tuple[Expression, ...] = (
        costly,
        both(always, costly),
        at_most,
        by_param,
        both(),
        at_least(value, 0),
    )
    asking = [
        rule(f"ask{index}", AskApproval(of("credit"), "lead"), remedy_when=test)
        for index, test in enumerate(tests)
    ]
    tables = EffectTables.of(policy(CREDIT, *asking))
    assert tables.floors == {0: 300, 1: 300, 5: 0}
    assert tables.reached(0b111111, 300) == 0b111111
    assert tables.reached(0b111111, 299) == 0b111100
    assert tables.reached(0b000101, 299) == 0b000100


def test_a_param_with_an_amount_a_currency_is_left_for_the_decision() -> None:
    named = param("named", ("credit",), TEXTS)
    by_list = passes(remedy("kind", TEXT), MemberOf(param_read("named", TEXTS)))
    found = policy(
        named, CREDIT, SORRY, OFFERS, rule("r", Forbid(of("sorry")), remedy_when=by_list)
    )
    assert concerned(found, "forbidding") == []
    amount = param("amount", None, MONEY, by_currency={"USD": 5})
    test = passes(remedy("kind", TEXT), EqualTo(param_read("amount", MONEY)))
    found = policy(amount, CREDIT, OFFERS, SORRY, rule("r", Forbid(of("sorry")), remedy_when=test))
    assert concerned(found, "tested") == ["sorry"]


@pytest.mark.parametrize(
    ("effect", "tested"), [(Forbid(of("credit")), ["credit"]), (Adjust(of("credit"), 3), [])]
)
def test_the_basis_is_known_of_a_claim_but_not_of_what_is_forbidden(
    effect: Effect, tested: list[str]
) -> None:
    test = passes(remedy("basis", TEXT), EqualTo(const("standard")))
    right = rule("law", entitle("credit"))
    found = policy(CREDIT, SORRY, OFFERS, right, rule("r", effect, remedy_when=test))
    assert concerned(found, "tested") == tested
    assert concerned(found, "weighing", "entitlement") == []


# --- the size of the policy --------------------------------------------------------------------


class Counting(ReferenceEvaluation):
    """Counts what the effects ask for."""

    asked = 0

    def value(self, expression: Expression) -> Value | None:
        self.asked += 1
        return super().value(expression)

    def truth(self, expression: Expression) -> Truth:
        self.asked += 1
        return super().truth(expression)

    def about(self, remedy: Mapping[str, Value | None]) -> Counting:
        self.asked += 1
        other = super().about(remedy)
        assert isinstance(other, Counting)
        return other


@pytest.mark.parametrize("many", [0, 300])
def test_what_does_not_match_is_never_asked(many: int) -> None:
    kinds_of_effect = (offer("credit"), Forbid(of("credit")), Adjust(of("credit"), 1))
    costly = at_least(remedy("value"), 1)
    others = [
        rule(f"z{number}", kinds_of_effect[number % 3], when=NEVER, remedy_when=costly)
        for number in range(many)
    ]
    checked = policy(CREDIT, SORRY, OFFERS, *others)
    evaluation = Counting(checked, facts())
    setting = Setting.of(EffectTables.of(checked), evaluation)
    evaluation.asked = 0
    found = effects(setting)
    assert [each.kind.name for each in found.candidates] == ["credit", "sorry"]
    assert evaluation.asked == 1  # the value of the credit


def test_the_members_of_a_large_set_are_found() -> None:
    assert list(members(1 << 5000 | 1)) == [0, 5000]
