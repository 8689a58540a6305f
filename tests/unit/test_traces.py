"""Traces: which part of a condition failed, and with which value."""

from remedykit.engine.reference import ReferenceEvaluation
from remedykit.engine.traces import Reading, Trace, trace, trace_define
from remedykit.language.syntax import Define, FactRead, Or, Param
from remedykit.language.types import INT, MONEY, Value
from support.build import (
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
    negation,
    param,
    param_read,
    place,
    policy,
)


def evaluation(values: dict[str, Value | None], *parts: Define | Param) -> ReferenceEvaluation:
    return ReferenceEvaluation(policy(*parts), facts(values))


def read(found: Trace) -> dict[str, Value | None]:
    return {reading.name: reading.value for reading in found.reads}


def test_an_atom_tells_what_it_read() -> None:
    days = FactRead("incident.days_late", INT, place(3, 5))
    condition = at_least(days, 3)
    found = trace(condition, evaluation({days.name: 2}))
    assert (found.node, found.place) == (condition, condition.place)
    assert found.truth is False
    assert found.reads == (Reading(days.name, 2, place(3, 5)),)
    assert found.parts == ()


def test_a_condition_tells_of_every_part() -> None:
    condition = both(holds("a"), negation(either(holds("b"), holds("c"))))
    found = trace(condition, evaluation({"a": True, "b": None, "c": True}))
    assert found.truth is False
    assert found.reads == ()
    left, right = found.parts
    assert (left.truth, right.truth) == (True, False)
    (inner,) = right.parts
    assert isinstance(inner.node, Or)
    assert [(part.truth, read(part)) for part in inner.parts] == [
        (None, {"b": None}),
        (True, {"c": True}),
    ]


def test_a_name_read_twice_is_told_once_where_it_stands_first() -> None:
    first, second = (FactRead("paid", MONEY, place(1, column)) for column in (1, 9))
    total = arithmetic(first, "+", arithmetic(second, "*", param_read("share")))
    found = trace(compare(total, ">", const(3)), evaluation({"paid": 2}, param("share", 1)))
    assert found.truth is True
    assert found.reads == (
        Reading("paid", 2, place(1, 1)),
        Reading("share", 1, param_read("share").place),
    )


def test_an_amount_has_a_value_and_no_truth() -> None:
    found = trace(fact("paid", MONEY), evaluation({"paid": 2}))
    assert (found.value, found.truth) == (2, None)


def test_a_define_is_read_and_told_of_apart() -> None:
    late = define("late", at_least(fact("days", INT), 3))
    here = evaluation({"days": 4}, late)
    assert read(trace(defined("late"), here)) == {"late": True}
    assert read(trace_define(late, here)) == {"days": 4}


def test_cases_tell_of_the_condition_of_each_row() -> None:
    band = define(
        "band",
        cases("first", (holds("a"), const("x")), (holds("b"), const("y")), otherwise=const("z")),
    )
    found = trace_define(band, evaluation({"a": False, "b": True}, band))
    assert found.node is band.body
    assert found.place == band.place
    assert found.value == "y"
    assert [part.truth for part in found.parts] == [False, True]
