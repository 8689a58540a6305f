"""Conditions and amounts in the words of the rule language, as an author would write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import assert_never

from remedykit.language.syntax import (
    Absolute,
    AllOf,
    And,
    Arithmetic,
    Between,
    Compare,
    Constant,
    Contains,
    DefineRead,
    EqualTo,
    Expression,
    Extreme,
    FactRead,
    In,
    IsKnown,
    KnownTest,
    MemberOf,
    Negative,
    Not,
    NotTest,
    OneOf,
    Or,
    ParamRead,
    RemedyRead,
    Rounded,
    Shifted,
    Test,
    Tested,
)
from remedykit.language.types import Base, Value
from remedykit.model.currencies import minor_digits
from remedykit.model.rational import exact_text

# How tightly an expression holds together; inside a tighter one it stands in brackets.
_OR, _AND, _NOT, _COMPARISON, _SUM, _PRODUCT, _SIGN, _ATOM = range(8)


def worded(expression: Expression, currency: str) -> str:
    """Return an expression in the rule language; amounts are those of `currency`."""
    match expression:
        case Constant(value=str() as word):
            return _quoted(word)
        case Constant(value=tuple() as words):
            return f"[{', '.join(map(_quoted, words))}]"
        case Constant():
            return worded_value(expression.value, expression.type.base, currency)
        case FactRead() | DefineRead() | ParamRead() | RemedyRead():
            return expression.name
        case Tested():
            return f"{expression.subject.name}: {_test(expression.test, currency)}"
        case And() | Or() | Not() | Compare() | In() | IsKnown():
            return _condition(expression, currency)
        case _:
            return _amount(expression, currency)


def _condition(expression: And | Or | Not | Compare | In | IsKnown, currency: str) -> str:
    match expression:
        case And():
            parts = (_inside(part, currency, _NOT) for part in expression.parts)
            return " and ".join(parts) or "always"
        case Or():
            parts = (_inside(part, currency, _AND) for part in expression.parts)
            return " or ".join(parts) or "never"
        case Not():
            return f"not {_inside(expression.part, currency, _NOT)}"
        case Compare():
            left = _inside(expression.left, currency, _SUM)
            return f"{left} {expression.op} {_inside(expression.right, currency, _SUM)}"
        case In():
            item = _inside(expression.item, currency, _SUM)
            return f"{item} in {_inside(expression.members, currency, _SUM)}"
        case IsKnown():
            return f"known({expression.subject.name})"
        case _:
            assert_never(expression)


def _amount(
    expression: Arithmetic | Negative | Extreme | Absolute | Rounded | Shifted, currency: str
) -> str:
    match expression:
        case Arithmetic():
            level = _level(expression)
            left = _inside(expression.left, currency, level)
            return f"{left} {expression.op} {_inside(expression.right, currency, level + 1)}"
        case Negative():
            return f"-{_inside(expression.operand, currency, _ATOM)}"
        case Extreme():
            items = ", ".join(worded(item, currency) for item in expression.items)
            return f"{expression.op}({items})"
        case Absolute():
            return f"abs({worded(expression.operand, currency)})"
        case Rounded():
            operand, step = worded(expression.operand, currency), worded(expression.step, currency)
            return f"round_{expression.direction}({operand}, {step})"
        case Shifted():
            sign = "+" if expression.sign > 0 else "-"
            count = worded(expression.count, currency)
            called = count if expression.calendar is None else f"{count}, {expression.calendar}"
            return f"{_inside(expression.time, currency, _SUM)} {sign} {expression.unit}({called})"
        case _:
            assert_never(expression)


def _quoted(word: str) -> str:
    return f"'{word}'"


def _inside(expression: Expression, currency: str, level: int) -> str:
    text = worded(expression, currency)
    return f"({text})" if _level(expression) < level else text


def _level(expression: Expression) -> int:
    match expression:
        case Or():
            return _OR
        case And():
            return _AND
        case Not():
            return _NOT
        case Compare() | In() | Tested():
            return _COMPARISON
        case Arithmetic(op="+" | "-") | Shifted():
            return _SUM
        case Arithmetic():
            return _PRODUCT
        case Negative():
            return _SIGN
        case _:
            return _ATOM


def _test(test: Test, currency: str) -> str:
    match test:
        case EqualTo():
            return _operand(test.operand, currency)
        case Between():
            low = "" if test.low is None else _operand(test.low, currency)
            high = "" if test.high is None else _operand(test.high, currency)
            left, right = "<" if test.low_excluded else "", "<" if test.high_excluded else ""
            return f"{low}{left}..{right}{high}"
        case MemberOf():
            return f"{{in: {test.param.name}}}"
        case Contains():
            return test.word
        case KnownTest():
            return f"{{known: {_plain(test.expected)}}}"
        case OneOf():
            return f"[{', '.join(_test(part, currency) for part in test.tests)}]"
        case AllOf():
            return f"{{all: [{', '.join(_test(part, currency) for part in test.tests)}]}}"
        case NotTest():
            return f"{{not: {_test(test.test, currency)}}}"
        case _:
            assert_never(test)


def _operand(operand: Constant | ParamRead, currency: str) -> str:
    if isinstance(operand, Constant):
        return worded_value(operand.value, operand.type.base, currency)
    return operand.name


def worded_value(value: Value, base: Base, currency: str) -> str:
    """Return a value as a cell of the rule language: ``gold``, ``25.00``, ``48 hours``."""
    if base is Base.MONEY and isinstance(value, int | Fraction):
        digits = minor_digits(currency)
        return _with_decimals(exact_text(Fraction(value, 10**digits)), digits)
    return _plain(value)


def _with_decimals(text: str, digits: int) -> str:
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals.ljust(digits, '0')}" if digits and "/" not in text else text


def _plain(value: Value) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | Fraction():
            return exact_text(value)
        case str():
            return value
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case timedelta():
            return (
                f"{exact_text(Fraction(value // timedelta(microseconds=1), 3_600_000_000))} hours"
            )
        case tuple():
            return f"[{', '.join(value)}]"
        case _:
            assert_never(value)
