"""Reading `params`: named constants with unit and reason."""

from __future__ import annotations

from remedykit.diagnostics import Findings, Place
from remedykit.language.cells import read_value, type_of_text
from remedykit.language.fields import (
    Fields,
    missing,
    read_choice,
    read_fields,
    read_scalar,
    read_text,
)
from remedykit.language.marks import MARKS
from remedykit.language.names import listed
from remedykit.language.scope import Scope
from remedykit.language.source import Entry, Mapping, Node, Scalar, Sequence
from remedykit.language.syntax import Param
from remedykit.language.types import Base, FactType, Value
from remedykit.model.currencies import MINOR_DIGITS

PARAM_KEYS = ("value", "unit", "why", "type", *MARKS)
TYPES = ("bool", "int", "number", "money", "text", "date", "time", "duration", "texts")


def param_fields(entry: Entry, scope: Scope) -> Fields | None:
    """Return what is said of a param; it has a value."""
    what = f"the param `{entry.key.text}`"
    example = "{value: 5, unit: days}"
    fields = read_fields(entry.value, PARAM_KEYS, what, scope.findings, example)
    if fields is not None and fields.node_of("value") is None:
        missing(fields, "value", what, f"write {example}", scope.findings)
        return None
    return fields


def param_of(
    name: str, fields: Fields, node: Node, kind: FactType, place: Place, scope: Scope
) -> Param | None:
    """Return a param with the value that stands at `node`."""
    value: Value | None = None
    by_currency: tuple[tuple[str, int], ...] | None = ()
    if isinstance(node, Mapping):
        by_currency = _by_currency(node, name, kind, scope)
    elif not _lacks_type(fields, node, kind, scope):
        value = _value(node, kind, scope)
    if by_currency is None or (value is None and not by_currency):
        return None
    return Param(
        name=name,
        type=kind,
        value=value,
        by_currency=by_currency,
        unit=read_text(fields.node_of("unit"), "a unit", scope.findings) or "",
        why=read_text(fields.node_of("why"), "a reason", scope.findings) or "",
        place=place,
    )


def type_of_param(fields: Fields, node: Node, scope: Scope) -> FactType:
    """Return the type of a param.

    It is what `type` says; else money if the unit is ``money`` or a currency or if there is one
    value a currency; else a list of texts if the value is a list; else a number.
    """
    unit = read_text(fields.node_of("unit"), "a unit", scope.findings) or ""
    said = read_choice(fields.node_of("type"), TYPES, "type", scope.findings)
    if said is not None:
        return FactType(Base(said))
    if isinstance(node, Mapping) or unit == "money" or unit in scope.currencies:
        return FactType(Base.MONEY)
    if unit in MINOR_DIGITS:
        _report_currency(unit, (fields.node_of("unit") or node).place, scope)
    return FactType(Base.TEXTS if isinstance(node, Sequence) else Base.NUMBER)


def _lacks_type(fields: Fields, node: Node, kind: FactType, scope: Scope) -> bool:
    """Report a value that is no number where nothing says of what type it is."""
    meant = type_of_text(node.text) if isinstance(node, Scalar) else None
    if meant is None or kind.base is not Base.NUMBER or fields.node_of("type") is not None:
        return False
    scope.findings.error(
        "wrong-cell",
        node.place,
        "a param is a number or says its type",
        help=f"add `type: {meant}`",
    )
    return True


def _value(node: Node, kind: FactType, scope: Scope) -> Value | None:
    if kind.base is Base.TEXTS and isinstance(node, Sequence):
        return _texts(node, scope.findings)
    if isinstance(node, Scalar) and kind.base is not Base.TEXTS and node.text:
        return read_value(node.text, kind, node.place, scope)
    scope.findings.error(
        "wrong-shape",
        node.place,
        f"a param of type {kind} is expected here",
        help="write one value, a list of words, or {USD: 25.00, EUR: 23.00}",
    )
    return None


def _texts(node: Sequence, findings: Findings) -> tuple[str, ...] | None:
    words = tuple(item.text for item in node.items if isinstance(item, Scalar) and item.text)
    if words and len(words) == len(node.items):
        return words
    findings.error("wrong-shape", node.place, "a list param holds words", help="write [east, west]")
    return None


def _by_currency(
    node: Mapping, name: str, kind: FactType, scope: Scope
) -> tuple[tuple[str, int], ...] | None:
    if kind.base is not Base.MONEY or not node.entries:
        scope.findings.error(
            "wrong-shape",
            node.place,
            f"a param of type {kind} is expected here",
            help="only amounts have one value a currency: {USD: 25.00, EUR: 23.00}",
        )
        return None
    found: dict[str, int] = {}
    for entry in node.entries:
        currency = entry.key.text
        if currency not in scope.currencies:
            _report_currency(currency, entry.key.place, scope)
            return None
        amount = _amount(entry.value, currency, scope)
        if amount is None:
            return None
        found[currency] = amount
    lacking = [currency for currency in scope.currencies if currency not in found]
    if lacking:
        scope.findings.error(
            "missing-currency",
            node.place,
            f"`{name}` has no value in {', '.join(lacking)}",
            help="give one value for each currency of the policy",
        )
        return None
    return tuple(sorted(found.items()))


def _report_currency(currency: str, place: Place, scope: Scope) -> None:
    scope.findings.error(
        "unknown-currency",
        place,
        f"`{currency}` is no currency of this policy",
        help=f"its currencies are {listed(scope.currencies)}"
        if scope.currencies
        else f"say `currencies: [{currency}]` at the top of the policy",
    )


def _amount(node: Node, currency: str, scope: Scope) -> int | None:
    cell = read_scalar(node, "an amount", "25.00", scope.findings)
    if cell is None:
        return None
    alone = Scope(findings=scope.findings, facts={}, currencies=(currency,))
    value = read_value(cell.text, FactType(Base.MONEY), cell.place, alone)
    return value if isinstance(value, int) else None
