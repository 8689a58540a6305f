"""Reading a test on one subject: a cell, a list, a range, or one of the named forms."""

from __future__ import annotations

import re

from remedykit.diagnostics import Place
from remedykit.language.cells import read_value
from remedykit.language.names import is_identifier, use_one_of
from remedykit.language.scope import Scope
from remedykit.language.source import Entry, Mapping, Node, Scalar, Sequence
from remedykit.language.syntax import (
    AllOf,
    Between,
    Constant,
    Contains,
    EqualTo,
    KnownTest,
    MemberOf,
    NotTest,
    OneOf,
    ParamRead,
    Test,
)
from remedykit.language.types import NUMERIC, ORDERED, Base, FactType, Value

Operand = Constant | ParamRead
_FORMS = ("not", "known", "in", "all")
_COMPARISON = re.compile(r"[<>]=?|==?|!=")
_BLOCK_OF_A_COMPARISON = re.compile(r">\S+")  # a block header such as `>5` has no word after it
_RANGE = re.compile(r"(?P<low>[^<]*?)(?P<open_low><?)\.\.(?P<open_high><?)(?P<high>[^<]*)")


def read_test(node: Node, subject: FactType, scope: Scope) -> Test | None:
    """Return the test that `node` writes for a subject of this type, or report what is wrong."""
    match node:
        case Scalar():
            return _cell(node, subject, scope)
        case Sequence():
            return _any_of(node, subject, scope)
        case Mapping():
            return _form(node, subject, scope)


def _any_of(node: Sequence, subject: FactType, scope: Scope) -> Test | None:
    if not node.items:
        scope.findings.error(
            "empty-list",
            node.place,
            "an empty list of tests can never hold",
            help="name at least one value",
        )
        return None
    tests = [read_test(item, subject, scope) for item in node.items]
    kept = tuple(test for test in tests if test is not None)
    return OneOf(kept) if len(kept) == len(tests) else None


def _form(node: Mapping, subject: FactType, scope: Scope) -> Test | None:
    if len(node.entries) != 1 or node.entries[0].key.text not in _FORMS:
        scope.findings.error(
            "unknown-test",
            node.entries[0].key.place if node.entries else node.place,
            f"`{node.entries[0].key.text}` is no kind of test"
            if len(node.entries) == 1
            else "a test in braces has exactly one key",
            help="a test is a value, a range, a list, or {not: x}, {known: true}, {in: a_param}, "
            "{all: [x, y]}",
        )
        return None
    entry = node.entries[0]
    match entry.key.text:
        case "not":
            inner = read_test(entry.value, subject, scope)
            return None if inner is None else NotTest(inner)
        case "known":
            return _known(entry, scope)
        case "in":
            return _member(entry, subject, scope)
        case _:
            return _all(entry, subject, scope)


def _known(entry: Entry, scope: Scope) -> Test | None:
    text = entry.value.text if isinstance(entry.value, Scalar) else ""
    if text not in {"true", "false"}:
        scope.findings.error(
            "wrong-cell",
            entry.value.place,
            f"`{text}` is neither `true` nor `false`" if text else "this is true or false",
            help="write {known: true} or {known: false}",
        )
        return None
    return KnownTest(text == "true")


def _member(entry: Entry, subject: FactType, scope: Scope) -> Test | None:
    name = entry.value.text if isinstance(entry.value, Scalar) else ""
    param = scope.params.get(name)
    if param is None and name in scope.upcoming - scope.define_names:
        return None  # its own fault is reported
    if param is None or param.type.base is not Base.TEXTS:
        scope.findings.error(
            "not-a-list-param",
            entry.value.place,
            f"`{name}` is no param that holds a list of words" if name else "a param is named here",
            help="declare it under `params`, such as `regions: {value: [east, west]}`",
        )
        return None
    if subject.base not in {Base.TEXT, Base.TEXTS}:
        _wrong_subject(entry.key, "in", subject, scope)
        return None
    words = param.value if isinstance(param.value, tuple) else ()
    strangers = [word for word in words if subject.values and word not in subject.values]
    if strangers:
        scope.findings.error(
            "unknown-value",
            entry.value.place,
            f"`{strangers[0]}` in `{name}` is none of the values of this fact",
            help=use_one_of(subject.values or ()),
            also=(param.place, f"`{name}` is declared here"),
        )
        return None
    return MemberOf(ParamRead(name, param.type, entry.value.place))


def _all(entry: Entry, subject: FactType, scope: Scope) -> Test | None:
    if subject.base is not Base.TEXTS:
        _wrong_subject(entry.key, "all", subject, scope)
        return None
    if not isinstance(entry.value, Sequence) or not entry.value.items:
        scope.findings.error(
            "wrong-shape",
            entry.value.place,
            "`all` takes a list of words",
            help="write {all: [x, y]}",
        )
        return None
    tests = [read_test(item, subject, scope) for item in entry.value.items]
    kept = tuple(test for test in tests if test is not None)
    return AllOf(kept) if len(kept) == len(tests) else None


def _wrong_subject(key: Scalar, form: str, subject: FactType, scope: Scope) -> None:
    fitting = "list facts" if form == "all" else "text and list facts"
    wordy = subject.base is Base.TEXT
    scope.findings.error(
        "wrong-type",
        key.place,
        f"`{form}` is for {fitting}, and this one is of type {subject.base}",
        help="write [x, y] for one of several words" if wordy else "write a value or a range",
    )


