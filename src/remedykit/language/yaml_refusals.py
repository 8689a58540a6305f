"""What a source file may not contain although YAML allows it, each with its own message."""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import attrgetter
from typing import NoReturn

import yaml

from remedykit.diagnostics import Findings, Place
from remedykit.language.source import Node, Scalar, advanced
from remedykit.language.yaml_faults import FORBIDDEN, character_name, syntax_fault, tag_help

MAX_DEPTH = 64
MAX_NODES = 200_000  # keys, texts, lists and mappings of a file
MAX_FAULTS = 20  # of a file; what comes after so many is most likely caused by them

_DIRECTIVE = re.compile(r"^(?P<directive>%.*)", re.MULTILINE)
# possessive (*+): to remember a million empty lines for going back would take 200 MB
_DIRECTIVE_FIRST = re.compile(r"(?:[ \t]*(?:#.*)?\r?\n)*+(?P<directive>%.*)")
_ODD_BLANK = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_ODD_INDENTATION = re.compile(rf"^[ \t]*+(?P<blank>{_ODD_BLANK.pattern})", re.MULTILINE)
_WORD = re.compile(r"[^\s,\]}]*")
_NO_KEYS = frozenset({"", "<<"})  # of texts without quotes
_ORDINARY = bytes(range(0x20, 0x7F)) + b"\t\n"  # never refused, and nearly all that is written

NodeEvent = yaml.ScalarEvent | yaml.CollectionStartEvent | yaml.AliasEvent


class StopReadingError(Exception):
    """The rest of this file is not worth reading; why has been reported."""


