"""The commands that the pages show print what the pages show."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from support.command_line import Ran, run
from support.pages import PAGES, ROOT, Block, agrees, blocks_of

_PROGRAMS: dict[str, tuple[str | Path, ...]] = {
    "pytest": (sys.executable, "-m", "pytest"),
    "./try": (sys.executable, ROOT / "examples" / "side_by_side.py"),  # once it has installed
}
_PAGES = [page for page in PAGES if any(block.language == "console" for block in blocks_of(page))]


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.name)
def test_commands_print_what_the_page_shows(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")

    for block in blocks_of(page):
        if "/" in block.get("title"):
            file = tmp_path / block.get("title")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
        elif block.language == "console":
            _hold_to(block)


def test_the_program_is_installed_that_the_pages_call() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("remedykit"), "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == run("--version").out


def _hold_to(block: Block) -> None:
    commands = list(_commands(block.text))
    for number, (command, shown) in enumerate(commands, start=1):
        name, *arguments = shlex.split(command)
        ran = run(*arguments) if name == "remedykit" else _run_program(name, arguments)
        last = number == len(commands)
        expected = int(block.get("exit") or 0) if last else 0
        printed = ran.out + ran.err
        assert ran.code == expected, f"{block}: {printed}"
        assert not shown or agrees(shown, printed), f"{block}:\n{printed}"


def _run_program(name: str, arguments: Sequence[str]) -> Ran:
    done = subprocess.run(
        (*_PROGRAMS[name], *arguments), capture_output=True, text=True, check=False
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def _commands(text: str) -> Iterator[tuple[str, str]]:
    """Give each command with the output that is shown; an empty text where none is."""
    for piece in f"\n{text}".split("\n$ ")[1:]:
        command, _, shown = piece.partition("\n")
        yield command, shown if shown.strip() else ""