def _cell(node: Scalar, subject: FactType, scope: Scope) -> Test | None:
    if node.style == "block":
        block_scalar(node, scope)
        return None
    if node.text == "":
        scope.findings.error(
            "empty-value",
            node.place,
            "a test is missing here",
            help="write a value, a range such as `3..`, or {known: true}",
        )
        return None
    if _COMPARISON.match(node.text) and (node.style == "plain" or subject.base in ORDERED):
        _comparison(node, subject, scope)
        return None
    ranged = _RANGE.fullmatch(node.text) if ".." in node.text else None
    if ranged is not None and subject.base in ORDERED:
        return _range(node, ranged, subject, scope)
    if ".." in node.text and node.style == "plain" and subject.values is not None:
        scope.findings.error(
            "wrong-type",
            node.place,
            f"`{node.text}` is a range, but this fact is of type {subject.base}",
            help="list the values: [x, y]",
        )
        return None
    if subject.base is Base.TEXTS:
        word = read_value(node.text, subject, node.place, scope)
        return Contains(word) if isinstance(word, str) else None
    operand = _operand(node.text, node.place, subject, scope)
    return None if operand is None else EqualTo(operand)


def _comparison(node: Scalar, subject: FactType, scope: Scope) -> None:
    scope.findings.error(
        "comparison-in-test",
        node.place,
        f"`{node.text}` is a comparison; a test is a value, a list or a range",
        help="write a range: `25..`, `25<..`, `..25` or `..<25`; or {not: 25}"
        if subject.base in ORDERED
        else "write the value alone for equal, {not: x} for not equal",
    )


def block_scalar(node: Scalar, scope: Scope) -> None:
    """Report a block scalar where a test or an expression must stand on its line."""
    written = node.written.raw.strip() if node.written else ""
    if _BLOCK_OF_A_COMPARISON.fullmatch(written):
        scope.findings.error(
            "unquoted-comparison",
            node.place,
            f"`{written}` is not a test",
            help="write a range: `25<..` for more than 25, `25..` for at least 25",
        )
        return
    scope.findings.error(
        "block-scalar",
        node.place,
        "tests and expressions are not written as blocks",
        help="write it on one line; put quotes around a text that begins with `>` or `|`",
    )


def _range(node: Scalar, found: re.Match[str], subject: FactType, scope: Scope) -> Test | None:
    low = _end(node, found, "low", subject, scope)
    high = _end(node, found, "high", subject, scope)
    faulty = (low is None and found["low"]) or (high is None and found["high"])
    if faulty or not _has_an_end(node, low, high, found, scope):
        return None
    if not _in_order(node, low, high, found, scope):
        return None
    return Between(low, high, bool(found["open_low"]), bool(found["open_high"]))


def _end(
    node: Scalar, found: re.Match[str], end: str, subject: FactType, scope: Scope
) -> Operand | None:
    if not found[end]:
        return None
    return _operand(found[end], node.place_of(*found.span(end)), subject, scope)


def _has_an_end(
    node: Scalar, low: Operand | None, high: Operand | None, found: re.Match[str], scope: Scope
) -> bool:
    dangling = (found["open_low"] and low is None) or (found["open_high"] and high is None)
    if (low is None and high is None) or dangling:
        scope.findings.error(
            "empty-range",
            node.place,
            f"`{node.text}` lacks an end",
            help="write `3..`, `..2`, `25..500`, `25..<500` or `25<..`",
        )
        return False
    return True


def _in_order(
    node: Scalar, low: Operand | None, high: Operand | None, found: re.Match[str], scope: Scope
) -> bool:
    bottom, top = constant_of(low, scope), constant_of(high, scope)
    if bottom is None or top is None:
        return True
    excluded = bool(found["open_low"] or found["open_high"])
    if bottom < top or (bottom == top and not excluded):  # type: ignore[operator] # one type, checked
        return True
    scope.findings.error(
        "empty-range",
        node.place,
        f"`{node.text}` holds for nothing",
        help="the smaller end comes first"
        if bottom != top
        else "an end that is excluded on one side cannot be the only value",
    )
    return False


def constant_of(operand: Operand | None, scope: Scope) -> Value | None:
    """Return the one value an operand stands for, or ``None`` where it depends on the currency."""
    match operand:
        case Constant(value=value):
            return value
        case ParamRead(name=name):
            return scope.params[name].value
        case None:
            return None


def _operand(text: str, place: Place, subject: FactType, scope: Scope) -> Operand | None:
    """A value of the subject's type, or (but for texts, whose cells are words) a param's name."""
    if subject.base in ORDERED:
        if text in scope.facts or text in scope.define_names:
            scope.findings.error(
                "wrong-cell",
                place,
                f"`{text}` is a name, and a test compares with values and params",
                help="compare the two under `where`",
            )
            return None
        if is_identifier(text):
            return _param(text, place, subject, scope)
    value = read_value(text, subject, place, scope)
    return None if value is None else Constant(value, subject, place)


def _param(name: str, place: Place, subject: FactType, scope: Scope) -> Operand | None:
    param = scope.params.get(name)
    if param is None:
        if name not in scope.upcoming:
            scope.unknown(name, place)
        return None
    if param.type.base is subject.base or {param.type.base, subject.base} <= NUMERIC:
        return ParamRead(name, param.type, place)
    scope.findings.error(
        "wrong-type",
        place,
        f"`{name}` is of type {param.type.base}, but this fact is of type {subject.base}",
        also=(param.place, f"`{name}` is declared here"),
        help="compare values of one type",
    )
    return None
