"""Where each character of a scalar's text stands in what was written.

The text was made by the parser of YAML or CSV; this follows the same rules (quotes, escapes,
folding, indentation) over the written form, so that a message can underline the very characters
it is about.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal

from remedykit.diagnostics import Place

Style = Literal["plain", "quoted", "block"]
Walk = Style | Literal["csv"]  # how to follow what is written
Span = tuple[int, int]  # offsets in the written form, the end excluded

_BREAKS = "\r\n"
_BLANKS = " \t\r\n"
_ESCAPE_LENGTHS = {"x": 4, "u": 6, "U": 10}  # backslash and letter included; all others: 2


class Written:
    """A scalar as it stands in the file, with its quotes (but for CSV) or its block header.

    The walk over it is done when a place is first asked for, which is when there is something to
    complain about, and kept: many complaints about one long text must not walk it each time.
    """

    __slots__ = ("_bounds", "_line_starts", "_style", "_text", "raw")

    def __init__(self, raw: str, style: Walk, text: str) -> None:
        """Keep the scalar as written, its style, and what the parser made of it."""
        self.raw = raw
        self._style: Walk = style
        self._text = text
        self._bounds: array[int] | None = None
        self._line_starts: list[int] | None = None

    def __eq__(self, other: object) -> bool:
        """Return whether the same stands in the file."""
        return isinstance(other, Written) and self.raw == other.raw

    def __hash__(self) -> int:
        """Return the hash of what stands in the file."""
        return hash(self.raw)

    def place_of(self, start: int, end: int, whole: Place) -> Place:
        """Return where the characters `start` to `end` of the text stand, the scalar at `whole`.

        Just after the last character it is the one position behind it; in a text without words it
        is `whole`.
        """
        bounds = self._walked()
        if not bounds:
            return whole
        first = bounds[2 * start] if 2 * start < len(bounds) else bounds[-1]
        after = bounds[2 * end - 1] if 2 * end <= len(bounds) else first + 1
        return Place(whole.file, *self._position(first, whole), *self._position(after, whole))

    def _walked(self) -> array[int]:
        """Return start and end of each character of the text, one after the other."""
        if self._bounds is None:
            spans = self._spans()
            self._bounds = array("L", (bound for span in spans for bound in span))
        return self._bounds

    def _spans(self) -> Iterator[Span]:
        match self._style:
            case "block":
                return _block(self.raw, self._text)
            case "csv":
                return _csv(self.raw)
            case _:
                return _flowing(self.raw)

    def _position(self, offset: int, whole: Place) -> tuple[int, int]:
        if self._line_starts is None:
            ends = (index for index, character in enumerate(self.raw) if character == "\n")
            self._line_starts = [0, *(end + 1 for end in ends)]
        line = bisect_right(self._line_starts, offset) - 1
        column = offset - self._line_starts[line]
        return whole.line + line, column + (1 if line else whole.column)


def _csv(raw: str) -> Iterator[Span]:
    """Follow the inside of a quoted cell: doubled quotes, and line ends of two characters."""
    position = 0
    while position < len(raw):
        width = 2 if raw.startswith(('""', "\r\n"), position) else 1
        yield position, position + width
        position += width


def _flowing(raw: str) -> Iterator[Span]:
    """Follow a bare or quoted scalar: escapes, doubled quotes, folded lines."""
    quote = raw[0] if raw[0] in "'\"" else ""
    position, stop = len(quote), len(raw) - len(quote)
    while position < stop:
        if quote == '"' and raw[position] == "\\" and raw[position + 1] in _BREAKS:
            breaks, position = _blank_run(raw, position + 1, stop)
            yield from breaks[1:]  # the escaped line end is nothing, further ones stand
        elif raw[position] in _BLANKS:
            breaks, end = _blank_run(raw, position, stop)
            blanks = [(offset, offset + 1) for offset in range(position, end)]
            yield from breaks[1:] or breaks or blanks  # a single line end is a blank
            position = end
        else:
            width = _width(raw, position, quote)
            yield position, position + width
            position += width


def _width(raw: str, position: int, quote: str) -> int:
    if quote == '"' and raw[position] == "\\":
        return _ESCAPE_LENGTHS.get(raw[position + 1], 2)
    return 2 if quote == "'" and raw[position] == "'" else 1


def _blank_run(raw: str, position: int, stop: int) -> tuple[list[Span], int]:
    """Return the line ends among the blanks from `position` on, and where the next word starts."""
    breaks: list[Span] = []
    while position < stop and raw[position] in _BLANKS:
        if raw[position] == "\n":
            breaks.append((position, position + 1))
        position += 1
    return breaks, position


def _block(raw: str, text: str) -> Iterator[Span]:
    """Follow a literal or folded block: indentation is no text, folding drops or changes breaks."""
    written = _unindented(raw, text) if text.strip(" \n") else array("L")
    position = index = 0
    while index < len(written) and position < len(text):
        run = _run_of_breaks(raw, written, index)
        kept = _breaks_kept(text, position, run) if run else 1
        index += max(run, 1)
        position += kept
        yield from ((offset, offset + 1) for offset in written[index - kept : index])


def _run_of_breaks(raw: str, written: array[int], index: int) -> int:
    run = 0
    while index + run < len(written) and raw[written[index + run]] == "\n":
        run += 1
    return run


def _breaks_kept(text: str, position: int, run: int) -> int:
    """Return how many of a `run` of line ends have a character in the text."""
    kept = 0
    while kept < run and text[position + kept : position + kept + 1] == "\n":
        kept += 1
    return 1 if run == 1 else kept


def _unindented(raw: str, text: str) -> array[int]:
    """Return the offsets of what is left of a block when header and indentation are taken away."""
    body = raw.index("\n") + 1
    indentation = _first_indentation(raw, body) - _first_indentation(text, 0)
    kept = array("L")
    position = body
    while position < len(raw):
        end = raw.find("\n", position)
        end = len(raw) if end < 0 else end + 1
        line = raw[position:end]
        blanks = min(indentation, len(line) - len(line.lstrip(" ")))
        kept.extend(offset for offset in range(position + blanks, end) if raw[offset] != "\r")
        position = end
    return kept


def _first_indentation(text: str, start: int) -> int:
    """Return the number of blanks before the first word, on its line."""
    first = len(text) - len(text[start:].lstrip(" \r\n"))
    return first - max(text.rfind("\n", start, first) + 1, start)
