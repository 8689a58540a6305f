"""Limits: cut, withheld, never below a right; and the caps that are left to the plan."""

from fractions import Fraction
from typing import Literal

import pytest

from remedykit.effects.candidates import Candidate, Candidates, Cap
from remedykit.effects.obstacles import Obstacle
from remedykit.facts.values import Facts
from remedykit.language.syntax import Define, Limit, RemedyKind, Rule, Terms
from remedykit.language.types import MONEY, TEXT
from remedykit.model.words import Basis, Gives, Part
from support.build import (
    ALWAYS,
    NEVER,
    NOON,
    arithmetic,
    at_least,
    cases,
    compare,
    const,
    decide,
    define,
    defined,
    either,
    entitle,
    equals,
    fact,
    facts,
    holds,
    kind,
    limit,
    money,
    of,
    offer,
    policy,
    refusal,
    remedy,
    rule,
)

CREDIT = kind("credit", value=money(1000), cost=money(500))
TWO, SIXTY = Fraction(2), Fraction(60)
GIFT = kind("gift", "perk", value=money(300))
OFFER = rule("lost", offer("credit", "gift"))
RIGHT = rule("law", entitle("credit", value=money(400)))
CREDIT_ONLY = rule("lost", offer("credit"))


def amounts(found: Candidates) -> dict[str, tuple[int, int]]:
    """Return value and cost by kind."""
    return {item.kind.name: (item.value, item.cost) for item in found.candidates}


def why(found: Candidates) -> dict[str, tuple[str, str, tuple[str, ...]]]:
    return {item.kind: (item.reason, item.rule, item.facts) for item in found.withheld}


def cap_of(
    name: str,
    at_most: int,
    *kinds: str,
    basis: Basis = "standard",
    facts: tuple[str, ...] = (),
) -> Cap:
    return Cap(name, frozenset((kind, basis) for kind in kinds), at_most, facts)


def capped(*parts: RemedyKind | Rule | Limit | Define, known: Facts | None = None) -> Candidates:
    return decide(policy(*parts), known or facts())


# --- reduce ------------------------------------------------------------------------------------


def test_a_limit_cuts_the_value_and_the_cost_in_proportion() -> None:
    found = capped(CREDIT, GIFT, OFFER, limit("cap", of("credit", "gift"), money(301)))
    assert amounts(found) == {"credit": (301, 151), "gift": (300, 300)}
    assert found.caps == (cap_of("cap", 301, "credit", "gift"),)


def test_the_amount_of_a_limit_is_rounded_half_up() -> None:
    third = arithmetic(money(1001), "/", const(2))
    found = capped(CREDIT, CREDIT_ONLY, limit("cap", of("credit"), third))
    assert amounts(found)["credit"][0] == 501


def test_of_several_limits_the_lowest_counts_and_their_order_does_not() -> None:
    low, high = (limit(name, of("credit"), money(at)) for name, at in (("b", 200), ("a", 333)))
    found = capped(CREDIT, CREDIT_ONLY, low, high)
    assert amounts(found) == {"credit": (200, 100)}
    assert found.caps == (
        cap_of("a", 333, "credit"),
        cap_of("b", 200, "credit"),
    )


def test_no_limit_cuts_below_the_right() -> None:
    found = capped(CREDIT, CREDIT_ONLY, RIGHT, limit("cap", of("credit"), money(100)))
    assert amounts(found) == {"credit": (400, 500)}
    assert found.caps == (cap_of("cap", 100, "credit", basis="entitlement"),)


def test_what_is_cut_to_nothing_is_withheld() -> None:
    found = capped(CREDIT, CREDIT_ONLY, limit("cap", of("credit"), money(-5)))
    assert why(found) == {"credit": ("over_limit", "cap", ())}
    assert found.caps == ()


def test_a_limit_on_other_kinds_or_another_basis_cuts_nothing() -> None:
    found = capped(
        CREDIT,
        CREDIT_ONLY,
        limit("gifts", of("gift"), money(1)),
        limit("goodwill", of("credit", basis="goodwill"), money(1)),
        limit("never", of("credit"), money(1), when=NEVER),
        limit("dear", of("credit"), money(1), remedy_when=at_least(remedy("value"), 1001)),
    )
    assert amounts(found) == {"credit": (1000, 500)}
    assert found.caps == ()


