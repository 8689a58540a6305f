"""Policies whose rules use all that tables can do: what faults are made in."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from remedykit.language.syntax import (
    CheckedPolicy,
    Contains,
    Expression,
    HandOver,
    In,
    KnownTest,
    NotTest,
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
)
from support.build import (
    ALWAYS,
    HERE,
    NOON,
    arithmetic,
    at_least,
    both,
    compare,
    const,
    define,
    defined,
    either,
    equals,
    fact,
    negation,
    param_read,
    passes,
    policy,
    rule,
)
from support.pools import HOUR, PARAMS, POOLS, SCHEMA

TIER, TAGS = fact("customer.tier", TEXT), fact("customer.tags", TEXTS)
DAYS, SCANNED = fact("incident.days_late", INT), fact("incident.scanned", BOOL)
SHARE, WAITED = fact("incident.share", NUMBER), fact("incident.waited", DURATION)
AT, PROMISED = fact("at", TIME), fact("incident.promised_by", TIME)
PAID, OUT_OF_POCKET = fact("order.paid", MONEY), fact("incident.out_of_pocket", MONEY)
# What the define `part` is worth: an eighth of what was refunded.
PARTS = tuple(Fraction(each, 8) for each in POOLS["order.refunded"][1] if isinstance(each, int))


def tabled_policy() -> CheckedPolicy:
    """Return a policy with a rule for each way in which tables decide."""
    gold, vip = equals(TIER, "gold"), equals(TIER, "vip")
    return _of_rules(
        both(gold, at_least(DAYS, 2)),
        both(In(TIER, param_read("regions", TEXTS), HERE), SCANNED),
        both(negation(vip), at_least(DAYS, 1), compare(DAYS, "<", const(3))),
        passes(TAGS, Contains("gold")),
        passes(TAGS, NotTest(Contains("new"))),
        both(at_least(fact("order.gift_by", DATE), (NOON + timedelta(days=1)).date()), vip),
        both(compare(SHARE, "<", const(1)), negation(equals(SHARE, Fraction(1, 2)))),
        defined("costly"),
        passes(WAITED, KnownTest(expected=False)),
        compare(WAITED, ">", const(HOUR)),
        ALWAYS,
        equals(defined("part", MONEY), PARTS[1]),
        negation(defined("brief")),
        compare(AT, "<=", const(NOON)),
    )


def late_policy() -> CheckedPolicy:
    """Return a policy with rules for what is asked late, each for decisions of its own."""
    first, second = defined("costly"), equals(defined("part", MONEY), PARTS[1])
    asked: tuple[Expression, ...] = (
        passes(TAGS, Contains("gold")),
        first,
        second,
        defined("brief"),
    )
    return _of_rules(
        *(both(equals(DAYS, days), each) for days, each in enumerate(asked)),
        both(compare(WAITED, ">", const(HOUR)), passes(TAGS, NotTest(Contains("new")))),
        both(compare(AT, ">", const(NOON)), negation(first)),
    )


def chosen_policy() -> CheckedPolicy:
    """Return a policy with conditions of several conjunctions, and some that no table answers."""
    gold, vip = equals(TIER, "gold"), equals(TIER, "vip")
    return _of_rules(
        ALWAYS,
        either(In(TIER, param_read("regions", TEXTS), HERE), SCANNED),
        either(equals(DAYS, 0), passes(TAGS, Contains("vip")), compare(SHARE, "<", const(1))),
        both(compare(PROMISED, "<", AT), equals(TIER, "new")),
        equals(DAYS, 1),
        either(both(gold, compare(PROMISED, ">=", AT)), both(vip, SCANNED)),
        both(compare(PROMISED, "<", AT), compare(PAID, ">", OUT_OF_POCKET)),
        equals(DAYS, 3),
    )


def _of_rules(*conditions: Expression) -> CheckedPolicy:
    return policy(
        *PARAMS,
        define("costly", compare(PAID, ">", OUT_OF_POCKET)),
        define(
            "brief", both(at_least(SHARE, Fraction(1, 2)), compare(PROMISED, "<=", const(NOON)))
        ),
        define("part", arithmetic(fact("order.refunded", MONEY), "/", const(8)), MONEY),
        *(rule(f"rule_{n:02}", HandOver("x"), when=each) for n, each in enumerate(conditions)),
        schema=SCHEMA,
    )
