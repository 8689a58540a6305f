"""What may not stand in a source file, in an author's words: characters and broken syntax."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

# Control, zero-width, bidirectional and other characters that cannot be seen but change what is
# read. Marks that are visible (such as the Arabic number sign) and those that choose the picture of
# an emoji may stand.
FORBIDDEN = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5"
    "\\u180b-\\u180f\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ud800-\\udfff\\ufeff"
    "\\uffa0\\ufff0-\\ufffb\\ufffe\\uffff\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a"
    "\\U000e0000-\\U000e0fff]|\\r(?!\\n)"
)


_UNEQUAL = re.compile(r"!=[ \t]*(?P<value>[^\s,\]}]*)")


def tag_help(text: str, start: int) -> str:
    """Return what to do about the tag that begins at an offset of the text."""
    unequal = _UNEQUAL.match(text, start)
    if unequal:
        return f"write `{{not: {unequal['value'] or '...'}}}`"
    return "remove it; put quotes around a text that begins with `!`"


def character_name(character: str) -> str:
    """Return a visible name of a character, such as ``U+202E (right-to-left override)``."""
    name = unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntaxFault:
    """Broken syntax, told to an author.

    Attributes:
        code: the code of the diagnostic.
        message: one line.
        help: what to do about it.
        start: offset of the fault in the text.
        end: offset of its end.
        stopped: offset at which reading stopped, where that is worth showing too.
    """

    code: str
    message: str
    help: str
    start: int
    end: int
    stopped: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A kind of complaint of the parser: how to know it, and what to say instead.

    Attributes:
        words: stand in the parser's complaint.
        span: must match what is underlined; its text may stand as ``{found}`` in the message.
        at: whether the fault is where reading stopped or where the broken thing began.
    """

    words: str
    message: str
    help: str
    code: str = "yaml-syntax"
    span: str = r"\S?"
    at: Literal["stop", "begin"] = "stop"