def test_a_limit_may_count_by_value_and_cost_before_any_cut() -> None:
    found = capped(
        CREDIT,
        CREDIT_ONLY,
        limit("a", of("credit"), money(600)),
        limit("b", of("credit"), money(500), remedy_when=at_least(remedy("value"), 1000)),
        limit("c", of("credit"), money(400), remedy_when=at_least(remedy("cost"), 500)),
    )
    assert amounts(found) == {"credit": (400, 200)}


def test_a_smaller_offer_that_was_refused_is_not_made() -> None:
    known = facts({}, refusal("credit", 300))
    cap = limit("cap", of("credit"), money(300))
    assert why(capped(CREDIT, CREDIT_ONLY, cap, known=known)) == {
        "credit": ("refused", "refused", ())
    }
    assert amounts(capped(CREDIT, CREDIT_ONLY, cap, known=facts({}, refusal("credit", 299))))


def test_more_than_a_right_that_was_refused_falls_back_to_the_right() -> None:
    known = facts({}, refusal("credit", 500))
    found = capped(CREDIT, CREDIT_ONLY, RIGHT, limit("cap", of("credit"), money(450)), known=known)
    assert amounts(found) == {"credit": (400, 500)}


def test_words_fit_under_every_limit() -> None:
    sorry = kind("sorry", "apology")
    given = rule("r", offer("sorry"))
    for at_most in (money(0), fact("unknown", MONEY)):
        cap = limit("cap", of("sorry"), at_most, "withhold")
        found = capped(sorry, given, cap, limit("cut", of("sorry"), at_most))
        assert amounts(found) == {"sorry": (0, 0)}
        assert found.open_facts == ()


# --- what is on top of a stronger claim --------------------------------------------------------

BARE = kind("credit", value=money(1000))
MORE = rule(
    "more",
    offer("credit", basis="goodwill", overrides=Terms(value=money(900), resolved_in_days=SIXTY)),
)
LAW = rule(
    "law",
    entitle("credit", overrides=Terms(value=money(200), resolved_in_days=TWO, due=const(NOON))),
)
USUAL = rule("usual", offer("credit", value=money(500)))


def goodwill(at_most: int, over: Literal["reduce", "withhold"] = "reduce") -> Limit:
    return limit("goodwill", of("credit", basis="goodwill"), money(at_most), over)


def only(found: Candidates) -> Candidate:
    """Return the one candidate there is."""
    assert found.withheld == ()
    (candidate,) = found.candidates
    return candidate


def test_goodwill_on_top_of_a_right_is_cut_as_goodwill_and_the_right_keeps_its_terms() -> None:
    found = only(capped(BARE, LAW, MORE, goodwill(100)))
    assert (found.value, found.cost, found.rules, found.lower) == (200, 200, ("law",), None)
    assert (found.resolved_in_days, found.due) == (TWO, NOON)
    assert (found.basis, found.claimed_as) == ("entitlement", "entitlement")


def test_goodwill_that_is_cut_to_more_than_the_right_stays_and_hastens_nothing_away() -> None:
    found = only(capped(BARE, LAW, MORE, goodwill(201)))
    assert (found.value, found.cost, found.rules) == (201, 201, ("law", "more"))
    assert (found.basis, found.claimed_as, found.due) == ("entitlement", "goodwill", NOON)
    assert found.lower == only(capped(BARE, LAW))


def test_goodwill_on_top_of_a_standard_offer_falls_back_to_it() -> None:
    found = only(capped(BARE, USUAL, MORE, goodwill(500)))
    assert (found.value, found.basis, found.rules) == (500, "standard", ("usual",))
    assert only(capped(BARE, USUAL, MORE, goodwill(501))).value == 501
    assert only(capped(BARE, USUAL, MORE, goodwill(899, "withhold"))).value == 500


def test_what_is_fallen_back_to_is_held_against_the_limits_in_its_turn() -> None:
    every = limit("every", of("credit"), money(300))
    assert only(capped(BARE, USUAL, MORE, goodwill(500), every)).value == 300
    found = only(capped(BARE, LAW, USUAL, MORE, goodwill(500), limit("z", of("credit"), money(1))))
    assert (found.value, found.rules) == (200, ("law",))


