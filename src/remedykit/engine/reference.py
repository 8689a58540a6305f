"""The meaning of the rule language: values and three-valued truth, read off the checked tree.

Short and plain on purpose; every other engine must agree with it. ``None`` is unknown.
"""

from __future__ import annotations

import copy
from collections.abc import Container, Mapping
from datetime import datetime
from fractions import Fraction
from typing import assert_never
from zoneinfo import ZoneInfo

from remedykit.engine import arithmetic
from remedykit.engine.matching import EngineName, Matches, clauses
from remedykit.facts.values import Facts
from remedykit.language.kleene import all_of, any_of, negated
from remedykit.language.syntax import (
    Absolute,
    AllOf,
    And,
    Arithmetic,
    Between,
    Cases,
    CheckedPolicy,
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
    Param,
    ParamRead,
    RemedyRead,
    Rounded,
    Row,
    Shifted,
    Test,
    Tested,
)
from remedykit.language.types import Truth, Value


class ReferenceEngine:
    """Decides every clause by walking the checked tree."""

    name: EngineName = "reference"

    def __init__(self, policy: CheckedPolicy) -> None:
        self._policy = policy

    def evaluate(self, facts: Facts) -> ReferenceEvaluation:
        """Return what the policy says about `facts`."""
        return ReferenceEvaluation(self._policy, facts)


