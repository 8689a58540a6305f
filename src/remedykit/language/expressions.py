"""Reading expressions: a typed, total subset of Python's expression syntax.

Each reader returns the checked expression, or ``None`` after it has reported every fault found.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from remedykit.diagnostics import Place
from remedykit.language.calls import by_calendar, read_call, shifted
from remedykit.language.cells import exact_number, report_bad_number
from remedykit.language.coerce import as_money, is_numeric, type_of, unified
from remedykit.language.degree import degree_of
from remedykit.language.expression_text import ParsedText, parse_text
from remedykit.language.hints import for_name
from remedykit.language.names import closest, did_you_mean, use_one_of
from remedykit.language.operators import Symbol, combined, negated
from remedykit.language.scope import Scope
from remedykit.language.source import Scalar
from remedykit.language.syntax import (
    And,
    Cases,
    Compare,
    Constant,
    DefineRead,
    Expression,
    FactRead,
    In,
    Not,
    Or,
    ParamRead,
    Shifted,
    TimeUnit,
)
from remedykit.language.tests import block_scalar
from remedykit.language.types import (
    BOOL,
    NUMBER,
    ORDERED,
    TEXT,
    TEXTS,
    Base,
    FactType,
)

_COMPARISONS: Mapping[type[ast.cmpop], Literal["<", "<=", ">", ">=", "==", "!="]] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_ARITHMETIC: Mapping[type[ast.operator], Symbol] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}


def read_condition(scalar: Scalar, scope: Scope) -> Expression | None:
    """Return an expression that is true or false, linear in the facts."""
    expression = read_expression(scalar, scope)
    if expression is None:
        return None
    if type_of(expression).base is not Base.BOOL:
        _wrong_result(expression, "true or false", scope)
        return None
    return expression if fits_degree(expression, 1, scope) else None


def read_amount(scalar: Scalar, scope: Scope) -> Expression | None:
    """Return an expression of type money; it may multiply two facts."""
    expression = read_expression(scalar, scope)
    if expression is None:
        return None
    amount = as_money(expression, scope)
    if amount is None:
        return None
    if type_of(amount).base is not Base.MONEY:
        _wrong_result(amount, "an amount", scope, _to_amount(amount, scope))
        return None
    return amount if fits_degree(amount, 2, scope) else None


def _to_amount(expression: Expression, scope: Scope) -> str:
    """Return how to make an amount of a number; empty for anything else."""
    if not is_numeric(expression):
        return ""
    if isinstance(expression, DefineRead):
        body = scope.defines[expression.name].body
        if isinstance(body, Cases) and body.op != "count":
            name = expression.name
            return f"if the rows of `{name}` hold amounts, add `type: money` to the define"
    return "multiply by an amount, such as a param `per_day: {value: 25.00, unit: money}`"


def read_due(scalar: Scalar, scope: Scope) -> Expression | None:
    """Return an expression of type time; it may read `at`."""
    expression = read_expression(scalar, scope, may_read_at=True)
    if expression is None:
        return None
    if type_of(expression).base is not Base.TIME:
        _wrong_result(expression, "a time", scope)
        return None
    return expression


def read_expression(
    scalar: Scalar, scope: Scope, *, may_read_at: bool = False
) -> Expression | None:
    """Return an expression of any type."""
    if scalar.style == "block":
        block_scalar(scalar, scope)
        return None
    if any(_stands_in(scalar.text, name) for name in scope.unreadable):
        return None  # the name's own fault is reported
    parsed = parse_text(scalar, scope)
    if parsed is None:
        return None
    return _Builder(parsed, scope, may_read_at).build(parsed.tree)


def _stands_in(text: str, name: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(name)}(?![\w.])", text) is not None


def _wrong_result(expression: Expression, wanted: str, scope: Scope, help_: str = "") -> None:
    scope.findings.error(
        "wrong-type",
        expression.place,
        f"{wanted} is expected here, but this is of type {type_of(expression).base}",
        help=help_ or "see the types of facts with `remedykit facts`",
    )


def fits_degree(expression: Expression, most: int, scope: Scope) -> bool:
    """Return whether an expression multiplies no more facts than allowed, or report that."""
    if degree_of(expression, scope.defines) <= most:
        return True
    allowed = "an amount may multiply two facts, no more" if most > 1 else "conditions are linear"
    scope.findings.error(
        "not-linear",
        expression.place,
        f"this multiplies facts with each other, and {allowed}",
        help="multiply a fact by constants, params or defines with constant outcomes",
    )
    return False


@dataclass(frozen=True, slots=True)
class _Builder:
    """Turns Python's tree into ours; `may_read_at` is set inside comparisons and due dates."""

    parsed: ParsedText
    scope: Scope
    may_read_at: bool

    def build(self, node: ast.expr) -> Expression | None:
        match node:
            case ast.Constant():
                return self._constant(node)
            case ast.Name() | ast.Attribute():
                return self._name(node)
            case ast.BoolOp():
                return self._bool_op(node)
            case ast.UnaryOp(op=ast.Not()):
                return self._not(node)
            case ast.UnaryOp(op=ast.USub()):
                operand = self.build(node.operand)
                place = self.parsed.place(node)
                return None if operand is None else negated(operand, place, self.scope)
            case ast.BinOp() if type(node.op) in _ARITHMETIC:
                return self._arithmetic(node)
            case ast.Compare():
                return self._comparison(node)
            case ast.Call(func=ast.Name(id=name)) if not node.keywords:
                # which calendar it names does not matter where it cannot stand
                written = [] if name == "working_days" else node.args
                arguments = tuple(self.build(argument) for argument in written)
                place, name_place = self.parsed.place(node), self.parsed.place(node.func)
                return read_call(name, arguments, place, name_place, self.scope)
            case ast.List() | ast.Tuple():
                return self._words(node)
            case _:
                self._refuse(node)
                return None

    def _refuse(self, node: ast.expr) -> None:
        self.scope.findings.error(
            "not-in-language",
            self.parsed.place(node),
            f"`{self.parsed.source(node)}` is not part of the rule language",
            help="write a define with cases: `first: [{when: ..., value: ...}]`, `else: ...`"
            if isinstance(node, ast.IfExp)
            else "see the language reference for what an expression may use",
        )

    def _constant(self, node: ast.Constant) -> Expression | None:
        place, source = self.parsed.place(node), self.parsed.source(node)
        match node.value:
            case bool():
                return Constant(node.value, BOOL, place)
            case str() as text if source[1:-1] == text:
                return Constant(text, TEXT, place)
            case int() | float():
                return self._number(source, place)
            case None:
                self.scope.findings.error(
                    "not-in-language",
                    place,
                    "`None` is not part of the rule language",
                    help="ask whether a fact is known with known(fact)",
                )
                return None
            case _:
                self._refuse(node)
                return None

    def _number(self, source: str, place: Place) -> Expression | None:
        number = exact_number(source)
        if number is None and source.strip(".") != source:
            self.scope.findings.error(
                "lost-dot",
                place,
                f"`{source}` begins or ends with a dot",
                help=f"write `{source}0`" if source.endswith(".") else f"write `0{source}`",
            )
            return None
        if number is None:
            report_bad_number(source, place, self.scope.findings)
            return None
        value = number.numerator if number.denominator == 1 else number
        return Constant(value, NUMBER, place)

    def _name(self, node: ast.Name | ast.Attribute) -> Expression | None:
        name, place = _dotted(node), self.parsed.place(node)
        if name is None:
            self._refuse(node)
            return None
        if name in {"true", "false"}:
            return Constant(name == "true", BOOL, place)
        read = self.scope.read(name, place)
        if isinstance(read, FactRead) and name == "at" and not self.may_read_at:
            self.scope.findings.error(
                "at-outside-comparison",
                place,
                "`at` stands in comparisons and in `due` only",
                help="compare it, such as `at >= order.placed_at + days(3)`",
            )
            return None
        return read

    def _bool_op(self, node: ast.BoolOp) -> Expression | None:
        parts = self._booleans(node.values)
        if parts is None:
            return None
        place = self.parsed.place(node)
        return And(parts, place) if isinstance(node.op, ast.And) else Or(parts, place)

    def _not(self, node: ast.UnaryOp) -> Expression | None:
        parts = self._booleans([node.operand])
        return None if parts is None else Not(parts[0], self.parsed.place(node))

    def _booleans(self, nodes: list[ast.expr]) -> tuple[Expression, ...] | None:
        built = [self.build(node) for node in nodes]
        parts = tuple(part for part in built if part is not None)
        wrong = [part for part in parts if type_of(part).base is not Base.BOOL]
        for part in wrong:
            _wrong_result(part, "true or false", self.scope)
        return parts if len(parts) == len(nodes) and not wrong else None

    def _arithmetic(self, node: ast.BinOp) -> Expression | None:
        match node.op, node.right:
            case (
                ast.Add() | ast.Sub(),
                ast.Call(func=ast.Name(id="days" | "hours" as unit), args=[counted], keywords=[]),
            ):
                return self._shifted(node, counted, unit)
            case (
                ast.Add() | ast.Sub(),
                ast.Call(
                    func=ast.Name(id="working_days"),
                    args=[counted, ast.Name(id=calendar) as named],
                    keywords=[],
                ),
            ):
                moved = self._shifted(node, counted, "working_days")
                place = self.parsed.place(named)
                return None if moved is None else by_calendar(moved, calendar, place, self.scope)
            case _:
                pass
        left, right = self.build(node.left), self.build(node.right)
        if left is None or right is None:
            return None
        op = _ARITHMETIC[type(node.op)]
        return combined(op, left, right, self.parsed.place(node), self.scope)

    def _shifted(self, node: ast.BinOp, counted: ast.expr, unit: TimeUnit) -> Shifted | None:
        time, count, place = self.build(node.left), self.build(counted), self.parsed.place(node)
        if time is None or count is None:
            return None
        if isinstance(node.op, ast.Add):
            return shifted(time, 1, count, unit, place, self.scope)
        return shifted(time, -1, count, unit, place, self.scope)

    def _comparison(self, node: ast.Compare) -> Expression | None:
        inside = _Builder(self.parsed, self.scope, may_read_at=True)
        operands = [node.left, *node.comparators]
        if self._forgot_quotes(operands):
            return None
        built = [inside.build(item) for item in operands]
        parts: list[Expression] = []
        for index, op in enumerate(node.ops):
            left, right = built[index], built[index + 1]
            if left is None or right is None:
                return None
            part = self._pair(op, left, right, node, operands[index + 1])
            if part is None:
                return None
            parts.append(part)
        return parts[0] if len(parts) == 1 else And(tuple(parts), self.parsed.place(node))

    def _forgot_quotes(self, operands: list[ast.expr]) -> bool:
        """Report a bare word that is, or is meant for, a value of what it is compared with."""
        places = {_dotted(item) or "": self.parsed.place(item) for item in operands}
        found = {name: self.scope.find(name, place) for name, place in places.items()}
        values = {
            word: name for name, read in found.items() if read for word in read.type.values or ()
        }
        strangers = [name for name, read in found.items() if read is None and values]
        forgotten = [name for name in strangers if name in values or not self._is_told(name)]
        for name in forgotten:
            near = closest(name, values)
            self.scope.findings.error(
                "unquoted-word",
                places[name],
                f"`{name}` is a value of `{values[name]}`, not a name"
                if name in values
                else f"`{name}` is neither a name nor a value of `{next(iter(values.values()))}`",
                help=f"write '{near}'" if near else f"{use_one_of(values)}, in quotes",
            )
        return bool(forgotten)

    def _is_told(self, name: str) -> bool:
        """Whether a word that is no name is reported better without its surroundings."""
        if not name or "." in name or name in self.scope.upcoming:
            return True
        return bool(for_name(name) or closest(name, self.scope.names))

    def _pair(
        self,
        op: ast.cmpop,
        left: Expression,
        right: Expression,
        node: ast.Compare,
        written: ast.expr,
    ) -> Expression | None:
        place = self.parsed.place(node)
        if isinstance(op, ast.In | ast.NotIn):
            found = self._membership(left, right, place, written)
            return Not(found, place) if found is not None and isinstance(op, ast.NotIn) else found
        symbol = _COMPARISONS.get(type(op))
        if symbol is None:
            self._refuse(node)
            return None
        return self._compared(symbol, left, right, place)

    def _compared(
        self,
        symbol: Literal["<", "<=", ">", ">=", "==", "!="],
        left: Expression,
        right: Expression,
        place: Place,
    ) -> Expression | None:
        both = unified((left, right), self.scope)
        if both is None:
            return None
        base = type_of(both[0]).base
        match symbol:
            case "<" | "<=" | ">" | ">=" if base in ORDERED:
                return Compare(symbol, both[0], both[1], place)
            case "==" | "!=" if base is not Base.TEXTS:
                return Compare(symbol, both[0], both[1], place)
            case _:
                self.scope.findings.error(
                    "wrong-type",
                    place,
                    f"values of type {base} cannot be compared with `{symbol}`",
                    help="use == or != for words, and `in` for lists",
                )
                return None

    def _membership(
        self, item: Expression, members: Expression, place: Place, written: ast.expr
    ) -> Expression | None:
        if type_of(members).base is not Base.TEXTS or type_of(item).base is not Base.TEXT:
            self.scope.findings.error(
                "wrong-type",
                place,
                "`in` asks whether a word is one of a list of words",
                help="write `fact in ['x', 'y']`, `fact in list_param` or `'x' in list_fact`",
            )
            return None
        return In(item, members, place) if self._words_fit(item, members, written) else None

    def _words_fit(self, item: Expression, members: Expression, written: ast.expr) -> bool:
        """Check words written out, or standing in a param, against the other side's values."""
        match item, members:
            case Constant(value=str() as word), FactRead(type=FactType(values=asked)):
                spots = [(word, item.place)]
            case _, Constant(value=tuple() as words) if isinstance(written, ast.List | ast.Tuple):
                asked = type_of(item).values
                spots = list(zip(words, map(self.parsed.place, written.elts), strict=True))
            case _, ParamRead(name=name, place=place):
                asked, value = type_of(item).values, self.scope.params[name].value
                spots = [(word, place) for word in value] if isinstance(value, tuple) else []
            case _:
                return True
        wrong = [(word, place) for word, place in spots if asked is not None and word not in asked]
        for word, place in wrong:
            self.scope.findings.error(
                "unknown-value",
                place,
                f"`{word}` is none of the values here",
                help=did_you_mean(word, asked or (), use_one_of(asked or ())),
            )
        return not wrong

    def _words(self, node: ast.List | ast.Tuple) -> Expression | None:
        built = [self.build(item) for item in node.elts]
        words = [
            part.value
            for part in built
            if isinstance(part, Constant) and isinstance(part.value, str)
        ]
        if built and len(words) == len(built):
            return Constant(tuple(words), TEXTS, self.parsed.place(node))
        if None not in built:
            self.scope.findings.error(
                "wrong-type",
                self.parsed.place(node),
                "a list in an expression holds quoted words",
                help="write ['x', 'y']; for numbers use a test such as `fact: [1, 3..5]`",
            )
        return None


def _dotted(node: ast.expr) -> str | None:
    words: list[str] = []
    while isinstance(node, ast.Attribute):
        words.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(words)]) if isinstance(node, ast.Name) else None
