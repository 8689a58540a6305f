"""The arithmetic of the rule language: which types combine, and constants folded at load."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, assert_never

from remedykit.diagnostics import Place
from remedykit.language.coerce import is_numeric, number_of, type_of, unified
from remedykit.language.scope import Scope
from remedykit.language.syntax import (
    Arithmetic,
    Constant,
    Expression,
    Negative,
    ParamRead,
)
from remedykit.language.types import DURATION, MONEY, NUMBER, TIME, Base, FactType

Symbol = Literal["+", "-", "*", "/"]


def negated(operand: Expression, place: Place, scope: Scope) -> Expression | None:
    """Return minus an expression."""
    number = number_of(operand)
    if number is not None:
        return constant(-number, place)
    kind = type_of(operand)
    if kind.base in {Base.MONEY, Base.DURATION} or is_numeric(operand):
        return Negative(operand, kind, place)
    scope.findings.error(
        "wrong-type",
        place,
        f"`-` stands before numbers, amounts and durations, not before {kind.base}",
        help="see the types of facts with `remedykit facts`",
    )
    return None


def constant(number: Fraction, place: Place) -> Constant:
    """Return a literal number."""
    return Constant(number.numerator if number.denominator == 1 else number, NUMBER, place)


def combined(
    op: Symbol, left: Expression, right: Expression, place: Place, scope: Scope
) -> Expression | None:
    """Return `left op right`, or report why these two do not combine."""
    match op:
        case "+" | "-":
            return _sum(op, left, right, place, scope)
        case "*":
            return _product(left, right, place, scope)
        case "/":
            return _quotient(left, right, place, scope)
        case _ as unreachable:
            assert_never(unreachable)


def _sum(
    op: Literal["+", "-"], left: Expression, right: Expression, place: Place, scope: Scope
) -> Expression | None:
    bases = (type_of(left).base, type_of(right).base)
    match bases:
        case (Base.TIME, Base.TIME) if op == "-":
            return Arithmetic(op, left, right, DURATION, place)
        case (Base.TIME, Base.DURATION):
            return Arithmetic(op, left, right, TIME, place)
        case (Base.DURATION, Base.DURATION):
            return Arithmetic(op, left, right, DURATION, place)
        case _:
            pass
    first, second = number_of(left), number_of(right)
    if first is not None and second is not None:
        return constant(first + second if op == "+" else first - second, place)
    if not all(is_numeric(item) or type_of(item).base is Base.MONEY for item in (left, right)):
        _clash(op, place, left, right, scope)
        return None
    both = unified((left, right), scope)
    if both is None:
        return None
    result = MONEY if type_of(both[0]).base is Base.MONEY else NUMBER
    return Arithmetic(op, both[0], both[1], result, place)


def _product(left: Expression, right: Expression, place: Place, scope: Scope) -> Expression | None:
    first, second = number_of(left), number_of(right)
    if first is not None and second is not None:
        return constant(first * second, place)
    match type_of(left).base, type_of(right).base:
        case (Base.MONEY, _) if is_numeric(right):
            return Arithmetic("*", left, right, MONEY, place)
        case (_, Base.MONEY) if is_numeric(left):
            return Arithmetic("*", left, right, MONEY, place)
        case _ if is_numeric(left) and is_numeric(right):
            return Arithmetic("*", left, right, NUMBER, place)
        case _:
            _clash("*", place, left, right, scope)
            return None


def _quotient(left: Expression, right: Expression, place: Place, scope: Scope) -> Expression | None:
    divisor = _divisor(right, scope)
    if divisor is None or not is_numeric(right):
        scope.findings.error(
            "division",
            right.place,
            "this is no constant number to divide by",
            help="divide by a number or a param; for a share, multiply the other side instead",
        )
        return None
    if divisor == 0:
        scope.findings.error(
            "division", right.place, "this divides by 0", help="divide by a number that is not 0"
        )
        return None
    number = number_of(left)
    if number is not None and isinstance(right, Constant):
        return constant(number / divisor, place)
    kind: FactType = MONEY if type_of(left).base is Base.MONEY else NUMBER
    if kind is NUMBER and not is_numeric(left):
        _clash("/", place, left, right, scope)
        return None
    return Arithmetic("/", left, right, kind, place)


def _divisor(right: Expression, scope: Scope) -> Fraction | None:
    if isinstance(right, ParamRead):
        value = scope.params[right.name].value
        if isinstance(value, int | Fraction) and not isinstance(value, bool):
            return Fraction(value)
        return None
    return number_of(right)


def _clash(op: str, place: Place, left: Expression, right: Expression, scope: Scope) -> None:
    types = f"{type_of(left).base} and {type_of(right).base}"
    scope.findings.error(
        "wrong-type",
        place,
        f"`{op}` does not combine {types}",
        help="numbers combine with numbers, amounts with amounts and numbers, times with durations",
    )
