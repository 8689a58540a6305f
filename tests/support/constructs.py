"""Which constructs of the language stand in a policy, by name: what random policies must draw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from remedykit.engine.matching import clauses
from remedykit.language.degree import body_parts, parts_of
from remedykit.language.syntax import (
    AllOf,
    And,
    Arithmetic,
    Between,
    Cases,
    CheckedPolicy,
    Compare,
    Constant,
    DefineRead,
    EqualTo,
    Expression,
    Extreme,
    In,
    IsKnown,
    KnownTest,
    NotTest,
    OneOf,
    Or,
    ParamRead,
    Rounded,
    Shifted,
    Test,
    Tested,
)


def constructs(policy: CheckedPolicy) -> Counter[str]:
    """Return how often each construct stands in a policy's clauses, defines and amounts."""
    found = Counter[str]()
    for clause in clauses(policy):
        found.update(_of(clause.condition))
    for define in policy.defines:
        if isinstance(define.body, Cases):
            otherwise = "" if define.body.otherwise else " without else"
            found[f"Cases {define.body.op}{otherwise}"] += 1
            found[f"Cases of {define.type.base}"] += 1
        for part in body_parts(define.body):
            found.update(_of(part))
    for kind in policy.remedies:
        for amount in (kind.terms.value, kind.terms.cost, kind.terms.due):
            found.update(() if amount is None else _of(amount))
    return found


def _of(expression: Expression) -> Iterator[str]:
    yield type(expression).__name__
    yield from _particulars(expression)
    if isinstance(expression, Tested):
        on = "define" if isinstance(expression.subject, DefineRead) else "fact"
        yield f"test on {on} of {expression.subject.type.base}"
        yield from _of_test(expression.test)
    for part in parts_of(expression):
        yield from _of(part)


def _particulars(expression: Expression) -> Iterator[str]:
    match expression:
        case And(parts=()) | Or(parts=()):
            yield f"empty {type(expression).__name__}"
        case Compare():
            yield f"Compare {expression.op}"
            yield f"Compare {_base(expression.left)}"
        case Arithmetic() | Extreme():
            yield f"{type(expression).__name__} {expression.op} of {expression.type.base}"
        case Rounded():
            yield f"Rounded {expression.direction}"
        case Shifted():
            yield f"Shifted {expression.unit} {expression.sign}"
        case In():
            yield f"In {type(expression.members).__name__}"
        case IsKnown():
            yield f"IsKnown {type(expression.subject).__name__}"
        case _:
            pass


def _base(expression: Expression) -> str:
    match expression:
        case Arithmetic() | Extreme() | Constant() | ParamRead() | DefineRead():
            return str(expression.type.base)
        case _:
            return "other"


def _of_test(test: Test, around: str = "") -> Iterator[str]:
    name = type(test).__name__
    yield name
    yield f"{name} in {around}" if around else f"{name} alone"
    match test:
        case Between():
            low = "" if test.low is None else ">" if test.low_excluded else ">="
            high = "" if test.high is None else "<" if test.high_excluded else "<="
            yield f"Between {low}{high}"
            yield from (f"end {type(end).__name__}" for end in (test.low, test.high) if end)
        case EqualTo():
            yield f"EqualTo {type(test.operand).__name__}"
        case KnownTest():
            yield f"KnownTest {test.expected}"
        case OneOf() | AllOf():
            for each in test.tests:
                yield from _of_test(each, name)
        case NotTest():
            yield from _of_test(test.test, name)
        case _:
            pass
