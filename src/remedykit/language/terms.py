"""Reading what a remedy kind brings and costs, in the catalogue or as a rule's override."""

from __future__ import annotations

from fractions import Fraction

from remedykit.language.cells import exact_number
from remedykit.language.expressions import read_amount, read_due
from remedykit.language.fields import Fields, read_scalar
from remedykit.language.scope import Scope
from remedykit.language.source import Node, Scalar
from remedykit.language.syntax import Expression, Param, Terms
from remedykit.language.texts import read_plain_text, read_remedy_text
from remedykit.language.types import NUMERIC

TERM_KEYS = ("value", "cost", "resolved_in_days", "effort_0_to_5", "say", "pays", "due")
_MOST = {"resolved_in_days": Fraction(3650), "effort_0_to_5": Fraction(5)}


def read_terms(fields: Fields, scope: Scope) -> Terms:
    """Return the terms that are written; the others stay ``None``."""
    written = fields.node_of("due")
    due = read_scalar(written, "`due`", "at + days(3)", scope.findings) if written else None
    return Terms(
        value=read_money(fields.node_of("value"), scope),
        cost=read_money(fields.node_of("cost"), scope),
        resolved_in_days=_measure(fields, "resolved_in_days", scope),
        effort_0_to_5=_measure(fields, "effort_0_to_5", scope),
        say=read_remedy_text(fields.node_of("say"), scope),
        pays=read_plain_text(fields.node_of("pays"), "who pays", scope),
        due=read_due(due, scope) if due else None,
        measure_params=_measure_params(fields, scope),
    )


def read_money(node: Node | None, scope: Scope) -> Expression | None:
    """Return an amount."""
    if node is None:
        return None
    cell = read_scalar(node, "an amount", "25.00 or 0.5 * order.total", scope.findings)
    return read_amount(cell, scope) if cell else None


def _measure(fields: Fields, name: str, scope: Scope) -> Fraction | None:
    node, most = fields.node_of(name), _MOST[name]
    if node is None:
        return None
    text = node.text if isinstance(node, Scalar) else ""
    number = exact_number(text)
    param = scope.params.get(text)
    if number is None and param is not None:
        number = _number_of(param)
    if number is not None and 0 <= number <= most:
        return number
    scope.findings.error(
        "out-of-range",
        node.place,
        f"`{name}` is a number from 0 to {most}, or a param that is one",
        help="write a number such as 2 or 0.5",
    )
    return None


def _measure_params(fields: Fields, scope: Scope) -> tuple[str, ...]:
    written = [fields.node_of(name) for name in _MOST]
    words = {node.text for node in written if isinstance(node, Scalar)}
    return tuple(sorted(word for word in words if word in scope.params))


def _number_of(param: Param) -> Fraction | None:
    value = param.value if param.type.base in NUMERIC else None
    return Fraction(value) if isinstance(value, int | Fraction) else None
