"""Small, safe HTML for notebooks: everything that is not a tag written here is escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from remedykit.diagnostics import printable


def escaped(text: str) -> str:
    """Return text that shows as itself: no markup, nothing that hides or turns words."""
    return html.escape(printable(text), quote=True)


def element(tag: str, content: str) -> str:
    """Return an element around content that is HTML already."""
    return f"<{tag}>{content}</{tag}>"


def paragraph(text: str) -> str:
    """Return a paragraph of plain text; its lines stay lines."""
    return element("p", "<br>".join(escaped(line) for line in text.split("\n")))


def listing(lines: Iterable[str]) -> str:
    """Return a list of plain texts, or nothing if there are none."""
    points = "".join(element("li", escaped(line)) for line in lines)
    return element("ul", points) if points else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of plain texts."""
    header = element("tr", "".join(element("th", escaped(cell)) for cell in head))
    body = "".join(element("tr", "".join(element("td", escaped(c)) for c in row)) for row in rows)
    return element("table", element("thead", header) + element("tbody", body))
