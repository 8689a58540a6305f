"""The tables of the index: what each value leaves, at every boundary that a test names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Literal

import pytest

from remedykit.engine.indexed.functions import Functions
from remedykit.engine.indexed.index import Course
from remedykit.engine.indexed.make_index import index_of
from remedykit.engine.indexed.tables import (
    FractionTable,
    ListTable,
    RangeTable,
    Unknown,
    WordTable,
)
from remedykit.language.syntax import CheckedPolicy, DefineRead, Expression, FactRead, HandOver
from remedykit.language.types import DATE, DURATION, INT, MONEY, NUMBER, TIME, Value
from support.all_engines import AllEngines
from support.build import (
    arithmetic,
    compare,
    const,
    define,
    defined,
    fact,
    facts,
    money,
    param,
    param_read,
    policy,
    rule,
)

Operator = Literal["<", "<=", ">", ">=", "==", "!="]
COMPARISONS: Mapping[Operator, Callable[[Any, Any], bool]] = {
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
    "==": eq,
    "!=": ne,
}
NONE = Unknown(0, 0)
DAYS, SHARE, PAID = fact("days", INT), fact("share", NUMBER), fact("paid", MONEY)
LAST_TIME, LAST_MOMENT = datetime.max.replace(tzinfo=UTC), timedelta(microseconds=1)
CAP = param("cap", Fraction(2501, 2), MONEY)  # 12.505 in units


def compared(subject: FactRead | DefineRead, *cuts: Expression) -> CheckedPolicy:
    """Return a policy with a rule for each comparison of a subject with some ends."""
    eighth = define("eighth", arithmetic(PAID, "/", const(8)), MONEY)
    conditions = [compare(subject, op, cut) for cut in cuts for op in COMPARISONS]
    rules = (rule(f"r{n:02}", HandOver("x"), when=each) for n, each in enumerate(conditions))
    return policy(CAP, eighth, *rules)


def hold(checked: CheckedPolicy, **values: Value | None) -> list[bool | None]:
    """Return whether each rule holds, on which all engines agree."""
    found = AllEngines.of(checked, facts(dict(values))).matches
    return [found.truth(number) for number in range(len(checked.rules))]


def expected(value: Value, *cuts: Value) -> list[bool]:
    return [holds(value, cut) for cut in cuts for holds in COMPARISONS.values()]


def course_of(checked: CheckedPolicy) -> Course:
    first = index_of(checked, Functions(checked, "USD")).first
    assert isinstance(first, Course)  # for want of a fact that leads
    return first


# --- what a table leaves -----------------------------------------------------------------------


def test_a_word_leaves_what_wants_it_and_what_does_not_ask() -> None:
    table = WordTable(0b011, Unknown(0b100, 0b111), {"gold": 0b101, "vip": 0b110}, 0b100)
    assert [table.left(word) for word in ("gold", "vip", "new")] == [0b101, 0b110, 0b100]


def test_a_step_lasts_from_its_start_to_the_next() -> None:
    table = RangeTable(0b1, NONE, starts=(2, 3, 5), steps=(0, 1, 2, 3))
    assert [table.left(value) for value in (-9, 1, 2, 3, 4, 5, 99)] == [0, 0, 1, 2, 2, 3, 3]


def test_a_fraction_is_below_at_or_above_each_cut() -> None:
    table = FractionTable(0b1, NONE, parts=2, starts=(2, 3, 8, 9), steps=(0, 1, 2, 3, 4))
    below, at_half, between, at_two, above = range(5)
    assert [table.left(value) for value in (-3, Fraction(-1, 2), 0, Fraction(1, 3))] == [below] * 4
    assert table.left(Fraction(1, 2)) == at_half
    assert [table.left(value) for value in (Fraction(2, 3), 1, Fraction(199, 100))] == [between] * 3
    assert table.left(2) == at_two
    assert [table.left(value) for value in (Fraction(201, 100), 10**99)] == [above] * 2


def test_a_negative_fraction_lies_above_the_point_below_it() -> None:
    table = FractionTable(0b1, NONE, parts=2, starts=(-2, -1), steps=(0, 1, 2))
    below, at_cut, above = range(3)
    assert [table.left(value) for value in (-1, Fraction(-2, 3), -7)] == [below] * 3
    assert table.left(Fraction(-1, 2)) == at_cut
    assert [table.left(value) for value in (Fraction(-1, 3), 0, 1)] == [above] * 3


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


# --- what tests make of a table ----------------------------------------------------------------


@pytest.mark.parametrize("days", range(-1, 5))
def test_cuts_beside_each_other_are_told_apart(days: int) -> None:
    checked = compared(DAYS, const(1), const(2))
    assert hold(checked, days=days) == expected(days, 1, 2)
    (_, starts, steps, _, _) = course_of(checked).ranges[0]
    assert starts == (1, 2, 3)
    assert len(steps) == 4


def test_a_start_where_nothing_changes_is_left_out() -> None:
    checked = policy(rule("a", HandOver("x"), when=compare(DAYS, ">=", const(3))))
    (_, starts, steps, _, _) = course_of(checked).ranges[0]
    assert (starts, steps) == ((3,), (0, 1))


@pytest.mark.parametrize("share", [Fraction(n, 12) for n in range(-24, 25)])
def test_numbers_are_compared_exactly_with_every_fraction(share: Fraction) -> None:
    cuts = (Fraction(-3, 2), Fraction(-1, 3), 0, Fraction(1, 4), Fraction(1, 3), 1)
    checked = compared(SHARE, *(const(cut) for cut in cuts))
    assert hold(checked, share=share) == expected(share, *cuts)
    (_, parts, *_) = course_of(checked).fractions[0]
    assert parts == 12


@pytest.mark.parametrize("paid", range(1248, 1255))
def test_a_whole_amount_is_never_at_a_cut_between_two(paid: int) -> None:
    checked = compared(PAID, param_read("cap", MONEY))
    assert hold(checked, paid=paid) == expected(paid, Fraction(2501, 2))
    (_, starts, steps, _, _) = course_of(checked).ranges[0]
    assert starts == (1251,)
    assert len(steps) == 2


@pytest.mark.parametrize("paid", [-10004, -10005, 0, 9999, 10000, 10003, 10004, 10005, 10008])
def test_an_amount_that_is_computed_may_be_at_a_cut_between_two(paid: int) -> None:
    cuts = (-Fraction(2501, 2), 1250, Fraction(2501, 2), 1251)
    checked = compared(defined("eighth", MONEY), *(money(cut) for cut in cuts))
    assert hold(checked, paid=paid) == expected(Fraction(paid, 8), *cuts)
    assert [type(late.table) for late in course_of(checked).late] == [FractionTable]


@pytest.mark.parametrize(
    ("subject", "cut", "step"),
    [
        (fact("at", TIME), LAST_TIME, LAST_MOMENT),
        (fact("at", DATE), date.max, timedelta(days=1)),
        (fact("at", DURATION), timedelta.max, LAST_MOMENT),
    ],
    ids=["time", "date", "duration"],
)
def test_nothing_is_above_the_last_value_there_is(
    subject: FactRead, cut: Any, step: timedelta
) -> None:
    checked = compared(subject, const(cut))
    assert hold(checked, at=cut) == expected(cut, cut)
    assert hold(checked, at=cut - step) == expected(cut - step, cut)
    before = compared(subject, const(cut - step), const(cut))
    for at in (cut, cut - step, cut - 2 * step):
        assert hold(before, at=at) == expected(at, cut - step, cut)


@pytest.mark.parametrize(
    ("subject", "cut", "step"),
    [
        (fact("at", TIME), datetime.min.replace(tzinfo=UTC), LAST_MOMENT),
        (fact("at", DATE), date.min, timedelta(days=1)),
        (fact("at", DURATION), timedelta.min, LAST_MOMENT),
    ],
    ids=["time", "date", "duration"],
)
def test_nothing_is_below_the_first_value_there_is(
    subject: FactRead, cut: Any, step: timedelta
) -> None:
    checked = compared(subject, const(cut))
    for at in (cut, cut + step):
        assert hold(checked, at=at) == expected(at, cut)
