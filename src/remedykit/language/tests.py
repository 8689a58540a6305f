"""Reading a test on one subject: a cell, a list, a range, or one of the named forms."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import assert_never

from remedykit.diagnostics import Place
from remedykit.language.cells import is_day, read_day, read_value, report_thousands_comma
from remedykit.language.hints import for_test
from remedykit.language.intervals import point_of
from remedykit.language.names import is_identifier, use_one_of
from remedykit.language.repeated import CellTest, standing_in
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
from remedykit.language.yaml_faults import COMPARISON_HELP

Operand = Constant | ParamRead
FORMS = ("not", "known", "in", "all")
_COMPARISON = re.compile(r"[<>]=?|==?|!=")
_BLOCK_OF_A_COMPARISON = re.compile(r">\S+")  # a block header such as `>5` has no word after it
_RANGE = re.compile(r"(?P<low>[^<]*?)(?P<open_low><?)\.\.(?P<open_high><?)(?P<high>[^<]*)")
_NUMBER_END = re.compile(r"(?<![0-9])[0-9]{1,3}\Z", re.ASCII)
_REST_OF_A_NUMBER = re.compile(r"0[0-9]{2}(?![0-9])", re.ASCII)
_LONGEST_RANGE = 200  # characters; two names and what stands between them are shorter


def read_test(node: Node, subject: FactType, scope: Scope) -> Test | None:
    """Return the test that `node` writes for a subject of this type, or report what is wrong."""
    match node:
        case Scalar():
            return _cell(node, subject, scope)
        case Sequence():
            return _any_of(node, subject, scope)
        case Mapping():
            return _form(node, subject, scope)
        case _ as unreachable:
            assert_never(unreachable)


def _any_of(node: Sequence, subject: FactType, scope: Scope) -> Test | None:
    if not node.items:
        scope.findings.error(
            "empty-list",
            node.place,
            "an empty list of tests can never hold",
            help="name at least one value",
        )
        return None
    if subject.base in ORDERED and _cut_a_number(node, scope):
        return None
    tests = [read_test(item, subject, scope) for item in node.items]
    kept = tuple(test for test in tests if test is not None)
    return OneOf(kept) if len(kept) == len(tests) else None


def _cut_a_number(node: Sequence, scope: Scope) -> bool:
    """Report a number such as `1,000` that a comma made two elements of."""
    for left, right in pairwise(node.items):
        first, second = left.place, right.place
        together = (first.line, first.end_column + 1) == (second.line, second.column)
        if not (isinstance(left, Scalar) and isinstance(right, Scalar) and together):
            continue
        if _NUMBER_END.search(left.text) and _REST_OF_A_NUMBER.match(right.text):
            place = Place(first.file, first.line, first.column, second.line, second.column + 3)
            report_thousands_comma(f"{left.text},{right.text[:3]}", place, scope.findings)
            return True
    return False


def _form(node: Mapping, subject: FactType, scope: Scope) -> Test | None:
    if len(node.entries) != 1 or node.entries[0].key.text not in FORMS:
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


def _cell(node: Scalar, subject: FactType, scope: Scope) -> CellTest | None:
    """Return the test of one cell; what the same cell said before, it says again."""
    if node.written is not None:
        return _new_cell(node, subject, scope)
    # a type is known again by its identity: it lives as long as the scope
    key, cells = (id(subject), node.text, node.style), scope.repeated.cells
    if key in cells:
        return standing_in(node, *cells[key])
    findings = len(scope.findings.found)
    test = _new_cell(node, subject, scope)
    if test is not None and len(scope.findings.found) == findings:
        cells[key] = (test, node)
    return test


def _new_cell(node: Scalar, subject: FactType, scope: Scope) -> CellTest | None:
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
    if _is_foreign(node, subject, scope):
        return None
    may_be_range = ".." in node.text and len(node.text) <= _LONGEST_RANGE
    ranged = _RANGE.fullmatch(node.text) if may_be_range else None
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
    if subject.values is None and subject.base in {Base.TEXT, Base.TEXTS}:
        _lint_free_text(node, subject, scope)
    if subject.base is Base.TEXTS:
        word = read_value(node.text, subject, node.place, scope)
        return Contains(word) if isinstance(word, str) else None
    if subject.base is Base.TIME and is_day(node.text):
        return _on_day(node, subject, scope)
    operand = _operand(node.text, node.place, subject, scope)
    return None if operand is None else EqualTo(operand)


def _is_foreign(node: Scalar, subject: FactType, scope: Scope) -> bool:
    """Report a test as other languages write it; a free text may be any."""
    text = node.text
    fits = text in (subject.values or ()) or text in scope.params or text in scope.upcoming
    if fits or (subject.values is None and subject.base in {Base.TEXT, Base.TEXTS}):
        return False
    meant = for_test(text, subject)
    if meant:
        scope.findings.error(
            "wrong-cell", node.place, f"`{text}` is not how a test is written", help=meant
        )
    return bool(meant)


def _on_day(node: Scalar, subject: FactType, scope: Scope) -> Between | None:
    day = read_day(node.text, node.place, scope)
    if day is None:
        return None
    begin, end = (Constant(moment, subject, node.place) for moment in day)
    return Between(begin, end, high_excluded=True)


def _lint_free_text(node: Scalar, subject: FactType, scope: Scope) -> None:
    """Warn about a bare word of a free text that reads like something else."""
    if node.style != "plain":
        return
    text = node.text
    if text in scope.params or text in scope.define_names or text in scope.facts:
        meant = f"for a list param write {{in: {text}}}; to compare facts use `where`"
    else:
        meant = for_test(text, subject)
    if not meant:
        return
    scope.findings.warning(
        "odd-word",
        node.place,
        f"this compares with the very text `{text}`",
        help=f"{meant}; if the text is meant, put it in quotes",
    )


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
            help=COMPARISON_HELP,
        )
        return
    scope.findings.error(
        "block-scalar",
        node.place,
        "tests and expressions are not written as blocks",
        help="write it on one line; put quotes around a text that begins with `>` or `|`",
    )


def _range(node: Scalar, found: re.Match[str], subject: FactType, scope: Scope) -> Between | None:
    low, low_excluded = _end(node, found, "low", subject, scope)
    high, high_excluded = _end(node, found, "high", subject, scope)
    faulty = (low is None and found["low"]) or (high is None and found["high"])
    if faulty or not _has_an_end(node, low, high, found, scope):
        return None
    test = Between(low, high, low_excluded, high_excluded)
    return test if _in_order(node, test, scope) else None


def _end(
    node: Scalar, found: re.Match[str], end: str, subject: FactType, scope: Scope
) -> tuple[Operand | None, bool]:
    """Return an end and whether it is excluded; a day, on a time fact, is included whole."""
    text, excluded = found[end], bool(found[f"open_{end}"])
    if not text:
        return None, excluded
    place = node.place_of(*found.span(end))
    if subject.base is not Base.TIME or not is_day(text):
        return _operand(text, place, subject, scope), excluded
    day = read_day(text, place, scope)
    if day is None:
        return None, excluded
    after_it = excluded if end == "low" else not excluded
    return Constant(day[1] if after_it else day[0], subject, place), end == "high"


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


def _in_order(node: Scalar, test: Between, scope: Scope) -> bool:
    bottom, top = constant_of(test.low, scope), constant_of(test.high, scope)
    if bottom is None or top is None:
        return True
    low, high = point_of(bottom), point_of(top)
    if low is None or high is None or low < high:
        return True
    if low == high and not (test.low_excluded or test.high_excluded):
        return True
    scope.findings.error(
        "empty-range",
        node.place,
        f"`{node.text}` holds for nothing",
        help="the smaller end comes first"
        if low != high
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
        case _ as unreachable:
            assert_never(unreachable)


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
        if is_identifier(text) or text in scope.upcoming:
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
