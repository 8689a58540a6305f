"""Params whose value depends on the day: each is read as a define that chooses by its periods."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from remedykit.diagnostics import Place
from remedykit.language.fields import Fields, missing, read_fields
from remedykit.language.params import param_fields, param_of, type_of_param
from remedykit.language.periods import PERIOD_KEYS, Period, check_sequence, read_period, within
from remedykit.language.scope import Scope
from remedykit.language.source import Entry, Mapping, Node, Sequence
from remedykit.language.syntax import Cases, Constant, Define, Expression, Param, ParamRead, Row
from remedykit.language.types import FactType

PERIOD_VALUE_KEYS = ("value", *PERIOD_KEYS)
_EXAMPLE = "{value: 5, until: 2026-12-31}"


@dataclass(frozen=True, slots=True)
class Params:
    """The params of a policy.

    Attributes:
        constants: by name. A param of several periods is among them without a value, so that tests
            know its type; where a period has one amount a currency, these are a param of their own.
        dated: the params of several periods, as defines by name.
    """

    constants: Map[str, Param]
    dated: Map[str, Define]


class _InPeriod(NamedTuple):
    period: Period
    param: Param


def read_params(entries: Map[str, Entry], scope: Scope) -> Params:
    """Return the params, without those that have a fault."""
    constants: dict[str, Param] = {}
    dated: dict[str, Define] = {}
    for name in sorted(entries):
        key = entries[name].key
        fields = param_fields(entries[name], scope)
        node = fields.node_of("value") if fields else None
        if fields is None or node is None:
            continue
        if not _has_periods(node):
            kind = type_of_param(fields, node, scope)
            param = param_of(name, fields, node, kind, key.place, scope)
            if param is not None:
                constants[name] = param
            continue
        values = _values(name, fields, node, scope)
        rows = tuple(row for each in values if (row := _row(each, scope)) is not None)
        if rows:
            kind = values[0].param.type
            constants[name] = Param(name=name, type=kind, value=None, place=key.place)
            constants |= {each.param.name: each.param for each in values if each.param.by_currency}
            dated[name] = _chosen(name, kind, rows, key.place, scope)
    return Params(constants, dated)


def _chosen(name: str, kind: FactType, rows: tuple[Row, ...], place: Place, scope: Scope) -> Define:
    """Return the define of a param: outside of its periods, or without a day, it is unknown."""
    return Define(
        name=name,
        type=kind,
        body=Cases("unique", rows, None),
        reads=frozenset({scope.dated_by}),
        degree=0,
        place=place,
    )


def _has_periods(node: Node) -> bool:
    return isinstance(node, Sequence) and any(isinstance(item, Mapping) for item in node.items)


def _values(name: str, fields: Fields, node: Node, scope: Scope) -> list[_InPeriod]:
    """Return the values of all periods in the order of time; none if one of them has a fault."""
    items = node.items if isinstance(node, Sequence) else ()
    kind: FactType | None = None
    values: list[_InPeriod] = []
    for item in items:
        of_period = _fields_of(name, item, scope)
        value = of_period.node_of("value") if of_period else None
        period = read_period(of_period, scope) if of_period else None
        if value is None or period is None:
            continue
        kind = kind or type_of_param(fields, value, scope)
        param = param_of(name, fields, value, kind, period.place, scope)
        if param is not None:
            values.append(_InPeriod(period, replace(param, name=f"{name} {period}")))
    values.sort(key=lambda each: each.period.first or date.min)
    check_sequence([each.period for each in values], f"the param `{name}`", scope.findings)
    return values if len(values) == len(items) else []


def _fields_of(name: str, item: Node, scope: Scope) -> Fields | None:
    what = f"a period of the param `{name}`"
    fields = read_fields(item, PERIOD_VALUE_KEYS, what, scope.findings, _EXAMPLE)
    if fields is None:
        return None
    if fields.node_of("value") is None:
        missing(fields, "value", what, f"write {_EXAMPLE}", scope.findings)
    if not any(fields.node_of(key) for key in PERIOD_KEYS):
        missing(fields, "from", what, f"write {_EXAMPLE}, or `from`, or both", scope.findings)
    return fields


def _row(each: _InPeriod, scope: Scope) -> Row | None:
    param, place = each.param, each.param.place
    when = within(each.period, scope)
    value: Expression = ParamRead(param.name, param.type, place)
    if param.value is not None:
        value = Constant(param.value, param.type, place)
    return None if when is None else Row(when, value, place)
