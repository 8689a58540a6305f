"""Reading texts with `{fact}` and `{fact:format}` placeholders."""

from __future__ import annotations

import re
from dataclasses import replace

from remedykit.diagnostics import Place
from remedykit.language.fields import read_scalar, read_text
from remedykit.language.names import did_you_mean, use_one_of
from remedykit.language.scope import Scope
from remedykit.language.source import Node, Scalar
from remedykit.language.syntax import Placeholder, Template
from remedykit.language.types import MONEY, Base

_LONGEST = 5_000  # characters of one text
_PIECE = re.compile(r"\{\{|\}\}|\{(?P<inside>[^{}]*)\}|(?P<stray>[{}])")
_BRACED = re.compile(r"\{\s*([A-Za-z_.0-9]+)\s*(?::[a-z]*)?\}")
_COMMENT = re.compile(r"\s+#")
_CALCULATION = re.compile(r"[^\w.-]")
FORMATS: dict[Base, tuple[str, ...]] = {
    Base.TIME: ("date", "time"),
    Base.NUMBER: ("percent",),
}


def read_template(node: Node | None, scope: Scope) -> Template | None:
    """Return a text with its placeholders resolved; ``{{`` and ``}}`` stand for braces."""
    scalar = None if node is None else read_scalar(node, "a text", "a sentence", scope.findings)
    return None if scalar is None else _template(scalar, scope)


def read_plain_text(node: Node | None, what: str, scope: Scope) -> str | None:
    """Return a text that is not empty and printed as it stands; warn where it has a placeholder."""
    text = read_text(node, what, scope.findings)
    if text is None or "{" not in text:
        return text
    scope = replace(scope, remedy={"remedy.value": MONEY})
    for found in _BRACED.finditer(text):
        if node is not None and scope.find(found[1], node.place) is not None:
            scope.findings.warning(
                "text-brace",
                node.place,
                f"{what} is printed as it stands, with `{found[0]}` in it",
                help="placeholders are for `say`, `note` and `because`",
            )
    return text


def _template(node: Scalar, scope: Scope) -> Template | None:
    if not node.text.strip() or len(node.text) > _LONGEST:
        scope.findings.error(
            "empty-value",
            node.place,
            f"a text of at most {_LONGEST} characters is expected here",
            help="write a sentence",
        )
        return None
    _lint_comment(node, scope)
    if "{" not in node.text and "}" not in node.text:
        return Template((node.text,), node.place)
    pieces: list[str | Placeholder] = []
    position = 0
    for found in _PIECE.finditer(node.text):
        pieces.append(node.text[position : found.start()])
        position = found.end()
        piece = _piece(found, node, scope)
        if piece is not None:
            pieces.append(piece)
    pieces.append(node.text[position:])
    template = Template(_joined(pieces), node.place)
    _lint_braces(template, scope)
    return template


def _lint_comment(node: Scalar, scope: Scope) -> None:
    """Warn where `#` has cut a bare text short: YAML reads the rest of the line as a comment."""
    if node.style != "plain":
        return
    lines = scope.findings.sources.get(node.file, ())
    rest = lines[node.end_line - 1][node.end_column - 1 :] if node.end_line <= len(lines) else ""
    if rest and _COMMENT.match(rest):
        begin = node.end_column + rest.index("#")
        scope.findings.warning(
            "comment-in-text",
            Place(node.file, node.end_line, begin, node.end_line, begin + 1),
            "the text ends before this `#`, which begins a comment",
            help="put quotes around the text if the rest belongs to it",
        )


def _lint_braces(template: Template, scope: Scope) -> None:
    """Warn where doubled braces print a name that a single pair would fill in."""
    for piece in template.pieces:
        for found in _BRACED.finditer(piece) if isinstance(piece, str) else ():
            if scope.find(found[1], template.place) is not None:
                scope.findings.warning(
                    "text-brace",
                    template.place,
                    f"`{{{{{found[1]}}}}}` prints the braces and the name, not the value",
                    help=f"write {{{found[1]}}}",
                )


def read_remedy_text(node: Node | None, scope: Scope) -> Template | None:
    """Return a text about a remedy: it may also print `{remedy.value}`."""
    if node is None:
        return None
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
    if _CALCULATION.search(name.strip()) and name.strip() not in scope.upcoming:
        scope.findings.error(
            "text-brace",
            place,
            f"`{name}` is not the name of a fact or a define",
            help="put a calculation under `define` and print that; {{ and }} print braces",
        )
        return None
    read = scope.read(name.strip(), place)
    if read is None:
        return None
    if read.type.base is Base.TIME and scope.zone is None:
        scope.findings.error(
            "needs-timezone",
            place,
            f"`{name}` is printed as a local time, and the policy names no time zone",
            help="say `timezone: America/New_York` at the top",
        )
        return None
    formats = FORMATS.get(read.type.base, ())
    if colon and wanted not in formats:
        scope.findings.error(
            "unknown-format",
            node.place_of(start + len(name) + 1, found.end("inside")),
            f"`{wanted}` is no format for type {read.type.base}"
            if wanted
            else "a format is missing after the colon",
            help=did_you_mean(wanted, formats, use_one_of(formats))
            if formats
            else f"write {{{name}}} alone",
        )
        return None
    return Placeholder(read, wanted)
