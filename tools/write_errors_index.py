"""Writes docs/errors/README.md: every code with the first sentence of its page."""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "errors"
_TOP = """# Diagnostics

What is wrong with a policy is told all at once, in the order of its place: a code, a message, the
line with carets under the fault, and what to do. `remedykit check` shows it, and `PolicyError`
carries it as `diagnostics`. A warning does not refuse the policy.

Codes never change their names. Each has a page:

| code | what it says |
| --- | --- |
"""


def page() -> str:
    """Return the text of the index."""
    pages = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
    return _TOP + "".join(f"| [{path.stem}]({path.name}) | {_first(path)} |\n" for path in pages)


def _first(path: Path) -> str:
    """Return the first sentence of a page."""
    paragraph = path.read_text(encoding="utf-8").split("\n\n")[1]
    return re.split(r"(?<=\.)\s", paragraph)[0].replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    (FOLDER / "README.md").write_text(page(), encoding="utf-8")
