"""Reading conditions: maps of tests, `any:`, `where` and `unless`."""

from __future__ import annotations

from dataclasses import dataclass

from remedykit.diagnostics import Place
from remedykit.language.dated_tests import tested
from remedykit.language.degree import walk
from remedykit.language.expressions import fits_degree, read_condition
from remedykit.language.fields import Fields, read_items, stray_comma
from remedykit.language.hints import for_condition_key
from remedykit.language.lint_tests import lint_test
from remedykit.language.periods import in_force
from remedykit.language.scope import Scope
from remedykit.language.source import Entry, Mapping, Node, Scalar, Sequence
from remedykit.language.syntax import (
    And,
    DefineRead,
    Expression,
    Not,
    OneOf,
    Or,
    ParamRead,
    RemedyRead,
    Subject,
    Test,
    Tested,
)
from remedykit.language.tests import read_test
from remedykit.language.types import FactDeclaration


@dataclass(frozen=True, slots=True)
class Condition:
    """A rule's condition in two halves: what the engine decides, and the tests on the remedy."""

    facts: Expression
    remedy: Expression


def read_full_condition(fields: Fields, scope: Scope) -> Condition:
    """Return `when and where and not unless` of a rule, a limit or a row, while it is in force.

    Tests on ``remedy.*`` may stand directly under `when`, where `scope` allows them; they come
    back apart.
    """
    place = fields.node.place
    parts: list[Expression] = [*in_force(fields, scope)]
    remedy: list[Expression] = []
    when = fields.node_of("when")
    if when is not None:
        for part in _tests(when, scope, top=True):
            (remedy if _is_on_remedy(part) else parts).append(part)
    where = fields.node_of("where")
    if where is not None:
        parts.extend(_where(where, scope.without_remedy()))
    unless = fields.node_of("unless")
    if unless is not None:
        parts.append(Not(read_tests(unless, scope), unless.place))
    return Condition(_all(parts, place), _all(remedy, place))


def read_tests(node: Node, scope: Scope) -> Expression:
    """Return the condition of a map of tests; tests on ``remedy.*`` may not stand in it."""
    return _all(_tests(node, scope, top=False), node.place)


def _all(parts: list[Expression], place: Place) -> Expression:
    return parts[0] if len(parts) == 1 else And(tuple(parts), place)


def _is_on_remedy(part: Expression) -> bool:
    return any(isinstance(node, RemedyRead) for node in walk(part))


def _tests(node: Node, scope: Scope, *, top: bool) -> list[Expression]:
    if not isinstance(node, Mapping) or not node.entries:
        scope.findings.error(
            "wrong-shape",
            node.place,
            "a condition is a map of facts and tests",
            help="write {incident.days_late: 3..}; an expression belongs under `where`",
        )
        return []
    found: list[Expression] = []
    for entry in node.entries:
        is_any = entry.key.text == "any"
        part = _any(entry, scope) if is_any else _tested(entry, scope, top=top)
        if part is not None:
            found.append(part)
    return found


def _any(entry: Entry, scope: Scope) -> Expression | None:
    items = read_items(entry.value, "`any`", scope.findings)
    if isinstance(entry.value, Sequence) and not items:
        scope.findings.error(
            "empty-list",
            entry.value.place,
            "`any` names no condition, so it can never hold",
            help="write any: [{...}, {...}]",
        )
    parts = tuple(read_tests(item, scope) for item in items)
    _lint_any(parts, entry.value.place, scope)
    return Or(parts, entry.value.place) if parts else None


def _lint_any(parts: tuple[Expression, ...], place: Place, scope: Scope) -> None:
    """Alternatives that all test one subject are judged as one list of tests."""
    tested = [part for part in parts if isinstance(part, Tested)]
    if len(tested) > 1 and len(tested) == len(parts):
        first = tested[0].subject
        if all(part.subject.name == first.name for part in tested):
            together = OneOf(tuple(part.test for part in tested))
            lint_test(together, _declaration(first, scope), place, scope)


def _tested(entry: Entry, scope: Scope, *, top: bool) -> Expression | None:
    key, node = entry.key, entry.value
    if stray_comma(entry, scope.findings):
        return None
    place = key.place
    read = scope.find(key.text, place)
    if read is None:
        _unknown(key, scope)
        return None
    if isinstance(read, ParamRead):
        scope.findings.error(
            "unknown-fact",
            place,
            f"`{key.text}` is a param, and a test asks about a fact or a define",
            help="compare with it instead, such as `incident.days_late: lost_after..`",
        )
        return None
    if isinstance(read, RemedyRead) and not top:
        scope.unknown(key.text, place)
        return None
    if isinstance(read, DefineRead) and not fits_degree(read, 1, scope):
        return None
    test = read_test(node, read.type, scope)
    if test is None:
        return None
    _lint(test, read, node, scope)
    return tested(read, test, _span(place, node), scope)


def _unknown(key: Scalar, scope: Scope) -> None:
    """Report a key that is no name; a word of logic also where the policy tries to declare it."""
    meant = for_condition_key(key.text)
    if meant:
        scope.findings.error(
            "unknown-name",
            key.place,
            f"`{key.text}` is no fact, and a condition is a map of facts and tests",
            help=meant,
        )
    elif key.text not in scope.upcoming:
        scope.unknown(key.text, key.place)


def _lint(test: Test, read: Subject, node: Node, scope: Scope) -> None:
    """Warn about a test; about one that a fact had before, only if there is something to say."""
    clean, text = scope.repeated.clean, node.text if isinstance(node, Scalar) else None
    if text is not None and (read.name, text) in clean:
        return
    findings = len(scope.findings.found)
    lint_test(test, _declaration(read, scope), node.place, scope)
    if text is not None and len(scope.findings.found) == findings:
        clean.add((read.name, text))


def _declaration(read: Subject, scope: Scope) -> FactDeclaration:
    """What is known of the values of a subject; of a define or a remedy only their type."""
    declared = scope.facts.get(read.name)
    return declared or FactDeclaration(name=read.name, type=read.type, means="")


def _span(first: Place, last: Node) -> Place:
    end = last if isinstance(last, Scalar) else last.place
    if first.line != end.end_line:
        return first
    return Place(first.file, first.line, first.column, end.end_line, end.end_column)


def _where(node: Node, scope: Scope) -> list[Expression]:
    items = node.items if isinstance(node, Sequence) else (node,)
    if not items:
        scope.findings.error(
            "empty-list", node.place, "this list is empty", help="name at least one condition"
        )
    found: list[Expression] = []
    for item in items:
        if isinstance(item, Scalar):
            condition = read_condition(item, scope)
            if condition is not None:
                found.append(condition)
        else:
            scope.findings.error(
                "wrong-shape",
                item.place,
                "`where` is an expression or a list of expressions",
                help="write where: incident.value_affected <= 0.5 * order.total",
            )
    return found
