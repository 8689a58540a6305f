"""Expressions and facts as the conformance data write them, to paste what a random run found."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction

from remedykit.language.syntax import (
    Absolute,
    AllOf,
    And,
    Arithmetic,
    Between,
    Cases,
    Compare,
    Constant,
    Contains,
    Define,
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
from remedykit.language.types import Base, Schema, Value
from remedykit.model.currencies import minor_digits


def condition_line(what: str, condition: Expression, defines: Mapping[str, Define]) -> str:
    """Return a condition with the defines that it may read, as fields of a conformance line."""
    writer = _Writer()
    where = writer.text(condition)
    bodies = {name: writer.body(item.body) for name, item in defines.items()}
    fields = {
        "name": what,
        "policy": f"define: {_flow({**bodies, **writer.tests})}",
        "where": where,
    }
    return json.dumps(fields, ensure_ascii=False)


def told(values: Mapping[str, Value | None], schema: Schema, currency: str) -> str:
    """Return facts as a conformance line tells them."""
    known = {item.name: item.type.base for item in schema.declarations}
    written = {name: _told(value, known[name], currency) for name, value in values.items()}
    return json.dumps(written, ensure_ascii=False)


def _told(value: Value | None, base: Base, currency: str) -> object:
    match value:
        case None | bool() | str():
            return value
        case int() | Fraction() if base is Base.MONEY:
            return str(Fraction(value) / 10 ** minor_digits(currency))
        case int() if base is Base.INT:
            return value
        case timedelta():
            return f"{value // timedelta(minutes=1)} minutes"
        case tuple():
            return list(value)
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _flow(entries: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {body}" for name, body in entries.items()) + "}"


class _Writer:
    """Writes expressions; each test on one subject becomes a define of its own, in `tests`."""

    def __init__(self) -> None:
        self.tests: dict[str, str] = {}

    def body(self, body: Expression | Cases) -> str:
        """Return the body of a define."""
        if not isinstance(body, Cases):
            return json.dumps(self.text(body), ensure_ascii=False)
        rows = ", ".join(
            _flow({"where": json.dumps(self.text(row.when)), "value": self._quoted(row.value)})
            for row in body.rows
        )
        otherwise = {} if body.otherwise is None else {"else": self._quoted(body.otherwise)}
        return _flow({body.op: f"[{rows}]", **otherwise})

    def _quoted(self, expression: Expression) -> str:
        return json.dumps(self.text(expression), ensure_ascii=False)

    def text(self, expression: Expression) -> str:
        """Return an expression."""
        match expression:
            case FactRead() | DefineRead() | ParamRead() | RemedyRead():
                return expression.name
            case Constant():
                return _constant(expression)
            case Tested():
                name = f"test_{len(self.tests)}"
                self.tests[name] = _flow({expression.subject.name: _test(expression.test)})
                return name
            case And() | Or():
                word = " and " if isinstance(expression, And) else " or "
                parts = word.join(self.text(part) for part in expression.parts)
                return f"({parts})" if parts else str(isinstance(expression, And)).lower()
            case Not():
                return f"(not {self.text(expression.part)})"
            case Compare() | Arithmetic():
                sides = self.text(expression.left), self.text(expression.right)
                return f"({sides[0]} {expression.op} {sides[1]})"
            case In():
                return f"({self.text(expression.item)} in {self.text(expression.members)})"
            case IsKnown():
                return f"known({expression.subject.name})"
            case Negative():
                return f"(-{self.text(expression.operand)})"
            case Absolute():
                return f"abs({self.text(expression.operand)})"
            case Extreme():
                return f"{expression.op}({', '.join(map(self.text, expression.items))})"
            case Rounded():
                parts = f"{self.text(expression.operand)}, {self.text(expression.step)}"
                return f"round_{expression.direction}({parts})"
            case Shifted():
                sign = "+" if expression.sign == 1 else "-"
                named = "" if expression.calendar is None else f", {expression.calendar}"
                count = f"{expression.unit}({self.text(expression.count)}{named})"
                return f"({self.text(expression.time)} {sign} {count})"


def _constant(constant: Constant) -> str:
    match constant.value:
        case bool():
            return str(constant.value).lower()
        case int() | Fraction():
            scale = 100 if constant.type.base is Base.MONEY else 1
            exact = Fraction(constant.value) / scale
            return str(exact) if exact.denominator == 1 else f"({exact})"
        case timedelta():
            return f"'{constant.value // timedelta(minutes=1)} minutes'"
        case datetime() | date():
            return f"'{constant.value.isoformat()}'"
        case tuple():
            return str(list(constant.value))
        case str():
            return repr(constant.value)


def _test(test: Test) -> str:
    match test:
        case EqualTo():
            return _end(test.operand)
        case Between():
            low = "" if test.low is None else _end(test.low) + "<" * test.low_excluded
            high = "" if test.high is None else "<" * test.high_excluded + _end(test.high)
            return f"{low}..{high}"
        case MemberOf():
            return _flow({"in": test.param.name})
        case Contains():
            return test.word
        case KnownTest():
            return _flow({"known": str(test.expected).lower()})
        case OneOf():
            return f"[{', '.join(map(_test, test.tests))}]"
        case AllOf():
            return _flow({"all": f"[{', '.join(map(_test, test.tests))}]"})
        case NotTest():
            return _flow({"not": _test(test.test)})


def _end(end: Constant | ParamRead) -> str:
    if isinstance(end, ParamRead):
        return end.name
    return _constant(end).strip("'")
