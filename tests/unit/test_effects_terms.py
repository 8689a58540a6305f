"""From several claims to one candidate: whose terms count, what it costs, what is said."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from remedykit.effects.admitted import admitted
from remedykit.effects.candidates import Candidate
from remedykit.effects.setting import MOST_MINOR_UNITS
from remedykit.facts.values import Facts
from remedykit.language.syntax import RemedyKind, Rule, Template, Terms
from remedykit.language.types import MONEY, TIME
from remedykit.model.words import Part
from support.build import (
    HERE,
    NOON,
    arithmetic,
    const,
    entitle,
    fact,
    facts,
    kind,
    money,
    offer,
    policy,
    rule,
    setting,
)

SAY, OTHER_SAY, NOTE = (Template((text,), HERE) for text in ("say", "other", "note"))


def candidate(known: Facts, *parts: RemedyKind | Rule) -> Candidate:
    (only,) = admitted(setting(policy(*parts), known)).candidates
    return only


def test_the_highest_value_wins_with_its_terms_and_all_rules_are_named() -> None:
    found = candidate(
        facts(),
        kind("credit", value=money(100), note=NOTE),
        rule("a", offer("credit"), source="house rule"),
        rule(
            "b",
            offer(
                "credit",
                overrides=Terms(
                    value=money(300),
                    cost=money(70),
                    resolved_in_days=Fraction(2),
                    effort_0_to_5=Fraction(1, 2),
                    say=SAY,
                    pays="seller",
                    due=const(NOON),
                ),
            ),
            source="16 CFR 435.2(c)",
        ),
        rule("c", offer("credit", value=money(200)), source="house rule"),
        rule("d", offer("credit", value=money(200))),
    )
    assert (found.value, found.cost, found.cost_is_estimated) == (300, 70, False)
    assert (found.resolved_in_days, found.effort_0_to_5) == (Fraction(2), Fraction(1, 2))
    assert (found.say, found.note, found.pays, found.due) == (SAY, NOTE, "seller", NOON)
    assert found.rules == ("a", "b", "c", "d")
    assert found.source == ("house rule", "16 CFR 435.2(c)")


def test_what_no_rule_overrides_is_the_catalogues() -> None:
    catalogue = Terms(
        value=money(300),
        cost=money(70),
        resolved_in_days=Fraction(2),
        effort_0_to_5=Fraction(1, 2),
        say=SAY,
        pays="seller",
        due=const(NOON),
    )
    credit = replace(kind("credit"), terms=catalogue)
    found = candidate(facts(), credit, rule("a", offer("credit", overrides=Terms(say=OTHER_SAY))))
    assert (found.value, found.cost, found.resolved_in_days) == (300, 70, Fraction(2))
    assert (found.effort_0_to_5, found.pays, found.due) == (Fraction(1, 2), "seller", NOON)
    assert found.say == OTHER_SAY


def test_a_rule_may_override_with_0() -> None:
    slow = Terms(value=money(5), resolved_in_days=Fraction(3), effort_0_to_5=Fraction(1))
    credit = replace(kind("credit"), terms=slow)
    overrides = Terms(resolved_in_days=Fraction(0), effort_0_to_5=Fraction(0))
    found = candidate(facts(), credit, rule("a", offer("credit", overrides=overrides)))
    assert (found.resolved_in_days, found.effort_0_to_5) == (Fraction(0), Fraction(0))


def test_of_equal_values_a_right_gives_the_terms_then_the_rules_id() -> None:
    credit = kind("credit", value=money(100))
    due = Terms(due=const(NOON))
    right = rule("z", entitle("credit", overrides=due))
    assert candidate(facts(), credit, rule("a", offer("credit")), right).due == NOON
    shop, seller = (offer("credit", overrides=Terms(pays=name)) for name in ("shop", "seller"))
    assert candidate(facts(), credit, rule("a", seller), rule("b", shop)).pays == "seller"


def test_a_candidate_rests_on_what_the_stronger_claims_make_alone() -> None:
    credit = kind("credit", value=money(900))
    goodwill = rule("a", offer("credit", basis="goodwill"))
    usual = rule("b", offer("credit", value=money(500)), source="house rule")
    rights = (
        rule("c", entitle("credit", value=money(300)), source="law"),
        rule("d", entitle("credit", value=money(200))),
    )
    found = candidate(facts(), credit, goodwill, usual, *rights)
    assert (found.basis, found.claimed_as, found.value) == ("entitlement", "goodwill", 900)
    assert found.source == ("house rule", "law")
    assert found.lower == candidate(facts(), credit, usual, *rights)
    middle = found.lower
    assert middle is not None
    assert (middle.basis, middle.claimed_as, middle.value) == ("entitlement", "standard", 500)
    assert middle.lower == candidate(facts(), credit, *rights)
    right = middle.lower
    assert right is not None
    assert (right.claimed_as, right.value, right.rules) == ("entitlement", 300, ("c", "d"))
    assert right.lower is None


def test_a_claim_of_no_higher_value_than_a_stronger_one_is_not_on_top_of_it() -> None:
    found = candidate(
        facts(),
        kind("credit", value=money(300)),
        rule("a", offer("credit", basis="goodwill")),
        rule("b", entitle("credit")),
    )
    assert (found.claimed_as, found.lower, found.rules) == ("entitlement", None, ("a", "b"))


def test_nothing_on_top_delays_a_right() -> None:
    def due(days: int, value: int) -> Terms:
        return Terms(value=money(value), due=const(NOON + timedelta(days=days)))

    credit = kind("credit")
    more = due(9, 900)
    rights = (
        rule("b", entitle("credit", overrides=due(3, 200))),
        rule("c", entitle("credit", overrides=due(0, 100))),
    )
    other = rule("d", offer("credit", overrides=due(-1, 100)))
    found = candidate(facts(), credit, rule("a", offer("credit", overrides=more)), *rights, other)
    assert found.due == NOON
    alone = candidate(facts(), credit, rule("a", offer("credit", overrides=more)))
    assert alone.due == NOON + timedelta(days=9)


def test_a_rule_of_unknown_value_leaves_the_known_ones() -> None:
    found = candidate(
        facts(),
        kind("credit", value=money(100)),
        rule("a", offer("credit")),
        rule("b", offer("credit", value=fact("value", MONEY))),
    )
    assert (found.value, found.rules) == (100, ("a",))


def test_amounts_are_rounded_half_up_to_the_minor_unit() -> None:
    half = arithmetic(money(125), "/", const(2))
    credit = kind("credit", value=half, cost=arithmetic(money(5), "/", const(2)))
    found = candidate(facts(), credit, rule("a", offer("credit")))
    assert (found.value, found.cost) == (63, 3)


@pytest.mark.parametrize(
    ("part", "expected"),
    [("fix", 100), ("perk", 100), ("apology", 0), ("explanation", 0)],
)
def test_without_a_cost_goods_cost_their_value_and_words_nothing(part: Part, expected: int) -> None:
    found = candidate(facts(), kind("x", part, value=money(100)), rule("a", offer("x")))
    assert (found.cost, found.cost_is_estimated) == (expected, False)


def test_an_unknown_cost_counts_as_the_value_and_says_so() -> None:
    credit = kind("credit", value=money(100), cost=fact("cost", MONEY))
    given = rule("a", offer("credit"))
    found = candidate(facts(), credit, given)
    assert (found.cost, found.cost_is_estimated) == (100, True)
    assert admitted(setting(policy(credit, given), facts())).open_facts == {"cost"}


def test_a_cost_below_0_counts_as_0() -> None:
    credit = kind("credit", value=money(100), cost=money(-1))
    assert candidate(facts(), credit, rule("a", offer("credit"))).cost == 0


def test_what_is_not_said_of_the_terms_has_a_default() -> None:
    found = candidate(facts(), kind("x"), rule("a", offer("x")))
    assert (found.resolved_in_days, found.effort_0_to_5, found.pays) == (
        Fraction(0),
        Fraction(0),
        "shop",
    )
    assert (found.say, found.note, found.due) == (None, None, None)


def test_an_unknown_due_time_is_open_and_withholds_nothing() -> None:
    due = arithmetic(fact("at", TIME), "+", const(timedelta(days=7)), TIME)
    refund = kind("refund", value=money(5), due=due)
    given = rule("a", offer("refund"))
    assert candidate(facts({"at": NOON}), refund, given).due == NOON + timedelta(days=7)
    assert candidate(facts(), refund, given).due is None
    assert admitted(setting(policy(refund, given), facts())).open_facts == {"at"}


def test_an_amount_beyond_all_amounts_is_no_value() -> None:
    given = rule("a", offer("credit"))
    most = candidate(facts(), kind("credit", value=money(MOST_MINOR_UNITS)), given)
    assert most.value == MOST_MINOR_UNITS
    more = kind("credit", value=money(MOST_MINOR_UNITS + 1))
    (held,) = admitted(setting(policy(more, given), facts())).withheld
    assert (held.reason, held.rule, held.facts) == ("no_value", "a", ())


def test_a_cost_beyond_all_amounts_counts_as_the_highest() -> None:
    credit = kind("credit", value=money(1), cost=money(10**30))
    assert candidate(facts(), credit, rule("a", offer("credit"))).cost == MOST_MINOR_UNITS