class ReferenceEvaluation:
    """Values and truths for the facts of one decision.

    A fact that is missing from `facts` is unknown, and so is a param that has no amount in the
    decision's currency. Every define is computed once, in the order in which they read each other.

    Attributes:
        policy: what is evaluated.
        facts: what it is evaluated for.
    """

    def __init__(self, policy: CheckedPolicy, facts: Facts) -> None:
        self.policy = policy
        self.facts = facts
        self._zone = ZoneInfo(policy.timezone) if policy.timezone else None
        self._calendars = {calendar.name: calendar for calendar in policy.calendars}
        self._params = {param.name: _constant(param, facts.currency) for param in policy.params}
        self._remedy: Mapping[str, Value | None] = {}
        self._defines: dict[str, Value | None] = {}
        for define in policy.defines:
            self._defines[define.name] = self._outcome(define.body)

    @property
    def matches(self) -> Matches:
        """The clauses that hold, decided one by one."""
        definite = possible = 0
        for number, clause in enumerate(clauses(self.policy)):
            truth = self.truth(clause.condition)
            definite |= (truth is True) << number
            possible |= (truth is not False) << number
        return Matches(definite, possible)

    def of_variant(self, policy: CheckedPolicy, names: Container[str]) -> ReferenceEvaluation:
        """Return what a variant of the policy makes of the same facts.

        Args:
            policy: the variant.
            names: the params and defines that may have another value in it, also through others.
        """
        other = copy.copy(self)
        other.policy = policy
        changed = (param for param in policy.params if param.name in names)
        constants = {param.name: _constant(param, self.facts.currency) for param in changed}
        other._params = self._params | constants  # noqa: SLF001 - a copy of this very object
        other._defines = dict(self._defines)  # noqa: SLF001
        for define in policy.defines:
            if define.name in names:
                other._defines[define.name] = other._outcome(define.body)  # noqa: SLF001
        return other

    def about(self, remedy: Mapping[str, Value | None]) -> ReferenceEvaluation:
        """Return the same evaluation with values for ``remedy.*``; elsewhere they are unknown."""
        other = copy.copy(self)
        other._remedy = remedy  # noqa: SLF001 - a copy of this very object
        return other

    def value(self, expression: Expression) -> Value | None:
        """Return the exact value of an expression, or ``None`` if it is unknown."""
        match expression:
            case Constant():
                return expression.value
            case FactRead() | DefineRead() | ParamRead() | RemedyRead():
                return self._read(expression)
            case Arithmetic() | Negative() | Absolute() | Extreme() | Rounded() | Shifted():
                return self._computed(expression)
            case _:
                return self.truth(expression)

    def truth(self, expression: Expression) -> Truth:
        """Return whether a condition holds, or ``None`` if that is unknown."""
        match expression:
            case And():
                return all_of(self.truth(part) for part in expression.parts)
            case Or():
                return any_of(self.truth(part) for part in expression.parts)
            case Not():
                return negated(self.truth(expression.part))
            case Tested():
                return self._passes(expression.test, self._read(expression.subject))
            case Compare():
                return self._compared(expression)
            case In():
                return _within(self.value(expression.item), self.value(expression.members))
            case IsKnown():
                return self._read(expression.subject) is not None
            case _:
                value = self.value(expression)
                return None if value is None else value is True

    def defined(self, name: str) -> Value | None:
        """Return the value of the define `name`."""
        return self._defines[name]

    # --- reading names -------------------------------------------------------------------------

    def _read(self, read: FactRead | DefineRead | ParamRead | RemedyRead) -> Value | None:
        match read:
            case FactRead():
                return self.facts.values.get(read.name)
            case DefineRead():
                return self.defined(read.name)
            case ParamRead():
                return self._params[read.name]
            case RemedyRead():
                return self._remedy.get(read.name)
            case _ as unreachable:
                assert_never(unreachable)

    # --- conditions ----------------------------------------------------------------------------

    def _passes(self, test: Test, value: Value | None) -> Truth:
        """Return whether a value passes a test."""
        match test:
            case EqualTo():
                return _equal(value, self.value(test.operand))
            case Between():
                return self._between(test, value)
            case MemberOf():
                return _within(value, self.value(test.param))
            case Contains():
                return _within(test.word, value)
            case KnownTest():
                return (value is not None) is test.expected
            case OneOf():
                return any_of(self._passes(part, value) for part in test.tests)
            case AllOf():
                return all_of(self._passes(part, value) for part in test.tests)
            case NotTest():
                return negated(self._passes(test.test, value))
            case _ as unreachable:
                assert_never(unreachable)

    def _between(self, test: Between, value: Value | None) -> Truth:
        within: list[Truth] = []
        if test.low is not None:
            low = self.value(test.low)
            within.append(_below(low, value, or_equal=not test.low_excluded))
        if test.high is not None:
            high = self.value(test.high)
            within.append(_below(value, high, or_equal=not test.high_excluded))
        return all_of(within)

    def _compared(self, comparison: Compare) -> Truth:
        left, right = self.value(comparison.left), self.value(comparison.right)
        match comparison.op:
            case "<":
                return _below(left, right, or_equal=False)
            case "<=":
                return _below(left, right, or_equal=True)
            case ">":
                return _below(right, left, or_equal=False)
            case ">=":
                return _below(right, left, or_equal=True)
            case "==":
                return _equal(left, right)
            case "!=":
                return negated(_equal(left, right))
            case _ as unreachable:
                assert_never(unreachable)

    # --- amounts and times ---------------------------------------------------------------------

    def _computed(
        self, expression: Arithmetic | Negative | Absolute | Extreme | Rounded | Shifted
    ) -> Value | None:
        """Return the result; it is unknown if one operand is."""
        match expression:
            case Arithmetic():
                return self._combined(expression)
            case Negative():
                value = self.value(expression.operand)
                return None if value is None else arithmetic.negative(value)
            case Absolute():
                value = self.value(expression.operand)
                return None if value is None else arithmetic.absolute(value)
            case Extreme():
                return _extreme(expression.op, [self.value(item) for item in expression.items])
            case Rounded():
                value, step = self.value(expression.operand), self.value(expression.step)
                if value is None or step is None:
                    return None
                return arithmetic.rounded(expression.direction, value, step)
            case Shifted():
                return self._shifted(expression)
            case _ as unreachable:
                assert_never(unreachable)

    def _combined(self, expression: Arithmetic) -> Value | None:
        left, right = self.value(expression.left), self.value(expression.right)
        if left is None or right is None:
            return None
        return arithmetic.combined(expression.op, left, right)

    def _shifted(self, expression: Shifted) -> datetime | None:
        match self.value(expression.time), self.value(expression.count):
            case datetime() as time, (int() | Fraction()) as count:
                return self._moved(time, expression.sign * count, expression)
            case _:
                return None

    def _moved(self, time: datetime, by: int | Fraction, shift: Shifted) -> datetime | None:
        match shift.unit:
            case "hours":
                return arithmetic.hours_later(time, by)
            case "days" if self._zone is not None:
                return arithmetic.days_later(time, by, self._zone)
            case "working_days" if self._zone is not None and shift.calendar is not None:
                calendar = self._calendars[shift.calendar]
                return arithmetic.working_days_later(time, by, calendar, self._zone)
            case _:
                return None

    # --- cases ---------------------------------------------------------------------------------

    def _outcome(self, body: Expression | Cases) -> Value | None:
        if not isinstance(body, Cases):
            return self.value(body)
        return self._first(body) if body.op == "first" else self._aggregate(body)

    def _first(self, cases: Cases) -> Value | None:
        """Return the value that every row which could be the first match gives."""
        possible: list[Value | None] = []
        for row in cases.rows:
            truth = self.truth(row.when)
            if truth is not False:
                possible.append(self.value(row.value))
            if truth is True:
                break
        else:
            if cases.otherwise is not None:
                possible.append(self.value(cases.otherwise))
        return _agreed(possible)

    def _aggregate(self, cases: Cases) -> Value | None:
        """Combine the matching rows; known only if it is known of every row whether it matches."""
        truths = [self.truth(row.when) for row in cases.rows]
        if None in truths:
            return None
        matching = [row for row, truth in zip(cases.rows, truths, strict=True) if truth]
        if not matching:
            return self._no_match(cases)
        if cases.op == "count":
            return len(matching)
        return self._together(cases, matching)

    def _no_match(self, cases: Cases) -> Value | None:
        if cases.otherwise is not None:
            return self.value(cases.otherwise)
        return 0 if cases.op in {"sum", "count"} else None

    def _together(self, cases: Cases, matching: list[Row]) -> Value | None:
        values = [self.value(row.value) for row in matching]
        match cases.op:
            case "unique":
                return _agreed(values)
            case "max" | "min":
                return _extreme(cases.op, values)
            case _:  # sum
                return _total(values)


