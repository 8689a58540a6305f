"""The meaning of expressions, tests, params and defines, one node at a time, in every engine."""

from datetime import timedelta
from fractions import Fraction

import pytest

from remedykit.engine.matching import Matches, clauses
from remedykit.language.syntax import (
    Absolute,
    AllOf,
    Between,
    Cases,
    Contains,
    Define,
    EqualTo,
    Expression,
    Extreme,
    HandOver,
    In,
    IsKnown,
    KnownTest,
    MemberOf,
    Negative,
    NotTest,
    OneOf,
    Param,
    Rounded,
    Rule,
    Shifted,
    Test,
)
from remedykit.language.types import INT, MONEY, NUMBER, TEXT, TEXTS, TIME, Value
from support.all_engines import AllEngines
from support.build import (
    ALWAYS,
    HERE,
    NEVER,
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
    facts,
    holds,
    is_known,
    kind,
    limit,
    money,
    negation,
    of,
    offer,
    param,
    param_read,
    passes,
    policy,
    remedy,
    rule,
)

DAYS = fact("incident.days_late", INT)
TIER = fact("customer.tier", TEXT)
TAGS = fact("customer.tags", TEXTS)
REGIONS = param_read("regions", TEXTS)


def evaluation(
    values: dict[str, Value | None],
    *parts: Define | Param | Rule,
    currency: str = "USD",
    timezone: str | None = "America/New_York",
) -> AllEngines:
    return AllEngines.of(policy(*parts, timezone=timezone), facts(values, currency=currency))


def truth(condition: Expression, **values: Value | None) -> bool | None:
    """Return the truth where `days`, `tier` and `tags` have values; all others are unknown."""
    names = {"days": DAYS.name, "tier": TIER.name, "tags": TAGS.name}
    regions = param("regions", ("north", "gold"), TEXTS)
    it = rule("it", HandOver("desk"), when=condition)
    here = evaluation({names[name]: value for name, value in values.items()}, regions, it)
    assert here.truth(condition) is here.matches.truth(0)
    return here.truth(condition)


def value(expression: Expression, **values: Value | None) -> Value | None:
    return evaluation(dict(values)).value(expression)


# --- tests on a fact ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("test", "late", "expected"),
    [
        (EqualTo(const(3)), 3, True),
        (EqualTo(const(3)), 4, False),
        (EqualTo(const(3)), None, None),
        (Between(const(3), None), 3, True),
        (Between(const(3), None), 2, False),
        (Between(const(3), None, low_excluded=True), 3, False),
        (Between(const(3), None, low_excluded=True), 4, True),
        (Between(None, const(3)), 3, True),
        (Between(None, const(3)), 4, False),
        (Between(None, const(3), high_excluded=True), 3, False),
        (Between(const(2), const(3)), 3, True),
        (Between(const(2), const(3)), 4, False),
        (Between(const(2), const(3)), None, None),
        (KnownTest(expected=True), 3, True),
        (KnownTest(expected=True), None, False),
        (KnownTest(expected=False), None, True),
        (KnownTest(expected=False), 3, False),
        (NotTest(EqualTo(const(3))), 3, False),
        (NotTest(EqualTo(const(3))), None, None),
        (OneOf((EqualTo(const(3)), EqualTo(const(5)))), 5, True),
        (OneOf((EqualTo(const(3)), EqualTo(const(5)))), 4, False),
        (OneOf((EqualTo(const(3)), KnownTest(expected=False))), None, True),
        (OneOf(()), None, False),
        (AllOf((Between(const(3), None), NotTest(EqualTo(const(5))))), 5, False),
        (AllOf((Between(const(3), None), NotTest(EqualTo(const(5))))), 4, True),
        (AllOf((KnownTest(expected=True), EqualTo(const(3)))), None, False),
    ],
)
def test_a_test_on_a_number(test: Test, late: int | None, expected: bool | None) -> None:
    assert expected is truth(passes(DAYS, test), days=late)


