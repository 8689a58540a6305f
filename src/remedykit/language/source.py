"""The nodes of a source file: text and structure with exact places, nothing resolved.

A reader makes them from YAML (see `yaml_reader`). A scalar keeps its text as it was written; what
it means (a number, a time, a word) is decided by who reads it, never by how YAML would.

Nodes are named tuples, no frozen dataclasses: a policy of a thousand rules has thirty thousand,
and a named tuple is made in half the time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from remedykit.diagnostics import Place
from remedykit.language.scalar_text import Style, Written


class Scalar(NamedTuple):
    """A text of the file. Where nothing is written after a key, it is plain and empty.

    Where it stands is kept as numbers, and made a `Place` when it is asked for: most never are.

    Attributes:
        text: the text, with quotes removed, escapes resolved and lines folded.
        style: whether it stands bare, in quotes, or as a block (``|`` or ``>``).
        file: its file, as in places.
        line: of its first character, the opening quote included.
        column: of its first character.
        end_line: behind its last character, the closing quote included; it is one character wide
            if empty and plain.
        end_column: behind its last character.
        written: what stands in the file, where that is not `text` itself on one line, bare or
            between quotes.
    """

    text: str
    style: Style
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    written: Written | None = None

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.file, self.line, self.column, self.end_line, self.end_column)

    def place_of(self, start: int, end: int) -> Place:
        r"""Return where the characters `start` to `end` (excluded) of `text` stand in the file.

        Escapes (``\u00e9``), doubled quotes and folded lines are followed to their source. An
        empty stretch is shown as the one character at `start`, and one outside the text as the
        whole scalar.
        """
        if not 0 <= start <= end <= len(self.text):
            return self.place
        last = max(end, start + 1)
        if self.written is not None:
            return self.written.place_of(start, last, self.place)
        begin = self.column + 1 if self.style == "quoted" else self.column
        return Place(self.file, self.line, begin + start, self.line, begin + last)


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    place: Place


class Entry(NamedTuple):
    """A key of a mapping and its value."""

    key: Scalar
    value: Node


class Mapping(NamedTuple):
    """A mapping, in the order of the file. No two keys have the same text."""

    entries: tuple[Entry, ...]
    place: Place

    def get(self, name: str) -> Entry | None:
        """Return the entry whose key is `name`, or ``None``."""
        for entry in self.entries:
            if entry.key.text == name:
                return entry
        return None


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was read.

    Attributes:
        name: as it stands in places.
        text: the whole text, without a byte order mark.
        lines: its lines, without line ends.
        root: its top node; ``None`` if nothing but blanks and comments stands in it.
    """

    name: str
    text: str = field(repr=False)
    lines: tuple[str, ...] = field(repr=False)
    root: Node | None


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a text, without their ends (LF or CR LF)."""
    lines = text.split("\n")
    return tuple([line.removesuffix("\r") for line in lines] if "\r" in text else lines)


def advanced(position: tuple[int, int], text: str) -> tuple[int, int]:
    """Return the line and column behind a text that starts at `position`."""
    line, column = position
    breaks = text.count("\n")
    return (line + breaks, len(text) - text.rindex("\n")) if breaks else (line, column + len(text))
