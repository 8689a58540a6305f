#!/usr/bin/env python3
"""Writes what the pages of the documentation say about keys and diagnostics into the package.

Editors show it (`remedykit schema`), and so do reports of checks. Run it with the environment of
./check: .venv/bin/python tools/write_doc_texts.py
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "src" / "remedykit" / "authoring" / "doc_texts.json"

_PAGES = ("language.md", "scenarios.md")
_HEADING = re.compile(r"#+ (.+)")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")
_KEYS = re.compile(r"`([a-z][a-z_0-9.]*)(?:: [^`]*)?`")  # also of `offer: KINDS`
_FORMS = re.compile(r"`\{([a-z]+): [^`]*\}`")  # of `{not: gold}`
_NO_MEANINGS = {"Unknown", "What is inherited"}  # headings of tables that tell other things of keys
_ABOUT_KEYS = {"section": _KEYS, "key": _KEYS, "effect": _KEYS, "test": _FORMS}


def texts() -> str:
    """Return the whole file."""
    said = {"keys": _keys(), "codes": _codes()}
    return json.dumps(said, indent=1, ensure_ascii=False) + "\n"


def _keys() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for page in _PAGES:
        lines = (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines()
        for heading, key, text in _rows(lines):
            found.setdefault(heading, {}).setdefault(key, text)
    return found


def _rows(lines: list[str]) -> Iterator[tuple[str, str, str]]:
    """Give heading, key and text of each row of a table about keys."""
    heading, titles = "", list[str]()
    for line in lines:
        if found := _HEADING.fullmatch(line):
            heading = found[1]
        cells = [_LINK.sub(r"\1", cell.strip()) for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            titles = []
        elif not titles:
            titles = cells
        elif heading in _NO_MEANINGS or titles[0] not in _ABOUT_KEYS:
            continue
        elif not cells[1].startswith("---"):
            for key in _ABOUT_KEYS[titles[0]].findall(cells[0]):
                yield heading, key, _told(titles, cells)


def _told(titles: list[str], cells: list[str]) -> str:
    text = cells[1] or cells[0]
    for title, cell in zip(titles[2:], cells[2:], strict=True):
        if cell:
            is_all = not title or cell.startswith("required")
            text += f"; {cell}" if is_all else f"; {title}: {cell}"
    return text


def _codes() -> dict[str, list[str]]:
    pages = sorted((ROOT / "docs" / "errors").glob("*.md"))
    return {path.stem: _says(path) for path in pages if path.name != "README.md"}


def _says(path: Path) -> list[str]:
    """Return the first sentence of a page, and how to mend what it is about."""
    text = _LINK.sub(r"\1", path.read_text(encoding="utf-8"))
    paragraphs = [paragraph.replace("\n", " ") for paragraph in text.split("\n\n")]
    mend = next(each for each in paragraphs if each.startswith("**How to mend it.** "))
    return [re.split(r"(?<=\.)\s", paragraphs[1])[0], mend.partition("** ")[2].strip()]


if __name__ == "__main__":
    TEXTS.write_text(texts(), encoding="utf-8")
    print(f"wrote {TEXTS.name}")
