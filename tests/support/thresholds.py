"""The thresholds of a policy, and policies in which one of them is moved by one unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, NamedTuple

from remedykit import Policy
from remedykit.authoring.boundaries.boundary import Boundary
from remedykit.authoring.situations.fact_pools import unit_of
from remedykit.diagnostics import Place
from remedykit.engine.engines import DEFAULT_ENGINE, engine_named
from remedykit.explain.comparisons import conditions_of
from remedykit.explain.deciding import Decider
from remedykit.explain.thresholds import Axis
from remedykit.language.degree import walk
from remedykit.language.operands import operands_of
from remedykit.language.syntax import (
    CheckedPolicy,
    Compare,
    Constant,
    Expression,
    ParamRead,
    Tested,
)
from remedykit.language.types import ORDERED, FactType, Value


class Threshold(NamedTuple):
    """A constant in a test, by its place, or a param that a test reads, by its name."""

    name: str
    type: FactType
    value: Value
    place: Place | None

    def is_near(self, boundary: Boundary) -> bool:
        """Whether a boundary is likely to be around this threshold."""
        if self.place is not None:
            return boundary.place[:2] == self.place[:2]
        words = f"{boundary.subject} {boundary.value}".split()
        return self.name in words or str(self.value) in words


def thresholds_of(policy: CheckedPolicy) -> dict[str, Threshold]:
    """Every ordered constant and param with which a condition compares."""
    params = {param.name: param for param in policy.params}
    found: dict[str, Threshold] = {}
    for operand in _operands(policy):
        if operand.type.base not in ORDERED:
            continue
        if isinstance(operand, ParamRead):
            param = params[operand.name]
            value = dict(param.by_currency)["USD"] if param.value is None else param.value
            found[param.name] = Threshold(param.name, param.type, value, None)
        else:
            name = f"{operand.place} {operand.value}"
            found[name] = Threshold(name, operand.type, operand.value, operand.place)
    return found


def _operands(policy: CheckedPolicy) -> Iterator[Constant | ParamRead]:
    for condition in conditions_of(policy):
        for node in walk(condition):
            sides: list[Expression] = []
            match node:
                case Tested():
                    sides += operands_of(node.test)
                case Compare():
                    sides += [*walk(node.left), *walk(node.right)]
                case _:
                    pass
            yield from (side for side in sides if isinstance(side, Constant | ParamRead))


def moved(policy: Policy, threshold: Threshold) -> Policy:
    """The same policy with one threshold a unit higher."""
    axis = Axis(threshold.type.base)
    number = axis.number(threshold.value)
    assert number is not None
    # A param that is a number may be compared with whole numbers only: then a hundredth is nothing.
    unit = 1 if number == int(number) else unit_of(threshold.type.base, threshold.value)
    value = axis.value(number + unit)
    assert value is not None
    checked = policy.checked
    if threshold.place is None:
        params = tuple(
            each
            if each.name != threshold.name
            else replace(each, by_currency=(("USD", int(str(value))),))
            if each.by_currency
            else replace(each, value=value)
            for each in checked.params
        )
        checked = replace(checked, params=params)
    else:
        checked = _replaced(checked, threshold, value)
    engine = engine_named(DEFAULT_ENGINE, checked)
    return replace(policy, checked=checked, decider=Decider.of(checked, engine))


def _replaced(node: Any, threshold: Threshold, value: Value) -> Any:
    changed = node
    if isinstance(node, Constant):
        if node.place == threshold.place and node.value == threshold.value:
            changed = replace(node, value=value)
    elif isinstance(node, tuple) and not hasattr(node, "_fields"):
        changed = tuple(_replaced(each, threshold, value) for each in node)
    elif is_dataclass(node) and not isinstance(node, type):
        new = {
            each.name: _replaced(getattr(node, each.name), threshold, value)
            for each in fields(node)
        }
        if any(new[each.name] is not getattr(node, each.name) for each in fields(node)):
            changed = replace(node, **new)
    return changed
