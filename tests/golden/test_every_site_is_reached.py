"""No message without a case: each place in the language that can report one is reached."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from remedykit import language
from remedykit.diagnostics import Findings
from support.error_cases import error_cases

pytestmark = pytest.mark.no_cover  # it runs the same code thousands of times

FOLDER = Path(language.__file__).parent
_DIRECT = {"error", "warning"}

Site = tuple[str, int, int]  # file, first line, last line


def test_each_place_that_reports_is_reached_by_a_golden_case(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines: set[tuple[str, int]] = set()
    add = Findings._add

    def watched(self: Findings, *arguments: object) -> None:
        frame = inspect.currentframe()
        lines.update(_lines_of(frame))
        add(self, *arguments)  # type: ignore[arg-type] # passed on as they came

    monkeypatch.setattr(Findings, "_add", watched)
    for case in error_cases():
        case.find()

    sites = set(_sites())
    reached = {
        (file, first, last)
        for file, first, last in sites
        if any((file, line) in lines for line in range(first, last + 1))
    }
    assert len(sites) > 100
    assert sorted(f"{file}:{first}" for file, first, _ in sites - reached) == []


def _lines_of(frame: FrameType | None) -> Iterator[tuple[str, int]]:
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.parent == FOLDER:
            yield path.name, frame.f_lineno
        frame = frame.f_back


def _sites() -> Iterator[Site]:
    """Give each call that reports: of the findings, or of a function that is there to report."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.py")}
    reporters = _reporters(list(trees.values()))
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) in _DIRECT | reporters:
                assert node.end_lineno is not None
                yield path.name, node.lineno, node.end_lineno


def _reporters(trees: list[ast.Module]) -> set[str]:
    """Return the functions that return nothing and always report, also through one another."""
    silent = [
        node
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and _name(node.returns) == "None"
    ]
    found: set[str] = set()
    while True:
        more = {node.name for node in silent if _always_reports(node.body, _DIRECT | found)}
        if more == found:
            return found
        found = more


def _always_reports(body: list[ast.stmt], reporters: set[str]) -> bool:
    match body[-1] if body else None:
        case ast.Expr(value=ast.Call(func=func)):
            return _name(func) in reporters
        case ast.If(body=then, orelse=otherwise):
            return _always_reports(then, reporters) and _always_reports(otherwise, reporters)
        case _:
            return False


def _name(node: ast.expr | None) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Constant(value=value):
            return str(value)
        case _:
            return ""
