"""The layers before limits: what is offered, feasible, not forbidden, not refused."""

from dataclasses import replace

import pytest

from remedykit.effects.admitted import Admitted, admitted
from remedykit.effects.candidates import Candidate
from remedykit.effects.obstacles import PRECEDENCE, Obstacle, foremost
from remedykit.effects.past_offers import was_refused
from remedykit.effects.properties import properties_of, properties_of_kind
from remedykit.facts.values import Facts, Offered
from remedykit.language.syntax import Define, Forbid, HandOver, RemedyKind, Rule
from remedykit.language.types import BOOL, MONEY, TEXT
from support.build import (
    ALWAYS,
    NEVER,
    at_least,
    both,
    cases,
    compare,
    define,
    defined,
    entitle,
    equals,
    fact,
    facts,
    holds,
    kind,
    money,
    of,
    offer,
    policy,
    refusal,
    remedy,
    rule,
    setting,
)

CREDIT = kind("credit", value=fact("value", MONEY))
SORRY = kind("sorry", "apology", gives="psychological")
OFFER = rule("lost", offer("credit"))
RIGHT = rule("law", entitle("credit"))


def admit(known: Facts, *parts: RemedyKind | Rule | Define) -> Admitted:
    return admitted(setting(policy(*parts), known))


def candidate(known: Facts, *parts: RemedyKind | Rule | Define) -> Candidate:
    """Return the one candidate there is."""
    found = admit(known, *parts)
    assert found.withheld == ()
    (only,) = found.candidates
    return only


def why(known: Facts, *parts: RemedyKind | Rule | Define) -> tuple[str, str, tuple[str, ...]]:
    """Return why the one remedy there is is withheld: reason, rule, facts."""
    found = admit(known, *parts)
    assert found.candidates == ()
    (only,) = found.withheld
    return only.reason, only.rule, only.facts


# --- offered -----------------------------------------------------------------------------------


def test_a_rule_that_definitely_holds_offers() -> None:
    found = candidate(
        facts({"a": True, "value": 500}), CREDIT, rule("lost", offer("credit"), when=holds("a"))
    )
    assert (found.kind, found.basis, found.value) == (CREDIT, "standard", 500)
    assert (found.claimed_as, found.rules, found.lower) == ("standard", ("lost",), None)
    assert not found.to_confirm


def test_a_rule_that_does_not_hold_leaves_no_trace() -> None:
    found = admit(
        facts({"a": False, "value": 5}), CREDIT, rule("lost", offer("credit"), when=holds("a"))
    )
    assert found == Admitted(candidates=(), withheld=(), open_facts=frozenset())


def test_a_rule_that_may_hold_offers_nothing_and_says_what_it_lacks() -> None:
    known = facts({"value": 5})
    parts = (CREDIT, rule("lost", offer("credit"), when=both(holds("b"), holds("a"))))
    assert why(known, *parts) == ("needs_fact", "lost", ("a", "b"))
    assert admit(known, *parts).open_facts == {"a", "b"}


def test_where_several_rules_may_offer_the_facts_of_each_could_free_it() -> None:
    assert why(
        facts({"value": 5}),
        CREDIT,
        rule("first", offer("credit"), when=holds("b")),
        rule("second", offer("credit"), when=holds("a")),
    ) == ("needs_fact", "first", ("a", "b"))


def test_other_effects_offer_nothing() -> None:
    assert admit(facts(), CREDIT, rule("desk", HandOver("desk"))).candidates == ()


def test_candidates_and_withheld_are_sorted_by_kind() -> None:
    found = admit(
        facts(),
        kind("b", value=money(1)),
        kind("a", value=money(1)),
        kind("d", value=money(0)),
        kind("c", value=money(0)),
        rule("all", offer("b", "a", "d", "c")),
    )
    assert [item.kind.name for item in found.candidates] == ["a", "b"]
    assert [item.kind for item in found.withheld] == ["c", "d"]


# --- the basis ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ((offer("credit"),), "standard"),
        ((offer("credit", basis="goodwill"),), "goodwill"),
        ((offer("credit", basis="goodwill"), offer("credit")), "standard"),
        ((offer("credit"), entitle("credit")), "entitlement"),
    ],
)
def test_the_strongest_basis_counts(rules: tuple[Rule], expected: str) -> None:
    named = [rule(f"r{index}", effect) for index, effect in enumerate(rules)]  # type: ignore[arg-type]  # effects of any kind
    assert expected == candidate(facts({"value": 5}), CREDIT, *named).basis


