"""From the bytes of a YAML file to nodes with places, safely.

The parser's events are checked one by one while they come, so that a hostile file is refused at
the first event too many; the tree is built in the same pass and without recursion. What YAML can do
beyond lists, mappings and texts is refused (see `yaml_refusals`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import yaml

from remedykit.diagnostics import Findings, Place
from remedykit.language.scalar_text import Written
from remedykit.language.source import (
    Entry,
    Mapping,
    Node,
    Scalar,
    Sequence,
    SourceFile,
    advanced,
    lines_of,
)
from remedykit.language.yaml_refusals import (
    MAX_DEPTH,
    MAX_NODES,
    NodeEvent,
    Refusals,
    StopReadingError,
    marks_of,
)

MAX_BYTES = 1024 * 1024  # a file; what people write by hand is a hundredth of it

# The parser of libyaml; where PyYAML was built without it, its own, which is slow.
PARSER = cast("type[yaml.CSafeLoader]", getattr(yaml, "CSafeLoader", yaml.SafeLoader))

_PROPERTIES = re.compile(r"(?:[!&]\S*\s*|#.*\n\s*)*+")  # tag, anchor, and comments after them


def read_source(name: str, raw: bytes, findings: Findings) -> SourceFile | None:
    """Return the nodes of a YAML file, or ``None`` if it cannot be read.

    Whatever is wrong is reported to `findings`, which also learns the file's lines. After a tag, an
    anchor or a key that stands twice, the nodes are still returned (without them), so that the
    rest of the file can be checked too: whether to go on is the caller's choice.

    Args:
        name: the file's name, as it is to stand in places.
        raw: what stands in the file; UTF-8, with or without a byte order mark.
        findings: learns the lines and the faults.
    """
    text = decoded(name, raw, findings)
    if text is None:
        return None
    lines = lines_of(text)
    findings.add_source(name, lines)
    refusals = Refusals(name, text, findings)
    try:
        refusals.check_characters()
        refusals.check_beginning()
        root = _Reading(name, text, refusals).read()
    except StopReadingError:
        return None
    return SourceFile(name, text, lines, root) if refusals.usable else None


def decoded(name: str, raw: bytes, findings: Findings) -> str | None:
    """Return the text of a file without a byte order mark; ``None`` if it is none or too large."""
    if len(raw) > MAX_BYTES:
        findings.add_source(name, lines_of(raw[:1000].decode(errors="replace")))
        findings.error(
            "file-too-large",
            Place(name, 1, 1, 1, 2),
            f"the file has more than {MAX_BYTES} bytes (1 MiB)",
            help="split it into several files of the same folder",
        )
        return None
    try:
        return raw.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode().removeprefix("\ufeff")
        findings.add_source(name, lines_of(raw.decode(errors="replace").removeprefix("\ufeff")))
        line, column = advanced((1, 1), before)
        findings.error(
            "not-utf8",
            Place(name, line, column, line, column + 1),
            "the file is not in UTF-8",
            help="save it with the encoding UTF-8",
        )
        return None


@dataclass(slots=True)
class _OpenSequence:
    """A list whose end has not come yet."""

    event: yaml.SequenceStartEvent
    items: list[Node]
    last: Node | None = None  # of those that stand in it

    def add(self, node: Node, _: Refusals) -> None:
        self.items.append(node)
        self.last = node

    def closed(self, place: Place) -> Sequence:
        return Sequence(tuple(self.items), place)


@dataclass(slots=True)
class _OpenMapping:
    """A mapping whose end has not come yet."""

    event: yaml.MappingStartEvent
    entries: dict[str, Entry]
    key: Scalar | None = None
    last: Node | None = None  # of the values that stand in it

    def add(self, node: Node, refusals: Refusals) -> None:
        key = self.key
        if key is None:
            self.key = refusals.key(node)
            return
        first = self.entries.get(key.text)
        if first is None:
            self.entries[key.text] = Entry(key, node)
            self.last = node
        else:
            refusals.duplicate_key(key, first.key)
        self.key = None

    def closed(self, place: Place) -> Mapping:
        return Mapping(tuple(self.entries.values()), place)


class _Reading:
    """One pass over the events of one file."""

    def __init__(self, name: str, text: str, refusals: Refusals) -> None:
        self._name = name
        self._text = text
        self._refusals = refusals
        self._open: list[_OpenSequence | _OpenMapping] = []
        self._root: Node | None = None
        self._nodes = 0

    def read(self) -> Node | None:
        """Return the top node, ``None`` if there is none."""
        for event in self._events():  # asked by what there is most of: a policy has thousands
            if isinstance(event, yaml.ScalarEvent):
                self._count(event)
                self._add(self._scalar(event))
            elif isinstance(event, yaml.CollectionEndEvent):
                self._end(event)
            elif isinstance(event, yaml.MappingStartEvent):
                self._begin(_OpenMapping(event, {}))
            elif isinstance(event, yaml.SequenceStartEvent):
                self._begin(_OpenSequence(event, []))
            else:
                self._other(event)
        return self._root

    def _other(self, event: yaml.Event) -> None:
        match event:
            case yaml.AliasEvent():
                self._count(event)
                self._add(Scalar("", "plain", *self._refusals.alias(event)))
            case yaml.DocumentStartEvent():
                self._refusals.begin_document(event)
            case yaml.DocumentEndEvent():
                self._refusals.end_document(event)
            case yaml.StreamStartEvent() | yaml.StreamEndEvent():
                pass
            case _:  # never: but if it were, the file must not be taken for an empty one
                raise TypeError(f"PyYAML gave event={event!r}, which is none of its own")

    def _events(self) -> Iterator[yaml.Event]:
        parser = PARSER(self._text)
        try:
            while (event := parser.get_event()) is not None:
                yield event
        except yaml.MarkedYAMLError as error:
            marks = [mark.index for mark in (error.context_mark, error.problem_mark) if mark]
            self._refusals.broken(f"{error.context} {error.problem}", marks[0], marks[-1])
        except (ValueError, OverflowError):  # PyYAML's own parser at an escape beyond Unicode
            escape = self._text.find("\\U") + 2
            self._refusals.broken("invalid Unicode character escape", escape, escape)
        finally:
            parser.dispose()

    def _begin(self, collection: _OpenSequence | _OpenMapping) -> None:
        event = collection.event
        self._count(event)
        if event.tag is not None or event.anchor is not None:
            self._refusals.properties(event)
        if len(self._open) >= MAX_DEPTH:
            self._refusals.too_deep(event)
        self._open.append(collection)

    def _count(self, event: NodeEvent) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._refusals.too_many_nodes(event)

    def _end(self, event: yaml.CollectionEndEvent) -> None:
        collection = self._open.pop()
        start, end, last = marks_of(collection.event)[0], marks_of(event)[1], collection.last
        bracket = collection.event.flow_style and self._text[end.index - 1] in "]}"
        if bracket or last is None:
            place = self._place(start, end)
        else:  # the parser's end is where the next thing begins
            end_of = last if isinstance(last, Scalar) else last.place
            whole = (start.line + 1, start.column + 1, end_of.end_line, end_of.end_column)
            place = Place(self._name, *whole)
        self._add(collection.closed(place))

    def _add(self, node: Node) -> None:
        if self._open:
            self._open[-1].add(node, self._refusals)
        elif node != Scalar("", "plain", *node.place):
            self._root = node

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        start, end = marks_of(event)
        first, text = start.index, self._text
        # a lone `!` before a text is known from the file only
        if event.tag is not None or event.anchor is not None or text.startswith("!", first):
            self._refusals.properties(event)
            return self._after_properties(event)
        if not event.style and start.line == end.line:
            line, column = start.line + 1, start.column + 1
            end_column = end.column + 1 if first != end.index else column + 1
            return Scalar(event.value, "plain", self._name, line, column, line, end_column)
        return self._written(event, self._place(start, end), text[first : end.index])

    def _written(self, event: yaml.ScalarEvent, place: Place, raw: str) -> Scalar:
        """Return a scalar that may be written otherwise than its text."""
        text = event.value
        if not event.style:
            return Scalar(text, "plain", *place, Written(raw, "plain", text))
        if event.style in "'\"":
            if text and raw[1:-1] == text and place.line == place.end_line:
                return Scalar(text, "quoted", *place)
            scalar = Scalar(text, "quoted", *place, Written(raw, "quoted", text))
            if "\\" in raw:
                self._refusals.check_escapes(scalar)
            return scalar
        # line ends and blanks below a block are not underlined
        end = advanced((place.line, place.column), raw.rstrip())
        start = (place.file, place.line, place.column)
        return Scalar(text, "block", *start, *end, Written(raw, "block", text))

    def _after_properties(self, event: yaml.ScalarEvent) -> Scalar:
        """Return the scalar after a tag or an anchor, as if they were not there."""
        start, end = (mark.index for mark in marks_of(event))
        properties = _PROPERTIES.match(self._text, start, end)
        content = properties.end() if properties else start
        if content == end:
            return Scalar("", "plain", *self._refusals.place(start, end))
        return self._written(event, self._refusals.place(content, end), self._text[content:end])

    def _place(self, start: yaml.Mark, end: yaml.Mark) -> Place:
        return Place(self._name, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
