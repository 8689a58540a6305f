"""Reading texts with `{fact}` and `{fact:format}` placeholders."""

from __future__ import annotations

import re
from dataclasses import replace

from remedykit.language.names import did_you_mean, use_one_of
from remedykit.language.scope import Scope
from remedykit.language.source import Node, Scalar
from remedykit.language.syntax import Placeholder, Template
from remedykit.language.types import MONEY, Base

_LONGEST = 5_000  # characters of one text
_PIECE = re.compile(r"\{\{|\}\}|\{(?P<inside>[^{}]*)\}|(?P<stray>[{}])")
FORMATS: dict[Base, tuple[str, ...]] = {
    Base.TIME: ("date", "time"),
    Base.NUMBER: ("percent",),
}


def read_template(node: Node | None, scope: Scope) -> Template | None:
    """Return a text with its placeholders resolved; ``{{`` and ``}}`` stand for braces."""
    if node is None:
        return None
    if not isinstance(node, Scalar) or not node.text.strip() or len(node.text) > _LONGEST:
        scope.findings.error(
            "empty-value",
            node.place,
            f"a text of at most {_LONGEST} characters is expected here",
            help="write a sentence",
        )
        return None
    pieces: list[str | Placeholder] = []
    position = 0
    for found in _PIECE.finditer(node.text):
        pieces.append(node.text[position : found.start()])
        position = found.end()
        piece = _piece(found, node, scope)
        if piece is not None:
            pieces.append(piece)
    pieces.append(node.text[position:])
    return Template(_joined(pieces), node.place)


def read_remedy_text(node: Node | None, scope: Scope) -> Template | None:
    """Return a text about a remedy: it may also print `{remedy.value}`."""
    return read_template(node, replace(scope, remedy={"remedy.value": MONEY}))


def _joined(pieces: list[str | Placeholder]) -> tuple[str | Placeholder, ...]:
    joined: list[str | Placeholder] = []
    for piece in pieces:
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        elif piece:
            joined.append(piece)
    return tuple(joined)


def _piece(found: re.Match[str], node: Scalar, scope: Scope) -> str | Placeholder | None:
    if found[0] in {"{{", "}}"}:
        return found[0][0]
    if found["stray"]:
        scope.findings.error(
            "text-brace",
            node.place_of(*found.span()),
            f"`{found[0]}` opens or closes no placeholder",
            help=f"write {{fact}} for a placeholder, or double the brace: {found[0] * 2}",
        )
        return None
    return _placeholder(found, node, scope)


def _placeholder(found: re.Match[str], node: Scalar, scope: Scope) -> Placeholder | None:
    name, colon, wanted = found["inside"].partition(":")
    if not name.strip():
        scope.findings.error(
            "text-brace",
            node.place_of(*found.span()),
            f"`{found[0]}` names no fact",
            help="write {fact}, or double the braces: {{ and }}",
        )
        return None
    start = found.start("inside")
    place = node.place_of(start, start + len(name))
    read = scope.read(name.strip(), place)
    if read is None:
        return None
    formats = FORMATS.get(read.type.base, ())
    if colon and wanted not in formats:
        scope.findings.error(
            "unknown-format",
            node.place_of(start + len(name) + 1, found.end("inside")),
            f"`{wanted}` is no format for type {read.type.base}",
            help=did_you_mean(wanted, formats, use_one_of(formats))
            if formats
            else f"write {{{name}}} alone",
        )
        return None
    return Placeholder(read, wanted)