class Refusals:
    """Checks one file while it is read and reports what it refuses.

    Attributes:
        usable: whether what was read can stand for the file in spite of the faults found.
    """

    def __init__(self, name: str, text: str, findings: Findings) -> None:
        """Check the file `name`, in which `text` stands."""
        self.usable = True
        self._name = name
        self._text = text
        self._findings = findings
        self._faults = 0
        self._document_ended = False

    # --- the whole file ------------------------------------------------------------------------

    def check_characters(self) -> None:
        """Refuse the file if a character in it cannot be seen."""
        others = self._text.encode().translate(None, _ORDINARY).decode()
        if not (FORBIDDEN.search(others) or _ODD_BLANK.search(others)):
            return
        for found in FORBIDDEN.finditer(self._text):
            self.usable = False
            if found.group() == "\r":
                self._fault_in_line_ends(self.place(found.start(), found.end()))
            self._fault_in_character(found.group(), self.place(found.start(), found.end()))
        indented = _ODD_INDENTATION.search(self._text)
        if indented:
            self._fault(
                "forbidden-character",
                self.place(*indented.span("blank")),
                f"{character_name(indented['blank'])} stands where the line is indented",
                "indent with blanks of the keyboard",
            )
        if not self.usable or indented:
            raise StopReadingError

    def _fault_in_line_ends(self, place: Place) -> None:
        self._fault(
            "forbidden-character",
            place,
            "a carriage return alone ends no line",
            "save the file with the line ends LF or CR LF",
        )
        raise StopReadingError

    def check_beginning(self) -> None:
        """Refuse a directive before the content."""
        self._directive(_DIRECTIVE_FIRST.match(self._text))

    def broken(self, complaint: str, begin: int, stop: int) -> None:
        """Report broken syntax (see `syntax_fault`) and stop."""
        told = syntax_fault(self._text, complaint, begin, stop)
        also = None
        if told.stopped is not None:
            also = (self.place(told.stopped, told.stopped + 1), "reading stopped here")
        place = self.place(told.start, told.end)
        self._fault(told.code, place, told.message, told.help, also)
        raise StopReadingError

    def begin_document(self, event: yaml.DocumentStartEvent) -> None:
        """Refuse a second document."""
        if self._document_ended:
            start = marks_of(event)[0].index
            self._fault(
                "several-documents",
                self.place(start, start + 3),
                "a second document begins here",
                "put it into a file of its own",
            )
            raise StopReadingError

    def end_document(self, event: yaml.DocumentEndEvent) -> None:
        """Refuse directives for a second document, which the parser takes long to read."""
        self._document_ended = True
        self._directive(_DIRECTIVE.search(self._text, marks_of(event)[1].index))

    def _directive(self, found: re.Match[str] | None) -> None:
        if found:
            self._fault(
                "yaml-directive",
                self.place(*found.span("directive")),
                "a line that begins with `%` is a directive to the parser",
                "remove the line; put quotes around a text that begins with `%`",
            )
            raise StopReadingError

    # --- each node -----------------------------------------------------------------------------

    def too_many_nodes(self, event: NodeEvent) -> NoReturn:
        """Stop at the first node beyond `MAX_NODES`."""
        self._fault(
            "too-many-nodes",
            self._place_at(event),
            f"the file has more than {MAX_NODES} keys and values",
            "split it into several files of the same folder",
        )
        raise StopReadingError

    def too_deep(self, event: yaml.CollectionStartEvent) -> NoReturn:
        """Stop at a list or mapping that begins inside `MAX_DEPTH` others."""
        self._fault(
            "too-deep",
            self._place_at(event),
            f"lists and mappings are nested more than {MAX_DEPTH} levels deep",
            "close the brackets, or use fewer levels",
        )
        raise StopReadingError

    def properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        """Report the anchor and the tag before a node, if there are any."""
        start = marks_of(event)[0].index
        # a lone `!` before a text is known from the file only
        tagged = event.tag is not None or (
            isinstance(event, yaml.ScalarEvent) and self._text.startswith("!", start)
        )
        if event.anchor is not None:
            self._property(
                "yaml-anchor",
                self._text.find("&", start),
                "would name this place of the file",
                "remove it; put quotes around a text that begins with `&`",
            )
        if tagged:
            tag = self._text.find("!", start)
            problem = "is read as a tag, not as a text"
            self._property("yaml-tag", tag, problem, tag_help(self._text, tag))

    def _property(self, code: str, start: int, problem: str, help_: str) -> None:
        word = _WORD.match(self._text, start)
        end = max(word.end() if word else start, start + 1)
        found = self._text[start:end]
        self._fault(code, self.place(start, end), f"`{found}` {problem}", help_)

    def alias(self, event: yaml.AliasEvent) -> Place:
        """Report an alias and return its place."""
        place = self.place(*(mark.index for mark in marks_of(event)))
        self.usable = False
        self._fault(
            "yaml-alias",
            place,
            f"`*{event.anchor}` would repeat another place of the file",
            "write it out; put quotes around a text that begins with `*`",
        )
        return place

    def check_escapes(self, scalar: Scalar) -> None:
        """Refuse what may not stand in a file in the shape of an escape either."""
        found = FORBIDDEN.search(scalar.text)
        if found:
            self._fault_in_character(found.group(), scalar.place_of(found.start(), found.end()))

    # --- keys ----------------------------------------------------------------------------------

    def key(self, node: Node) -> Scalar:
        """Return a node as a key; if it cannot be one, report it and return another key."""
        if isinstance(node, Scalar) and (
            node.style == "quoted" or (node.style == "plain" and node.text not in _NO_KEYS)
        ):
            return node
        if isinstance(node, Scalar) and node.text == "<<" and node.style == "plain":
            self._fault(
                "merge-key",
                node.place,
                "`<<` would merge another mapping into this one",
                "write the entries out, so that each file says what it means",
            )
        else:
            self._fault(
                "complex-key",
                node.place,
                "only a text on one line can be a key",
                "write `key: value`; put quotes around a key that begins with `{` or `[`",
            )
        self.usable = False
        return Scalar(str(node.place), "plain", *node.place)  # equal to no other key

    def duplicate_key(self, key: Scalar, first: Scalar) -> None:
        """Report a key that stands twice in one mapping."""
        self._fault(
            "duplicate-key",
            key.place,
            f"`{key.text}` stands twice in the same mapping",
            "remove one of the two, or make one of both",
            (first.place, "it stands here first"),
        )

    # --- places --------------------------------------------------------------------------------

    def place(self, start: int, end: int) -> Place:
        """Return the place between two offsets of the text; slow, for faults only."""
        first = advanced((1, 1), self._text[:start])
        last = advanced(first, self._text[start:end])
        if end > len(self._text):  # a fault at the end of the file is one character wide
            last = (last[0], last[1] + 1)
        return Place(self._name, *first, *last)

    def _place_at(self, event: NodeEvent) -> Place:
        start = marks_of(event)[0].index
        return self.place(start, start + 1)

    # --- reporting -----------------------------------------------------------------------------

    def _fault_in_character(self, character: str, place: Place) -> None:
        self._fault(
            "forbidden-character",
            place,
            f"{character_name(character)} cannot be seen and is not allowed",
            "delete it; copied text often brings such characters along",
        )

    def _fault(
        self,
        code: str,
        place: Place,
        message: str,
        help_: str,
        also: tuple[Place, str] | None = None,
    ) -> None:
        self._findings.error(code, place, message, help=help_, also=also)
        self._faults += 1
        if self._faults == MAX_FAULTS:
            self._findings.error(
                "too-many-faults",
                place,
                f"the file was read up to here: {MAX_FAULTS} faults are enough",
                help="mend those above first",
            )
            raise StopReadingError


# Where an event begins and ends; the parser always says.
marks_of: Callable[[yaml.Event], tuple[yaml.Mark, yaml.Mark]] = attrgetter("start_mark", "end_mark")
