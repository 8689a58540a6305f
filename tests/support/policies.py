"""Random checked policies over the pools of facts; every name resolves and every type fits."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from remedykit.language.syntax import (
    Adjust,
    AskApproval,
    CheckedPolicy,
    Define,
    DefineRead,
    Effect,
    Entitle,
    EqualTo,
    Expression,
    FactRead,
    Forbid,
    HandOver,
    Limit,
    MemberOf,
    NotTest,
    Offer,
    OneOf,
    Outcome,
    ParamRead,
    Placeholder,
    RemedyKind,
    Rule,
    Selector,
    Template,
    Terms,
    Todo,
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
from remedykit.model.words import BASES, GIVES, PARTS
from support.build import (
    ALWAYS,
    HERE,
    at_least,
    both,
    const,
    define,
    defined,
    equals,
    fact,
    kind,
    limit,
    money,
    param_read,
    passes,
    policy,
    remedy,
    rule,
)
from support.chances import Chance, Drawn, flag
from support.expressions import Expressions
from support.pools import (
    AMOUNTS,
    CALENDARS,
    EVERY_POOL,
    KINDS,
    PARAMS,
    PARAMS_OF_ONE_CURRENCY,
    SCHEMA,
)

_TYPES_OF_DEFINES = (BOOL, BOOL, BOOL, BOOL, MONEY, TEXT, INT, INT, NUMBER, TIME, DURATION, DATE)


@st.composite
def policies(draw: DrawFn, *, known: bool = True) -> CheckedPolicy:
    """Return a policy with rules of all effects; without `known`, none asks whether a fact is."""
    return some_policy(Drawn(draw), known=known)


def some_policy(chance: Chance, *, known: bool = True, rules: int = 6) -> CheckedPolicy:
    """Return a policy; see `policies`.

    Args:
        chance: makes the choices.
        known: whether conditions may ask whether something is known.
        rules: how many rules there are at most, beside the one that offers everything.
    """
    defines = _defines(chance, known=known)
    words = Expressions(chance, defines, known=known)
    return policy(
        *CALENDARS,
        *chance.pick((PARAMS, PARAMS, PARAMS_OF_ONE_CURRENCY)),
        *defines,
        *(_kind(chance, words, name) for name in KINDS),
        # so that something is there to be held back
        rule(
            chance.pick(("all", "the_rest")),
            Offer(tuple(Outcome(name, Terms(), HERE) for name in KINDS)),
            when=_seldom(chance, words),
        ),
        *(_rule(chance, words, f"rule_{index}") for index in range(chance.count(1, rules))),
        *_asking(chance, words),
        *(_limit(chance, words, f"limit_{index}") for index in range(chance.count(0, 3))),
        schema=SCHEMA,
        timezone=chance.pick(("America/New_York", "America/New_York", "Europe/Berlin", None)),
    )


def some_rules(chance: Chance) -> CheckedPolicy:
    """Return a policy of nothing but one to three rules, where all may depend on one fact."""
    defines = _defines(chance, known=True)
    words = Expressions(chance, defines, known=True)
    conditions = (words.condition(chance.count(0, 2)) for _ in range(chance.count(1, 3)))
    made = policy(
        *CALENDARS,
        *chance.pick((PARAMS, PARAMS_OF_ONE_CURRENCY)),
        *defines,
        *(rule(f"rule_{n}", Todo(("call",)), when=when) for n, when in enumerate(conditions)),
        *_asking(chance, words),
        schema=SCHEMA,
    )
    return replace(made, currencies=chance.pick((("USD",), ("EUR", "USD"), ())))


def _defines(chance: Chance, *, known: bool) -> tuple[Define, ...]:
    defines: tuple[Define, ...] = ()
    for index in range(chance.pick((0, 1, 2, 3, 4, 5))):
        words = Expressions(chance, defines, known=known)
        of = chance.pick(_TYPES_OF_DEFINES)
        body = words.value(of) if flag(chance) else words.cases(of)
        defines = (*defines, define(f"define_{index}", body, of, before=defines))
    return defines


def _asking(chance: Chance, words: Expressions) -> tuple[Rule, ...]:
    """Return rules for some of the defines that are conditions, so that clauses depend on them."""
    rules: list[Rule] = []
    for item in words.defines:
        if item.type == BOOL and not flag(chance, one_in=4):
            alone = defined(item.name)
            when = both(words.condition(0), alone) if flag(chance) else alone
            rules.append(rule(f"if_{item.name}", Todo(("call",)), when=when))
    return tuple(rules)


def _kind(chance: Chance, words: Expressions, name: str) -> RemedyKind:
    is_words = name == "sorry"
    return kind(
        name,
        chance.pick(PARTS),
        value=None if is_words else _price(chance, words),
        cost=words.amount(1) if flag(chance) else None,
        gives=chance.pick(GIVES),
        needs=_seldom(chance, words),
        states=_seldom(chance, words),
        basis=chance.pick(("standard", "goodwill")),
        group=chance.pick(("money", name)),
        due=words.time() if flag(chance) else None,
        note=_text(chance, words) if flag(chance, one_in=3) else None,
    )


def _text(chance: Chance, words: Expressions) -> Template:
    name = chance.pick(sorted(EVERY_POOL))
    reads: list[FactRead | DefineRead | ParamRead] = [
        fact(name, EVERY_POOL[name][0]),
        param_read("lost_after", INT),
        *(defined(item.name, item.type) for item in words.defines),
    ]
    return Template(("Note: ", Placeholder(chance.pick(reads), ""), "."), HERE)


def _price(chance: Chance, words: Expressions) -> Expression:
    return words.amount(1) if flag(chance) else money(chance.pick((700, 1500)))


def _seldom(chance: Chance, words: Expressions) -> Expression:
    """Return a condition, but two times of three the one that always holds."""
    return words.condition(1) if flag(chance, one_in=3) else ALWAYS


def _rule(chance: Chance, words: Expressions, name: str) -> Rule:
    effect = _effect(chance, words)
    depth = chance.pick((None, 0, 0, 1, 1, 2, 9))
    match depth:
        case None:
            when: Expression = ALWAYS
        case 9:
            when = words.wide()
        case _:
            when = words.condition(depth)
    return rule(name, effect, when=when, remedy_when=_remedy_condition(chance, effect))


# How often each effect is drawn: most often what can break the promise about unknown facts.
_EFFECTS = (*("offer",) * 4, *("entitle",) * 2, *("forbid",) * 4, "adjust", "ask", "hand", "todo")


def _effect(chance: Chance, words: Expressions) -> Effect:
    match chance.pick(_EFFECTS):
        case "offer":
            bases: tuple[Literal["standard", "goodwill"] | None, ...]
            bases = (None, "standard", "goodwill")
            return Offer(_outcomes(chance, words), chance.pick(bases))
        case "entitle":
            return Entitle(_outcomes(chance, words))
        case "forbid":
            return Forbid(_selector(chance))
        case "adjust":
            return Adjust(_selector(chance), chance.count(-20, 20))
        case "ask":
            return AskApproval(_selector(chance), chance.pick(("lead", "manager")))
        case "hand":
            return HandOver(chance.pick(("desk", "lead")))
        case _:
            return Todo(("claim",))


def _outcomes(chance: Chance, words: Expressions) -> tuple[Outcome, ...]:
    names = _some_kinds(chance, at_most=4)
    price = Terms(value=_price(chance, words))
    return tuple(Outcome(name, Terms() if name == "sorry" else price, HERE) for name in names)


def _some_kinds(chance: Chance, *, at_most: int) -> tuple[str, ...]:
    """Return two kinds or more."""
    left = list(KINDS)
    return tuple(left.pop(chance.count(0, len(left) - 1)) for _ in range(chance.count(2, at_most)))


def _selector(chance: Chance) -> Selector:
    names = frozenset(_some_kinds(chance, at_most=len(KINDS)))
    return Selector(names, chance.pick((None, None, *BASES)))


def _remedy_condition(chance: Chance, effect: Effect | None) -> Expression:
    """Return tests on ``remedy.*`` as this effect may have them; `None` stands for a limit."""
    if isinstance(effect, Offer | Entitle | HandOver | Todo) or not flag(chance, one_in=3):
        return ALWAYS
    names = tuple(EqualTo(const(name)) for name in _some_kinds(chance, at_most=3))
    allowed: list[Expression] = [
        equals(remedy("part", TEXT), chance.pick(PARTS)),
        equals(remedy("group", TEXT), "money"),
        equals(remedy("refused", BOOL), True),
        at_least(remedy("refused_value"), 500),
        passes(remedy("kind", TEXT), OneOf(names)),
        passes(remedy("gives", TEXT), NotTest(EqualTo(const(chance.pick(GIVES))))),
        passes(remedy("kind", TEXT), MemberOf(param_read("regions", TEXTS))),
    ]
    if not isinstance(effect, Forbid):
        allowed += [
            equals(remedy("basis", TEXT), chance.pick(BASES)),
            at_least(remedy("value"), chance.pick(AMOUNTS)),
            at_least(remedy("cost"), chance.pick(AMOUNTS)),
        ]
    one = chance.pick(allowed)
    return both(one, chance.pick(allowed)) if flag(chance, one_in=3) else one


def _limit(chance: Chance, words: Expressions, name: str) -> Limit:
    over: Literal["reduce", "withhold"] = chance.pick(("reduce", "withhold"))
    return limit(
        name,
        _selector(chance),
        _price(chance, words),
        over,
        when=words.condition(1) if flag(chance) else ALWAYS,
        remedy_when=_remedy_condition(chance, None),
    )
