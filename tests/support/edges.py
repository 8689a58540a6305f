"""Policies at the edges of what there is: the largest numbers, skipped hours, long chains."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from itertools import product
from typing import Literal

from remedykit.language.syntax import (
    Absolute,
    AllOf,
    CheckedPolicy,
    Constant,
    Contains,
    Define,
    DefineRead,
    Expression,
    Extreme,
    FactRead,
    HandOver,
    KnownTest,
    MemberOf,
    Negative,
    NotTest,
    OneOf,
    Rule,
    Shifted,
    Test,
)
from remedykit.language.types import (
    BOOL,
    DATE,
    DURATION,
    INT,
    MONEY,
    NUMBER,
    TEXT,
    TEXTS,
    TIME,
    Value,
)
from support.build import (
    ALWAYS,
    HERE,
    NEVER,
    arithmetic,
    at_least,
    both,
    cases,
    compare,
    const,
    define,
    defined,
    either,
    equals,
    fact,
    money,
    param,
    param_read,
    passes,
    policy,
    rule,
)
from support.expressions import CaseOp
from support.pools import BACK, CALENDARS, FORWARD, HOUR, SCHEMA

# A number has at most 100 digits above and below the fraction bar.
_LARGE: tuple[int | Fraction, ...] = (
    0,
    1,
    -1,
    10**50,
    10**50 - 1,
    10**100 - 1,
    1 - 10**100,
    Fraction(1, 10**50),
    Fraction(1, 10**50 - 1),
    Fraction(-1, 10**100 - 1),
    Fraction(10**100 - 1, 2),
    Fraction(10**99, 3),
)
_OPERATORS: tuple[Literal["+", "-", "*"], ...] = ("+", "-", "*")
_COMPARED: tuple[Literal["<", "<=", ">", ">=", "==", "!="], ...] = (
    "<",
    "<=",
    ">",
    ">=",
    "==",
    "!=",
)
_COMBINED: tuple[CaseOp, ...] = ("first", "unique", "sum", "max", "min", "count")
_MOMENTS = (BACK, BACK + 23 * HOUR, BACK + 24 * HOUR, BACK + 25 * HOUR, FORWARD, FORWARD + HOUR)
_LONGEST = (timedelta.max, timedelta.min)
_COUNTS: tuple[int | Fraction, ...] = (
    0,
    1,
    -1,
    2,
    Fraction(1, 2),
    Fraction(1, 3),
    10**6,
    -(10**6),
    10**12,
    10**40,
)
_CHAIN = 700  # defines that read each other: beyond what Python calls inside each other


def edges() -> tuple[CheckedPolicy, ...]:
    """Return the policies."""
    return (
        _of_defines(enumerate(_on_large_numbers())),
        _of_defines(enumerate(_on_moments())),
        policy(*_sums(), *_without_match(), schema=SCHEMA),
        _of_an_unknown_list(),
        _of_lists(),
        *_of_late_tests(),
        _of_fractions(),
        _of_ends(),
        _chain(),
    )


def _of_defines(bodies: Iterator[tuple[int, tuple[Expression, bool]]]) -> CheckedPolicy:
    of_either = (NUMBER, TIME)
    return policy(
        *CALENDARS,
        *(define(f"define_{n}", body, of_either[is_time]) for n, (body, is_time) in bodies),
        schema=SCHEMA,
    )


def _on_large_numbers() -> Iterator[tuple[Expression, bool]]:
    for one, other in product(_LARGE, repeat=2):
        for operator in _OPERATORS:
            yield arithmetic(_number(one), operator, _number(other), NUMBER), False
        if other:
            yield arithmetic(_number(one), "/", _number(other), NUMBER), False
    alone = [_number(one) for one in (*_LARGE, Fraction(-1, 2))]
    alone += [Constant(one, DURATION, HERE) for one in (0 * HOUR, HOUR, -HOUR, *_LONGEST)]
    for each in alone:
        yield Negative(each, each.type, HERE), False
        yield Absolute(each, each.type, HERE), False


def _on_moments() -> Iterator[tuple[Expression, bool]]:
    for moment, count in product(_MOMENTS, _COUNTS):
        yield Shifted(const(moment), 1, _number(count), "days", HERE), True
        yield Shifted(const(moment), -1, _number(count), "hours", HERE), True
        for each in CALENDARS:
            shift = Shifted(const(moment), 1, _number(count), "working_days", HERE, each.name)
            yield shift, True
    noon = time(12, tzinfo=UTC)
    for each in CALENDARS:
        ends = (datetime.combine(day, noon) for day in (each.first, each.last))
        beyond = (datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC))
        for moment, count in product((*ends, *beyond), (1, -1)):
            shift = Shifted(const(moment), 1, _number(count), "working_days", HERE, each.name)
            yield shift, True


def _number(value: Value) -> Constant:
    return Constant(value, NUMBER, HERE)


def _sums() -> Iterator[Define]:
    """Yield sums that leave the range of numbers, and come back into it."""
    most = 10**100 - 1
    for number, parts in enumerate(product((most, 1, -1, -most), repeat=3)):
        rows = [(ALWAYS, Constant(part, MONEY, HERE)) for part in parts]
        yield define(f"sum_{number}", cases("sum", *rows), MONEY)


def _without_match() -> Iterator[Define]:
    for op in _COMBINED:
        rows: list[tuple[Expression, Expression]]
        rows = [(NEVER, const(1)), (fact("incident.scanned"), const(2))]
        yield define(f"{op}_with_else", cases(op, *rows, otherwise=const(7)), INT)
        yield define(f"{op}_without_else", cases(op, *rows), INT)


def _of_an_unknown_list() -> CheckedPolicy:
    """Return a policy with a list param of no value, which no table can answer."""
    among = MemberOf(param_read("nowhere", TEXTS))
    tier, tags = fact("customer.tier", TEXT), fact("customer.tags", TEXTS)
    conditions: tuple[Expression, ...] = (
        passes(tier, among),
        passes(tier, NotTest(among)),
        passes(tags, OneOf((among, Contains("gold")))),
        either(passes(tags, among), equals(tier, "gold")),
    )
    return policy(
        param("nowhere", None, TEXTS),
        *_rules(*conditions),
        schema=SCHEMA,
    )


def _of_lists() -> CheckedPolicy:
    """Return a policy with tests on a list that no table can answer, or only just."""
    gold, new = Contains("gold"), Contains("new")
    tests: tuple[Test, ...] = (
        OneOf(()),
        NotTest(OneOf(())),
        AllOf(()),
        OneOf((gold, NotTest(new))),
        NotTest(OneOf((gold, NotTest(new)))),
        OneOf((gold, KnownTest(expected=False))),
        OneOf((NotTest(gold), NotTest(new))),
        gold,
        OneOf((Contains("vip"), new)),
    )
    tags = fact("customer.tags", TEXTS)
    conditions: tuple[Expression, ...] = (
        *(passes(tags, test) for test in tests),
        *(
            both(*(passes(tags, test) for test in pair))
            for pair in product((*tests, new), repeat=2)
        ),
        both(fact("incident.scanned", BOOL), passes(tags, gold), passes(tags, new)),
    )
    defines = [define(f"define_{n}", each) for n, each in enumerate(conditions)]
    return policy(
        *defines,
        *_rules(*conditions),
        *(rule(f"of_{d.name}", HandOver("x"), when=defined(d.name)) for d in defines),
        schema=SCHEMA,
    )


def _of_late_tests() -> Iterator[CheckedPolicy]:
    """Yield policies of one rule: it may hold only, for one fact, and surely not, for another."""
    guard = at_least(fact("incident.days_late", INT), 2)
    refunded = fact("order.refunded", MONEY)
    late = (
        passes(fact("customer.tags", TEXTS), Contains("gold")),
        passes(fact("customer.tags", TEXTS), NotTest(Contains("gold"))),
        at_least(defined("twice", MONEY), 1000),
    )
    for each in late:
        twice = define("twice", arithmetic(refunded, "+", refunded), MONEY)
        yield policy(twice, *_rules(both(guard, each)), schema=SCHEMA)


def _of_fractions() -> CheckedPolicy:
    """Return a policy with amounts between two whole ones, and whole ones between fractions."""
    refunded, paid = fact("order.refunded", MONEY), fact("order.paid", MONEY)
    eighth = define("eighth", arithmetic(refunded, "/", const(8)), MONEY)  # 0 or 62 1/2
    exact = define("exact", defined("eighth", MONEY), MONEY, before=[eighth])
    debt = define("debt", arithmetic(refunded, "/", const(-8)), MONEY)
    half = Fraction(1, 2)
    cuts: tuple[tuple[FactRead | DefineRead, tuple[int | Fraction, ...]], ...] = (
        (defined("eighth", MONEY), (62, 63)),
        (defined("exact", MONEY), (62 + half,)),
        (defined("debt", MONEY), (-63, -62 - half, -62)),
        (paid, (1000 - half, 1000 + half, 2500 - half, 2500, 2501)),
    )
    conditions = (
        compare(of, op, money(cut)) for of, each in cuts for cut in each for op in _COMPARED
    )
    share = fact("incident.share", NUMBER)
    of_numbers = (compare(share, op, const(0)) for op in _COMPARED)
    return policy(eighth, exact, debt, *_rules(*conditions, *of_numbers), schema=SCHEMA)


def _of_ends() -> CheckedPolicy:
    """Return a policy with tests at the last and the first time, date and duration there is."""
    ends = (
        (fact("at", TIME), datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)),
        (fact("order.gift_by", DATE), date.max, date.min),
        (fact("incident.waited", DURATION), timedelta.max, timedelta.min),
    )
    conditions = (
        compare(of, op, const(end))
        for of, *last_and_first in ends
        for end in last_and_first
        for op in _COMPARED
    )
    return policy(*_rules(*conditions), schema=SCHEMA)


def _rules(*conditions: Expression) -> tuple[Rule, ...]:
    return tuple(rule(f"rule_{n}", HandOver("x"), when=each) for n, each in enumerate(conditions))


def _chain() -> CheckedPolicy:
    defines: tuple[Define, ...] = (
        define("define_0", fact("incident.out_of_pocket", MONEY), MONEY),
    )
    first = defined("define_0", MONEY)
    for number in range(1, _CHAIN):
        before = defined(f"define_{number - 1}", MONEY)
        added: Expression = arithmetic(before, "+", const(1))
        for _ in range(8):  # so that a chain twice as long as it should be is too long
            added = arithmetic(added, "-", const(0))
        body = Extreme("max", (added, first), MONEY, HERE)
        # Without what it reads through others, which would take a while to gather.
        defines = (
            *defines,
            define(f"define_{number}", body, MONEY, before=(defines[0], defines[-1])),
        )
    last = defined(f"define_{_CHAIN - 1}", MONEY)
    return policy(
        *defines, rule("last", HandOver("desk"), when=at_least(last, 1000)), schema=SCHEMA
    )
