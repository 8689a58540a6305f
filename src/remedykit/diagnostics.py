"""Messages about policy files: code, text, place, quoted line with carets, help."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Place(NamedTuple):
    """A stretch of a file: lines and columns count characters from 1, the end is excluded.

    A named tuple, no frozen dataclass: one is made for each word of a policy, and a named tuple is
    made in a third of the time.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        """Return ``file:line:column``."""
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Quote:
    """A place with the text of its first line, and what stands there."""

    place: Place
    line: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One message about a policy file.

    Attributes:
        code: kebab-case, never renamed; ``docs/errors/<code>.md`` explains it.
        message: one line, in the author's words.
        quote: the place and its line.
        help: what to do about it, or an empty text.
        also: the second place of a conflict.
        example: lines of a situation that shows it, as a scenario has them.
        severity: an ``error`` refuses the policy, a ``warning`` does not.
    """

    code: str
    message: str
    quote: Quote
    help: str = ""
    also: Quote | None = None
    example: tuple[str, ...] = ()
    severity: Severity = "error"

    @property
    def place(self) -> Place:
        """Where it is."""
        return self.quote.place

    @property
    def underlined(self) -> str:
        """The words under the carets."""
        start, end = _caret_columns(self.quote)
        return self.quote.line[start - 1 : end - 1]

    def render(self) -> str:
        """Return the message as shown to an author: place, code, quoted line, carets, help."""
        lines = [f"{self.place}: {self.severity}[{self.code}]: {printable(self.message)}"]
        quotes = [self.quote] + ([self.also] if self.also else [])
        margin = max(len(str(quote.place.line)) for quote in quotes) + 1
        for index, quote in enumerate(quotes):
            if index:
                lines.append(f"{' ' * margin} ::: {quote.place}: {printable(quote.label)}")
            lines.extend(_quoted(quote, margin))
        if self.help:
            lines.append(f"{' ' * margin} = help: {printable(self.help)}")
        if self.example:
            lines.append(f"{' ' * margin} = example:")
            lines += [f"{' ' * margin}     {printable(line)}" for line in self.example]
        return "\n".join(lines)


MOST_FINDINGS = 100  # errors; after so many, a policy is not read further
_LONGEST_MESSAGE = 300  # characters; a message that quotes a huge word is cut


class TooManyFindings(Exception):  # noqa: N818 - a signal between layers, never shown to a caller
    """Stops the reading of a policy that has `MOST_FINDINGS` faults already."""


@dataclass(slots=True)
class Findings:
    """Collects diagnostics while one policy is read, so that all are reported at once."""

    sources: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    found: list[Diagnostic] = field(default_factory=list[Diagnostic])
    _errors: int = 0

    def add_source(self, name: str, lines: tuple[str, ...]) -> None:
        """Make the lines of a file known, so that messages about it can quote them."""
        self.sources[name] = lines

    def error(
        self,
        code: str,
        place: Place,
        message: str,
        *,
        help: str = "",
        also: tuple[Place, str] | None = None,
    ) -> None:
        """Report a fault that refuses the policy."""
        self._add("error", code, place, message, help, also)

    def warning(
        self,
        code: str,
        place: Place,
        message: str,
        *,
        help: str = "",
        also: tuple[Place, str] | None = None,
        example: tuple[str, ...] = (),
    ) -> None:
        """Report something that is most likely not meant, but can be decided with."""
        self._add("warning", code, place, message, help, also, example)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The errors, in the order of their place."""
        return tuple(item for item in self.sorted() if item.severity == "error")

    def sorted(self) -> tuple[Diagnostic, ...]:
        """Everything found, in the order of place and code; the same message only once."""
        return tuple(
            sorted(
                dict.fromkeys(self.found), key=lambda item: (item.place, item.code, item.message)
            )
        )

    def _add(
        self,
        severity: Severity,
        code: str,
        place: Place,
        message: str,
        help_: str,
        also: tuple[Place, str] | None,
        example: tuple[str, ...] = (),
    ) -> None:
        self.found.append(
            Diagnostic(
                code=code,
                message=_cut(message),
                quote=self._quote(place, ""),
                help=_cut(help_),
                also=self._quote(also[0], _cut(also[1])) if also else None,
                example=example,
                severity=severity,
            )
        )
        if severity == "error":
            self._errors += 1
            if self._errors >= MOST_FINDINGS:
                raise TooManyFindings

    def _quote(self, place: Place, label: str) -> Quote:
        lines = self.sources.get(place.file, ())
        line = lines[place.line - 1] if 0 < place.line <= len(lines) else ""
        return Quote(place, line, label)


def printable(text: str) -> str:
    """Return text without what could drive a terminal or hide words.

    Control, bidirectional and zero-width characters are shown by their code point; nothing else
    is changed.
    """
    return "".join(
        character
        if unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        else f"\\u{ord(character):04x}"
        for character in text
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_MESSAGE else f"{text[:_LONGEST_MESSAGE]} …"


def _caret_columns(quote: Quote) -> tuple[int, int]:
    place = quote.place
    end = place.end_column if place.end_line == place.line else len(quote.line) + 1
    return place.column, max(end, place.column + 1)


_QUOTE_WIDTH = (
    160  # characters of a quoted line that are shown; longer lines are cut around the fault
)


def _quoted(quote: Quote, margin: int) -> list[str]:
    """The line, cut around the fault if it is long, and the carets under it; no empty line."""
    if not quote.line:
        return []
    start, end = _caret_columns(quote)
    cut = len(quote.line) > _QUOTE_WIDTH
    first = max(0, start - 1 - _QUOTE_WIDTH // 2) if cut else 0
    last = min(len(quote.line), first + _QUOTE_WIDTH)
    line = quote.line.replace("\t", " ")
    before = printable(line[first : start - 1])
    under = printable(line[start - 1 : min(end - 1, last)])
    after = printable(line[min(end - 1, last) : last])
    return [
        f"{quote.place.line:>{margin}} | {before}{under}{after}",
        f"{' ' * margin} | {' ' * len(before)}{'^' * max(1, len(under))}",
    ]