def test_a_kind_of_goodwill_may_be_offered_as_standard() -> None:
    gift = kind("gift", "perk", value=money(5), basis="goodwill")
    assert candidate(facts(), gift, rule("r", offer("gift"))).basis == "goodwill"
    standard = rule("r", offer("gift", basis="standard"))
    assert candidate(facts(), gift, standard).basis == "standard"


# --- needs and states --------------------------------------------------------------------------

NEEDY = kind("credit", value=money(5), needs=holds("stock"))
TRUE_WORDS = kind("no_scan", "explanation", states=holds("unscanned"))


def test_what_cannot_be_done_is_withheld() -> None:
    assert why(facts({"stock": False}), NEEDY, OFFER) == ("infeasible", "needs:credit", ())


def test_a_right_that_cannot_be_done_is_told_apart() -> None:
    assert why(facts({"stock": False}), NEEDY, RIGHT) == (
        "entitled_but_infeasible",
        "needs:credit",
        (),
    )


def test_what_only_may_be_a_right_is_infeasible_like_any_other() -> None:
    maybe = rule("law", entitle("credit"), when=holds("a"))
    assert why(facts({"stock": False}), NEEDY, maybe)[0] == "infeasible"


def test_what_may_not_be_done_waits_for_the_fact() -> None:
    assert why(facts(), NEEDY, OFFER) == ("needs_fact", "needs:credit", ("stock",))


def test_a_right_that_may_not_be_done_is_to_be_confirmed() -> None:
    found = candidate(facts(), NEEDY, RIGHT)
    assert (found.basis, found.to_confirm) == ("entitlement", True)
    assert admit(facts(), NEEDY, RIGHT).open_facts == {"stock"}


def test_words_that_are_not_true_are_not_said() -> None:
    told = rule("r", offer("no_scan"))
    assert candidate(facts({"unscanned": True}), TRUE_WORDS, told).value == 0
    assert why(facts({"unscanned": False}), TRUE_WORDS, told)[:2] == (
        "infeasible",
        "states:no_scan",
    )
    assert why(facts(), TRUE_WORDS, told) == ("needs_fact", "states:no_scan", ("unscanned",))


def test_not_even_a_right_makes_unproved_words_be_said() -> None:
    right = rule("r", entitle("no_scan"))
    assert why(facts(), TRUE_WORDS, right)[0] == "needs_fact"
    assert why(facts({"unscanned": False}), TRUE_WORDS, right)[0] == "entitled_but_infeasible"


# --- forbidden ---------------------------------------------------------------------------------

FORBID = rule("risk", Forbid(of("credit")), when=holds("flag"))


def test_what_is_forbidden_is_withheld() -> None:
    known = facts({"flag": True, "value": 5})
    assert why(known, CREDIT, OFFER, FORBID) == ("forbidden", "risk", ())


def test_what_is_not_forbidden_is_offered() -> None:
    assert candidate(facts({"flag": False, "value": 5}), CREDIT, OFFER, FORBID).value == 5


def test_what_may_be_forbidden_waits_for_the_facts_of_every_such_rule() -> None:
    also = rule("second", Forbid(of("credit")), when=holds("also"))
    known = facts({"value": 5})
    assert why(known, CREDIT, OFFER, FORBID, also) == ("needs_fact", "risk", ("also", "flag"))


def test_a_rule_that_surely_forbids_is_told_before_one_that_may() -> None:
    surely = rule("zero", Forbid(of("credit")))
    assert why(facts({"value": 5}), CREDIT, OFFER, FORBID, surely) == ("forbidden", "zero", ())


def test_other_kinds_are_not_forbidden() -> None:
    other = rule("risk", Forbid(of("gift")))
    assert candidate(facts({"value": 5}), CREDIT, OFFER, other).value == 5


def test_a_right_is_never_forbidden_but_what_is_put_on_top_is() -> None:
    more = rule("more", offer("credit", value=money(900)))
    always = rule("risk", Forbid(of("credit")))
    found = candidate(facts({"value": 500}), CREDIT, RIGHT, more, always)
    assert (found.basis, found.value, found.rules) == ("entitlement", 500, ("law",))


def test_goodwill_alone_can_be_forbidden() -> None:
    goodwill = rule("more", offer("credit", value=money(900), basis="goodwill"))
    frugal = rule("frugal", Forbid(of("credit", basis="goodwill")))
    found = candidate(facts({"value": 500}), CREDIT, OFFER, goodwill, frugal)
    assert (found.basis, found.value) == ("standard", 500)


