"""Reading `define`: named conditions, expressions and cases."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import replace

from remedykit.language.cases import CASES_KEYS, CONDITION_KEYS, read_cases
from remedykit.language.coerce import type_of
from remedykit.language.conditions import read_full_condition, read_tests
from remedykit.language.define_order import names_in, ordered
from remedykit.language.degree import body_parts, degree_of, facts_read_by
from remedykit.language.expressions import fits_degree, read_expression
from remedykit.language.fields import known_fields
from remedykit.language.scope import Scope
from remedykit.language.source import Entry, Mapping, Node, Scalar
from remedykit.language.syntax import Cases, Define, Expression
from remedykit.language.types import NUMBER, Base, FactType

DEEPEST = 32  # how long a chain of defines that read each other may be


def read_defines(entries: Map[str, Entry], scope: Scope) -> dict[str, Define]:
    """Return the defines in an order in which each reads only those before it."""
    done: dict[str, Define] = {**scope.defines}
    depth: dict[str, int] = {}
    reads = {name: names_in(entry.value) & entries.keys() for name, entry in entries.items()}
    for name in ordered(reads, entries, scope):
        depth[name] = 1 + max((depth.get(other, 0) for other in reads[name]), default=0)
        if depth[name] > DEEPEST:
            scope.findings.error(
                "define-too-deep",
                entries[name].key.place,
                f"`{name}` reads defines that read defines, more than {DEEPEST} deep",
                help="join some of them",
            )
            break
        define = _define(name, entries[name], replace(scope, defines=done))
        if define is not None:
            done[name] = define
    return done


def _define(name: str, entry: Entry, scope: Scope) -> Define | None:
    body, kind = _body(name, entry.value, scope)
    if body is None:
        return None
    outcomes = (
        tuple(row.value for row in body.rows) + ((body.otherwise,) if body.otherwise else ())
        if isinstance(body, Cases)
        else (body,)
    )
    return Define(
        name=name,
        type=kind,
        body=body,
        reads=facts_read_by(body_parts(body), scope.defines),
        degree=max(degree_of(outcome, scope.defines) for outcome in outcomes),
        place=entry.key.place,
    )


def _body(name: str, node: Node, scope: Scope) -> tuple[Expression | Cases | None, FactType]:
    if isinstance(node, Mapping):
        keys = {entry.key.text for entry in node.entries}
        if keys & set(CASES_KEYS):
            return read_cases(name, node, scope)
        if keys & set(CONDITION_KEYS):
            fields = known_fields(node, CONDITION_KEYS, f"the define `{name}`", scope.findings)
            return read_full_condition(fields, scope).facts, FactType(Base.BOOL)
        return read_tests(node, scope), FactType(Base.BOOL)
    if isinstance(node, Scalar):
        expression = read_expression(node, scope)
        kind = type_of(expression) if expression else NUMBER
        if expression and kind.base is Base.BOOL and not fits_degree(expression, 1, scope):
            return None, kind
        return expression, kind
    scope.findings.error(
        "wrong-shape",
        node.place,
        f"the define `{name}` is an expression, a map of tests, or cases",
        help="write cases as `first: [{when: {...}, value: ...}]` with `else: ...`",
    )
    return None, NUMBER
