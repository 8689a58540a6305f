"""Which unknown facts keep an expression from being known."""

import pytest

from remedykit.engine.open_facts import OpenFacts
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.language.syntax import (
    AllOf,
    Define,
    EqualTo,
    Expression,
    IsKnown,
    KnownTest,
    NotTest,
    OneOf,
    Test,
)
from remedykit.language.types import INT, MONEY, Value
from support.build import (
    ALWAYS,
    HERE,
    arithmetic,
    at_least,
    both,
    cases,
    compare,
    const,
    define,
    defined,
    either,
    fact,
    facts,
    holds,
    is_known,
    money,
    param,
    param_read,
    passes,
    policy,
)


def found(
    expression: Expression, values: dict[str, Value | None], *defines: Define
) -> frozenset[str]:
    small = param("small", None, MONEY, by_currency={"EUR": 5})
    checked = policy(small, *defines)
    return OpenFacts.of(checked).behind(expression, ReferenceEvaluation(checked, facts(values)))


def test_a_known_expression_has_no_open_facts() -> None:
    assert found(either(ALWAYS, holds("a")), {}) == frozenset()
    assert found(both(holds("a"), holds("b")), {"b": False}) == frozenset()
    assert found(is_known(fact("a")), {}) == frozenset()


def test_only_the_unknown_parts_count() -> None:
    decided = either(holds("a"), holds("b"))
    condition = both(decided, holds("c"), holds("d"))
    assert found(condition, {"a": True, "d": True}) == {"c"}


def test_amounts_are_open_by_what_they_read() -> None:
    total = arithmetic(fact("paid", MONEY), "+", fact("spent", MONEY))
    assert found(compare(total, ">", money(5)), {"paid": 3}) == {"spent"}


def test_behind_an_unknown_define_stand_the_facts_it_reads() -> None:
    late = define("late", at_least(fact("days", INT), 3))
    bad = define("bad", both(defined("late"), holds("scanned")), before=[late])
    other = define("other", holds("elsewhere"))
    assert found(defined("bad"), {"scanned": True}, late, bad, other) == {"days"}


def test_a_param_or_a_tie_that_is_unknown_has_no_facts_behind_it() -> None:
    tie = define("tie", cases("unique", (ALWAYS, const(1)), (ALWAYS, const(2))), INT)
    assert found(param_read("small", MONEY), {}) == frozenset()
    assert found(defined("tie", INT), {}, tie) == frozenset()


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        (OneOf((KnownTest(expected=False), EqualTo(const(True)))), set[str]()),
        (AllOf((KnownTest(expected=True), EqualTo(const(True)))), set[str]()),
        (NotTest(KnownTest(expected=True)), set[str]()),
        (OneOf((KnownTest(expected=True), EqualTo(const(True)))), {"a"}),
        (AllOf((KnownTest(expected=False), EqualTo(const(True)))), {"a"}),
        (NotTest(EqualTo(const(True))), {"a"}),
    ],
)
def test_a_test_that_an_unknown_value_passes_or_fails_is_not_open(
    test: Test, expected: set[str]
) -> None:
    assert found(passes(fact("a"), test), {}) == expected


def test_an_unknown_part_of_a_known_condition_is_passed_over() -> None:
    known = either(both(holds("a"), holds("b")), holds("c"))
    assert found(both(known, holds("d")), {"c": True}) == {"d"}
    assert found(both(known, holds("d")), {}) == {"a", "b", "c", "d"}
    assert found(compare(known, "==", is_known(fact("e"))), {"b": False}) == {"c"}


def test_what_is_said_to_be_unknown_is_not_evaluated_again() -> None:
    evaluation = ReferenceEvaluation(policy(), facts({"a": False}))
    condition = both(holds("a"), holds("b"))  # false, whatever `b` is
    assert OpenFacts.of(policy()).behind_unknown(condition, evaluation) == {"b"}
    assert OpenFacts.of(policy()).behind(condition, evaluation) == frozenset()


def test_whether_something_is_known_is_never_open() -> None:
    asked = IsKnown(fact("e"), HERE)
    assert found(both(asked, holds("d")), {"e": True}) == {"d"}
    assert found(compare(asked, "==", holds("d")), {}) == {"d"}
