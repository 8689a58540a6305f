"""From the text of an expression to Python's syntax tree, with places; never evaluated.

Python's grammar is larger than ours and forgiving where rules must not be: what its parser would
drop or change in silence (comments, line joins, string prefixes, joined strings, look-alike
letters) is refused here, before anything else looks at the tree.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from decimal import Decimal

from remedykit.diagnostics import Findings, Place
from remedykit.language.cells import report_thousands_comma
from remedykit.language.hints import for_expression, odd_blank
from remedykit.language.scope import Scope
from remedykit.language.source import Scalar

LONGEST = 2_000  # characters
DEEPEST = 32


@dataclass(frozen=True, slots=True)
class ParsedText:
    """Python's tree of an expression, and where its nodes stand in the file."""

    scalar: Scalar
    text: str
    shift: int  # characters stripped from the front
    tree: ast.expr

    def place(self, node: ast.expr) -> Place:
        """Return the place of a node."""
        start, end = self._span(node)
        return self.scalar.place_of(start, end)

    def source(self, node: ast.expr) -> str:
        """Return the text of a node as the author wrote it."""
        start, end = self._span(node)
        return self.scalar.text[start:end]

    def _span(self, node: ast.expr) -> tuple[int, int]:
        """Return offsets of the scalar's text; ``ast`` counts bytes in UTF-8, from 0."""
        start, end = node.col_offset, node.end_col_offset or 0  # where ``ast`` parsed, it is there
        if not self.text.isascii():
            raw = self.text.encode()
            start, end = len(raw[:start].decode()), len(raw[:end].decode())
        return self.shift + start, self.shift + end


def parse_text(scalar: Scalar, scope: Scope) -> ParsedText | None:
    """Return the tree of an expression, or report why it is none."""
    findings, trees = scope.findings, scope.repeated.trees
    stripped = scalar.text.lstrip()
    shift = len(scalar.text) - len(stripped)
    text = stripped.replace("\n", " ").rstrip()
    tree = trees.get(text)
    if tree is not None:  # it was read before, and is read the same again
        return ParsedText(scalar, text, shift, tree)
    if not text:
        findings.error(
            "empty-value", scalar.place, "an expression is missing here", help="write one"
        )
        return None
    if len(text) > LONGEST:
        findings.error(
            "expression-too-large",
            scalar.place,
            f"the expression has {len(text)} characters; at most {LONGEST} are read",
            help="name parts of it under `define`",
        )
        return None
    if _refuses_a_character(scalar, text, shift, findings):
        return None
    tree = _parsed(scalar, text, shift, findings)
    if tree is None:
        return None
    trees[text] = tree
    return ParsedText(scalar, text, shift, tree)


def _refuses_a_character(scalar: Scalar, text: str, shift: int, findings: Findings) -> bool:
    """Report the first character outside quotes that Python would take but rules do not."""
    index = _first_refused(text)
    if index is None:
        return False
    if _is_foreign(scalar, text, shift, findings):
        return True
    for pattern, report in _REPORTS:
        for found in pattern.finditer(text):
            if found.start() < index < found.end():
                report(
                    found[0], scalar.place_of(shift + found.start(), shift + found.end()), findings
                )
                return True
    blank = odd_blank(text[index])
    findings.error(
        "expression-syntax",
        scalar.place_of(shift + index, shift + index + 1),
        f"{blank or f'`{text[index]}`'} has no meaning in an expression here",
        help="write a blank of the keyboard instead"
        if blank
        else _INSTEAD.get(text[index], _PLAIN_HELP),
    )
    return True


def _is_foreign(scalar: Scalar, text: str, shift: int, findings: Findings) -> bool:
    """Report a form of other languages in an expression that cannot be read."""
    found = for_expression(text)
    if found is None:
        return False
    start, end, help_ = found
    findings.error(
        "expression-syntax",
        scalar.place_of(shift + start, shift + end),
        f"`{text[start:end]}` has no meaning in an expression here",
        help=help_,
    )
    return True


def _report_percent(text: str, place: Place, findings: Findings) -> None:
    findings.error(
        "percent",
        place,
        f"`{text}` is a percentage, but a plain number is expected",
        help=f"write {Decimal(text.rstrip('% ')) / 100}",
    )


def _report_glued(text: str, place: Place, findings: Findings) -> None:
    findings.error(
        "expression-syntax",
        place,
        f"`{text}` runs a number into a word",
        help="put a blank between the two",
    )


