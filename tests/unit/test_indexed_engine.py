"""The index: what its tables leave, and that it is right where tables alone are not enough."""

from __future__ import annotations

import pickle
from fractions import Fraction
from itertools import product

import pytest

from remedykit import Policy
from remedykit.engine.indexed import exact
from remedykit.engine.indexed.engine import IndexedEngine
from remedykit.engine.indexed.functions import Functions
from remedykit.engine.indexed.index import Index
from remedykit.engine.indexed.make_index import index_of
from remedykit.engine.indexed.tables import ListTable, RangeTable, Unknown, WordTable
from remedykit.engine.matching import EngineName, Matches
from remedykit.language.syntax import (
    Between,
    CheckedPolicy,
    Contains,
    Expression,
    HandOver,
    KnownTest,
    MemberOf,
    NotTest,
    OneOf,
)
from remedykit.language.types import INT, MONEY, TEXT, TEXTS, Value
from support.agreeing import AllEngines
from support.build import (
    at_least,
    both,
    compare,
    const,
    define,
    defined,
    either,
    equals,
    fact,
    facts,
    holds,
    negation,
    param,
    param_read,
    passes,
    policy,
    rule,
)
from support.tiny_policy import POLICY, customer, incident

DAYS, TIER, TAGS = fact("days", INT), fact("tier", TEXT), fact("tags", TEXTS)


def of_rules(*conditions: Expression) -> CheckedPolicy:
    return policy(*(rule(f"r{n}", HandOver("x"), when=each) for n, each in enumerate(conditions)))


def index(*conditions: Expression) -> Index:
    checked = of_rules(*conditions)
    return index_of(checked, Functions(checked, "USD"))


def matches(*conditions: Expression, **values: Value | None) -> Matches:
    return AllEngines.of(of_rules(*conditions), facts(dict(values))).matches


# --- tables ------------------------------------------------------------------------------------


def test_a_word_leaves_what_wants_it_and_what_does_not_ask() -> None:
    table = WordTable(0b011, Unknown(0b100, 0b111), {"gold": 0b101, "vip": 0b110}, 0b100)
    assert [table.left(word) for word in ("gold", "vip", "new")] == [0b101, 0b110, 0b100]


def test_a_place_is_below_at_or_above_each_cut() -> None:
    table = RangeTable(0b1, Unknown(0, 1), cuts=(2, 5), at=(1, 3), above=(0, 2, 4))
    assert [table.left(value) for value in (1, 2, Fraction(7, 2), 5, 6)] == [0, 1, 2, 3, 4]


def test_a_list_leaves_what_its_words_are_wanted_for_and_nothing_that_refuses_one() -> None:
    table = ListTable(
        tested=0b11,
        unknown=Unknown(0b100, 0b111),
        other=0b101,
        wanted={"gold": 0b010},
        tolerated={"vip": ~0b001},
    )
    assert table.left(()) == 0b101
    assert table.left(("gold",)) == 0b111
    assert table.left(("gold", "vip")) == 0b110
    assert table.left(("other",)) == 0b101


# --- the index ---------------------------------------------------------------------------------


def test_the_fact_that_leaves_least_leads() -> None:
    kinds = [both(equals(TIER, word), holds("lost")) for word in ("a", "b", "c", "d")]
    assert index(*kinds).lead == "tier"
    assert set(index(*kinds).courses) == {"a", "b", "c", "d", None}


def test_nothing_leads_where_no_fact_has_few_values() -> None:
    found = index(at_least(DAYS, 3))
    assert (found.lead, list(found.courses)) == ("", [None])
    many = [equals(TIER, f"word{n}") for n in range(65)]
    assert index(*many).lead == ""
    assert index(*many[:64]).lead == "tier"


