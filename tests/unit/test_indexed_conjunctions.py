"""What the index has its bits for: conjunctions, one of which must hold."""

from __future__ import annotations

import pytest

from remedykit.engine.indexed.conjunctions import MOST_CONJUNCTIONS, conjunctions_of
from remedykit.language.syntax import (
    Between,
    Contains,
    EqualTo,
    Expression,
    In,
    IsKnown,
    KnownTest,
    MemberOf,
    NotTest,
    Test,
)
from remedykit.language.types import INT, TEXT, TEXTS
from support.build import (
    ALWAYS,
    HERE,
    NEVER,
    both,
    compare,
    const,
    defined,
    either,
    equals,
    fact,
    holds,
    negation,
    param_read,
)

A, B, C, D = (holds(name) for name in "abcd")
DAYS, TIER, TAGS = fact("days", INT), fact("tier", TEXT), fact("tags", TEXTS)


def conjunctions(condition: Expression) -> list[list[tuple[str, bool]]]:
    """Return the names of the facts in each conjunction, and whether they are to hold."""
    return [
        [(literal.on[0].name if literal.on else "?", literal.holds) for literal in conjunction]
        for conjunction in conjunctions_of(condition)
    ]


def test_all_of_several_parts_are_one_conjunction() -> None:
    assert conjunctions(both(A, both(B, C))) == [[("a", True), ("b", True), ("c", True)]]


def test_each_choice_is_a_conjunction_of_its_own_with_all_that_stands_beside_it() -> None:
    assert conjunctions(both(A, either(B, both(C, D)))) == [
        [("a", True), ("b", True)],
        [("a", True), ("c", True), ("d", True)],
    ]


def test_not_is_pushed_inward() -> None:
    assert conjunctions(negation(both(A, either(B, negation(C))))) == [
        [("a", False)],
        [("b", False), ("c", True)],
    ]


def test_always_is_one_conjunction_of_nothing_and_never_is_none() -> None:
    assert conjunctions_of(ALWAYS) == conjunctions_of(const(True)) == ((),)
    assert conjunctions_of(NEVER) == conjunctions_of(const(False)) == ()
    assert conjunctions_of(negation(const(False))) == ((),)
    assert conjunctions_of(negation(ALWAYS)) == ()


def test_what_would_be_too_many_conjunctions_is_evaluated_as_a_whole() -> None:
    pairs = [either(holds(f"x{n}"), holds(f"y{n}")) for n in range(4)]
    found = conjunctions_of(both(*pairs))
    assert len(found) == MOST_CONJUNCTIONS
    assert {literal.condition for each in found for literal in each if literal.on is None} == {
        pairs[3]
    }
    many = either(*(holds(f"x{n}") for n in range(MOST_CONJUNCTIONS + 1)))
    assert [literal.condition for each in conjunctions_of(many) for literal in each] == [many]


@pytest.mark.parametrize(
    ("condition", "test"),
    [
        (compare(DAYS, "<", const(3)), Between(None, const(3), high_excluded=True)),
        (compare(DAYS, "<=", const(3)), Between(None, const(3))),
        (compare(DAYS, ">", const(3)), Between(const(3), None, low_excluded=True)),
        (compare(DAYS, ">=", const(3)), Between(const(3), None)),
        (compare(DAYS, "==", const(3)), EqualTo(const(3))),
        (compare(DAYS, "!=", const(3)), NotTest(EqualTo(const(3)))),
        (compare(const(3), "<", DAYS), Between(const(3), None, low_excluded=True)),
        (compare(const(3), ">=", DAYS), Between(None, const(3))),
        (compare(param_read("p"), "<=", DAYS), Between(param_read("p"), None)),
        (In(TIER, param_read("words", TEXTS), HERE), MemberOf(param_read("words", TEXTS))),
        (In(const("gold"), TAGS, HERE), Contains("gold")),
        (IsKnown(DAYS, HERE), KnownTest(expected=True)),
        (defined("late"), EqualTo(const(True))),
        (fact("lost"), EqualTo(const(True))),
    ],
)
def test_a_condition_on_one_subject_is_a_test(condition: Expression, test: Test) -> None:
    ((literal,),) = conjunctions_of(condition)
    assert literal.on is not None
    assert literal.on[1] == test
    ((negated,),) = conjunctions_of(negation(condition))
    assert negated.on is not None
    assert negated.on[1] == (test.test if isinstance(test, NotTest) else NotTest(test))


def test_what_compares_two_facts_is_no_test() -> None:
    condition = compare(DAYS, "<", fact("other", INT))
    ((literal,),) = conjunctions_of(condition)
    assert (literal.condition, literal.holds, literal.on) == (condition, True, None)


def test_a_word_in_words_written_out_is_evaluated() -> None:
    ((literal,),) = conjunctions_of(In(TIER, const(("gold", "vip")), HERE))
    assert literal.on is None


def test_equal_to_a_word_is_a_test_on_its_fact() -> None:
    ((literal,),) = conjunctions_of(equals(TIER, "gold"))
    assert literal.on == (TIER, EqualTo(const("gold")))