def test_goodwill_stands_where_the_limits_leave_less_of_what_it_rests_on() -> None:
    usual = limit("usual.cap", of("credit", basis="standard"), money(100))
    found = only(capped(BARE, USUAL, MORE, goodwill(400), usual))
    assert (found.value, found.claimed_as) == (400, "goodwill")
    assert found.lower is not None
    assert found.lower.value == 100


def test_a_limit_by_the_basis_of_the_remedy_sees_the_claim_that_gives_the_value() -> None:
    by_basis = equals(remedy("basis", TEXT), "goodwill")
    cap = limit("cap", of("credit"), money(0), remedy_when=by_basis)
    assert only(capped(BARE, LAW, MORE, cap)).rules == ("law",)


def test_nothing_of_a_claim_or_of_what_it_rests_on_may_be_left() -> None:
    maybe = limit("maybe", of("credit", basis="standard"), money(0), when=holds("flag"))
    found = capped(BARE, USUAL, MORE, goodwill(0), maybe)
    assert why(found) == {"credit": ("needs_fact", "maybe", ("flag",))}
    surely = limit("surely", of("credit", basis="standard"), money(0))
    assert why(capped(BARE, USUAL, MORE, goodwill(0), surely)) == {
        "credit": ("over_limit", "goodwill", ())
    }


@pytest.mark.parametrize("over", ["reduce", "withhold"])
def test_entitled_words_stand_whatever_is_offered_on_top(
    over: Literal["reduce", "withhold"],
) -> None:
    sorry = kind("sorry", "apology")
    right = rule("law", entitle("sorry"))
    more = rule("more", offer("sorry", value=money(5000)))
    cap = limit("cap", of("sorry"), money(2000), over)
    for known in (facts(), facts({}, refusal("sorry", 2000)), facts({}, refusal("sorry"))):
        found = only(capped(sorry, right, more, cap, known=known))
        assert found.entitled
        assert (found.value, found.rules) in {(0, ("law",)), (2000, ("law", "more"))}
    assert only(capped(sorry, right, more, cap, known=facts({}, refusal("sorry")))).value == 0


def test_the_caps_count_each_claim_apart() -> None:
    by_value = limit("dear", of("credit"), money(5000), remedy_when=at_least(remedy("value"), 900))
    found = capped(BARE, LAW, MORE, goodwill(950), by_value)
    assert found.caps == (
        Cap("dear", frozenset({("credit", "goodwill")}), 5000),
        Cap("goodwill", frozenset({("credit", "goodwill")}), 950),
    )


def test_a_right_of_unknown_value_is_told_where_limits_leave_nothing_else() -> None:
    right = rule("law", entitle("credit", value=fact("owed", MONEY)))
    found = capped(BARE, right, MORE, goodwill(0))
    assert why(found) == {"credit": ("needs_fact", "law", ("owed",))}
    assert found.open_facts == ("owed",)


# --- withhold ----------------------------------------------------------------------------------


def test_what_alone_exceeds_is_withheld() -> None:
    cap = limit("cap", of("credit", "gift"), money(999), "withhold")
    found = capped(CREDIT, GIFT, OFFER, cap)
    assert amounts(found) == {"gift": (300, 300)}
    assert why(found) == {"credit": ("over_limit", "cap", ())}
    assert found.caps == (cap_of("cap", 999, "gift"),)


def test_what_reaches_a_limit_stays() -> None:
    cap = limit("cap", of("credit"), money(1000), "withhold")
    assert amounts(capped(CREDIT, CREDIT_ONLY, cap)) == {"credit": (1000, 500)}


def test_a_right_falls_back_to_what_the_customer_is_entitled_to() -> None:
    found = capped(CREDIT, CREDIT_ONLY, RIGHT, limit("cap", of("credit"), money(999), "withhold"))
    assert amounts(found) == {"credit": (400, 500)}


def test_reductions_come_first() -> None:
    found = capped(
        CREDIT,
        CREDIT_ONLY,
        limit("a", of("credit"), money(900), "withhold"),
        limit("b", of("credit"), money(800)),
        limit("c", of("credit"), money(1), "withhold", remedy_when=at_least(remedy("value"), 900)),
    )
    assert amounts(found) == {"credit": (800, 400)}