def test_only_facts_that_matter_to_what_is_left_are_looked_up() -> None:
    found = index(
        both(equals(TIER, "gold"), at_least(DAYS, 3)),
        both(equals(TIER, "vip"), passes(TAGS, Contains("x"))),
        both(equals(TIER, "vip"), equals(fact("size", TEXT), "big")),
    )
    assert [name for name, *_ in found.courses["gold"].ranges] == ["days"]
    assert found.courses["gold"].words == ()
    assert found.courses["gold"].lists == ()
    assert [name for name, _ in found.courses["vip"].lists] == ["tags"]
    assert [name for name, *_ in found.courses["vip"].words] == ["size"]
    assert found.other.left == Unknown(0, 0)
    assert found.courses[None].left == Unknown(0, 0b111)


def test_a_clause_with_choices_holds_if_one_of_them_does() -> None:
    choice = either(both(holds("a"), at_least(DAYS, 3)), equals(TIER, "gold"))
    assert matches(choice, holds("a"), a=True, days=3, tier="new") == Matches(0b11, 0b11)
    assert matches(choice, holds("a"), a=False, days=3, tier="gold") == Matches(0b01, 0b01)
    assert matches(choice, holds("a"), a=True, days=None, tier="new") == Matches(0b10, 0b11)
    assert matches(choice, holds("a"), a=True, days=None, tier="gold") == Matches(0b11, 0b11)


def test_conditions_that_no_table_can_answer_are_evaluated_for_what_is_left() -> None:
    further = compare(DAYS, "<", fact("other", INT))
    both_ways = both(holds("a"), further, negation(compare(DAYS, "==", fact("third", INT))))
    assert matches(both_ways, a=True, days=1, other=2, third=3) == Matches(1, 1)
    assert matches(both_ways, a=True, days=1, other=2, third=1) == Matches(0, 0)
    assert matches(both_ways, a=True, days=1, other=None, third=3) == Matches(0, 1)
    assert matches(both_ways, a=True, days=1, other=None, third=1) == Matches(0, 0)
    assert matches(both_ways, a=None, days=1, other=2, third=3) == Matches(0, 1)


@pytest.mark.parametrize("days", [None, 1, 2, 3])
def test_several_tests_on_one_fact_must_all_hold(days: int | None) -> None:
    matches(
        both(at_least(DAYS, 2), passes(DAYS, Between(None, const(2)))),
        both(at_least(DAYS, 2), passes(DAYS, KnownTest(expected=False))),
        both(passes(DAYS, NotTest(Between(const(2), const(2))))),
        days=days,
    )


@pytest.mark.parametrize("tags", [None, (), ("a",), ("b",), ("a", "b"), ("c", "a"), ("c",)])
def test_lists_are_tested_in_every_form(tags: tuple[str, ...] | None) -> None:
    a, b = passes(TAGS, Contains("a")), passes(TAGS, Contains("b"))
    either_word = passes(TAGS, OneOf((Contains("a"), Contains("b"))))
    matches(
        a,
        both(a, b),
        both(a, negation(b)),
        either_word,
        negation(either_word),
        both(negation(a), negation(b)),
        passes(TAGS, OneOf((Contains("a"), NotTest(Contains("b"))))),
        both(passes(TAGS, NotTest(Contains("a"))), passes(TAGS, KnownTest(expected=True))),
        passes(TAGS, OneOf(())),
        passes(TAGS, NotTest(OneOf(()))),
        tags=tags,
    )


@pytest.mark.parametrize("currency", ["USD", "EUR", "JPY"])
@pytest.mark.parametrize("paid", [None, 400, 500, 600])
@pytest.mark.parametrize("declared", [(), ("EUR", "USD")])
def test_params_have_the_amount_of_the_currency(
    currency: str, paid: int | None, declared: tuple[str, ...]
) -> None:
    amount = param("small", None, MONEY, by_currency={"USD": 500, "EUR": 400})
    loss = fact("loss", MONEY)
    low = passes(loss, Between(None, param_read("small", MONEY)))
    checked = policy(amount, rule("r", HandOver("x"), when=low), currencies=declared)
    agreed = AllEngines.of(checked, facts({"loss": paid}, currency=currency)).matches
    assert agreed.possible == (
        paid is None or currency == "JPY" or paid <= {"USD": 500, "EUR": 400}[currency]
    )


