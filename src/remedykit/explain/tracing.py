"""Traces of conditions and defines in words, with personal facts kept out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from remedykit.engine.matching import Evaluation
from remedykit.engine.traces import Trace, trace, trace_define
from remedykit.explain.messages import PERSONAL
from remedykit.explain.printing import Style
from remedykit.explain.why import DefineTrace, ReadValue, TestTrace
from remedykit.explain.wording import worded
from remedykit.language.degree import walk, walk_through
from remedykit.language.operands import operands_of
from remedykit.language.syntax import (
    And,
    Cases,
    CheckedPolicy,
    Define,
    DefineRead,
    Expression,
    FactRead,
    ParamRead,
    RemedyRead,
    Tested,
)
from remedykit.language.types import FactType, Value

_UNKNOWN = "unknown"
_READS = (FactRead, DefineRead, ParamRead, RemedyRead)


@dataclass(frozen=True, slots=True)
class Tracer:
    """Tells what became of the conditions of one policy for the facts of one decision.

    Attributes:
        personal: names of personal facts, and of the defines that read one.
    """

    policy: CheckedPolicy
    evaluation: Evaluation
    style: Style
    personal: frozenset[str]

    @classmethod
    def of(cls, policy: CheckedPolicy, evaluation: Evaluation, style: Style) -> Tracer:
        """Return a tracer that keeps personal facts out."""
        facts = frozenset(each.name for each in policy.schema.declarations if each.personal)
        defines = frozenset(each.name for each in policy.defines if each.reads & facts)
        return cls(policy, evaluation, style, facts | defines)

    def about(self, evaluation: Evaluation) -> Tracer:
        """Return the same tracer for an evaluation that knows the remedy at hand."""
        return Tracer(self.policy, evaluation, self.style, self.personal)

    def tests(self, condition: Expression) -> tuple[TestTrace, ...]:
        """Return the tests of a condition that must all hold; none if it always does."""
        parts = condition.parts if isinstance(condition, And) else (condition,)
        return tuple(self._test(trace(part, self.evaluation)) for part in parts)

    def amount(self, expression: Expression) -> str:
        """Return an amount with the words of the rule language that give it."""
        text = worded(expression, self.style.currency)
        value = self.evaluation.value(expression)
        if isinstance(value, bool) or not isinstance(value, int | Fraction):
            return f"{text}, which is {_UNKNOWN}"
        if any(
            isinstance(node, _READS) and node.name in self.personal for node in walk(expression)
        ):
            return f"{text}, which is {PERSONAL}"
        return f"{self.style.money(value)} ({text})"

    def defines_behind(self, conditions: Iterable[Expression]) -> tuple[DefineTrace, ...]:
        """Return every define that the conditions read, also through others, by name."""
        by_name = {define.name: define for define in self.policy.defines}
        nodes = walk_through(conditions, by_name)
        names = {node.name for node in nodes if isinstance(node, DefineRead)}
        return tuple(self._define(by_name[name]) for name in sorted(names))

    def _define(self, define: Define) -> DefineTrace:
        value = self.evaluation.value(DefineRead(define.name, define.type, define.place))
        traced = trace_define(define, self.evaluation)
        if isinstance(define.body, Cases):
            tests = tuple(
                self._test(part, f" -> {worded(row.value, self.style.currency)}")
                for part, row in zip(traced.parts, define.body.rows, strict=True)
            )
        else:
            tests = self.tests(define.body)
        return DefineTrace(
            name=define.name,
            value=self._words(define.name, define.type, value),
            place=str(define.place),
            tests=tests,
        )

    def _test(self, traced: Trace, suffix: str = "") -> TestTrace:
        node = traced.node
        reads = () if traced.parts or isinstance(node, Cases) else _nodes(node)
        values = {
            read.name: self._words(read.name, read.type, self.evaluation.value(read))
            for read in reads
            if isinstance(read, _READS)
        }
        return TestTrace(
            text=("" if isinstance(node, Cases) else worded(node, self.style.currency)) + suffix,
            truth=traced.truth,
            place=str(traced.place),
            values=tuple(ReadValue(name, value) for name, value in values.items()),
            parts=tuple(self._test(part) for part in traced.parts),
        )

    def _words(self, name: str, type_: FactType, value: Value | None) -> str:
        if value is None:
            return _UNKNOWN
        if name in self.personal:
            return PERSONAL
        return self.style.printed(value, type_.base)


def _nodes(expression: Expression) -> tuple[Expression, ...]:
    """Return everything inside an expression, with what tests compare their subject with."""
    inside = tuple(walk(expression))
    tests = (node.test for node in inside if isinstance(node, Tested))
    return (*inside, *(operand for test in tests for operand in operands_of(test)))
