"""Reading `define`: named conditions, expressions and cases."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from typing import Literal, assert_never

from remedykit.language.coerce import as_money, type_of, unified
from remedykit.language.conditions import read_full_condition, read_tests
from remedykit.language.degree import body_parts, degree_of, facts_read_by
from remedykit.language.expressions import fits_degree, read_expression
from remedykit.language.fields import (
    Fields,
    known_fields,
    missing,
    read_choice,
    read_fields,
    read_flag,
    read_items,
    read_scalar,
    read_words,
)
from remedykit.language.hints import for_name
from remedykit.language.names import closest, is_identifier
from remedykit.language.scope import Scope
from remedykit.language.source import Entry, Mapping, Node, Scalar, Sequence
from remedykit.language.syntax import Cases, Constant, Define, Expression, Row
from remedykit.language.table_proofs import COMPLETE_BY_NATURE, check_complete, check_unique
from remedykit.language.table_rows import define_rows, is_table, names_in_table
from remedykit.language.types import MONEY, NUMBER, NUMERIC, ORDERED, Base, FactType

DEEPEST = 32  # how long a chain of defines that read each other may be
MOST_CIRCLES = 20  # of defines that read each other; finding each takes a walk through all
Op = Literal["first", "unique", "sum", "max", "min", "count"]
OPS: tuple[Op, ...] = ("first", "unique", "sum", "max", "min", "count")
CASES_KEYS = ("type", "values", "value", "else", "complete", *OPS)
CONDITION_KEYS = ("when", "where", "unless")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*", re.ASCII)
_EXPRESSION_KEYS = {"any", "value", "else", *CONDITION_KEYS, *OPS}  # their values hold names


def read_defines(entries: Map[str, Entry], scope: Scope) -> dict[str, Define]:
    """Return the defines in an order in which each reads only those before it."""
    done: dict[str, Define] = {**scope.defines}
    depth: dict[str, int] = {}
    reads = {name: _names_in(entry.value) & entries.keys() for name, entry in entries.items()}
    for name in _ordered(reads, entries, scope):
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


def _ordered(reads: Map[str, set[str]], entries: Map[str, Entry], scope: Scope) -> tuple[str, ...]:
    """Return the names so that each comes after those it reads; circles are reported, left out.

    After `MOST_CIRCLES` circles no more are looked for, and no name is returned.
    """
    remaining = dict(reads)
    for _ in range(MOST_CIRCLES):
        graph = {name: sorted(remaining[name] & remaining.keys()) for name in sorted(remaining)}
        try:
            return tuple(TopologicalSorter(graph).static_order())
        except CycleError as error:
            circle: list[str] = error.args[1][:-1]
            _report_circle(circle, entries, scope)
            for name in circle:
                del remaining[name]
    return ()


def _report_circle(circle: list[str], entries: Map[str, Entry], scope: Scope) -> None:
    first, *others = sorted(circle)
    help_text = "a define reads facts, params and other defines, never itself"
    if not others:
        scope.findings.error(
            "define-cycle", entries[first].key.place, f"`{first}` reads itself", help=help_text
        )
        return
    scope.findings.error(
        "define-cycle",
        entries[first].key.place,
        f"`{first}` reads itself: {', '.join([first, *others])} read each other",
        help=help_text,
        also=(entries[others[0]].key.place, f"`{others[0]}` is part of the circle"),
    )


def _names_in(node: Node, *words: str) -> set[str]:
    """Return every name that a define reads; below the keys `words` stand no names but words."""
    match node:
        case Scalar():
            return set(_NAME.findall(_QUOTED.sub("", node.text)))
        case Sequence() if is_table(node):
            named = [item for item, is_value in names_in_table(node) if not (is_value and words)]
            return set[str]().union(*(_names_in(item) for item in named))
        case Sequence():
            return set[str]().union(*(_names_in(item, *words) for item in node.items))
        case Mapping():
            inside = _EXPRESSION_KEYS.difference(words)
            if node.get("values") is not None:
                inside -= {"value", "else"}
                words = ("value", "else")
            found = {entry.key.text for entry in node.entries}
            return found.union(
                *(_names_in(item.value, *words) for item in node.entries if item.key.text in inside)
            )
        case _ as unreachable:
            assert_never(unreachable)


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
            return _cases(name, node, scope)
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


def _cases(name: str, node: Mapping, scope: Scope) -> tuple[Expression | Cases | None, FactType]:
    what = f"the define `{name}`"
    fields = known_fields(node, CASES_KEYS, what, scope.findings)
    written = [entry for entry in fields.entries if entry.key.text in OPS]
    if len(written) > 1:
        scope.findings.error(
            "wrong-shape",
            written[1].key.place,
            f"{what} combines its rows in several ways",
            help="keep one of them",
            also=(written[0].key.place, "the first one stands here"),
        )
        return None, NUMBER
    _refuse(fields, "value" if written else "else", what, scope)
    if not written:
        _refuse(fields, "complete", what, scope)
        return _typed_expression(fields, what, _wanted(fields, (), scope), scope)
    op: Op = next(op for op in OPS if op == written[0].key.text)
    complete = _claim(fields, scope)
    items = _items(written[0].value, op, scope)
    wanted = _wanted(fields, items, scope)
    rows = [_row(item, op, wanted, scope) for item in items]
    needs_else = op not in COMPLETE_BY_NATURE and complete is None
    otherwise = _otherwise(fields, what, wanted, scope, needed=needs_else)
    kept = tuple(row for row in rows if row is not None)
    if not kept or len(kept) != len(items) or otherwise == "faulty":
        return None, NUMBER
    cases, kind = _unified_cases(op, kept, otherwise, wanted, scope)
    if cases is not None and op == "unique" and is_table(written[0].value):
        check_unique(cases, what, scope)
    if cases is not None and complete is not None and _says(complete, "true"):
        check_complete(cases, what, complete.key.place, scope)
    return cases, kind


def _claim(fields: Fields, scope: Scope) -> Entry | None:
    """Return the entry that says that the rows are complete, also one whose fault is reported."""
    entry = fields.entry("complete")
    read_flag(fields.node_of("complete"), scope.findings)
    return None if entry is None or _says(entry, "false") else entry


def _says(entry: Entry, word: str) -> bool:
    return isinstance(entry.value, Scalar) and entry.value.text == word


def _items(rows: Node, op: Op, scope: Scope) -> tuple[Node, ...]:
    """Return the rows as maps, also of a table."""
    if is_table(rows):
        return define_rows(rows, op, scope)
    items = read_items(rows, f"`{op}`", scope.findings)
    if isinstance(rows, Sequence) and not items:
        scope.findings.error(
            "empty-list", rows.place, f"`{op}` has no rows", help="write at least one row"
        )
    return items


def _refuse(fields: Fields, key: str, what: str, scope: Scope) -> None:
    """Report a key that has no meaning beside the others."""
    entry = fields.entry(key)
    if entry is not None:
        scope.findings.error(
            "unknown-key",
            entry.key.place,
            f"`{key}` has no meaning here, because {what} has {_BESIDE[key]}",
            help="leave it out",
        )


_BESIDE = {"value": "rows", "else": "no rows", "complete": "no rows", "type": "`values`"}


def _wanted(fields: Fields, items: tuple[Node, ...], scope: Scope) -> FactType | None:
    """The type that the define says it has, or ``None`` where the outcomes tell."""
    named = fields.node_of("values")
    values = tuple(word for word, _ in read_words(named, "`values`", scope.findings))
    if values:
        _refuse(fields, "type", "a define", scope)
        return FactType(Base.TEXT, values)
    outcomes = _outcomes_in(fields, items)
    said = read_choice(fields.node_of("type"), ("money", "number"), "type", scope.findings)
    if said is not None:
        return FactType(Base(said))
    if named is None and not _lacks_values(outcomes, scope):
        return None
    return FactType(Base.TEXT, tuple(node.text for node in outcomes))  # the fault is reported


def _outcomes_in(fields: Fields, items: tuple[Node, ...]) -> list[Scalar]:
    cells = [item.get("value") for item in items if isinstance(item, Mapping)]
    found = [*(cell.value for cell in cells if cell), fields.node_of("else")]
    return [node for node in found if isinstance(node, Scalar)]


def _lacks_values(outcomes: list[Scalar], scope: Scope) -> bool:
    """Report outcomes that are words, where no `values` says so."""
    words = [node for node in outcomes if _is_mere_word(node, scope)]
    if words:
        listed = ", ".join(dict.fromkeys(node.text for node in outcomes))
        scope.findings.error(
            "unknown-name",
            words[0].place,
            f"there is no fact, param or define `{words[0].text}`",
            help=f"if the outcomes are words, say so: `values: [{listed}]`",
        )
    return bool(words)


def _is_mere_word(node: Scalar, scope: Scope) -> bool:
    """Whether a text is one word that neither is a name nor resembles one."""
    text = node.text
    if not is_identifier(text) or text in scope.upcoming or scope.find(text, node.place):
        return False
    return not for_name(text) and closest(text, scope.names) is None


def _typed_expression(
    fields: Fields, what: str, wanted: FactType | None, scope: Scope
) -> tuple[Expression | None, FactType]:
    node = fields.node_of("value")
    if node is None:
        help_text = "write `value:` and an expression, or rows under `first:`"
        missing(fields, "value", what, help_text, scope.findings)
        return None, NUMBER
    expression = _outcome(node, wanted, scope)
    return expression, wanted or (type_of(expression) if expression else NUMBER)


def _row(node: Node, op: Op, wanted: FactType | None, scope: Scope) -> Row | None:
    keys = CONDITION_KEYS if op == "count" else (*CONDITION_KEYS, "value")
    fields = read_fields(node, keys, "a row", scope.findings, "{when: {...}, value: ...}")
    if fields is None:
        return None
    value: Expression | None = Constant(1, NUMBER, node.place)
    if op != "count":
        cell = fields.node_of("value")
        if cell is None:
            missing(fields, "value", "a row", "write `value:` and an expression", scope.findings)
            return None
        value = _outcome(cell, wanted, scope)
    condition = read_full_condition(fields, scope).facts
    return None if value is None else Row(condition, value, node.place)


def _outcome(written: Node, wanted: FactType | None, scope: Scope) -> Expression | None:
    """A word where the outcomes are words, else an expression."""
    node = read_scalar(written, "an outcome", "a word or an expression", scope.findings)
    if node is None:
        return None
    if wanted is not None and wanted.base is Base.TEXT:
        word = read_choice(node, wanted.values or (), "value of this define", scope.findings)
        return None if word is None else Constant(word, wanted, node.place)
    expression = read_expression(node, scope)
    if expression is not None and wanted is not None and wanted.base is Base.MONEY:
        expression = as_money(expression, scope)
    if expression is None or wanted is None or _fits(type_of(expression), wanted):
        return expression
    scope.findings.error(
        "wrong-type",
        node.place,
        f"this is of type {type_of(expression).base}, but the define says {wanted.base}",
        help="change `type`, or the value",
    )
    return None


def _fits(kind: FactType, wanted: FactType) -> bool:
    return kind.base is wanted.base or {kind.base, wanted.base} <= NUMERIC


def _otherwise(
    fields: Fields, what: str, wanted: FactType | None, scope: Scope, *, needed: bool
) -> Expression | Literal["faulty"] | None:
    node = fields.node_of("else")
    if node is None and "else" in fields.misspelt:
        return "faulty"
    if node is not None:
        return _outcome(node, wanted, scope) or "faulty"
    if needed:
        scope.findings.error(
            "missing-else",
            fields.node.entries[0].key.place,
            f"{what} has no value where no row matches",
            help="write `else:` and the value for every other case",
        )
        return "faulty"
    return None


def _unified_cases(
    op: Op,
    rows: tuple[Row, ...],
    otherwise: Expression | None,
    wanted: FactType | None,
    scope: Scope,
) -> tuple[Cases | None, FactType]:
    outcomes = tuple(row.value for row in rows) + ((otherwise,) if otherwise else ())
    same = unified(outcomes, scope)
    if same is None:
        return None, NUMBER
    kind = wanted or _common_type(same)
    summed = op in {"sum", "count"} and kind.base not in NUMERIC | {Base.MONEY}
    if summed or (op in {"max", "min"} and kind.base not in ORDERED):
        scope.findings.error(
            "wrong-type",
            rows[0].value.place,
            f"`{op}` does not combine values of type {kind.base}",
            help="use `first` or `unique`",
        )
        return None, NUMBER
    values = same[: len(rows)]
    typed = tuple(Row(row.when, value, row.place) for row, value in zip(rows, values, strict=True))
    return Cases(op, typed, same[-1] if otherwise else None), kind


def _common_type(outcomes: tuple[Expression, ...]) -> FactType:
    kinds = [type_of(outcome) for outcome in outcomes]
    if kinds[0].base is Base.MONEY:
        return MONEY
    if kinds[0].base in NUMERIC:
        return NUMBER
    words = [outcome.value for outcome in outcomes if isinstance(outcome, Constant)]
    if kinds[0].base is Base.TEXT and len(words) == len(outcomes):
        return FactType(Base.TEXT, tuple(sorted({str(word) for word in words})))
    return kinds[0]