def test_a_member_of_no_words_is_nobody() -> None:
    words = param("words", (), TEXTS)
    nobody = passes(TIER, MemberOf(param_read("words", TEXTS)))
    checked = policy(words, rule("r", HandOver("x"), when=nobody))
    assert AllEngines.of(checked, facts({"tier": "gold"})).matches == Matches(0, 0)


def test_a_define_of_tests_alone_has_bits_of_its_own() -> None:
    late = define("late", either(at_least(DAYS, 3), equals(TIER, "gold")))
    bad = define("bad", both(defined("late"), holds("lost")), before=[late])
    less = compare(DAYS, "<", fact("other", INT))
    odd = define("odd", both(defined("bad"), less), before=[late, bad])
    never, always = define("never", either()), define("always", both())
    conditions: list[Expression] = [
        both(holds("a"), defined("bad")),
        negation(defined("bad")),
        passes(defined("bad"), KnownTest(expected=False)),
        defined("odd"),
        defined("never"),
        defined("always"),
    ]
    rules = (rule(f"r{n}", HandOver("x"), when=when) for n, when in enumerate(conditions))
    checked = policy(late, bad, odd, never, always, *rules)
    found = index_of(checked, Functions(checked, "USD"))
    assert len(found.other.looked) == 4  # all but `odd`, which compares two facts
    assert len(found.other.computed) == 1
    for days, tier, lost in product((None, 1, 3), (None, "gold", "x"), (None, True, False)):
        known = facts({"a": True, "days": days, "tier": tier, "lost": lost, "other": 4})
        assert AllEngines.of(checked, known).matches.truth(5) is True


def test_a_define_that_only_excluded_rules_test_is_not_looked_at() -> None:
    late = define("late", at_least(DAYS, 3))
    checked = policy(
        late,
        rule("a", HandOver("x"), when=both(equals(TIER, "gold"), defined("late"))),
        rule("b", HandOver("x"), when=equals(TIER, "vip")),
    )
    found = index_of(checked, Functions(checked, "USD"))
    assert [len(found.courses[word].looked) for word in ("gold", "vip")] == [1, 0]
    assert [len(found.courses[word].ranges) for word in ("gold", "vip")] == [1, 0]


def test_a_define_is_computed_where_a_conjunction_is_left_that_tests_it() -> None:
    late = define("late", at_least(DAYS, 3))
    checked = policy(
        late,
        rule("a", HandOver("x"), when=both(holds("lost"), defined("late"))),
        rule("b", HandOver("x"), when=negation(defined("late"))),
    )
    known = AllEngines.of(checked, facts({"lost": True, "days": 3}))
    assert known.matches == Matches(0b01, 0b01)
    assert AllEngines.of(checked, facts({"lost": True})).matches == Matches(0, 0b11)
    assert AllEngines.of(checked, facts({"lost": False, "days": 1})).matches == Matches(0b10, 0b10)


# --- the engine --------------------------------------------------------------------------------


def test_the_engine_can_be_pickled() -> None:
    checked = of_rules(at_least(DAYS, 3))
    copy = pickle.loads(pickle.dumps(IndexedEngine(checked)))  # noqa: S301 - made here
    assert copy.evaluate(facts({"days": 3})).matches == Matches(1, 1)


def test_a_text_is_no_number() -> None:
    with pytest.raises(TypeError, match="'gold' is no number"):
        exact.number("gold")


def test_an_engine_that_there_is_not_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="no engine name='quick', but indexed, reference"):
        Policy.shipped("transactional").with_engine("quick")  # type: ignore[arg-type]  # so it is


@pytest.mark.parametrize("name", ["indexed", "reference"])
def test_a_policy_decides_by_the_engine_that_is_chosen(name: EngineName) -> None:
    chosen = POLICY.with_engine(name)
    assert chosen.engine == name
    assert chosen.decide(incident(), customer()) == POLICY.decide(incident(), customer())