@pytest.mark.parametrize(
    ("name", "value"),
    [("kind", "credit"), ("part", "fix"), ("gives", "exchange"), ("group", "credit")],
)
def test_a_rule_may_forbid_by_what_the_remedy_is(name: str, value: str) -> None:
    matching, other = (
        rule("risk", Forbid(of("credit")), remedy_when=equals(remedy(name, TEXT), word))
        for word in (value, "other")
    )
    assert why(facts({"value": 5}), CREDIT, OFFER, matching)[0] == "forbidden"
    assert candidate(facts({"value": 5}), CREDIT, OFFER, other).value == 5


def test_a_rule_may_forbid_by_what_was_refused() -> None:
    again = rule(
        "again",
        Forbid(of("credit")),
        remedy_when=both(
            equals(remedy("refused", BOOL), True), at_least(remedy("refused_value"), 300)
        ),
    )
    known = {"value": 500}
    assert why(
        facts(known, refusal("credit", 400), refusal("credit", 1)), CREDIT, OFFER, again
    ) == (
        "forbidden",
        "again",
        (),
    )
    assert candidate(facts(known, refusal("credit", 200)), CREDIT, OFFER, again).value == 500
    assert candidate(facts(known), CREDIT, OFFER, again).value == 500
    assert candidate(facts(known, Offered("credit", 400, "accepted")), CREDIT, OFFER, again).value


def test_the_refused_amount_is_0_if_nothing_was_refused_and_unknown_if_no_amount_was() -> None:
    again = rule("again", Forbid(of("credit")), remedy_when=at_least(remedy("refused_value"), 300))
    known = {"value": 5}
    assert candidate(facts(known), CREDIT, OFFER, again).value == 5
    found = properties_of_kind(CREDIT, "standard", facts(known, refusal("credit")))
    assert found.values["remedy.refused_value"] is None


def test_what_a_remedy_gives_and_costs_is_among_its_properties() -> None:
    found = properties_of(candidate(facts({"value": 5}), CREDIT, OFFER), facts())
    assert (found.kind, found.basis) == ("credit", "standard")
    assert found.values == {
        "remedy.kind": "credit",
        "remedy.part": "fix",
        "remedy.gives": CREDIT.gives,
        "remedy.group": "credit",
        "remedy.basis": "standard",
        "remedy.value": 5,
        "remedy.cost": 5,
        "remedy.refused": False,
        "remedy.refused_value": 0,
    }


def test_what_forbids_may_compare_with_a_fact() -> None:
    again = rule(
        "again",
        Forbid(of("credit")),
        remedy_when=compare(remedy("refused_value"), ">=", fact("most", MONEY)),
    )
    known = facts({"value": 5}, refusal("credit", 1))
    assert why(known, CREDIT, OFFER, again) == ("needs_fact", "again", ("most",))


# --- refused before ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "value", "expected"),
    [(800, 800, True), (800, 799, True), (800, 801, False), (None, 801, True)],
)
def test_the_same_or_less_is_not_offered_again(
    amount: int | None, value: int, expected: bool
) -> None:
    known = facts({"value": value}, Offered("gift", 9999, "refused"), refusal("credit", amount))
    if expected:
        assert why(known, CREDIT, OFFER) == ("refused", "refused", ())
    else:
        assert candidate(known, CREDIT, OFFER).value == value


def test_only_a_refusal_counts() -> None:
    known = facts({"value": 5}, Offered("credit", 10, "accepted"))
    assert candidate(known, CREDIT, OFFER).value == 5


def test_a_value_that_is_unknown_is_refused_only_by_a_refusal_of_any() -> None:
    assert not was_refused("credit", None, facts({}, refusal("credit", 800)))
    assert was_refused("credit", None, facts({}, refusal("credit")))


def test_a_right_outlives_a_refusal() -> None:
    known = facts({"value": 5}, refusal("credit", 10))
    assert candidate(known, CREDIT, RIGHT).value == 5


# --- the value ---------------------------------------------------------------------------------


def test_an_unknown_value_waits_for_its_fact() -> None:
    assert why(facts(), CREDIT, OFFER) == ("needs_fact", "lost", ("value",))
    assert why(facts(), CREDIT, RIGHT) == ("needs_fact", "law", ("value",))


@pytest.mark.parametrize("value", [0, -5])
def test_nothing_is_no_remedy(value: int) -> None:
    assert why(facts({"value": value}), CREDIT, OFFER) == ("no_value", "lost", ())