# --- unknown -----------------------------------------------------------------------------------


@pytest.mark.parametrize("over", ["reduce", "withhold"])
def test_a_limit_of_unknown_amount_withholds_all_but_the_right(over: str) -> None:
    cap = limit("cap", of("credit"), fact("budget", MONEY), over)  # type: ignore[arg-type]  # one of the two
    found = capped(CREDIT, CREDIT_ONLY, cap)
    assert why(found) == {"credit": ("needs_fact", "cap", ("budget",))}
    assert found.open_facts == ("budget",)
    assert found.caps == ()
    right = capped(CREDIT, CREDIT_ONLY, RIGHT, cap)
    assert amounts(right) == {"credit": (400, 500)}
    assert right.caps == ()


@pytest.mark.parametrize("over", ["reduce", "withhold"])
def test_a_limit_that_may_hold_acts_and_says_what_it_lacks(over: str) -> None:
    cap = limit("cap", of("credit"), money(0), over, when=holds("flag"))  # type: ignore[arg-type]  # one of the two
    found = capped(CREDIT, CREDIT_ONLY, cap)
    assert why(found) == {"credit": ("needs_fact", "cap", ("flag",))}
    assert found.open_facts == ("flag",)
    assert amounts(capped(CREDIT, CREDIT_ONLY, cap, known=facts({"flag": False}))) == {
        "credit": (1000, 500)
    }


def test_a_limit_that_may_hold_cuts() -> None:
    found = capped(CREDIT, CREDIT_ONLY, limit("cap", of("credit"), money(300), when=holds("flag")))
    assert amounts(found) == {"credit": (300, 150)}
    assert found.open_facts == ("flag",)
    assert found.caps == (cap_of("cap", 300, "credit", facts=("flag",)),)


def test_a_limit_that_may_count_more_gives_a_second_cap_that_says_what_it_lacks() -> None:
    dear = compare(remedy("value"), ">=", fact("dear", MONEY))
    found = capped(
        CREDIT, GIFT, OFFER, limit("cap", of("credit", "gift"), money(2000), remedy_when=dear)
    )
    both_kinds = cap_of("cap", 2000, "credit", "gift", facts=("dear",))
    assert found.caps == (both_kinds,)
    assert both_kinds.obstacle == Obstacle("needs_fact", "cap", ("dear",))

    either_way = either(equals(remedy("kind", TEXT), "credit"), dear)
    cap = limit("cap", of("credit", "gift"), money(2000), remedy_when=either_way)
    found = capped(CREDIT, GIFT, OFFER, cap)
    assert found.caps == (cap_of("cap", 2000, "credit"), both_kinds)
    assert found.caps[0].obstacle == Obstacle("over_limit", "cap")


def test_every_limit_in_doubt_names_its_facts() -> None:
    doubts = (
        limit("a", of("credit"), money(0), when=holds("x")),
        limit("b", of("credit"), fact("budget", MONEY)),
        limit("c", of("credit"), money(9), "withhold", when=holds("y")),
        limit("d", of("credit"), money(2000), "withhold", when=holds("z")),
    )
    found = capped(CREDIT, CREDIT_ONLY, *doubts)
    assert why(found) == {"credit": ("needs_fact", "a", ("budget", "x", "y"))}
    assert found.open_facts == ("budget", "x", "y", "z")


def test_a_limit_in_doubt_is_not_told_where_another_surely_withholds() -> None:
    maybe = limit("a", of("credit"), money(0), when=holds("x"))
    surely = limit("b", of("credit"), money(900), "withhold")
    assert why(capped(CREDIT, CREDIT_ONLY, maybe, surely)) == {"credit": ("over_limit", "b", ())}


@pytest.mark.parametrize("over", ["reduce", "withhold"])
def test_a_limit_that_no_answer_could_make_known_has_no_value(
    over: Literal["reduce", "withhold"],
) -> None:
    differ = define("differ", cases("unique", (ALWAYS, money(1)), (ALWAYS, money(2))), MONEY)
    cap = limit("cap", of("credit"), defined("differ", MONEY), over)
    assert why(capped(CREDIT, CREDIT_ONLY, cap, differ)) == {"credit": ("no_value", "cap", ())}
    never_known = compare(defined("differ", MONEY), ">=", money(5))
    maybe = limit("cap", of("credit"), money(700), over, when=never_known)
    found = capped(CREDIT, CREDIT_ONLY, maybe, differ)
    if over == "withhold":
        assert why(found) == {"credit": ("no_value", "cap", ())}
    else:
        assert found.caps == (cap_of("cap", 700, "credit"),)


