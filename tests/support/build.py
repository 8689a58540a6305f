"""Short words to build checked policies and facts by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Literal

from remedykit.diagnostics import Place
from remedykit.effects.candidates import Candidates
from remedykit.effects.layers import effects
from remedykit.effects.setting import Setting
from remedykit.effects.tables import EffectTables
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.facts.values import Facts, Offered
from remedykit.language.degree import body_parts, facts_read
from remedykit.language.ranking_defaults import default_ranking
from remedykit.language.syntax import (
    And,
    Arithmetic,
    Between,
    Calendar,
    Cases,
    CheckedPolicy,
    Compare,
    Constant,
    Define,
    DefineRead,
    Effect,
    Entitle,
    EqualTo,
    Expression,
    FactRead,
    Holiday,
    KnownTest,
    Limit,
    Not,
    Offer,
    Or,
    Outcome,
    Param,
    ParamRead,
    RemedyKind,
    RemedyRead,
    Row,
    Rule,
    Selector,
    Subject,
    Template,
    Terms,
    Test,
    Tested,
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
    FactDeclaration,
    FactType,
    Schema,
    Value,
)
from remedykit.model.words import Basis, Gives, Part

HERE = Place("policy.yaml", 1, 1, 1, 1)
ALWAYS = And((), HERE)
NEVER = Or((), HERE)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def place(line: int, column: int = 1) -> Place:
    """Return a place that a test can tell from others."""
    return Place("policy.yaml", line, column, line, column + 1)


# --- expressions -------------------------------------------------------------------------------


def fact(name: str, of: FactType = BOOL) -> FactRead:
    return FactRead(name, of, HERE)


def defined(name: str, of: FactType = BOOL) -> DefineRead:
    return DefineRead(name, of, HERE)


def param_read(name: str, of: FactType = INT) -> ParamRead:
    return ParamRead(name, of, HERE)


def remedy(name: str, of: FactType = MONEY) -> RemedyRead:
    return RemedyRead(f"remedy.{name}", of, HERE)


def const(value: Value) -> Constant:
    """Return a constant of the type that its value shows; an `int` is an int, never an amount."""
    match value:
        case bool():
            of = BOOL
        case int():
            of = INT
        case Fraction():
            of = NUMBER
        case str():
            of = TEXT
        case tuple():
            of = TEXTS
        case datetime():
            of = TIME
        case _:
            of = DURATION if hasattr(value, "total_seconds") else DATE
    return Constant(value, of, HERE)


def money(minor_units: int | Fraction) -> Constant:
    return Constant(minor_units, MONEY, HERE)


def passes(subject: Subject, test: Test) -> Tested:
    return Tested(subject, test, HERE)


def holds(name: str) -> Tested:
    """Return the test that a bool fact is true."""
    return passes(fact(name), EqualTo(const(True)))


def equals(subject: Subject, value: Value) -> Tested:
    return passes(subject, EqualTo(const(value)))


def at_least(subject: Subject, low: Value) -> Tested:
    return passes(subject, Between(const(low), None))


def is_known(subject: Subject) -> Tested:
    return passes(subject, KnownTest(expected=True))


def both(*parts: Expression) -> And:
    return And(parts, HERE)


def either(*parts: Expression) -> Or:
    return Or(parts, HERE)


def negation(part: Expression) -> Not:
    return Not(part, HERE)


def compare(
    left: Expression, op: Literal["<", "<=", ">", ">=", "==", "!="], right: Expression
) -> Compare:
    return Compare(op, left, right, HERE)


def arithmetic(
    left: Expression, op: Literal["+", "-", "*", "/"], right: Expression, of: FactType = MONEY
) -> Arithmetic:
    return Arithmetic(op, left, right, of, HERE)


# --- params and defines ------------------------------------------------------------------------


def param(
    name: str, value: Value | None, of: FactType = INT, *, by_currency: Mapping[str, int] = {}
) -> Param:
    pairs = tuple(sorted(by_currency.items()))
    return Param(name=name, type=of, value=value, by_currency=pairs, place=HERE)


def calendar(
    name: str,
    first: date,
    last: date,
    *,
    weekend: tuple[int, ...] = (5, 6),
    holidays: Iterable[date] = (),
) -> Calendar:
    """Return a calendar; unless said otherwise its weekends are Saturdays and Sundays."""
    closed = tuple(Holiday(day, "") for day in sorted(holidays))
    return Calendar(name=name, first=first, last=last, weekend=weekend, holidays=closed, place=HERE)


def define(
    name: str,
    body: Expression | Cases,
    of: FactType = BOOL,
    *,
    before: Iterable[Define] = (),
) -> Define:
    """Return a define; `before` are the defines that it may read."""
    earlier = {item.name: item for item in before}
    reads = frozenset[str]().union(*(facts_read(part, earlier) for part in body_parts(body)))
    return Define(name=name, type=of, body=body, reads=reads, degree=1, place=HERE)


def cases(
    op: Literal["first", "unique", "sum", "max", "min", "count"],
    *rows: tuple[Expression, Expression],
    otherwise: Expression | None = None,
) -> Cases:
    return Cases(op, tuple(Row(when, value, HERE) for when, value in rows), otherwise)


# --- the catalogue, rules and limits -----------------------------------------------------------


def kind(
    name: str,
    part: Part = "fix",
    *,
    value: Expression | None = None,
    cost: Expression | None = None,
    gives: Gives = "exchange",
    needs: Expression = ALWAYS,
    states: Expression = ALWAYS,
    basis: Literal["standard", "goodwill"] = "standard",
    group: str | None = None,
    due: Expression | None = None,
    note: Template | None = None,
) -> RemedyKind:
    return RemedyKind(
        name=name,
        part=part,
        title=name,
        gives=gives,
        restores=False,
        needs=needs,
        states=states,
        group=group or name,
        basis=basis,
        terms=Terms(value=value, cost=cost, due=due),
        note=note,
        apology=None,
        explains=None,
        place=HERE,
    )


def outcomes(*kinds: str, overrides: Terms | None = None) -> tuple[Outcome, ...]:
    return tuple(Outcome(name, overrides or Terms(), HERE) for name in kinds)


def offer(
    *kinds: str,
    value: Expression | None = None,
    basis: Literal["standard", "goodwill"] | None = None,
    overrides: Terms | None = None,
) -> Offer:
    return Offer(outcomes(*kinds, overrides=overrides or Terms(value=value)), basis)


def entitle(
    *kinds: str, value: Expression | None = None, overrides: Terms | None = None
) -> Entitle:
    return Entitle(outcomes(*kinds, overrides=overrides or Terms(value=value)))


def of(*kinds: str, basis: Basis | None = None) -> Selector:
    return Selector(frozenset(kinds), basis)


def rule(
    name: str,
    effect: Effect,
    *,
    when: Expression = ALWAYS,
    remedy_when: Expression = ALWAYS,
    source: str = "",
) -> Rule:
    return Rule(
        id=name,
        condition=when,
        remedy_condition=remedy_when,
        effect=effect,
        because=None,
        source=source,
        place=HERE,
    )


def limit(
    name: str,
    selected: Selector,
    at_most: Expression,
    over: Literal["reduce", "withhold"] = "reduce",
    *,
    when: Expression = ALWAYS,
    remedy_when: Expression = ALWAYS,
) -> Limit:
    return Limit(
        id=name,
        of=selected,
        condition=when,
        remedy_condition=remedy_when,
        at_most=at_most,
        over=over,
        why="",
        place=HERE,
    )


# --- the whole ---------------------------------------------------------------------------------


def policy(
    *parts: RemedyKind | Rule | Limit | Define | Param | Calendar,
    timezone: str | None = "America/New_York",
    schema: Iterable[FactDeclaration] = (),
    currencies: tuple[str, ...] = ("USD",),
) -> CheckedPolicy:
    """Return a policy of some parts; defines keep their order, the rest is sorted."""
    return CheckedPolicy(
        name="test",
        version="1",
        currencies=currencies,
        timezone=timezone,
        covers=(),
        schema=Schema(tuple(sorted(schema, key=lambda item: item.name))),
        own_facts=(),
        params=tuple(
            sorted((item for item in parts if isinstance(item, Param)), key=lambda item: item.name)
        ),
        defines=tuple(item for item in parts if isinstance(item, Define)),
        remedies=tuple(
            sorted(
                (item for item in parts if isinstance(item, RemedyKind)),
                key=lambda item: item.name,
            )
        ),
        rules=tuple(
            sorted((item for item in parts if isinstance(item, Rule)), key=lambda item: item.id)
        ),
        limits=tuple(
            sorted((item for item in parts if isinstance(item, Limit)), key=lambda item: item.id)
        ),
        ranking=default_ranking("resolve"),
        calendars=tuple(
            sorted(
                (item for item in parts if isinstance(item, Calendar)),
                key=lambda item: item.name,
            )
        ),
    )


def facts(
    values: Mapping[str, Value | None] = {}, *offers: Offered, currency: str = "USD"
) -> Facts:
    """Return facts with enough money paid that the built-in ceiling cuts nothing."""
    paid: dict[str, Value | None] = {
        "order.paid": 100_000,
        "order.refunded": 0,
        "incident.out_of_pocket": 0,
    }
    return Facts({**paid, **values}, currency, offers)


def refusal(name: str, value: int | None = None) -> Offered:
    return Offered(name, value, "refused")


def setting(checked: CheckedPolicy, known: Facts) -> Setting:
    """Return what the layers read, matched by the reference."""
    return Setting.of(EffectTables.of(checked), ReferenceEvaluation(checked, known))


def decide(checked: CheckedPolicy, known: Facts) -> Candidates:
    """Return the effects, matched by the reference."""
    return effects(setting(checked, known))
