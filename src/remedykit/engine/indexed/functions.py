"""From the expressions of a policy to functions of a decision's values, made once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from functools import partial
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Literal, assert_never
from zoneinfo import ZoneInfo

from remedykit.engine.indexed import exact
from remedykit.engine.indexed.cases import function_of_cases
from remedykit.engine.indexed.frames import NOT_YET, Condition, Frame, Function
from remedykit.engine.indexed.tests import function_of_test
from remedykit.language.degree import body_parts, walk
from remedykit.language.syntax import (
    Absolute,
    And,
    Arithmetic,
    Cases,
    CheckedPolicy,
    Compare,
    Constant,
    Define,
    DefineRead,
    Expression,
    Extreme,
    FactRead,
    In,
    IsKnown,
    Negative,
    Not,
    Or,
    Param,
    ParamRead,
    RemedyRead,
    Rounded,
    Shifted,
    Tested,
)
from remedykit.language.types import Truth, Value

# Values of one type, as the loader has checked.
_COMPARISONS: Mapping[Literal["<", "<=", ">", ">=", "==", "!="], Callable[[Any, Any], bool]] = {
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
    "==": eq,
    "!=": ne,
}

Shift = Callable[[datetime, int | Fraction], datetime | None]

_MOST_NESTED = 50  # defines computed inside each other; Python stops at 1,000 nested calls


class Functions:
    """Makes functions of the expressions of one policy, for decisions in one currency.

    Params are constants in them.

    Args:
        policy: whose names the expressions read.
        currency: of the decisions; chooses the amounts of params.

    Attributes:
        landmarks: to be called in this order before any other function, so that however long a
            chain of defines is that read each other, few are computed inside each other. A policy
            written by hand has none.
    """

    def __init__(self, policy: CheckedPolicy, currency: str) -> None:
        self._params = {param.name: _amount(param, currency) for param in policy.params}
        self._zone = ZoneInfo(policy.timezone) if policy.timezone else None
        self._calendars = {calendar.name: calendar for calendar in policy.calendars}
        self._shifts: dict[str, Shift] = {}
        self._places: dict[str, int] = {}
        self._defines: list[Function] = []
        depths: dict[str, int] = {}
        for place, define in enumerate(policy.defines):
            self._defines.append(self._of_body(define.body))
            self._places[define.name] = place
            depths[define.name] = 1 + max(
                (depths[name] for name in _defines_read(define)), default=0
            )
        self.landmarks: tuple[Function, ...] = tuple(
            self.defined(name) for name, depth in depths.items() if depth % _MOST_NESTED == 0
        )

    def defined(self, name: str) -> Function:
        """Return the function that gives a define's value, computed at most once a decision."""
        place = self._places[name]
        return partial(_defined, self._defines[place], place)

    def operand(self, read: Constant | ParamRead) -> Value | None:
        """Return a constant or the value of a param."""
        return read.value if isinstance(read, Constant) else self._params[read.name]

    def of(self, expression: Expression) -> Function:
        """Return the function that gives an expression's value."""
        match expression:
            case FactRead() | DefineRead() | RemedyRead():
                return self._of_read(expression)
            case Constant() | ParamRead():
                return partial(_constant, self.operand(expression))
            case And() | Or() | Not() | Tested() | Compare() | In() | IsKnown():
                return self._of_condition(expression)
            case Arithmetic() | Negative() | Absolute() | Extreme() | Rounded() | Shifted():
                return self._of_amount(expression)
            case _ as unreachable:
                assert_never(unreachable)

    def of_condition(self, expression: Expression) -> Condition:
        """Return the function that tells whether a condition holds."""
        match expression:
            case And() | Or() | Not() | Tested() | Compare() | In() | IsKnown():
                return self._of_condition(expression)
            case _:
                return partial(_is_true, self.of(expression))

    # --- reading names -------------------------------------------------------------------------

    def _of_read(self, read: FactRead | DefineRead | RemedyRead) -> Function:
        match read:
            case FactRead():
                return partial(_fact, read.name)
            case DefineRead():
                return self.defined(read.name)
            case RemedyRead():
                return partial(_remedy, read.name)
            case _ as unreachable:
                assert_never(unreachable)

    # --- conditions ----------------------------------------------------------------------------

    def _of_condition(
        self, condition: And | Or | Not | Tested | Compare | In | IsKnown
    ) -> Condition:
        match condition:
            case And():
                return partial(_all, tuple(map(self.of_condition, condition.parts)))
            case Or():
                return partial(_any, tuple(map(self.of_condition, condition.parts)))
            case Not():
                return partial(_not, self.of_condition(condition.part))
            case Tested():
                test = function_of_test(condition.test, self.operand)
                return partial(_tested, self._of_read(condition.subject), test)
            case Compare():
                sides = self.of(condition.left), self.of(condition.right)
                return partial(_compared, _COMPARISONS[condition.op], *sides)
            case In():
                return partial(_within, self.of(condition.item), self.of(condition.members))
            case IsKnown():
                return partial(_known, self._of_read(condition.subject))
            case _ as unreachable:
                assert_never(unreachable)

    # --- amounts and times ---------------------------------------------------------------------

    def _of_amount(
        self, amount: Arithmetic | Negative | Absolute | Extreme | Rounded | Shifted
    ) -> Function:
        match amount:
            case Arithmetic():
                sides = self.of(amount.left), self.of(amount.right)
                return partial(_combined, exact.OPERATIONS[amount.op], *sides)
            case Negative():
                return partial(_changed, exact.opposite, self.of(amount.operand))
            case Absolute():
                return partial(_changed, exact.magnitude, self.of(amount.operand))
            case Extreme():
                choose = min if amount.op == "min" else max
                return partial(_chosen, choose, tuple(map(self.of, amount.items)))
            case Rounded():
                step = exact.stepped_up if amount.direction == "up" else exact.stepped_down
                return partial(_combined, step, self.of(amount.operand), self.of(amount.step))
            case Shifted():
                return self._of_shift(amount)
            case _ as unreachable:
                assert_never(unreachable)

    def _of_shift(self, shift: Shifted) -> Function:
        time, count = self.of(shift.time), self.of(shift.count)
        if shift.unit == "hours":
            return partial(_shifted, exact.shifted_by_hours, time, count, shift.sign)
        if self._zone is None:
            return partial(_constant, None)
        if shift.calendar is None:
            by_days = partial(exact.shifted_by_days, zone=self._zone)
            return partial(_shifted, by_days, time, count, shift.sign)
        by_working_days = self._by_working_days(shift.calendar, self._zone)
        return partial(_shifted, by_working_days, time, count, shift.sign)

    def _by_working_days(self, calendar: str, zone: ZoneInfo) -> Shift:
        """Return what shifts by the working days of a calendar; these are found once."""
        if calendar not in self._shifts:
            found = self._calendars[calendar]
            self._shifts[calendar] = partial(
                exact.shifted_by_working_days,
                zone=zone,
                calendar=found,
                working_days=exact.working_days_of(found),
            )
        return self._shifts[calendar]

    def _of_body(self, body: Expression | Cases) -> Function:
        return function_of_cases(body, self) if isinstance(body, Cases) else self.of(body)