_TAB = "a tab stands where the line is indented"
_SPACES = "indent with spaces"
COMPARISON_HELP = (
    "in a test write a range: `25<..` for more than 25, `25..` for at least 25; in an expression"
    " name the fact first: `order.total > 25`"
)
_KNOWN = (
    _Known(words="tab character", span=r"\t+", code="tab-indentation", message=_TAB, help=_SPACES),
    _Known(
        words="cannot start any token",
        span=r"\t+",
        code="tab-indentation",
        message=_TAB,
        help=_SPACES,
    ),
    _Known(
        words="cannot start any token",
        span=r">=?[ \t]*[^\s,\]}]*",
        code="unquoted-comparison",
        message="`{found}` is not a test",
        help=COMPARISON_HELP,
    ),
    _Known(
        words="scanning a block scalar",
        span=r">(=[ \t]*|[ \t]*[-+.\d])[^\s,\]}]*",
        at="begin",
        code="unquoted-comparison",
        message="`{found}` is not a test",
        help=COMPARISON_HELP,
    ),
    _Known(
        words="scanning a block scalar",
        at="begin",
        span=r"[^\s]*",
        message="the text after `{found}` must start on the next line",
        help="indent the text below; or put quotes around it if it begins with `|`",
    ),
    _Known(
        words="cannot start any token",
        message="a text cannot begin with `{found}`",
        help="put quotes around the text",
    ),
    _Known(
        words="scanning an alias",
        at="begin",
        span=r"\*[^\s,\]}]*",
        code="yaml-alias",
        message="`{found}` would repeat another place of the file",
        help="put quotes around a text that begins with `*`",
    ),
    _Known(
        words="scanning an anchor",
        at="begin",
        span=r"&[^\s,\]}]*",
        code="yaml-anchor",
        message="`{found}` would name this place of the file",
        help="put quotes around a text that begins with `&`",
    ),
    _Known(
        words=" tag",
        at="begin",
        span=r"![^\s,\]}]*",
        code="yaml-tag",
        message="`{found}` is read as a tag, not as a text",
        help="",  # see `tag_help`
    ),
    _Known(
        words="unknown escape character",
        span=r"\\?.",
        message="`{found}` in double quotes stands for no character",
        help="write `\\\\` for a backslash, or use single quotes",
    ),
    _Known(
        words="hexdecimal number",
        span=r"\w*",
        message="`{found}` is no number of a character",
        help="write `\\\\` for a backslash, or use single quotes",
    ),
    _Known(
        words="escape sequence of",
        span=r"\w*",
        message="`{found}` is no number of a character",
        help="write `\\\\` for a backslash, or use single quotes",
    ),
    _Known(
        words="invalid Unicode character escape",
        span=r"\w*",
        message="`{found}` is no number of a character",
        help="write the character itself",
    ),
    _Known(
        words="quoted scalar",
        at="begin",
        span=r"['\"]",
        message="this quotation mark is never closed",
        help="close it at the end of the text; within single quotes write `''` for an apostrophe",
    ),
    _Known(
        words="a flow sequence",
        at="begin",
        message="this list is not closed, or a comma is missing in it",
        help="close the list with `]`, and put commas between its elements",
    ),
    _Known(
        words="a flow mapping",
        at="begin",
        message="this mapping is not closed, or a comma is missing in it",
        help="close the mapping with `}`, and put commas between its entries",
    ),
    _Known(
        words="simple key",
        at="begin",
        span=r"[^\r\n]*[^\s]",
        message="`:` is missing after this",
        help="write `key: value`; indent the line if it continues the text above",
    ),
    _Known(
        words="mapping values are not allowed",
        message="a `:` cannot stand here",
        help="put quotes around a text with `: ` in it; lines that belong together start in the"
        " same column",
    ),
    _Known(
        words="sequence entries are not allowed",
        message="a list cannot begin here",
        help="write `- ` on a line of its own below the key, or the list as `[a, b]`",
    ),
    _Known(
        words="node content",
        message="`{found}` does not fit here",
        help="remove it, or put quotes around the text",
    ),
    _Known(
        words="",
        span=r"(?<=['\"] )[^\s,:\]}]+(?!:)",
        message="`{found}` stands behind the closing quotation mark",
        help="put quotes around the whole, of the kind that is not inside:"
        " \"'photo' in incident.evidence\"",
    ),
    _Known(
        words="",
        span=r"(?<=')[^\s,:\]}]+",
        message="`{found}` stands behind the closing quotation mark",
        help="write an apostrophe within single quotes as `''`, or use double quotes",
    ),
    _Known(
        words="",
        span=r"\S*",
        message="`{found}` does not fit to what stands before it",
        help="lines that belong together start in the same column; a text with quotes or brackets"
        " inside needs quotes around all of it",
    ),
)
_UNCLOSED = ("a flow sequence", "a flow mapping")


def syntax_fault(text: str, complaint: str, begin: int, stop: int) -> SyntaxFault:
    """Return what to say about broken syntax.

    Args:
        text: the text of the file.
        complaint: what the YAML parser says about it.
        begin: offset at which the broken thing began.
        stop: offset at which reading stopped.
    """
    return next(
        fault
        for known in _KNOWN
        if (fault := _told(known, text, complaint, begin, stop)) is not None
    )


def _told(known: _Known, text: str, complaint: str, begin: int, stop: int) -> SyntaxFault | None:
    start = begin if known.at == "begin" else stop
    found = re.compile(known.span).match(text, start)
    if known.words not in complaint or found is None:
        return None
    return SyntaxFault(
        code=known.code,
        message=known.message.replace("{found}", found.group() or "the end of the line"),
        help=known.help or tag_help(text, start),
        start=start,
        end=max(found.end(), start + 1),
        stopped=stop if known.words in _UNCLOSED else None,
    )
