"""The functions of the rule language."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Literal

from remedykit.diagnostics import Place
from remedykit.language.coerce import is_number, is_numeric, number_of, type_of, unified
from remedykit.language.hints import for_name
from remedykit.language.names import did_you_mean, use_one_of
from remedykit.language.operators import constant
from remedykit.language.scope import Scope
from remedykit.language.syntax import (
    Absolute,
    Constant,
    DefineRead,
    Expression,
    Extreme,
    FactRead,
    IsKnown,
    ParamRead,
    Rounded,
    Shifted,
    TimeUnit,
)
from remedykit.language.types import MONEY, NUMBER, ORDERED, Base

_MOST_DAYS = 36_525  # a hundred years; far beyond any promise
_TIME_UNITS = ("days", "hours", "working_days")
FUNCTIONS = ("min", "max", "abs", "round_up", "round_down", "known", *_TIME_UNITS)


def read_call(
    name: str,
    arguments: tuple[Expression | None, ...],
    place: Place,
    name_place: Place,
    scope: Scope,
) -> Expression | None:
    """Return a call of a function, or report what is wrong with it."""
    if name not in FUNCTIONS:
        scope.findings.error(
            "unknown-function",
            name_place,
            f"there is no function `{name}`",
            help=for_name(name) or did_you_mean(name, FUNCTIONS, use_one_of(FUNCTIONS)),
        )
        return None
    built = tuple(argument for argument in arguments if argument is not None)
    if len(built) != len(arguments):
        return None
    match name, built:
        case ("min" | "max" as op, (_, _, *_)):
            return _extreme(op, built, place, scope)
        case ("abs", (operand,)):
            return _absolute(operand, place, scope)
        case ("round_up", (operand, step)):
            return _rounded("up", operand, step, place, scope)
        case ("round_down", (operand, step)):
            return _rounded("down", operand, step, place, scope)
        case ("known", (FactRead() | DefineRead() as subject,)):
            return IsKnown(subject, place)
        case _:
            _refused(name, place, scope)
            return None


def shifted(
    time: Expression,
    sign: Literal[1, -1],
    count: Expression,
    unit: TimeUnit,
    place: Place,
    scope: Scope,
) -> Shifted | None:
    """Return a time moved by days, hours or (of a calendar yet to be named) working days."""
    if type_of(time).base is not Base.TIME or not is_numeric(count):
        _refused(unit, place, scope)
        return None
    if unit != "hours" and scope.zone is None:
        scope.findings.error(
            "needs-timezone",
            place,
            f"`{unit}` keeps the local time of day, and the policy names no time zone",
            help="say `timezone: America/New_York` at the top, or count in hours",
        )
        return None
    if not _counts(count, unit, scope):
        scope.findings.error(
            "wrong-arguments",
            count.place,
            f"this is no number of {unit.replace('_', ' ')} to count",
            help=f"count hours, at most {24 * _MOST_DAYS}"
            if unit == "hours"
            else f"count whole days, at most {_MOST_DAYS}",
        )
        return None
    return Shifted(time, sign, count, unit, place)


def by_calendar(moved: Shifted, name: str, name_place: Place, scope: Scope) -> Shifted | None:
    """Return a time moved by the working days of a calendar, or report that there is none."""
    if name not in scope.calendars:
        scope.findings.error(
            "unknown-name",
            name_place,
            f"there is no calendar `{name}`",
            help=did_you_mean(name, scope.calendars, "declare it under `calendars`"),
        )
        return None
    return replace(moved, calendar=name)


def _counts(count: Expression, unit: TimeUnit, scope: Scope) -> bool:
    """Whether a count can be one: within a century and, for days, not surely a broken number."""
    number = number_of(count)
    match count:
        case ParamRead(name=name):
            value = scope.params[name].value
            number = Fraction(value) if isinstance(value, int | Fraction) else None
        case FactRead(type=kind):
            return unit == "hours" or kind.base is Base.INT
        case _:
            pass
    if number is None:
        return True
    most = 24 * _MOST_DAYS if unit == "hours" else _MOST_DAYS
    return abs(number) <= most and (unit == "hours" or number.denominator == 1)


_USES = {
    "min": "min and max take two values or more",
    "max": "min and max take two values or more",
    "abs": "abs takes one value",
    "round_up": "write round_up(amount, step)",
    "round_down": "write round_down(amount, step)",
    "known": "known takes the name of one fact or define",
    "days": "days and hours stand after a time and + or -, such as `at + days(3)`",
    "hours": "days and hours stand after a time and + or -, such as `at + hours(48)`",
    "working_days": "it stands after a time and + or -, with a number of days and the name of a "
    "calendar, such as `at + working_days(3, us)`",
}


def _refused(name: str, place: Place, scope: Scope) -> None:
    scope.findings.error(
        "wrong-arguments", place, f"`{name}` cannot be used like this", help=_USES[name]
    )


def _extreme(
    op: Literal["min", "max"], items: tuple[Expression, ...], place: Place, scope: Scope
) -> Expression | None:
    same = unified(items, scope)
    if same is None:
        return None
    if all(map(is_number, same)):
        numbers = [number for number in map(number_of, same) if number is not None]
        return constant(min(numbers) if op == "min" else max(numbers), place)
    kind = type_of(same[0])
    if kind.base not in ORDERED:
        _wrong(op, kind.base, place, scope)
        return None
    return Extreme(op, same, NUMBER if is_numeric(same[0]) else kind, place)


def _absolute(operand: Expression, place: Place, scope: Scope) -> Expression | None:
    number = number_of(operand)
    if number is not None:
        return constant(abs(number), place)
    kind = type_of(operand)
    if kind.base in {Base.MONEY, Base.DURATION} or is_numeric(operand):
        return Absolute(operand, kind, place)
    _wrong("abs", kind.base, place, scope)
    return None


def _rounded(
    direction: Literal["up", "down"],
    operand: Expression,
    step: Expression,
    place: Place,
    scope: Scope,
) -> Expression | None:
    both = unified((operand, step), scope)
    if both is None:
        return None
    kind = type_of(both[0])
    if kind.base is not Base.MONEY and not is_numeric(both[0]):
        _wrong(f"round_{direction}", kind.base, place, scope)
        return None
    if not _is_positive_constant(both[1], scope):
        scope.findings.error(
            "wrong-arguments",
            step.place,
            "a step is a constant above 0",
            help="write a number or a param, such as round_up(x, 5)",
        )
        return None
    result = MONEY if kind.base is Base.MONEY else NUMBER
    return Rounded(direction, both[0], both[1], result, place)


def _is_positive_constant(step: Expression, scope: Scope) -> bool:
    match step:
        case Constant(value=int() | Fraction() as value):
            return value > 0
        case ParamRead(name=name):
            param = scope.params[name]
            if isinstance(param.value, int | Fraction):
                return param.value > 0
            return all(amount > 0 for _, amount in param.by_currency)
        case _:
            return False


def _wrong(name: str, base: Base, place: Place, scope: Scope) -> None:
    scope.findings.error(
        "wrong-type",
        place,
        f"`{name}` does not take values of type {base}",
        help="it takes numbers, amounts and durations (min and max also dates and times)",
    )
