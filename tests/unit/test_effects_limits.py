"""Limits: cut, withheld, never below a right; and the caps that are left to the plan."""

from fractions import Fraction

import pytest

from remedykit.effects.candidates import Candidates, Cap
from remedykit.facts.values import Facts
from remedykit.language.syntax import Limit, RemedyKind, Rule
from remedykit.language.types import MONEY
from remedykit.model.words import Gives, Part
from support.build import (
    NEVER,
    arithmetic,
    at_least,
    const,
    decide,
    entitle,
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
GIFT = kind("gift", "perk", value=money(300))
OFFER = rule("lost", offer("credit", "gift"))
RIGHT = rule("law", entitle("credit", value=money(400)))
CREDIT_ONLY = rule("lost", offer("credit"))


def amounts(found: Candidates) -> dict[str, tuple[int, int]]:
    """Return value and cost by kind."""
    return {item.kind.name: (item.value, item.cost) for item in found.candidates}


def why(found: Candidates) -> dict[str, tuple[str, str, tuple[str, ...]]]:
    return {item.kind: (item.reason, item.rule, item.facts) for item in found.withheld}


def capped(*parts: RemedyKind | Rule | Limit, known: Facts | None = None) -> Candidates:
    return decide(policy(*parts), known or facts())


# --- reduce ------------------------------------------------------------------------------------


def test_a_limit_cuts_the_value_and_the_cost_in_proportion() -> None:
    found = capped(CREDIT, GIFT, OFFER, limit("cap", of("credit", "gift"), money(301)))
    assert amounts(found) == {"credit": (301, 151), "gift": (300, 300)}
    assert found.caps == (Cap("cap", frozenset({"credit", "gift"}), 301),)


def test_the_amount_of_a_limit_is_rounded_half_up() -> None:
    third = arithmetic(money(1001), "/", const(2))
    found = capped(CREDIT, CREDIT_ONLY, limit("cap", of("credit"), third))
    assert amounts(found)["credit"][0] == 501


def test_of_several_limits_the_lowest_counts_and_their_order_does_not() -> None:
    low, high = (limit(name, of("credit"), money(at)) for name, at in (("b", 200), ("a", 333)))
    found = capped(CREDIT, CREDIT_ONLY, low, high)
    assert amounts(found) == {"credit": (200, 100)}
    assert found.caps == (
        Cap("a", frozenset({"credit"}), 333),
        Cap("b", frozenset({"credit"}), 200),
    )


def test_no_limit_cuts_below_the_right() -> None:
    found = capped(CREDIT, CREDIT_ONLY, RIGHT, limit("cap", of("credit"), money(100)))
    assert amounts(found) == {"credit": (400, 200)}
    assert found.caps == (Cap("cap", frozenset({"credit"}), 100),)


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
    assert amounts(found) == {"credit": (400, 200)}


def test_words_fit_under_every_limit() -> None:
    sorry = kind("sorry", "apology")
    given = rule("r", offer("sorry"))
    for at_most in (money(0), fact("unknown", MONEY)):
        cap = limit("cap", of("sorry"), at_most, "withhold")
        found = capped(sorry, given, cap, limit("cut", of("sorry"), at_most))
        assert amounts(found) == {"sorry": (0, 0)}
        assert found.open_facts == ()


# --- withhold ----------------------------------------------------------------------------------


def test_what_alone_exceeds_is_withheld() -> None:
    cap = limit("cap", of("credit", "gift"), money(999), "withhold")
    found = capped(CREDIT, GIFT, OFFER, cap)
    assert amounts(found) == {"gift": (300, 300)}
    assert why(found) == {"credit": ("over_limit", "cap", ())}
    assert found.caps == (Cap("cap", frozenset({"gift"}), 999),)


def test_what_reaches_a_limit_stays() -> None:
    cap = limit("cap", of("credit"), money(1000), "withhold")
    assert amounts(capped(CREDIT, CREDIT_ONLY, cap)) == {"credit": (1000, 500)}


def test_a_right_falls_back_to_what_the_customer_is_entitled_to() -> None:
    found = capped(CREDIT, CREDIT_ONLY, RIGHT, limit("cap", of("credit"), money(999), "withhold"))
    assert amounts(found) == {"credit": (400, 200)}


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
    assert amounts(right) == {"credit": (400, 200)}
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
    assert found.caps == (Cap("cap", frozenset({"credit"}), 300),)


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


@pytest.mark.parametrize("gives", ["money_now", "money_later"])
def test_money_back_never_exceeds_what_was_paid(gives: Gives) -> None:
    refund = kind("refund", value=money(1000), gives=gives)
    given = rule("r", offer("refund"))
    found = capped(refund, given, known=paid(1200, 300, 100))
    assert amounts(found) == {"refund": (1000, 1000)}
    assert found.caps == (Cap("money_back", frozenset({"refund"}), 1000),)
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
    assert found.caps == (Cap("money_back", frozenset({"refund"}), 500),)
    assert amounts(capped(refund, right, known=paid(None))) == {"refund": (1000, 1000)}


def test_half_a_cent_of_cost_is_rounded_up() -> None:
    odd = kind("credit", value=money(1000), cost=money(Fraction(5)))
    found = capped(odd, CREDIT_ONLY, limit("cap", of("credit"), money(500)))
    assert amounts(found) == {"credit": (500, 3)}
