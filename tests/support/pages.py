"""The code blocks of the documentation, and what they promise.

What a block promises stands behind its language, as in ```` ```yaml title="my-policy/x.yaml" ````:

==============================  ==================================================================
block                           promise
==============================  ==================================================================
``python``                      it runs; the blocks of a page share one namespace
``text`` behind ``python``      what that block prints; ``...`` stands for anything
``yaml`` with ``policy:``       a whole policy that loads without a warning
``yaml``, any other             a part of the whole policy before it, or a condition; loads with it
``yaml wrong="CODE CODE"``      it is refused, or warned of, with exactly these codes
``text`` behind a wrong one     the diagnostic, as shown to an author
``yaml title="FOLDER/FILE"``    a file of the page's folder, for the commands after it
``console``                     ``$`` lines run in the page's folder; the rest is what they print
                                (``./try``: what it runs once it has installed everything)
``console exit="1"``            the last command ends with this exit code, the others with 0
``sh`` and others               for reading only
==============================  ==================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from doctest import ELLIPSIS, OutputChecker
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))

_FENCE = re.compile(
    r"^(?P<indent> *)```(?P<info>[^`\n]*)\n(?P<text>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL
)
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: where it stands, its language, what is said behind that, and its text."""

    page: Path
    line: int
    language: str
    attributes: tuple[tuple[str, str], ...]
    text: str

    def get(self, name: str) -> str:
        """Return an attribute, or an empty text."""
        return dict(self.attributes).get(name, "")

    def __str__(self) -> str:
        """Return the place, as a test's name shows it."""
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"


def blocks_of(page: Path) -> tuple[Block, ...]:
    """Return the blocks of a page, in its order."""
    text = page.read_text(encoding="utf-8")
    return tuple(_block(page, text, found) for found in _FENCE.finditer(text))


def _block(page: Path, text: str, found: re.Match[str]) -> Block:
    language, _, said = found["info"].strip().partition(" ")
    line = text.count("\n", 0, found.start()) + 1
    return Block(page, line, language, tuple(_ATTRIBUTE.findall(said)), found["text"])


def with_next(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, Block | None]]:
    """Give each block with the ``text`` block that stands right behind it, if there is one."""
    for block, after in pairwise((*blocks, None)):
        if block is None:
            continue
        shown = after is not None and after.language == "text" and _is_right_behind(block, after)
        yield block, after if shown else None


def _is_right_behind(block: Block, after: Block) -> bool:
    # Nothing but one empty line may stand between the two fences.
    return after.line == block.line + block.text.count("\n") + 3


def agrees(shown: str, printed: str) -> bool:
    """Return whether a page shows what was printed; ``...`` stands for anything."""
    return OutputChecker().check_output(f"{shown.rstrip()}\n", f"{printed.rstrip()}\n", ELLIPSIS)
