"""Tests on the remedy at hand as goals for facts, for a remedy as one rule offers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from remedykit.authoring.boundaries.offerings import Goals, Offering
from remedykit.authoring.situations.goals import Goal
from remedykit.diagnostics import Place
from remedykit.effects.properties import constant_properties
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.facts.values import Facts
from remedykit.language.syntax import (
    AllOf,
    And,
    Between,
    CheckedPolicy,
    Compare,
    Contains,
    EqualTo,
    Expression,
    KnownTest,
    MemberOf,
    Not,
    NotTest,
    OneOf,
    Or,
    RemedyRead,
    Test,
    Tested,
)
from remedykit.language.types import Truth


def on_facts(policy: CheckedPolicy, goals: Goals, offering: Offering) -> Goals | None:
    """Return what facts must give for tests on a remedy to come out as wanted.

    Tests on what it is worth become tests on the amount that the rule offers; what was refused
    before is left out, for facts alone do not tell it.

    Returns:
        The goals; ``None`` if the remedy is not, and cannot be, what a test asks for.
    """
    nothing = ReferenceEvaluation(replace(policy, defines=()), Facts({}, ""))
    known = {**constant_properties(offering.kind), "remedy.basis": offering.basis}
    amounts = {"remedy.value": offering.value, "remedy.cost": offering.cost or offering.value}
    found: list[Goal] = []
    for goal in goals:
        tests = goal.condition.parts if isinstance(goal.condition, And) else (goal.condition,)
        for test in tests:
            match test:
                case Tested(subject=RemedyRead(name=name)) if name in known:
                    if nothing.about(known).truth(test) is not goal.truth:
                        return None
                case Tested(subject=RemedyRead(name=name)):
                    found += _on_amount(test, goal.truth, amounts)
                case _:
                    found.append(Goal(test, goal.truth))
    return tuple(found)


def _on_amount(
    test: Tested, truth: Truth, amounts: Mapping[str, Expression | None]
) -> tuple[Goal, ...]:
    amount = amounts.get(test.subject.name)
    return () if amount is None else (Goal(_compared(test.test, amount, test.place), truth),)


def _compared(test: Test, amount: Expression, place: Place) -> Expression:
    """Return a test on an amount that several facts may make up."""
    match test:
        case EqualTo(operand=operand):
            return Compare("==", amount, operand, place)
        case Between(low=low, high=high):
            ends: list[Expression] = []
            if low is not None:
                ends.append(Compare(">" if test.low_excluded else ">=", amount, low, place))
            if high is not None:
                ends.append(Compare("<" if test.high_excluded else "<=", amount, high, place))
            return And(tuple(ends), place)
        case OneOf(tests=tests):
            return Or(tuple(_compared(each, amount, place) for each in tests), place)
        case AllOf(tests=tests):
            return And(tuple(_compared(each, amount, place) for each in tests), place)
        case NotTest(test=inner):
            return Not(_compared(inner, amount, place), place)
        case KnownTest(expected=expected):
            return And((), place) if expected else Or((), place)
        case Contains() | MemberOf():  # these are about texts, and an amount is none
            return Or((), place)
        case _ as unreachable:
            assert_never(unreachable)