def _defines_read(define: Define) -> set[str]:
    parts = (node for part in body_parts(define.body) for node in walk(part))
    return {node.name for node in parts if isinstance(node, DefineRead)}


def _amount(param: Param, currency: str) -> Value | None:
    if param.value is not None:
        return param.value
    return next((amount for code, amount in param.by_currency if code == currency), None)


# --- what the functions do; `partial` fixes all but the last argument --------------------------


def _constant(value: Value | None, _: Frame) -> Value | None:
    return value


def _fact(name: str, frame: Frame) -> Value | None:
    return frame.values.get(name)


def _remedy(name: str, frame: Frame) -> Value | None:
    return frame.remedy.get(name)


def _defined(body: Function, place: int, frame: Frame) -> Value | None:
    value = frame.defines[place]
    if value is NOT_YET:
        value = frame.defines[place] = body(frame)
    return value


def _is_true(function: Function, frame: Frame) -> Truth:
    value = function(frame)
    return None if value is None else value is True


def _all(conditions: Sequence[Condition], frame: Frame) -> Truth:
    found: Truth = True
    for condition in conditions:
        truth = condition(frame)
        if truth is False:
            return False
        if truth is None:
            found = None
    return found


def _any(conditions: Sequence[Condition], frame: Frame) -> Truth:
    found: Truth = False
    for condition in conditions:
        truth = condition(frame)
        if truth:
            return True
        if truth is None:
            found = None
    return found


def _not(condition: Condition, frame: Frame) -> Truth:
    truth = condition(frame)
    return None if truth is None else not truth


def _tested(subject: Function, test: Callable[[Value | None], Truth], frame: Frame) -> Truth:
    return test(subject(frame))


def _compared(
    holds: Callable[[Any, Any], bool], left: Function, right: Function, frame: Frame
) -> Truth:
    one, other = left(frame), right(frame)
    return None if one is None or other is None else holds(one, other)


def _within(item: Function, members: Function, frame: Frame) -> Truth:
    text, listed = item(frame), members(frame)
    if text is None or listed is None:
        return None
    return isinstance(listed, tuple) and text in listed


def _known(subject: Function, frame: Frame) -> Truth:
    return subject(frame) is not None


def _combined(
    operation: exact.Operation, left: Function, right: Function, frame: Frame
) -> Value | None:
    one, other = left(frame), right(frame)
    return None if one is None or other is None else operation(one, other)


def _changed(
    operation: Callable[[Value], Value | None], operand: Function, frame: Frame
) -> Value | None:
    value = operand(frame)
    return None if value is None else operation(value)


def _chosen(
    choose: Callable[[Sequence[Any]], Value], items: Sequence[Function], frame: Frame
) -> Value | None:
    values = [item(frame) for item in items]
    return None if None in values else choose(values)


def _shifted(
    shift: Shift,
    time: Function,
    count: Function,
    sign: int,
    frame: Frame,
) -> Value | None:
    start, many = time(frame), count(frame)
    if isinstance(start, datetime) and isinstance(many, int | Fraction):
        return shift(start, sign * many)
    return None
