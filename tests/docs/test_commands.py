"""The commands that the pages show print what the pages show."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.pages import PAGES, ROOT, Block, agrees, blocks_of

_RUN: dict[str, tuple[str | Path, ...]] = {
    "remedykit": (Path(sys.executable).with_name("remedykit"),),
    "pytest": (sys.executable, "-m", "pytest"),
    "./try": (sys.executable, ROOT / "examples" / "side_by_side.py"),  # once it has installed
}
_PAGES = [page for page in PAGES if any(block.language == "console" for block in blocks_of(page))]


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.name)
def test_commands_print_what_the_page_shows(page: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")

    for block in blocks_of(page):
        if "/" in block.get("title"):
            file = tmp_path / block.get("title")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
        elif block.language == "console":
            _hold_to(block, tmp_path)


def _hold_to(block: Block, folder: Path) -> None:
    commands = list(_commands(block.text))
    for number, (command, shown) in enumerate(commands, start=1):
        name, *arguments = shlex.split(command)
        done = subprocess.run(
            (*_RUN[name], *arguments), cwd=folder, capture_output=True, text=True, check=False
        )
        last = number == len(commands)
        expected = int(block.get("exit") or 0) if last else 0
        assert done.returncode == expected, f"{block}: {done.stdout}{done.stderr}"
        printed = done.stdout + done.stderr
        assert not shown or agrees(shown, printed), f"{block}:\n{printed}"


def _commands(text: str) -> Iterator[tuple[str, str]]:
    """Give each command with the output that is shown; an empty text where none is."""
    for piece in f"\n{text}".split("\n$ ")[1:]:
        command, _, shown = piece.partition("\n")
        yield command, shown if shown.strip() else ""