@pytest.mark.parametrize(
    ("test", "tags", "expected"),
    [
        (Contains("vip"), ("vip", "new"), True),
        (Contains("vip"), ("new",), False),
        (Contains("vip"), (), False),
        (Contains("vip"), None, None),
        (AllOf((Contains("vip"), Contains("new"))), ("vip",), False),
        (MemberOf(REGIONS), ("south", "north"), True),
        (MemberOf(REGIONS), ("south",), False),
        (MemberOf(REGIONS), None, None),
    ],
)
def test_a_test_on_a_list(test: Test, tags: tuple[str, ...] | None, expected: bool | None) -> None:
    assert expected is truth(passes(TAGS, test), tags=tags)


@pytest.mark.parametrize(("tier", "expected"), [("gold", True), ("new", False), (None, None)])
def test_a_member_of_a_list_param(tier: str | None, expected: bool | None) -> None:
    assert expected is truth(passes(TIER, MemberOf(REGIONS)), tier=tier)
    assert expected is truth(In(TIER, REGIONS, HERE), tier=tier)


def test_an_end_that_has_no_amount_in_this_currency_is_unknown() -> None:
    loss = fact("incident.loss", MONEY)
    small = param("small", None, MONEY, by_currency={"USD": 500})
    between = passes(loss, Between(money(100), param_read("small", MONEY)))
    dollars = evaluation({loss.name: 300}, small)
    assert dollars.truth(between) is True
    euros = evaluation({loss.name: 300}, small, currency="EUR")
    assert euros.truth(between) is None
    assert evaluation({loss.name: 50}, small, currency="EUR").truth(between) is False


# --- conditions --------------------------------------------------------------------------------


def test_conditions_combine_three_valued() -> None:
    yes, no, unknown = ALWAYS, NEVER, holds("nobody.knows")
    assert truth(both(yes, unknown)) is None
    assert truth(both(no, unknown)) is False
    assert truth(either(yes, unknown)) is True
    assert truth(either(no, unknown)) is None
    assert truth(negation(unknown)) is None
    assert truth(negation(no)) is True


@pytest.mark.parametrize(
    ("op", "expected"),
    [
        ("<", (True, False, False)),
        ("<=", (True, True, False)),
        (">", (False, False, True)),
        (">=", (False, True, True)),
        ("==", (False, True, False)),
        ("!=", (True, False, True)),
    ],
)
def test_comparisons(op: str, expected: tuple[bool, bool, bool]) -> None:
    comparison = compare(DAYS, op, const(3))  # type: ignore[arg-type]  # an operator of the list
    assert expected == tuple(truth(comparison, days=days) for days in (2, 3, 4))
    assert truth(comparison) is None


def test_known_is_never_unknown() -> None:
    assert truth(IsKnown(DAYS, HERE)) is False
    assert truth(IsKnown(DAYS, HERE), days=0) is True
    assert truth(is_known(DAYS)) is False


def test_a_define_is_known_if_its_value_is() -> None:
    late = define("late", at_least(DAYS, 3))
    assert evaluation({}, late).truth(IsKnown(defined("late"), HERE)) is False
    assert evaluation({DAYS.name: 1}, late).truth(IsKnown(defined("late"), HERE)) is True


def test_a_bool_fact_or_define_is_a_condition_itself() -> None:
    scanned = fact("incident.scanned")
    late = define("late", at_least(DAYS, 3))
    here = evaluation({scanned.name: False, DAYS.name: 3}, late)
    assert here.truth(scanned) is False
    assert here.truth(defined("late")) is True
    assert here.truth(fact("incident.unheard")) is None
    assert here.truth(const(True)) is True


def test_a_condition_has_its_truth_as_value() -> None:
    assert value(ALWAYS) is True
    assert value(negation(ALWAYS)) is False
    assert value(holds("nobody.knows")) is None


# --- amounts and times -------------------------------------------------------------------------

