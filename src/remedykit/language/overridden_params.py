"""Giving a param of the base another value: its type and its unit stay."""

from __future__ import annotations

from remedykit.diagnostics import Findings
from remedykit.language.fields import known_fields
from remedykit.language.source import Entry, Mapping, Node, Scalar, Sequence
from remedykit.model.currencies import MINOR_DIGITS

_CHANGED = ("value", "why")
_KEPT = ("unit", "type")


def is_value_alone(node: Node) -> bool:
    """Whether a value stands where a param is declared, as in ``lost_after: 7``.

    A map of currencies is one; what has a key of a declaration is none.
    """
    if not isinstance(node, Mapping):
        return True
    keys = [entry.key.text for entry in node.entries]
    return bool(keys) and all(key in MINOR_DIGITS for key in keys)


def param_with(own: Node, base: Entry, findings: Findings) -> Node:
    """Return the declaration of a base's param with another value.

    Args:
        own: the value alone, or a map with `value` and perhaps `why`; the base's reason is for
            the base's value, and goes with it.
        base: the param of the base.
        findings: learns what else stands there.
    """
    declared = base.value
    if not isinstance(declared, Mapping):  # a fault, which its reader reports
        return own
    if is_value_alone(own):
        changed: tuple[Entry, ...] = (Entry(base.key._replace(text="value"), own),)
    elif isinstance(own, Mapping) and own.get("value") is not None:
        what = f"the override of the param `{base.key.text}`"
        changed = known_fields(own, _CHANGED, what, findings).entries
    else:
        return own
    kept = [entry for entry in declared.entries if entry.key.text in _KEPT]
    if declared.get("type") is None:
        kept.append(_said_type(declared, base.key))
    return Mapping((*changed, *kept), own.place)


def _said_type(declared: Mapping, near: Scalar) -> Entry:
    """Return the type that a param has without saying so, as `type_of_param` knows it."""
    written, unit = (declared.get(key) for key in ("value", "unit"))
    node = written.value if written else near
    if isinstance(node, Sequence) and node.items and isinstance(node.items[0], Mapping):
        period = node.items[0].get("value")
        node = period.value if period else near
    unit_text = unit.value.text if unit and isinstance(unit.value, Scalar) else ""
    if isinstance(node, Mapping) or unit_text == "money" or unit_text in MINOR_DIGITS:
        kind = "money"
    else:
        kind = "texts" if isinstance(node, Sequence) else "number"
    return Entry(near._replace(text="type"), near._replace(text=kind))
