"""Reading the cases of a define: rows of conditions, and what each is worth."""

from __future__ import annotations

from typing import Literal

from remedykit.language.coerce import as_money, type_of, unified
from remedykit.language.conditions import read_full_condition
from remedykit.language.expressions import read_expression
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
from remedykit.language.syntax import Cases, Constant, Expression, Row
from remedykit.language.table_proofs import (
    COMPLETE_BY_NATURE,
    check_complete,
    check_reached,
    check_unique,
)
from remedykit.language.table_rows import define_rows, is_table
from remedykit.language.types import MONEY, NUMBER, NUMERIC, ORDERED, Base, FactType

Op = Literal["first", "unique", "sum", "max", "min", "count"]
OPS: tuple[Op, ...] = ("first", "unique", "sum", "max", "min", "count")
CASES_KEYS = ("type", "values", "value", "else", "complete", *OPS)
CONDITION_KEYS = ("when", "where", "unless")
_BESIDE = {"value": "rows", "else": "no rows", "complete": "no rows", "type": "`values`"}


def read_cases(
    name: str, node: Mapping, scope: Scope
) -> tuple[Expression | Cases | None, FactType]:
    """Return what the cases of a define mean, and its type; ``None`` after reporting a fault."""
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
    faults = len(scope.findings.errors)
    items = _items(written[0].value, op, scope)
    wanted = _wanted(fields, items, scope)
    rows = [_row(item, op, wanted, scope) for item in items]
    needs_else = op not in COMPLETE_BY_NATURE and complete is None
    otherwise = _otherwise(fields, what, wanted, scope, needed=needs_else)
    kept = tuple(row for row in rows if row is not None)
    if not kept or len(kept) != len(items) or otherwise == "faulty":
        return None, NUMBER
    cases, kind = _unified_cases(op, kept, otherwise, wanted, scope)
    if cases is None or len(scope.findings.errors) > faults:
        return cases, kind  # what a faulty cell says is not known, so nothing is proved
    if op == "unique" and is_table(written[0].value):
        check_unique(cases, what, scope)
    if op == "first" and not scope.findings.errors:  # which params may have, too
        check_reached(cases, what, scope)
    if complete is not None and _says(complete, "true"):
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
