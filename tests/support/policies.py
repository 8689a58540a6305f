"""Random checked policies and facts, drawn from small pools so that ties and boundaries happen.

The facts and their possible values are fixed (`POOLS`); params, defines, remedy kinds, rules and
limits are drawn. Every name resolves and every type fits, as after loading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from fractions import Fraction
from typing import Literal

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from remedykit.facts.values import Facts, Offered
from remedykit.language.syntax import (
    Absolute,
    Adjust,
    AllOf,
    AskApproval,
    Between,
    Cases,
    CheckedPolicy,
    Constant,
    Contains,
    Define,
    Effect,
    Entitle,
    EqualTo,
    Expression,
    Extreme,
    FactRead,
    Forbid,
    HandOver,
    In,
    IsKnown,
    KnownTest,
    Limit,
    MemberOf,
    Negative,
    NotTest,
    Offer,
    OneOf,
    Outcome,
    ParamRead,
    RemedyKind,
    Rounded,
    Rule,
    Selector,
    Shifted,
    Subject,
    Terms,
    Test,
    Todo,
)
from remedykit.language.types import (
    BOOL,
    INT,
    MONEY,
    NUMBER,
    TEXT,
    TEXTS,
    TIME,
    FactDeclaration,
    FactType,
    Value,
)
from remedykit.model.words import BASES, GIVES, PARTS
from support.build import (
    ALWAYS,
    HERE,
    NOON,
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
    kind,
    limit,
    money,
    negation,
    param,
    param_read,
    passes,
    policy,
    remedy,
    rule,
)

CaseOp = Literal["first", "unique", "sum", "max", "min", "count"]
Op = Literal["<", "<=", ">", ">=", "==", "!="]

DAY = timedelta(days=1)
WORDS = ("new", "gold", "vip")
AMOUNTS = (0, 500, 1000, 2500)

# Every fact that may be unknown, with its type and the values that it takes.
POOLS: Mapping[str, tuple[FactType, tuple[Value, ...]]] = {
    "at": (TIME, (NOON, NOON + DAY, NOON + 3 * DAY)),
    "customer.tags": (TEXTS, ((), ("gold",), ("new", "vip"))),
    "customer.tier": (TEXT, WORDS),
    "incident.days_late": (INT, (0, 1, 2, 3)),
    "incident.out_of_pocket": (MONEY, AMOUNTS),
    "incident.promised_by": (TIME, (NOON - DAY, NOON, NOON + DAY)),
    "incident.scanned": (BOOL, (True, False)),
    "incident.share": (NUMBER, (Fraction(1, 3), Fraction(1, 2), 1)),
    "order.paid": (MONEY, (1000, 2500, 9000)),
    "order.refunded": (MONEY, (0, 500)),
}
# What absence has a meaning for: never unknown.
DEFAULTED: Mapping[str, tuple[FactType, tuple[Value, ...]]] = {
    "customer.risk_flag": (BOOL, (False, True)),
}
KINDS = ("credit", "gift", "refund", "reship", "sorry")
PARAMS = (
    param("lost_after", 2),
    param("regions", ("new", "gold"), TEXTS),
    param("small", None, MONEY, by_currency={"USD": 500}),
    param("third", Fraction(1, 3), NUMBER),
)
SCHEMA = tuple(
    FactDeclaration(
        name=name, type=of, means=name, default=values[0] if name in DEFAULTED else None
    )
    for name, (of, values) in sorted({**POOLS, **DEFAULTED}.items())
)


def facts() -> st.SearchStrategy[Facts]:
    """Return facts from the pools; each that has no default may be unknown."""
    return st.builds(
        Facts,
        st.fixed_dictionaries(
            {
                **{name: st.sampled_from((*pool, None)) for name, (_, pool) in POOLS.items()},
                **{name: st.sampled_from(pool) for name, (_, pool) in DEFAULTED.items()},
            }
        ),
        st.sampled_from(("USD", "USD", "EUR")),
        st.lists(
            st.builds(
                Offered,
                st.sampled_from(KINDS),
                st.sampled_from((None, *AMOUNTS)),
                st.sampled_from(("refused", "accepted")),
            ),
            max_size=2,
        ).map(tuple),
    )


def each_hidden(known: Facts) -> Iterator[Facts]:
    """Yield the same facts with one of the known ones hidden that have no default, each in turn."""
    for name in POOLS:
        if known.values[name] is not None:
            yield Facts({**known.values, name: None}, known.currency, known.offers)


@st.composite
def hidden(draw: DrawFn, known: Facts) -> Facts:
    """Return the same facts with some of those hidden that have no default."""
    names = draw(st.sets(st.sampled_from(sorted(POOLS)), min_size=1, max_size=6))
    values = {name: None if name in names else value for name, value in known.values.items()}
    return Facts(values, known.currency, known.offers)


# --- expressions -------------------------------------------------------------------------------


class Expressions:
    """Draws expressions over the pools and over some defines; with `known` tests or without."""

    def __init__(self, draw: DrawFn, defines: tuple[Define, ...] = (), *, known: bool) -> None:
        self._draw = draw
        self._defines = defines
        self._known = known

    def condition(self, depth: int) -> Expression:
        """Return a condition."""
        if depth == 0:
            return self._atom()
        match self._draw(st.sampled_from(("atom", "atom", "and", "or", "not"))):
            case "and":
                return both(*(self.condition(depth - 1) for _ in range(self._few())))
            case "or":
                return either(*(self.condition(depth - 1) for _ in range(self._few())))
            case "not":
                return negation(self.condition(depth - 1))
            case _:
                return self._atom()

    def amount(self, depth: int = 2) -> Expression:
        """Return an amount of money."""
        forms = ("leaf",) if depth == 0 else ("leaf", "+", "-", "*", "/", "max", "min", "other")
        match self._draw(st.sampled_from(forms)):
            case "+" | "-" as op:
                return arithmetic(self.amount(depth - 1), op, self.amount(depth - 1))
            case "*":
                return arithmetic(self.amount(depth - 1), "*", self._number())
            case "/":
                return arithmetic(self.amount(depth - 1), "/", const(3))
            case "max" | "min" as op:
                items = tuple(self.amount(depth - 1) for _ in range(2))
                return Extreme(op, items, MONEY, HERE)
            case "other":
                return self._other_amount(self.amount(depth - 1))
            case _:
                return self._leaf(MONEY, AMOUNTS)

    def time(self) -> Expression:
        """Return a time."""
        moment = self._leaf(TIME, POOLS["at"][1])
        sign: Literal[1, -1] = self._draw(st.sampled_from((1, -1)))
        match self._draw(st.sampled_from(("leaf", "days", "hours", "+"))):
            case "days":
                return Shifted(moment, sign, self._leaf(INT, (1, 2)), "days", HERE)
            case "hours":
                return Shifted(moment, sign, self._number(), "hours", HERE)
            case "+":
                return arithmetic(moment, "+", const(DAY), TIME)
            case _:
                return moment

    def value(self, of: FactType) -> Expression:
        """Return an expression of a type that defines have."""
        match of:
            case _ if of == MONEY:
                return self.amount(1)
            case _ if of == BOOL:
                return self.condition(1)
            case _:
                return const(self._draw(st.sampled_from(WORDS)))

    def _few(self) -> int:
        return self._draw(st.integers(1, 3))

    def _number(self) -> Expression:
        options: list[Expression] = [
            fact("incident.share", NUMBER),
            const(2),
            const(Fraction(1, 2)),
            param_read("third", NUMBER),
        ]
        return self._draw(st.sampled_from(options))

    def _other_amount(self, amount: Expression) -> Expression:
        match self._draw(st.sampled_from(("negative", "absolute", "up", "down"))):
            case "negative":
                return Negative(amount, MONEY, HERE)
            case "absolute":
                return Absolute(amount, MONEY, HERE)
            case "up":
                return Rounded("up", amount, money(300), MONEY, HERE)
            case _:
                return Rounded("down", amount, money(300), MONEY, HERE)

    def _leaf(self, of: FactType, constants: tuple[Value, ...]) -> Expression:
        reads: list[Expression] = [
            *(fact(name, of) for name, (type_, _) in POOLS.items() if type_ == of),
            *(defined(item.name, of) for item in self._defines if item.type == of),
            *(param_read(item.name, of) for item in PARAMS if item.type == of),
        ]
        constant = Constant(self._draw(st.sampled_from(constants)), of, HERE)
        return self._draw(st.sampled_from((*reads, constant)))

    def _atom(self) -> Expression:
        form = self._draw(st.sampled_from(("test", "test", "compare", "define", "other")))
        of_bool = [item for item in self._defines if item.type == BOOL]
        if form == "compare":
            return self._comparison()
        if form == "define" and of_bool:
            return defined(self._draw(st.sampled_from(of_bool)).name)
        if form == "other":
            return self._other_atom()
        subject = self._subject()
        return passes(subject, self._test(subject, 1))

    def _comparison(self) -> Expression:
        op: Op = self._draw(st.sampled_from(("<", "<=", ">", ">=", "==", "!=")))
        match self._draw(st.sampled_from(("money", "time", "duration"))):
            case "money":
                return compare(self.amount(1), op, self.amount(1))
            case "time":
                return compare(self.time(), op, self.time())
            case _:
                waited = arithmetic(self.time(), "-", self.time(), TIME)
                return compare(waited, op, const(DAY))

    def _other_atom(self) -> Expression:
        tier = fact("customer.tier", TEXT)
        options: list[Expression] = [
            In(tier, const(("new", "vip")), HERE),
            In(tier, param_read("regions", TEXTS), HERE),
            In(const("vip"), fact("customer.tags", TEXTS), HERE),
            fact("incident.scanned"),
            fact("customer.risk_flag"),
        ]
        if self._known:
            subject = self._subject()
            options.append(IsKnown(subject, HERE))
            options.append(passes(subject, KnownTest(self._draw(st.booleans()))))
        return self._draw(st.sampled_from(options))

    def _subject(self) -> FactRead:
        names = ("customer.tags", "customer.tier", "incident.days_late", "incident.scanned")
        name = self._draw(st.sampled_from((*names, "order.paid")))
        return fact(name, POOLS[name][0])

    def _test(self, subject: Subject, depth: int) -> Test:
        form = self._draw(st.sampled_from(("plain", "plain", "not", "one", "all")))
        if depth and form == "not":
            return NotTest(self._test(subject, depth - 1))
        if depth and form == "one":
            return OneOf(tuple(self._test(subject, depth - 1) for _ in range(self._few())))
        if depth and form == "all":
            return AllOf(tuple(self._test(subject, depth - 1) for _ in range(self._few())))
        return self._plain_test(subject)

    def _plain_test(self, subject: Subject) -> Test:
        options: list[Test] = []
        if subject.type in (TEXTS, TEXT):
            options.append(MemberOf(param_read("regions", TEXTS)))
        if subject.type == TEXTS:
            options.extend(map(Contains, WORDS))
        else:
            options.append(EqualTo(self._operand(subject)))
        if subject.type in (INT, MONEY):
            low, high = self._operand(subject), self._operand(subject)
            options += [
                Between(low, None, low_excluded=self._draw(st.booleans())),
                Between(None, high, high_excluded=self._draw(st.booleans())),
                Between(low, high),
            ]
        return self._draw(st.sampled_from(options))

    def _operand(self, subject: Subject) -> Constant | ParamRead:
        options: list[Constant | ParamRead] = [
            *(Constant(value, subject.type, HERE) for value in POOLS[subject.name][1]),
            *(param_read(item.name, item.type) for item in PARAMS if item.type == subject.type),
        ]
        return self._draw(st.sampled_from(options))


# --- policies ----------------------------------------------------------------------------------


@st.composite
def policies(draw: DrawFn, *, known: bool = True) -> CheckedPolicy:
    """Return a policy with rules of all effects; without `known`, none asks whether a fact is."""
    defines = _defines(draw, known=known)
    words = Expressions(draw, defines, known=known)
    return policy(
        *PARAMS,
        *defines,
        *(_kind(draw, words, name) for name in KINDS),
        # so that something is there to be held back
        rule(
            "all",
            Offer(tuple(Outcome(name, Terms(), HERE) for name in KINDS)),
            when=_seldom(draw, words),
        ),
        *(_rule(draw, words, f"rule_{index}") for index in range(draw(st.integers(1, 6)))),
        *(_limit(draw, words, f"limit_{index}") for index in range(draw(st.integers(0, 3)))),
        schema=SCHEMA,
    )


def _defines(draw: DrawFn, *, known: bool) -> tuple[Define, ...]:
    defines: tuple[Define, ...] = ()
    for index in range(draw(st.integers(0, 3))):
        words = Expressions(draw, defines, known=known)
        of = draw(st.sampled_from((BOOL, MONEY, TEXT)))
        body = words.value(of) if draw(st.booleans()) else _cases(draw, words, of)
        defines = (*defines, define(f"define_{index}", body, of, before=defines))
    return defines


def _cases(draw: DrawFn, words: Expressions, of: FactType) -> Cases:
    ops: tuple[CaseOp, ...] = ("first", "unique")
    of_numbers: tuple[CaseOp, ...] = ("sum", "max", "min", "count")
    op = draw(st.sampled_from(ops + of_numbers if of == MONEY else ops))
    rows = [(words.condition(1), words.value(of)) for _ in range(draw(st.integers(1, 3)))]
    optional = op != "first" and draw(st.booleans())
    return cases(op, *rows, otherwise=None if optional else words.value(of))


def _kind(draw: DrawFn, words: Expressions, name: str) -> RemedyKind:
    is_words = name == "sorry"
    return kind(
        name,
        draw(st.sampled_from(PARTS)),
        value=None if is_words else _price(draw, words),
        cost=words.amount(1) if draw(st.booleans()) else None,
        gives=draw(st.sampled_from(GIVES)),
        needs=_seldom(draw, words),
        states=_seldom(draw, words),
        basis=draw(st.sampled_from(("standard", "goodwill"))),
        group=draw(st.sampled_from(("money", name))),
        due=words.time() if draw(st.booleans()) else None,
    )


def _price(draw: DrawFn, words: Expressions) -> Expression:
    return words.amount(1) if draw(st.booleans()) else money(draw(st.sampled_from((700, 1500))))


def _seldom(draw: DrawFn, words: Expressions) -> Expression:
    """Return a condition, but two times of three the one that always holds."""
    return words.condition(1) if draw(st.sampled_from((False, False, True))) else ALWAYS


def _rule(draw: DrawFn, words: Expressions, name: str) -> Rule:
    effect = _effect(draw, words)
    depth = draw(st.sampled_from((None, 0, 0, 1, 2)))
    when = ALWAYS if depth is None else words.condition(depth)
    return rule(name, effect, when=when, remedy_when=_remedy_condition(draw, effect))


# How often each effect is drawn: most often what can break the promise about unknown facts.
_EFFECTS = (*("offer",) * 4, *("entitle",) * 2, *("forbid",) * 4, "adjust", "ask", "hand", "todo")


def _effect(draw: DrawFn, words: Expressions) -> Effect:
    match draw(st.sampled_from(_EFFECTS)):
        case "offer":
            bases: tuple[Literal["standard", "goodwill"] | None, ...]
            bases = (None, "standard", "goodwill")
            return Offer(_outcomes(draw, words), draw(st.sampled_from(bases)))
        case "entitle":
            return Entitle(_outcomes(draw, words))
        case "forbid":
            return Forbid(_selector(draw))
        case "adjust":
            return Adjust(_selector(draw), draw(st.integers(-20, 20)))
        case "ask":
            return AskApproval(_selector(draw), draw(st.sampled_from(("lead", "manager"))))
        case "hand":
            return HandOver(draw(st.sampled_from(("desk", "lead"))))
        case _:
            return Todo(("claim",))


def _outcomes(draw: DrawFn, words: Expressions) -> tuple[Outcome, ...]:
    names = draw(st.lists(st.sampled_from(KINDS), min_size=2, max_size=4, unique=True))
    price = Terms(value=_price(draw, words))
    return tuple(Outcome(name, Terms() if name == "sorry" else price, HERE) for name in names)


def _selector(draw: DrawFn) -> Selector:
    names = draw(st.frozensets(st.sampled_from(KINDS), min_size=2))
    return Selector(names, draw(st.sampled_from((None, None, *BASES))))


def _remedy_condition(draw: DrawFn, effect: Effect | None) -> Expression:
    """Return tests on ``remedy.*`` as this effect may have them; `None` stands for a limit."""
    always = draw(st.sampled_from((False, True, True)))
    if always or isinstance(effect, Offer | Entitle | HandOver | Todo):
        return ALWAYS
    allowed: list[Expression] = [
        equals(remedy("part", TEXT), draw(st.sampled_from(PARTS))),
        equals(remedy("group", TEXT), "money"),
        equals(remedy("refused", BOOL), True),
        at_least(remedy("refused_value"), 500),
    ]
    if not isinstance(effect, Forbid):
        allowed += [
            equals(remedy("basis", TEXT), draw(st.sampled_from(BASES))),
            at_least(remedy("value"), draw(st.sampled_from(AMOUNTS))),
            at_least(remedy("cost"), draw(st.sampled_from(AMOUNTS))),
        ]
    return draw(st.sampled_from(allowed))


def _limit(draw: DrawFn, words: Expressions, name: str) -> Limit:
    return limit(
        name,
        _selector(draw),
        _price(draw, words),
        draw(st.sampled_from(("reduce", "withhold"))),
        when=words.condition(1) if draw(st.booleans()) else ALWAYS,
        remedy_when=_remedy_condition(draw, None),
    )
