"""What a policy declares: facts and params."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from remedykit.language.syntax import Param
from remedykit.language.types import Base, FactDeclaration, FactType, Value
from support.loading import loaded


def fact(text: str) -> FactDeclaration:
    declared = loaded(f"facts:\n  order.it: {text}\n").schema.find("order.it")
    assert declared is not None
    return declared


def param(text: str) -> Param:
    (declared,) = loaded(f"timezone: Europe/Berlin\nparams:\n  it: {text}\n").params
    return declared


def test_a_fact_says_all_about_itself() -> None:
    text = "type: int, means: presents, unit: pieces, default: 1, at_least: 0, at_most: 9"

    assert fact(f"{{{text}, personal: true, protected: true}}") == FactDeclaration(
        name="order.it",
        type=FactType(Base.INT),
        means="presents",
        unit="pieces",
        default=1,
        personal=True,
        protected=True,
        at_least=Fraction(0),
        at_most=Fraction(9),
        origin="policy",
    )


def test_the_policy_knows_which_facts_are_its_own() -> None:
    assert loaded("facts: {order.it: {type: bool, means: it}}\n").own_facts == ("order.it",)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("values: [web, app]", FactType(Base.TEXT, ("web", "app"))),
        ("type: text, values: [web, app]", FactType(Base.TEXT, ("web", "app"))),
        ("type: texts, values: [web, app]", FactType(Base.TEXTS, ("web", "app"))),
        ("type: text", FactType(Base.TEXT)),
        ("type: texts", FactType(Base.TEXTS)),
        ("type: duration", FactType(Base.DURATION)),
    ],
)
def test_the_type_of_a_fact_is_said_or_follows_from_its_values(text: str, kind: FactType) -> None:
    assert fact(f"{{{text}, means: it}}").type == kind


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("type: bool, default: false", False),
        ("type: money, default: 2.50", 250),
        ("type: number, default: 25%", Fraction(1, 4)),
        ("type: date, default: 2026-11-23", date(2026, 11, 23)),
        ("type: duration, default: 90 minutes", timedelta(minutes=90)),
        ("type: text, default: 1_000", "1_000"),
        ("values: [web, app], default: web", "web"),
        ("type: texts, default: [a, b]", ("a", "b")),
        ("type: texts, default: a", ("a",)),
        ("type: texts, default: []", ()),
    ],
)
def test_a_default_is_read_by_the_type_of_its_fact(text: str, value: Value) -> None:
    declared = fact(f"{{{text}, means: it}}")

    assert declared.default == value
    assert declared.always_known


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("type: money, at_least: 2.50", Fraction(250), None),
        ("type: number, at_most: 0.5", None, Fraction(1, 2)),
        ("type: int, at_least: 3, at_most: 3", Fraction(3), Fraction(3)),
    ],
)
def test_bounds_are_in_the_unit_of_the_fact(
    text: str, low: Fraction | None, high: Fraction | None
) -> None:
    declared = fact(f"{{{text}, means: it}}")

    assert (declared.at_least, declared.at_most) == (low, high)


@pytest.mark.parametrize(
    ("text", "base", "value"),
    [
        ("{value: 5}", Base.NUMBER, 5),
        ("{value: 2.5, unit: days}", Base.NUMBER, Fraction(5, 2)),
        ("{value: 5, type: int}", Base.INT, 5),
        ("{value: 2.5, unit: money}", Base.MONEY, 250),
        ("{value: 2.5, unit: USD}", Base.MONEY, 250),
        ("{value: 2.5, type: money}", Base.MONEY, 250),
        ("{value: [east, west]}", Base.TEXTS, ("east", "west")),
        ("{value: east, type: text}", Base.TEXT, "east"),
        ("{value: true, type: bool}", Base.BOOL, True),
        ("{value: 2026-11-23, type: date}", Base.DATE, date(2026, 11, 23)),
        (
            "{value: 2026-11-23T12:00Z, type: time}",
            Base.TIME,
            datetime(2026, 11, 23, 12, tzinfo=UTC),
        ),
        ("{value: 2026-11-23, type: time}", Base.TIME, datetime(2026, 11, 22, 23, tzinfo=UTC)),
        ("{value: 2 days, type: duration}", Base.DURATION, timedelta(days=2)),
    ],
)
def test_a_param_is_of_the_type_that_it_says_or_shows(text: str, base: Base, value: Value) -> None:
    declared = param(text)

    assert (declared.type.base, declared.value) == (base, value)


def test_a_param_with_one_value_a_currency_has_them_in_minor_units() -> None:
    declared = param("{value: {USD: 2.50}, why: house rule}")

    assert (declared.type.base, declared.value) == (Base.MONEY, None)
    assert declared.by_currency == (("USD", 250),)
    assert declared.why == "house rule"
