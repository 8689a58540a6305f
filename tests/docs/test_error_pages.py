"""Every code of a diagnostic has a page, and what the page shows is what happens."""

from __future__ import annotations

import ast
import runpy
from collections.abc import Iterator

import pytest

from remedykit.diagnostics import Diagnostic
from support.analysing import found_in_whole, is_analysed
from support.error_cases import error_cases, found_in, found_in_input, found_on_a_day
from support.pages import ROOT, Block, agrees, blocks_of
from support.scenario_policy import found_in_scenarios

FOLDER = ROOT / "docs" / "errors"
PAGES = {path.stem: path for path in FOLDER.glob("*.md") if path.name != "README.md"}
NOT_ONE_FILE = {
    *("csv-delimiter", "csv-syntax", "file-not-read", "no-such-policy", "symbolic-link"),
    *("base-cycle", "unreadable-file"),
}
TOO_LARGE = {
    "base-too-deep",
    "define-too-deep",
    "file-too-large",
    "too-many-files",
    "too-many-nodes",
}
NO_TEXT = {"not-utf8"}
SHOWN = sorted(PAGES.keys() - NOT_ONE_FILE - TOO_LARGE - NO_TEXT)


def test_every_code_in_the_source_has_a_page_and_every_page_a_code() -> None:
    assert set(_codes_in_source()) == PAGES.keys()


def test_every_code_has_a_golden_case() -> None:
    assert {case.code for case in error_cases()} == PAGES.keys()


@pytest.mark.parametrize("code", sorted(PAGES))
def test_a_page_is_named_like_its_code_and_tells_how_to_mend_it(code: str) -> None:
    lines = PAGES[code].read_text(encoding="utf-8").splitlines()

    assert lines[0] == f"# {code}"
    assert any(line.startswith("**How to mend it.** ") for line in lines)


@pytest.mark.parametrize("code", SHOWN)
def test_the_wrong_example_gives_just_this_code_and_what_the_page_shows(code: str) -> None:
    wrong, shown, _ = _examples(code)

    found = _found(wrong, code)

    caused = {"yaml-tag"} if code == "too-many-faults" else set[str]()
    assert {item.code for item in found} - caused == {code}
    assert agrees(shown.text, "\n\n".join(item.render() for item in found))


@pytest.mark.parametrize("code", SHOWN)
def test_the_right_example_loads_without_a_warning(code: str) -> None:
    *_, right = _examples(code)

    assert _found(right, code) == ()


def test_the_index_lists_every_page() -> None:
    made = runpy.run_path(str(ROOT / "tools" / "write_errors_index.py"))

    written = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert written == made["page"](), "run tools/write_errors_index.py"


def _examples(code: str) -> tuple[Block, Block, Block]:
    wrong, shown, right = blocks_of(PAGES[code])
    assert wrong.get("wrong") == code or "wrong" in {wrong.get("input"), wrong.get("scenarios")}
    return wrong, shown, right


def _found(block: Block, code: str) -> tuple[Diagnostic, ...]:
    if block.get("input"):
        return found_in_input(block.text.encode(), "input.yaml")
    if block.get("scenarios"):
        return found_in_scenarios(block.text)
    if is_analysed(code):
        return found_in_whole(block.text)
    if code == "calendar-ends":
        return found_on_a_day({"policy.yaml": block.text.encode()})
    return found_in({"policy.yaml": block.text.encode()})


def _codes_in_source() -> Iterator[str]:
    """Give each code that is written where a code stands: first argument, or named `code`."""
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(attr=name), args=[ast.Constant(value=str(code)), *_]
                ):
                    if name in {"error", "warning", "_fault", "_property"}:
                        yield code
                case ast.keyword(arg="code", value=ast.Constant(value=str(code))):
                    yield code
                case ast.AnnAssign(target=ast.Name(id="code"), value=ast.Constant(value=str(code))):
                    yield code
                case _:
                    pass
