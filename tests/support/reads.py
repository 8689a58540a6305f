"""What an engine reads for a decision: the index must look up, once, what matters, and no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from unittest import mock

from remedykit.engine.matching import Engine
from remedykit.facts.values import Facts
from remedykit.language.occurrences import amounts_and_placeholders, conditions_on_remedies
from remedykit.language.syntax import (
    CheckedPolicy,
    Contains,
    Entitle,
    Expression,
    HandOver,
    In,
    IsKnown,
    KnownTest,
    MemberOf,
    NotTest,
    OneOf,
    Outcome,
    Placeholder,
    Template,
    Terms,
)
from remedykit.language.types import BOOL, INT, MONEY, TEXT, TEXTS, TIME, Value
from support.build import (
    ALWAYS,
    HERE,
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
    kind,
    limit,
    money,
    of,
    offer,
    param,
    param_read,
    passes,
    policy,
    remedy,
    rule,
)

Make = Callable[[CheckedPolicy], Engine]


class CountedValues(dict[str, Value | None]):
    """Values of facts that count how often each is read."""

    def __init__(self, values: Mapping[str, Value | None]) -> None:
        super().__init__(values)
        self.reads = Counter[str]()

    def get(self, name: str, default: Value | None = None) -> Value | None:  # type: ignore[override]  # fewer kinds of default
        """Return the value of a fact."""
        self.reads[name] += 1
        return super().get(name, default)


# Two conditions for each kind of incident: a table answers both, with one look at one fact.
DAYS, TIER, TAGS = fact("days", INT), fact("tier", TEXT), fact("tags", TEXTS)
SEEN, PAID = fact("seen"), fact("paid", MONEY)
BAND, LOSS = defined("band", BOOL), defined("loss", MONEY)
REGIONS = param_read("regions", TEXTS)
BY_KIND: Mapping[str, tuple[str, Expression, Expression]] = {
    "range": ("days", at_least(DAYS, 3), compare(DAYS, "<", const(5))),
    "mirrored": ("days", compare(const(3), "<=", DAYS), compare(param_read("few"), ">", DAYS)),
    "equal": ("days", compare(DAYS, "==", const(3)), compare(DAYS, "!=", param_read("few"))),
    "bool": ("seen", SEEN, equals(SEEN, False)),
    "known": ("seen", IsKnown(SEEN, HERE), passes(SEEN, KnownTest(expected=False))),
    "word": ("tier", equals(TIER, "gold"), passes(TIER, MemberOf(REGIONS))),
    "member": ("tier", In(TIER, REGIONS, HERE), passes(TIER, NotTest(MemberOf(REGIONS)))),
    "list": ("tags", In(const("a"), TAGS, HERE), passes(TAGS, NotTest(Contains("b")))),
    "any": (
        "tags",
        passes(TAGS, OneOf((Contains("a"), MemberOf(REGIONS)))),
        both(
            passes(TAGS, Contains("a")),
            passes(TAGS, NotTest(OneOf((Contains("b"), Contains("c"))))),
        ),
    ),
    "define": ("out", BAND, at_least(LOSS, 500)),
    "define of tests": ("sum", defined("flagged"), at_least(fact("sum", MONEY), 500)),
    "last define": ("rest", defined("final"), at_least(fact("rest", MONEY), 500)),
    "eight": (
        "paid",
        either(*(equals(PAID, 100 * n) for n in range(8))),
        both(*(either(at_least(PAID, n), equals(PAID, n)) for n in (3, 2, 1))),
    ),
    "lazy": (
        "tier",
        both(equals(TIER, "vip"), compare(LOSS, "<", money(900))),
        both(equals(TIER, "vip"), at_least(LOSS, 500)),
    ),
    "unread": ("", ALWAYS, ALWAYS),
}
FACTS: Mapping[str, Value | None] = {
    "days": 3,
    "tier": "gold",
    "tags": ("a", "b"),
    "seen": True,
    "paid": 700,
    "out": 400,
    "sum": 400,
    "rest": 400,
}


def reads_too_much(make: Make) -> bool:
    """Whether an engine reads a fact that does not matter, or one more than once."""
    engine = make(_by_kind())
    for kind_, (name, _, _) in BY_KIND.items():
        values = CountedValues({**FACTS, "topic": kind_})
        engine.evaluate(Facts(values, "USD"))
        if any(values.reads[other] > (other in (name, "topic")) for other in (*FACTS, "topic")):
            return True
    if any(_reads(engine, {**FACTS, "topic": told}) > 1 for told in (None, "no.such")):
        return True
    return _reads(make(_by_one_word()), {**FACTS, "topic": "no.such"}) > 0


def asks_late_in_vain(make: Make) -> bool:
    """Whether an engine reads a list or computes a define that no condition waits for any more."""
    late = at_least(DAYS, 4)
    loss = define("loss", fact("out", MONEY), MONEY)
    conditions: tuple[Expression, ...] = (
        both(late, passes(TAGS, Contains("a"))),
        both(late, at_least(LOSS, 500)),
        at_least(defined("rest", MONEY), 500),
    )
    rules = (rule(f"r{n}", HandOver("x"), when=when) for n, when in enumerate(conditions))
    engine = make(policy(loss, define("rest", fact("rest", MONEY), MONEY), *rules))
    values = CountedValues(FACTS)
    engine.evaluate(Facts(values, "USD"))
    return values.reads["tags"] + values.reads["out"] > 0


def computes_defines_again(make: Make) -> bool:
    """Whether an engine computes a define more than once for a decision."""
    defines = [define("d0", fact("paid", MONEY), MONEY)]
    for number in range(1, 8):
        before = defined(f"d{number - 1}", MONEY)
        defines.append(define(f"d{number}", arithmetic(before, "+", before), before=defines[-1:]))
    asked = at_least(defined("d7", MONEY), 100)
    engine = make(policy(*defines, rule("a", HandOver("x"), when=asked)))
    values = CountedValues(FACTS)
    evaluation = engine.evaluate(Facts(values, "USD"))
    evaluation.defined("d7")
    evaluation.about({}).value(asked)
    return values.reads["paid"] > 1


def takes_apart_too_much(make: Make) -> bool:
    """Whether a condition of many choices is taken apart into thousands of conjunctions."""
    choices = (either(equals(DAYS, n), equals(PAID, n)) for n in range(12))
    engine = make(policy(rule("a", HandOver("x"), when=both(*choices))))
    ready = vars(engine)["_elsewhere"]
    return len(ready.index.owners) > 100


def is_another_when_pickled(make: Make) -> bool:
    """Whether an engine is made anew of something else than its policy."""
    checked = _with_terms()
    return make(checked).__reduce__()[1:] != ((checked,),)


def makes_functions_late(make: Make) -> bool:
    """Whether a decision makes functions of what nearly every decision evaluates."""
    checked = _with_terms()
    engine = make(checked)
    functions = (
        vars(type(engine))["__init__"].__globals__["_Ready"].__init__.__globals__["Functions"]
    )
    freight = param("freight", None, MONEY, by_currency={"EUR": 100})
    anywhere = make(replace(policy(freight, limit("cap", of("a"), _amount())), currencies=()))
    with mock.patch.object(functions, "of", side_effect=AssertionError):
        try:
            anywhere.evaluate(Facts(FACTS, "USD"))
            evaluation = engine.evaluate(Facts(FACTS, "USD"))
            for amount in amounts_and_placeholders(checked):
                evaluation.value(amount)
            for condition in conditions_on_remedies(checked):
                evaluation.truth(condition)
        except AssertionError:
            return True
    return False


ALL = (
    reads_too_much,
    asks_late_in_vain,
    computes_defines_again,
    takes_apart_too_much,
    is_another_when_pickled,
    makes_functions_late,
)


def _reads(engine: Engine, told: Mapping[str, Value | None]) -> int:
    values = CountedValues(told)
    engine.evaluate(Facts(values, "USD"))
    return max(values.reads[name] for name in FACTS)


def _by_kind() -> CheckedPolicy:
    asked = fact("topic", TEXT)
    flagged = define("flagged", at_least(fact("sum", MONEY), 300))
    loss = define("loss", fact("out", MONEY), MONEY)
    return policy(
        param("regions", ("gold", "a"), TEXTS),
        param("few", 4),
        flagged,
        loss,
        define("band", at_least(LOSS, 300), before=[loss]),
        define("final", at_least(fact("rest", MONEY), 300)),
        *(
            rule(f"{kind_}{n}", HandOver("x"), when=both(equals(asked, kind_), when))
            for kind_, (_, *conditions) in BY_KIND.items()
            for n, when in enumerate(conditions)
        ),
    )


def _by_one_word() -> CheckedPolicy:
    asked = equals(fact("topic", TEXT), "any")
    return policy(rule("a", HandOver("x"), when=both(asked, at_least(DAYS, 3))))


def _with_terms() -> CheckedPolicy:
    """Return a policy that says all that can be said of remedies; each expression stands once."""
    made = policy(
        *(kind(name, value=_amount(), cost=_amount(), due=_due(), note=_text()) for name in "ab"),
        *(rule(f"offer_{n}", offer(overrides=None), remedy_when=_about()) for n in range(2)),
        *(rule(f"say_{n}", Entitle(tuple(_outcome() for _ in range(2)))) for n in range(2)),
        *(limit(f"cap_{n}", of("a"), _amount(), remedy_when=_about()) for n in range(2)),
    )
    ranking = replace(
        made.ranking,
        trip_cost=_amount(),
        small_loss=_amount(),
        assumed_order_total=_amount(),
        assumed_lifetime_value=_amount(),
    )
    return replace(made, ranking=ranking)


def _outcome() -> Outcome:
    return Outcome("a", Terms(value=_amount(), cost=_amount(), due=_due(), say=_text()), HERE)


def _amount() -> Expression:
    return arithmetic(PAID, "+", money(1))


def _due() -> Expression:
    return fact("at", TIME)


def _about() -> Expression:
    return at_least(remedy("value"), 500)


def _text() -> Template:
    return Template(("It is ", Placeholder(fact("tier", TEXT), ""), "."), HERE)
