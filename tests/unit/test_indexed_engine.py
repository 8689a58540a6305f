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
from remedykit.engine.indexed.index import Branch, Course, Index
from remedykit.engine.indexed.make_index import index_of
from remedykit.engine.indexed.tables import ListTable, Unknown, WordTable
from remedykit.engine.matching import EngineName, Matches
from remedykit.facts.values import Facts
from remedykit.language.syntax import (
    AllOf,
    Between,
    CheckedPolicy,
    Contains,
    EqualTo,
    Expression,
    HandOver,
    KnownTest,
    MemberOf,
    NotTest,
    OneOf,
)
from remedykit.language.types import INT, MONEY, NUMBER, TEXT, TEXTS, Value
from support.all_engines import AllEngines
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
from support.engines import EACH_ENGINE
from support.reads import CountedValues
from support.tiny_policy import POLICY, customer, incident

DAYS, TIER, TAGS = fact("days", INT), fact("tier", TEXT), fact("tags", TEXTS)
SIZE, SHARE = fact("size", TEXT), fact("share", NUMBER)


def of_rules(*conditions: Expression) -> CheckedPolicy:
    return policy(*(rule(f"r{n}", HandOver("x"), when=each) for n, each in enumerate(conditions)))


def index(*conditions: Expression) -> Index:
    checked = of_rules(*conditions)
    return index_of(checked, Functions(checked, "USD"))


def course(found: Index, **values: Value | None) -> Course:
    """Return how a decision goes on once the leading facts are known."""
    way: Branch | Course = found.first
    while isinstance(way, Branch):
        way = way.by_value.get(values.get(way.lead), way.other)
    return way


def leads(found: Index, **values: Value | None) -> list[str]:
    """Return the names of the facts that lead a decision."""
    names: list[str] = []
    way: Branch | Course = found.first
    while isinstance(way, Branch):
        names.append(way.lead)
        way = way.by_value.get(values.get(way.lead), way.other)
    return names


def matches(*conditions: Expression, **values: Value | None) -> Matches:
    return AllEngines.of(of_rules(*conditions), facts(dict(values))).matches


# --- the index ---------------------------------------------------------------------------------


def test_the_fact_that_leaves_least_leads() -> None:
    kinds = [both(equals(TIER, word), holds("lost")) for word in ("a", "b", "c", "d")]
    first = index(*kinds).first
    assert isinstance(first, Branch)
    assert first.lead == "tier"
    assert set(first.by_value) == {"a", "b", "c", "d", None}


def test_nothing_leads_where_no_fact_has_few_values() -> None:
    assert leads(index(at_least(DAYS, 3))) == []
    many = [equals(TIER, f"word{n}") for n in range(65)]
    assert leads(index(*many)) == []
    assert leads(index(*many[:64])) == ["tier"]


def test_two_facts_lead_and_the_second_depends_on_the_value_of_the_first() -> None:
    big, lost, seen = equals(SIZE, "big"), holds("lost"), holds("seen")
    found = index(
        both(equals(TIER, "gold"), big, seen),
        both(equals(TIER, "gold"), equals(SIZE, "small"), seen),
        both(equals(TIER, "vip"), lost),
        both(equals(TIER, "new"), at_least(DAYS, 3)),
    )
    assert leads(found, tier="gold") == ["tier", "size"]
    assert leads(found, tier="vip") == ["tier", "lost"]
    assert leads(found, tier="new") == ["tier"]
    assert [name for name, *_ in course(found, tier="gold", size="big").words] == ["seen"]
    assert course(found, tier="vip", lost=True).words == ()
    assert course(found, tier="gold", size="tiny").left == Unknown(0, 0)
    assert course(found, tier="gold").left == Unknown(0, 0b0011)


@pytest.mark.parametrize("tier", [None, "gold", "vip", "new"])
@pytest.mark.parametrize("size", [None, "big", "small", "tiny"])
def test_what_two_leading_facts_leave_is_what_holds(tier: str | None, size: str | None) -> None:
    gold, big = equals(TIER, "gold"), equals(SIZE, "big")
    found = matches(
        both(gold, big),
        both(gold, negation(big)),
        both(equals(TIER, "vip"), holds("lost")),
        either(gold, equals(SIZE, "small")),
        both(passes(SIZE, KnownTest(expected=False)), gold),
        tier=tier,
        size=size,
        lost=True,
    )
    assert found.truth(0) is (
        (tier == "gold" and size == "big")
        if tier and size
        else (False if (tier or "gold") != "gold" or (size or "big") != "big" else None)
    )


