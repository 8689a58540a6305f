"""Tests that compare with a param of several periods: the same comparison, with its define."""

from __future__ import annotations

from remedykit.diagnostics import Place
from remedykit.language.names import use_one_of
from remedykit.language.operands import params_of
from remedykit.language.scope import Scope
from remedykit.language.syntax import (
    AllOf,
    And,
    Between,
    Cases,
    Compare,
    Constant,
    DefineRead,
    EqualTo,
    Expression,
    In,
    MemberOf,
    Not,
    NotTest,
    OneOf,
    Or,
    ParamRead,
    Subject,
    Test,
    Tested,
)
from remedykit.language.types import Base


def tested(subject: Subject, test: Test, place: Place, scope: Scope) -> Expression | None:
    """Return a test on a subject; where it reads a param of several periods, in other words.

    Tests compare with constants, and what such a param is worth depends on a fact.
    """
    match test:
        case EqualTo(operand=ParamRead() as param) if param.name in scope.defines:
            return Compare("==", subject, _value(param, scope), place)
        case Between() if _reads_periods(test, scope):
            return _between(subject, test, place, scope)
        case MemberOf(param=param) if param.name in scope.defines:
            return _member(subject, param, place, scope)
        case OneOf(tests=tests) | AllOf(tests=tests) if _reads_periods(test, scope):
            found = [tested(subject, each, place, scope) for each in tests]
            parts = tuple(part for part in found if part is not None)
            if len(parts) < len(tests):
                return None
            return Or(parts, place) if isinstance(test, OneOf) else And(parts, place)
        case NotTest(test=inner) if _reads_periods(inner, scope):
            part = tested(subject, inner, place, scope)
            return None if part is None else Not(part, place)
        case _:
            return Tested(subject, test, place)


def _reads_periods(test: Test, scope: Scope) -> bool:
    return any(param.name in scope.defines for param in params_of(test))


def _value(operand: Constant | ParamRead, scope: Scope) -> Expression:
    if isinstance(operand, ParamRead) and operand.name in scope.defines:
        return DefineRead(operand.name, operand.type, operand.place)
    return operand


def _between(subject: Subject, test: Between, place: Place, scope: Scope) -> Expression:
    parts: list[Expression] = []
    if test.low is not None:
        low = _value(test.low, scope)
        parts.append(Compare(">" if test.low_excluded else ">=", subject, low, place))
    if test.high is not None:
        high = _value(test.high, scope)
        parts.append(Compare("<" if test.high_excluded else "<=", subject, high, place))
    return parts[0] if len(parts) == 1 else And(tuple(parts), place)


def _member(subject: Subject, param: ParamRead, place: Place, scope: Scope) -> Expression | None:
    if subject.type.base is not Base.TEXT:
        scope.findings.error(
            "wrong-type",
            param.place,
            f"`{param.name}` has several periods, and a list is not looked up in such a param",
            help="write a rule for each period, with `from` and `until`",
        )
        return None
    body, values = scope.defines[param.name].body, subject.type.values
    rows = body.rows if isinstance(body, Cases) else ()
    words = (row.value.value for row in rows if isinstance(row.value, Constant))
    listed = (word for each in words if isinstance(each, tuple) for word in each)
    stranger = next((word for word in listed if values and word not in values), None)
    if stranger is not None:
        scope.findings.error(
            "unknown-value",
            param.place,
            f"`{stranger}` in `{param.name}` is none of the values of this fact",
            help=use_one_of(values or ()),
            also=(scope.params[param.name].place, f"`{param.name}` is declared here"),
        )
        return None
    return In(subject, DefineRead(param.name, param.type, param.place), place)