def test_a_limit_beyond_all_amounts_is_none() -> None:
    huge = limit("cap", of("credit"), money(10**30))
    assert amounts(capped(CREDIT, CREDIT_ONLY, huge)) == {"credit": (1000, 500)}


def test_a_limit_that_surely_withholds_is_told_before_one_that_may() -> None:
    maybe = limit("a", of("credit"), money(0), when=holds("flag"))
    surely = limit("b", of("credit"), money(0))
    assert why(capped(CREDIT, CREDIT_ONLY, maybe, surely)) == {"credit": ("over_limit", "b", ())}


def test_a_smaller_offer_is_refused_only_if_it_surely_is_smaller() -> None:
    known = facts({}, refusal("credit", 300))
    maybe = limit("a", of("credit"), money(300), when=holds("flag"))
    assert why(capped(CREDIT, CREDIT_ONLY, maybe, known=known)) == {
        "credit": ("needs_fact", "a", ("flag",))
    }


# --- money back --------------------------------------------------------------------------------


def paid(order: int | None, refunded: int | None = 0, spent: int | None = 0) -> Facts:
    return facts({"order.paid": order, "order.refunded": refunded, "incident.out_of_pocket": spent})


@pytest.mark.parametrize(
    ("part", "gives"),
    [
        ("fix", "money_now"),
        ("fix", "money_later"),
        ("perk", "money_now"),
        ("apology", "money_now"),
        ("explanation", "money_now"),
    ],
)
def test_money_back_never_exceeds_what_was_paid(part: Part, gives: Gives) -> None:
    refund = kind("refund", part, value=money(1000), cost=money(1000), gives=gives)
    given = rule("r", offer("refund"))
    found = capped(refund, given, known=paid(1200, 300, 100))
    assert amounts(found) == {"refund": (1000, 1000)}
    assert found.caps == (cap_of("money_back", 1000, "refund"),)
    over = capped(refund, given, known=paid(1200, 300, 99))
    assert why(over) == {"refund": ("over_limit", "money_back", ())}


@pytest.mark.parametrize(
    ("part", "gives"), [("fix", "exchange"), ("fix", "psychological"), ("perk", "money_later")]
)
def test_goods_and_perks_are_no_money_back(part: Part, gives: Gives) -> None:
    other = kind("other", part, value=money(1000), gives=gives)
    found = capped(other, rule("r", offer("other")), known=paid(0))
    assert amounts(found) == {"other": (1000, 1000)}
    assert found.caps == ()


def test_more_refunded_than_paid_allows_nothing() -> None:
    refund = kind("refund", value=money(10), gives="money_now")
    assert why(capped(refund, rule("r", offer("refund")), known=paid(100, 300))) == {
        "refund": ("over_limit", "money_back", ())
    }


def test_money_back_is_withheld_while_it_is_unknown_what_was_paid() -> None:
    refund = kind("refund", value=money(10), gives="money_now")
    found = capped(refund, rule("r", offer("refund")), known=paid(None, 0, None))
    expected = ("incident.out_of_pocket", "order.paid")
    assert why(found) == {"refund": ("needs_fact", "money_back", expected)}
    assert found.open_facts == expected


def test_a_right_to_money_counts_as_spent_and_stays() -> None:
    refund = kind("refund", value=money(1000), gives="money_now")
    right = rule("r", entitle("refund"))
    found = capped(refund, right, known=paid(500))
    assert amounts(found) == {"refund": (1000, 1000)}
    assert found.caps == (cap_of("money_back", 500, "refund", basis="entitlement"),)
    assert amounts(capped(refund, right, known=paid(None))) == {"refund": (1000, 1000)}


def test_half_a_cent_of_cost_is_rounded_up() -> None:
    odd = kind("credit", value=money(1000), cost=money(Fraction(5)))
    found = capped(odd, CREDIT_ONLY, limit("cap", of("credit"), money(500)))
    assert amounts(found) == {"credit": (500, 3)}