LOSS = fact("loss", MONEY)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (arithmetic(LOSS, "+", money(50)), 150),
        (arithmetic(LOSS, "-", money(50)), 50),
        (arithmetic(LOSS, "*", const(Fraction(1, 3))), Fraction(100, 3)),
        (arithmetic(LOSS, "/", const(3)), Fraction(100, 3)),
        (Negative(LOSS, MONEY, HERE), -100),
        (Absolute(Negative(LOSS, MONEY, HERE), MONEY, HERE), 100),
        (Extreme("min", (LOSS, money(70), money(80)), MONEY, HERE), 70),
        (Extreme("max", (LOSS, money(70), money(80)), MONEY, HERE), 100),
        (Rounded("up", LOSS, money(75), MONEY, HERE), 150),
        (Rounded("down", LOSS, money(75), MONEY, HERE), 75),
    ],
)
def test_an_amount_is_exact_and_unknown_if_an_operand_is(
    expression: Expression, expected: Value
) -> None:
    assert expected == value(expression, loss=100)
    assert value(expression, loss=None) is None


def test_rounding_to_an_unknown_step_is_unknown() -> None:
    assert value(Rounded("up", LOSS, fact("step", MONEY), MONEY, HERE), loss=100) is None


def test_a_duration_between_times() -> None:
    waited = arithmetic(fact("at", TIME), "-", fact("since", TIME), TIME)
    assert value(waited, at=NOON, since=NOON - timedelta(hours=48)) == timedelta(hours=48)


def test_days_keep_the_local_time_and_hours_are_exact() -> None:
    at = NOON.replace(month=10, day=31)  # the last day of summer time in New York
    moment = fact("at", TIME)
    assert value(Shifted(moment, 1, const(2), "days", HERE), at=at) == at + timedelta(hours=49)
    assert value(Shifted(moment, 1, const(48), "hours", HERE), at=at) == at + timedelta(hours=48)
    assert value(Shifted(moment, -1, const(48), "hours", HERE), at=at) == at - timedelta(hours=48)
    assert value(Shifted(moment, -1, const(1), "days", HERE), at=at) == at - timedelta(hours=24)


def test_a_moved_time_is_unknown_if_the_time_or_the_count_is() -> None:
    shifted = Shifted(fact("at", TIME), 1, fact("days", INT), "days", HERE)
    assert value(shifted, at=None, days=1) is None
    assert value(shifted, at=NOON, days=None) is None
    assert value(shifted, at=NOON, days=Fraction(1, 2)) is None


def test_days_without_a_time_zone_are_unknown() -> None:
    here = evaluation({"at": NOON}, timezone=None)
    assert here.value(Shifted(fact("at", TIME), 1, const(1), "days", HERE)) is None


# --- cases -------------------------------------------------------------------------------------


def outcome(body: Cases, **values: Value | None) -> Value | None:
    """Return the value of cases over the bools `a`, `b`, `c`; what is not named is false."""
    known: dict[str, Value | None] = {"a": False, "b": False, "c": False, **values}
    here = evaluation(known, define("band", body, NUMBER))
    return here.value(defined("band", NUMBER))


FIRST = cases(
    "first",
    (holds("a"), const(1)),
    (holds("b"), const(2)),
    (holds("c"), const(1)),
    otherwise=const(1),
)


@pytest.mark.parametrize(
    ("a", "b", "c", "expected"),
    [
        (True, True, True, 1),
        (False, True, True, 2),
        (False, False, False, 1),
        (None, False, None, 1),  # whichever row it is, it gives 1
        (None, True, False, None),  # 1 or 2
        (False, None, True, None),
        (True, None, None, 1),  # what comes after the match does not matter
    ],
)
def test_first_is_known_if_every_possible_first_match_gives_the_same(
    a: bool | None, b: bool | None, c: bool | None, expected: int | None
) -> None:
    assert expected == outcome(FIRST, a=a, b=b, c=c)


def test_first_is_unknown_where_a_possible_match_is() -> None:
    body = cases("first", (holds("a"), fact("x", INT)), otherwise=const(1))
    assert outcome(body, a=True) is None
    assert outcome(body, a=None) is None
    assert outcome(body, a=None, x=1) == 1


def test_first_without_otherwise_trusts_the_proof_that_a_row_matches() -> None:
    body = cases("first", (holds("a"), const(7)), (negation(holds("a")), const(7)))
    assert outcome(body, a=None) == 7
    assert outcome(cases("first", (holds("a"), const(7))), a=False) is None