def test_words_need_no_value() -> None:
    assert candidate(facts(), SORRY, rule("r", offer("sorry"))).value == 0


DIFFER = define("differ", cases("unique", (ALWAYS, money(1)), (ALWAYS, money(2))), MONEY)
NEVER_KNOWN = compare(defined("differ", MONEY), ">=", money(5))


def test_what_no_answer_could_make_known_has_no_value() -> None:
    known = facts({"value": 5})
    worth = kind("credit", value=defined("differ", MONEY))
    assert why(known, DIFFER, worth, OFFER) == ("no_value", "lost", ())
    assert why(known, DIFFER, CREDIT, rule("lost", offer("credit"), when=NEVER_KNOWN)) == (
        "no_value",
        "lost",
        (),
    )
    needy, stating = replace(CREDIT, needs=NEVER_KNOWN), replace(CREDIT, states=NEVER_KNOWN)
    assert why(known, DIFFER, needy, OFFER) == ("no_value", "needs:credit", ())
    assert why(known, DIFFER, stating, OFFER) == ("no_value", "states:credit", ())


def test_a_bar_that_no_answer_could_lift_is_told_before_one_that_an_answer_could() -> None:
    never = rule("never", Forbid(of("credit")), when=NEVER_KNOWN)
    maybe = rule("maybe", Forbid(of("credit")), when=holds("a"))
    known = facts({"value": 5})
    assert why(known, DIFFER, CREDIT, OFFER, never, maybe) == ("no_value", "never", ())


def test_a_right_of_unknown_value_beside_an_offer_is_to_be_confirmed() -> None:
    more = rule("more", offer("credit", value=money(10), basis="goodwill"))
    found = candidate(facts(), CREDIT, RIGHT, more)
    assert (found.basis, found.value, found.rules) == ("goodwill", 10, ("more",))
    assert found.to_confirm
    assert found.right_held == Obstacle("needs_fact", "law", ("value",))
    assert admit(facts(), CREDIT, RIGHT, more).open_facts == {"value"}
    known = candidate(facts({"value": 5}), CREDIT, RIGHT, more)
    assert (known.to_confirm, known.right_held) == (False, None)


def test_what_only_may_be_a_right_confirms_nothing() -> None:
    maybe = rule("law", entitle("credit"), when=holds("a"))
    more = rule("more", offer("credit", value=money(10)))
    assert not candidate(facts(), CREDIT, maybe, more).to_confirm


# --- which reason is told ----------------------------------------------------------------------


def test_what_no_answer_could_change_is_told_first() -> None:
    known = facts({"flag": True, "value": 5}, refusal("credit"))
    maybe = rule("maybe", offer("credit"), when=holds("a"))
    assert why(known, CREDIT, maybe, FORBID) == ("forbidden", "risk", ())
    assert admit(known, CREDIT, maybe, FORBID).open_facts == set()


def test_all_that_a_claim_waits_for_is_named() -> None:
    credit = kind("credit", value=fact("value", MONEY), needs=holds("stock"), states=holds("seen"))
    maybe = rule("maybe", offer("credit"), when=holds("a"))
    known = facts({"flag": None})
    assert why(known, credit, maybe, FORBID) == (
        "needs_fact",
        "maybe",
        ("a", "flag", "seen", "stock", "value"),
    )


def test_infeasible_is_told_before_forbidden() -> None:
    never = kind("credit", value=money(5), needs=NEVER)
    assert why(facts({"flag": True}), never, OFFER, FORBID)[0] == "infeasible"


def test_a_rule_that_could_free_the_remedy_is_told_before_one_that_could_not() -> None:
    known = facts({"value": 5}, refusal("credit", 800))
    more = rule("more", offer("credit", value=money(900)), when=holds("a"))
    assert why(known, CREDIT, OFFER, more) == ("needs_fact", "more", ("a",))


def test_every_reason_of_this_stage_has_its_place() -> None:
    held = [Obstacle(reason, "r") for reason in reversed(PRECEDENCE)]
    assert foremost(held).reason == "entitled_but_infeasible"
    assert foremost(held[:2]).reason == "adds_nothing"


def test_an_open_rule_that_could_raise_the_value_is_an_open_fact() -> None:
    more = rule("more", offer("credit", value=money(900)), when=holds("a"))
    found = admit(facts({"value": 5}), CREDIT, OFFER, more)
    assert [(item.value, item.rules) for item in found.candidates] == [(5, ("lost",))]
    assert found.open_facts == {"a"}
