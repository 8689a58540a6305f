"""Reading `ranking`: objective, weights, curves, and the defines that scoring reads."""

from __future__ import annotations

from dataclasses import fields as fields_of
from dataclasses import replace
from fractions import Fraction

from remedykit.language.cells import exact_number
from remedykit.language.degree import facts_read
from remedykit.language.expressions import read_amount
from remedykit.language.fields import (
    read_choice,
    read_entries,
    read_fields,
    read_flag,
    read_scalar,
)
from remedykit.language.names import did_you_mean
from remedykit.language.ranking_defaults import default_ranking
from remedykit.language.scope import Scope
from remedykit.language.source import Mapping, Node, Scalar
from remedykit.language.syntax import Curve, Expression, MatchTable, Ranking, Weights
from remedykit.language.types import NUMERIC, Base
from remedykit.model.words import GIVES, RESOURCES

OBJECTIVES: tuple[str, ...] = ("resolve", "retain")
AMOUNTS = ("trip_cost", "small_loss", "assumed_order_total", "assumed_lifetime_value")
DEFINES = ("loss", "risk", "perk_when")
CURVES = ("reject", "accept", "speed", "effort")
RANKING_KEYS = ("objective", "weights", "match", "desired_first", *CURVES, *DEFINES, *AMOUNTS)
_MOST = 10_000  # thousandths; ten times the whole scale
_MOST_POINTS = 64  # points of one curve


def read_ranking(node: Node | None, scope: Scope) -> Ranking:
    """Return the ranking of a policy; what it does not say is documented in docs/ranking.md."""
    if node is None:
        return default_ranking("resolve")
    found = read_fields(node, RANKING_KEYS, "the section `ranking`", scope.findings)
    if found is None:
        return default_ranking("resolve")
    objective = read_choice(found.node_of("objective"), OBJECTIVES, "objective", scope.findings)
    base = default_ranking("retain" if objective == "retain" else "resolve")
    curves = {name: _curve(found.node_of(name), name, scope) for name in CURVES}
    return replace(
        base,
        weights=_weights(found.node_of("weights"), base.weights, scope),
        match=_match(found.node_of("match"), base, scope),
        reject=curves["reject"] or base.reject,
        accept=curves["accept"] or base.accept,
        speed=curves["speed"] or base.speed,
        effort=curves["effort"] or base.effort,
        loss=_define(found.node_of("loss"), "loss", Base.MONEY, scope),
        risk=_define(found.node_of("risk"), "risk", Base.NUMBER, scope),
        perk_when=_define(found.node_of("perk_when"), "perk_when", Base.BOOL, scope),
        desired_first=read_flag(found.node_of("desired_first"), scope.findings),
        trip_cost=_constant(found.node_of("trip_cost"), scope),
        small_loss=_constant(found.node_of("small_loss"), scope),
        assumed_order_total=_constant(found.node_of("assumed_order_total"), scope),
        assumed_lifetime_value=_constant(found.node_of("assumed_lifetime_value"), scope),
    )


def _weights(node: Node | None, base: Weights, scope: Scope) -> Weights:
    if node is None:
        return base
    names = tuple(item.name for item in fields_of(Weights))
    found = read_fields(node, names, "`weights`", scope.findings, "{distributive: 480}")
    if found is None:
        return base
    said = {entry.key.text: _thousandths(entry.value, scope) for entry in found.entries}
    return replace(base, **{name: number for name, number in said.items() if number is not None})


def _thousandths(node: Node, scope: Scope) -> int | None:
    number = exact_number(node.text) if isinstance(node, Scalar) else None
    if number is not None and number.denominator == 1 and 0 <= number <= _MOST:
        return number.numerator
    scope.findings.error(
        "out-of-range",
        node.place,
        f"a whole number of thousandths from 0 to {_MOST} is expected",
        help="write 350 for 0.35",
    )
    return None


def _match(node: Node | None, base: Ranking, scope: Scope) -> MatchTable:
    if node is None:
        return base.match
    table = {lost: dict(row) for lost, row in base.match}
    found = read_fields(node, RESOURCES, "`match`", scope.findings, "{goods: {money_now: 750}}")
    for lost in RESOURCES:
        node_of_row = found.node_of(lost) if found else None
        if node_of_row is not None:
            row = read_fields(node_of_row, GIVES, f"the row `{lost}`", scope.findings)
            for gives in GIVES:
                cell = row.node_of(gives) if row else None
                number = _thousandths(cell, scope) if cell is not None else None
                table[lost][gives] = table[lost][gives] if number is None else number
    return tuple((lost, tuple(table[lost].items())) for lost, _ in base.match)


def _curve(node: Node | None, name: str, scope: Scope) -> Curve | None:
    if node is None:
        return None
    points: list[tuple[Fraction, int]] = []
    for entry in read_entries(node, f"the curve `{name}`", scope.findings):
        x = exact_number(entry.key.text)
        y = _thousandths(entry.value, scope)
        if y is None:
            return None
        if x is None or (points and x <= points[-1][0]):
            scope.findings.error(
                "bad-curve",
                entry.key.place,
                f"`{entry.key.text}` is no number above the one before it",
                help="write points in ascending order, such as {0: 0, 600: 100, 1000: 700}",
            )
            return None
        points.append((x, y))
    if isinstance(node, Mapping) and not 0 < len(points) <= _MOST_POINTS:
        scope.findings.error(
            "bad-curve",
            node.place,
            f"a curve has 1 to {_MOST_POINTS} points",
            help="write {0: 0, 1000: 1000}",
        )
    return tuple(points)


def _define(node: Node | None, key: str, wanted: Base, scope: Scope) -> str | None:
    if node is None:
        return None
    name = node.text if isinstance(node, Scalar) else ""
    define = scope.defines.get(name)
    if define is None:
        if name not in scope.define_names:
            scope.findings.error(
                "unknown-name",
                node.place,
                f"`{key}` names a define, and there is none called `{name}`"
                if name
                else f"`{key}` is the name of a define",
                help=did_you_mean(name, scope.defines, "declare it under `define`"),
            )
        return None
    fits = define.type.base is wanted or {define.type.base, wanted} <= NUMERIC
    if not fits:
        scope.findings.error(
            "wrong-type",
            node.place,
            f"`{name}` is of type {define.type.base}, and `{key}` needs one of type {wanted}",
            help="name another define",
            also=(define.place, f"`{name}` is declared here"),
        )
        return None
    personal = [fact for fact in sorted(define.reads) if scope.facts[fact].protected]
    if personal:
        scope.findings.error(
            "protected-fact",
            node.place,
            f"`{name}` reads `{personal[0]}`, which is protected from ranking",
            help="rank without it",
            also=(define.place, f"`{name}` is declared here"),
        )
    return name


def _constant(node: Node | None, scope: Scope) -> Expression | None:
    if node is None:
        return None
    cell = read_scalar(node, "an amount", "8.00, or the name of a param", scope.findings)
    amount = read_amount(cell, scope) if cell else None
    if amount is not None and facts_read(amount, scope.defines):
        scope.findings.error(
            "wrong-type",
            amount.place,
            "a constant amount is expected here, and this reads facts",
            help="write 8.00, or the name of a param",
        )
        return None
    return amount