def test_only_facts_that_matter_to_what_is_left_are_looked_up() -> None:
    found = index(
        both(equals(TIER, "gold"), at_least(DAYS, 3)),
        both(equals(TIER, "vip"), passes(TAGS, Contains("x"))),
        both(equals(TIER, "vip"), equals(SIZE, "big"), holds("lost")),
        both(equals(TIER, "new"), compare(SHARE, "<", const(Fraction(1, 2)))),
    )
    gold, vip = course(found, tier="gold"), course(found, tier="vip", lost=True)
    assert [name for name, *_ in gold.ranges] == ["days"]
    assert (gold.words, gold.fractions, gold.late, gold.tested_late) == ((), (), (), 0)
    assert leads(found, tier="vip") == ["tier", "lost"]
    assert [name for name, *_ in vip.words] == ["size"]
    assert [type(late.table) for late in vip.late] == [ListTable]
    assert vip.tested_late == 0b0010
    assert [name for name, *_ in course(found, tier="new").fractions] == ["share"]
    assert course(found, tier="no.such").left == Unknown(0, 0)
    assert course(found).left == Unknown(0, 0b1111)


def test_a_list_is_asked_only_where_a_condition_waits_for_it() -> None:
    wants_tag = both(at_least(DAYS, 3), passes(TAGS, Contains("x")))
    engine = IndexedEngine(of_rules(wants_tag))
    for days, reads in ((1, 0), (3, 1), (None, 1)):
        values = CountedValues({"days": days, "tags": ("x",)})
        engine.evaluate(Facts(values, "USD"))
        assert values.reads["tags"] == reads


def test_what_is_asked_late_excludes_even_what_does_not_surely_hold() -> None:
    late = both(at_least(DAYS, 3), passes(TAGS, Contains("x")))
    assert matches(late, days=None, tags=()) == Matches(0, 0)
    assert matches(late, days=None, tags=("x",)) == Matches(0, 1)
    assert matches(late, days=3, tags=None) == Matches(0, 1)


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


@pytest.mark.parametrize("days", [None, 2, 3])
def test_an_amount_that_the_currency_has_not_leaves_a_test_unknown(days: int | None) -> None:
    nowhere = param("nowhere", None, INT, by_currency={"EUR": 5})
    equal = EqualTo(param_read("nowhere", INT))
    conditions = [
        passes(DAYS, equal),
        passes(DAYS, OneOf((equal, EqualTo(const(2))))),
        passes(DAYS, AllOf((NotTest(equal), KnownTest(expected=True)))),
    ]
    rules = [rule(f"r{n}", HandOver("x"), when=each) for n, each in enumerate(conditions)]
    agreed = AllEngines.of(policy(nowhere, *rules), facts({"days": days})).matches
    of_one, of_all = (days == 2) << 1, (days is not None) << 2
    assert agreed == Matches(of_one, 0b011 | of_all)


def test_a_member_of_no_words_is_nobody() -> None:
    words = param("words", (), TEXTS)
    nobody = passes(TIER, MemberOf(param_read("words", TEXTS)))
    checked = policy(words, rule("r", HandOver("x"), when=nobody))
    assert AllEngines.of(checked, facts({"tier": "gold"})).matches == Matches(0, 0)


def test_whether_a_word_is_one_of_unknown_words_is_unknown() -> None:
    among = passes(TIER, MemberOf(param_read("nowhere", TEXTS)))
    checked = policy(param("nowhere", None, TEXTS), rule("r", HandOver("x"), when=among))
    assert AllEngines.of(checked, facts({"tier": "gold"})).matches == Matches(0, 1)


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
    assert len(course(found, a=True).looked) == 4  # all but `odd`, which compares two facts
    assert [type(late.table) for late in course(found, a=True).late] == [WordTable]
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
    assert [len(course(found, tier=word).looked) for word in ("gold", "vip")] == [1, 0]
    assert [len(course(found, tier=word).ranges) for word in ("gold", "vip")] == [1, 0]


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
    with pytest.raises(ValueError, match="no engine name='quick', but durable, indexed, reference"):
        Policy.shipped("transactional").with_engine("quick")  # type: ignore[arg-type]  # so it is


@pytest.mark.parametrize("name", EACH_ENGINE)
def test_a_policy_decides_by_the_engine_that_is_chosen(name: EngineName) -> None:
    chosen = POLICY.with_engine(name)
    assert chosen.engine == name
    assert chosen.decide(incident(), customer()) == POLICY.decide(incident(), customer())