def _constant(param: Param, currency: str) -> Value | None:
    return dict(param.by_currency).get(currency) if param.value is None else param.value


def _equal(left: Value | None, right: Value | None) -> Truth:
    return None if left is None or right is None else left == right


def _below(left: Value | None, right: Value | None, *, or_equal: bool) -> Truth:
    if left is None or right is None:
        return None
    return arithmetic.less(left, right) or (or_equal and left == right)


def _within(item: Value | None, members: Value | None) -> Truth:
    """Return whether a text is in a list; for a list instead of a text, whether one of it is."""
    if item is None or members is None:
        return None
    wanted = item if isinstance(item, tuple) else (item,)
    return isinstance(members, tuple) and any(text in members for text in wanted)


def _agreed(values: list[Value | None]) -> Value | None:
    """Return the one value that all are; unknown if there is none, or one is unknown or differs."""
    first = values[0] if values else None
    return first if all(value == first for value in values) else None


def _extreme(op: str, values: list[Value | None]) -> Value | None:
    known = _all_known(values)
    if known is None:
        return None
    return arithmetic.least(known) if op == "min" else arithmetic.greatest(known)


def _total(values: list[Value | None]) -> Value | None:
    known = _all_known(values)
    if known is None:
        return None
    total: Value | None = known[0]
    for value in known[1:]:
        total = None if total is None else arithmetic.combined("+", total, value)
    return total


def _all_known(values: list[Value | None]) -> tuple[Value, ...] | None:
    known = tuple(value for value in values if value is not None)
    return known if len(known) == len(values) else None
