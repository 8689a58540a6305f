"""Reading `facts`: what a policy wants to know beyond the models."""

from __future__ import annotations

from fractions import Fraction

from remedykit.diagnostics import Findings
from remedykit.language.cells import read_value
from remedykit.language.fields import (
    Fields,
    missing,
    read_choice,
    read_fields,
    read_flag,
    read_scalar,
    read_text,
    read_words,
)
from remedykit.language.hints import for_bad_name
from remedykit.language.names import is_dotted, listed
from remedykit.language.scope import Scope
from remedykit.language.source import Entry, Node, Scalar, Sequence
from remedykit.language.types import Base, FactDeclaration, FactType, Value

FACT_KEYS = (
    "type",
    "values",
    "means",
    "unit",
    "default",
    "at_least",
    "at_most",
    "personal",
    "protected",
)
TYPES = ("bool", "int", "number", "money", "text", "date", "time", "duration", "texts")
_BOUNDED = {Base.INT, Base.NUMBER, Base.MONEY}
_BEGINNINGS = ("incident.", "order.", "customer.", "case.")


def has_name(entry: Entry, findings: Findings) -> bool:
    """Return whether a fact has a name that facts can have; if not, it is reported."""
    name = entry.key.text
    if _is_name(name):
        return True
    findings.error(
        "bad-name",
        entry.key.place,
        f"`{name}` is no name for a fact",
        help=for_bad_name(name, _is_name, "after the dot begin with a letter")
        if name.startswith(_BEGINNINGS)
        else f"begin it with one of {listed(_BEGINNINGS)}",
    )
    return False


def read_fact(entry: Entry, scope: Scope) -> FactDeclaration | None:
    """Return the declaration of one fact of the policy that is handed in; it has a name."""
    name, findings = entry.key.text, scope.findings
    what = f"the fact `{name}`"
    fields = read_fields(entry.value, FACT_KEYS, what, findings, "{type: int, means: ...}")
    if fields is None:
        return None
    kind = _type(fields, what, findings)
    means = read_text(fields.node_of("means"), "a meaning", findings)
    if fields.node_of("means") is None:
        missing(fields, "means", what, "say in one line what it means", findings)
    if kind is None:
        return None
    low, high = _bound(fields, "at_least", kind, scope), _bound(fields, "at_most", kind, scope)
    default = _value(fields, "default", kind, scope)
    _check_order(fields, low, high, default, findings)
    return FactDeclaration(
        name=name,
        type=kind,
        means=means or "",
        unit=read_text(fields.node_of("unit"), "a unit", findings) or "",
        default=default,
        personal=read_flag(fields.node_of("personal"), findings),
        protected=read_flag(fields.node_of("protected"), findings),
        at_least=low,
        at_most=high,
        origin="policy",
    )


def _is_name(name: str) -> bool:
    return is_dotted(name) and name.startswith(_BEGINNINGS)


def _type(fields: Fields, what: str, findings: Findings) -> FactType | None:
    values = tuple(word for word, _ in read_words(fields.node_of("values"), "`values`", findings))
    said = read_choice(fields.node_of("type"), TYPES, "type", findings)
    if said is None and values:
        return FactType(Base.TEXT, values)
    if said is None:
        if fields.node_of("type") is None and fields.node_of("values") is None:
            help_text = f"write `type:` and one of {listed(TYPES)}, or `values: [x, y]`"
            missing(fields, "type", what, help_text, findings)
        return None
    entry = fields.entry("values")
    if entry is not None and said not in {"text", "texts"}:
        findings.error(
            "unknown-key",
            entry.key.place,
            f"`values` is for texts, and {what} is of type {said}",
            help="leave it out",
        )
        return None
    return FactType(Base(said), values or None)


def _value(fields: Fields, key: str, kind: FactType, scope: Scope) -> Value | None:
    node = fields.node_of(key)
    if node is None:
        return None
    if kind.base is Base.TEXTS:
        words = _words(node, f"`{key}`", scope.findings)
        read = [read_value(word, kind, cell.place, scope) for word, cell in words]
        return tuple(word for word in read if isinstance(word, str))
    cell = read_scalar(node, f"`{key}`", "one value", scope.findings)
    return read_value(cell.text, kind, cell.place, scope) if cell else None


def _words(node: Node, what: str, findings: Findings) -> tuple[tuple[str, Scalar], ...]:
    empty = isinstance(node, Sequence) and not node.items
    return () if empty else read_words(node, what, findings)


def _check_order(
    fields: Fields,
    low: Fraction | None,
    high: Fraction | None,
    default: Value | None,
    findings: Findings,
) -> None:
    """Report bounds that leave no value, and a default beyond them."""
    at_most, written = fields.node_of("at_most"), fields.node_of("default")
    if at_most is not None and low is not None and high is not None and high < low:
        findings.error(
            "out-of-range",
            at_most.place,
            "`at_most` is less than `at_least`",
            help="the smaller bound is `at_least`",
        )
    elif written is not None and isinstance(default, int | Fraction):
        below = low is not None and default < low
        above = high is not None and default > high
        if below or above:
            findings.error(
                "out-of-range",
                written.place,
                f"the default lies {'below `at_least`' if below else 'above `at_most`'}",
                help="change the default, or the bound",
            )


def _bound(fields: Fields, key: str, kind: FactType, scope: Scope) -> Fraction | None:
    entry = fields.entry(key)
    if entry is None:
        return None
    if kind.base in _BOUNDED:
        value = _value(fields, key, kind, scope)
        return Fraction(value) if isinstance(value, int | Fraction) else None
    scope.findings.error(
        "unknown-key",
        entry.key.place,
        f"`{key}` is for whole numbers, numbers and amounts, and this fact is of type {kind.base}",
        help="leave it out",
    )
    return None