_THOUSANDS = re.compile(r"\b[0-9]+(?:\.[0-9]+)*,[0-9]+(?:[.,][0-9]+)*\b")
_PERCENT = re.compile(r"\b[0-9]{1,18}(?:\.[0-9]{1,18})? ?%")
# Python reads these with a warning of its own, printed to whoever loads the policy.
_GLUED = re.compile(
    r"(?:(?<![\w.])(?:0[xX][0-9a-fA-F_]+?|0[bBoO][0-7_]+|[0-9][0-9_.]*)|\.[0-9][0-9_]*)"
    r"(?:[eE][+-]?[0-9_]+)?[jJ]?(?:and|else|for|if|in|is|not|or)"
)
_REPORTS = (
    (_THOUSANDS, report_thousands_comma),
    (_PERCENT, _report_percent),
    (_GLUED, _report_glued),
)
_PLAIN_HELP = "use plain names, numbers, quoted words and the operators of the language reference"
_INSTEAD = {
    "=": "write `==` to compare",
    "!": "write `not`",
    "&": "write `and`",
    "|": "write `or`",
    ",": "a comma stands inside brackets only",
    "%": "write 0.25 for 25 percent",
    "\u2265": "write `>=`",
    "\u2264": "write `<=`",
    "\u2260": "write `!=`",
    "\u2212": "write `-`",
    "\u00d7": "write `*`",
    **dict.fromkeys("\u2018\u2019\u201c\u201d", "write straight quotation marks"),
}


# Nothing here is refused: names, plain numbers, and most operators, and so most expressions.
_PLAIN = re.compile(
    r"(?:[A-Za-z_]\w*+(?:\.[A-Za-z_]\w*+)*+|[0-9]++(?:\.[0-9]++)?(?![\w.])|[<>=!]=|[-+*/<>() ])*+",
    re.ASCII,
)


def _first_refused(text: str) -> int | None:
    if _PLAIN.fullmatch(text):
        return None
    quote, depth = "", 0
    for index, character in enumerate(text):
        if quote:
            if character == "\\":
                return index
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
            if index and (text[index - 1].isalnum() or text[index - 1] in "'\""):
                return index - 1  # a prefix such as f'...', or strings that stand together
        elif _is_refused(text, index, depth):
            return index
        elif character in ".0123456789" and (glued := _GLUED.match(text, index)):
            return glued.end() - 1
        else:
            depth += _opened(character)
    return None


def _opened(character: str) -> int:
    return (character in "([{") - (character in ")]}")


def _is_refused(text: str, index: int, depth: int) -> bool:
    character = text[index]
    match character:
        case "=":
            around = text[max(0, index - 1) : index + 2]
            return not any(op in around for op in ("==", "!=", "<=", ">="))
        case "!":
            return text[index + 1 : index + 2] != "="
        case ",":
            return depth <= 0
        case _:
            return not character.isascii() or character in "#\\;:%&|"


def _parsed(scalar: Scalar, text: str, shift: int, findings: Findings) -> ast.expr | None:
    try:
        tree = None if _has_too_many_brackets(text) else ast.parse(text, mode="eval").body
    except SyntaxError as error:
        if _is_foreign(scalar, text, shift, findings):
            return None
        # without an offset, or with one beyond the text, its end is what is wrong
        column = min((error.offset or len(text)) - 1, len(text) - 1)
        findings.error(
            "expression-syntax",
            scalar.place_of(shift + column, shift + column + 1),
            "the expression cannot be read from here",
            help="look for a missing operator, bracket or quote"
            if text.count("(") <= text.count(")")
            else "close the bracket; inside { } put quotes around an expression with a comma",
        )
        return None
    except (MemoryError, RecursionError):  # how Python says that something is nested too deep
        tree = None
    if tree is None or _depth(tree) > DEEPEST:
        findings.error(
            "expression-too-large",
            scalar.place,
            f"the expression is nested more than {DEEPEST} deep",
            help="name parts of it under `define`",
        )
        return None
    return tree


def _has_too_many_brackets(text: str) -> bool:
    """Whether more are open at once than are read; those in quoted words count, which is rare."""
    if sum(map(text.count, "([{")) <= DEEPEST:
        return False
    most = depth = 0
    for character in text:
        depth += _opened(character)
        most = max(most, depth)
    return most > DEEPEST


def _depth(tree: ast.expr) -> int:
    depth, level = 0, [tree]
    while level and depth <= DEEPEST:
        depth += 1
        level = [
            child
            for node in level
            for child in ast.iter_child_nodes(node)
            if isinstance(child, ast.expr)
        ]
    return depth if not level else DEEPEST + 1