def rows(op: str, *, otherwise: Expression | None = None) -> Cases:
    return cases(
        op,  # type: ignore[arg-type]  # one of the operators
        (holds("a"), const(2)),
        (holds("b"), const(3)),
        (holds("c"), const(2)),
        otherwise=otherwise,
    )


@pytest.mark.parametrize(
    ("op", "expected"), [("sum", 5), ("max", 3), ("min", 2), ("count", 2), ("unique", None)]
)
def test_aggregates_combine_every_matching_row(op: str, expected: int | None) -> None:
    assert expected == outcome(rows(op), a=True, b=True)


@pytest.mark.parametrize("op", ["sum", "max", "min", "count", "unique"])
def test_an_aggregate_is_unknown_if_it_is_unknown_whether_a_row_matches(op: str) -> None:
    assert outcome(rows(op, otherwise=const(2)), a=True, c=None) is None


@pytest.mark.parametrize("op", ["sum", "max", "min", "unique"])
def test_an_aggregate_is_unknown_if_a_matching_row_is(op: str) -> None:
    body = cases(op, (holds("a"), const(2)), (holds("b"), fact("x", INT)))  # type: ignore[arg-type]  # one of the operators
    assert outcome(body, a=True, b=True) is None
    assert outcome(body, a=True, b=False) == 2


def test_a_count_needs_no_values() -> None:
    body = cases("count", (holds("a"), fact("x", INT)), (holds("b"), fact("x", INT)))
    assert outcome(body, a=True, b=True) == 2


def test_unique_takes_matches_that_agree() -> None:
    assert outcome(rows("unique"), a=True, c=True) == 2


@pytest.mark.parametrize(
    ("op", "expected"), [("sum", 0), ("count", 0), ("max", None), ("min", None), ("unique", None)]
)
def test_without_a_match_sums_and_counts_are_0_and_others_unknown(
    op: str, expected: int | None
) -> None:
    assert expected == outcome(rows(op))
    assert outcome(rows(op, otherwise=const(9))) == 9


def test_a_sum_that_leaves_the_range_is_unknown() -> None:
    longest = const(timedelta.max)
    row = (holds("a"), longest)
    assert outcome(cases("sum", row, row, row), a=True) is None


def test_defines_read_defines() -> None:
    late = define("late", at_least(DAYS, 3))
    bad = define("bad", both(defined("late"), negation(holds("incident.scanned"))), before=[late])
    here = evaluation({DAYS.name: 3, "incident.scanned": False}, late, bad)
    assert here.truth(equals(defined("bad"), True)) is True


def test_a_long_chain_of_defines_is_no_deep_recursion() -> None:
    chain = [define("d0", fact("x", INT), INT)]
    for number in range(1, 3000):
        body = defined(f"d{number - 1}", INT)
        chain.append(define(f"d{number}", body, INT, before=chain[-1:]))
    assert evaluation({"x": 5}, *chain).defined("d2999") == 5


# --- the remedy at hand ------------------------------------------------------------------------


def test_properties_of_a_remedy_are_known_only_about_a_remedy() -> None:
    here = evaluation({})
    dear = at_least(remedy("value"), 200)
    assert here.truth(dear) is None
    assert here.about({"remedy.value": 300}).truth(dear) is True
    assert here.about({"remedy.value": None}).truth(dear) is None
    assert here.truth(dear) is None


# --- the engine --------------------------------------------------------------------------------


def test_the_engine_answers_for_every_condition_of_the_policy() -> None:
    checked = policy(
        kind("reship", needs=holds("incident.stock"), states=NEVER),
        rule("lost", offer("reship"), when=holds("incident.lost")),
        limit("cap", of("reship"), money(100), when=ALWAYS),
    )
    assert [clause.id for clause in clauses(checked)] == [
        "rule:lost",
        "limit:cap",
        "needs:reship",
        "states:reship",
    ]
    matches = AllEngines.of(checked, facts({"incident.lost": True})).matches
    assert matches == Matches(definite=0b0011, possible=0b0111)
    assert [matches.truth(number) for number in range(4)] == [True, True, None, False]
