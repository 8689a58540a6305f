"""Reading the files that are decided about (incident, customer, ...): exact values, no guessing.

JSON and YAML with the same content give the same tree. Numbers are ``int`` or ``Decimal``, never
``float``; what only YAML would take for a number, a time or a truth value (``1_000``, ``0x10``,
``12:30``, ``NO``) stays text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import assert_never

from remedykit.diagnostics import Diagnostic, Findings, Place, Quote, TooManyFindings
from remedykit.errors import InputError
from remedykit.language.fields import stray_comma
from remedykit.language.names import is_dotted
from remedykit.language.plain_json import Plain, Refused, number, parse_json
from remedykit.language.source import Entry, Mapping, Node, Scalar, Sequence, SourceFile
from remedykit.language.yaml_reader import read_source

_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_ABOUT_KEYS = ("unknown field ", "unknown key", "is no fact ")  # how such problems begin
_INDEX = re.compile(r"\[([0-9]{1,9})\]")


@dataclass(frozen=True, slots=True)
class PlainDocument:
    """What was read, and where it stood.

    Attributes:
        name: the file's name.
        tree: ``None``, ``bool``, ``int``, ``Decimal``, ``str``, and lists and dicts of these.
        source: the file with its places; ``None`` for JSON.
        lines_of: lines of the other files that parts of it were taken from, by their names.
    """

    name: str
    tree: Plain
    source: SourceFile | None = field(default=None, repr=False)
    lines_of: Map[str, tuple[str, ...]] = field(
        default_factory=dict[str, tuple[str, ...]], repr=False
    )

    def place_of(self, path: str, *, of_key: bool = False) -> Place | None:
        """Return the place of a value, such as ``incident.order.lines[3].price``.

        A list or mapping is shown by its key, and so is everything with `of_key`. Where the path
        goes on further than the file, it is the place of the last part that stands in it; ``None``
        if not even the first part does, and for JSON.
        """
        node = self.source.root if self.source else None
        place: Place | None = None
        while path and node is not None:
            entry, path = _step(node, path)
            node = entry.value if isinstance(entry, Entry) else entry
            if node is not None:
                place = _shown(entry, node, of_key=of_key)
        return place

    def located(self, error: InputError) -> InputError:
        """Return the error with file, line, column and the quoted line, where they are known."""
        about_key = error.problem.startswith(_ABOUT_KEYS)
        place = self.place_of(error.where, of_key=about_key)
        if place is None or self.source is None:
            return error
        message = f"{error.where}: {error.problem}"
        line = self.lines_of.get(place.file, self.source.lines)[place.line - 1]
        return _input_error(
            (Diagnostic(code="wrong-input", message=message, quote=Quote(place, line)),)
        )


def read_json_input(raw: bytes | str, name: str) -> PlainDocument:
    """Return the tree of a JSON file.

    Args:
        raw: what stands in the file; UTF-8, with or without a byte order mark.
        name: the file's name, for errors.

    Raises:
        InputError: if it is no JSON, has more than 16 MiB or 64 levels, a key that stands twice,
            a number with an exponent or more than 18 digits, ``NaN``, ``Infinity`` or half a
            character.
    """
    return PlainDocument(name, parse_json(raw, name))


def read_yaml_input(raw: bytes, name: str) -> PlainDocument:
    """Return the tree of a YAML file; what is quoted is text, whatever it looks like.

    Args:
        raw: what stands in the file; UTF-8, with or without a byte order mark.
        name: the file's name, for errors.

    Raises:
        InputError: if the file cannot be read (see `read_source`), or has a number with an exponent
            or more than 18 digits. It quotes each line with a fault.
    """
    findings = Findings()
    source: SourceFile | None = None
    tree: Plain = None
    with suppress(TooManyFindings):  # what was found until then is enough to refuse the file
        source = read_source(name, raw, findings)
        tree = plain_of(source.root, findings) if source and source.root else None
    if findings.errors:
        raise _input_error(findings.errors)
    return PlainDocument(name, tree, source)


def plain_of(node: Node, findings: Findings) -> Plain:
    """Return the tree of what was read; a number that is refused is reported, and null in it."""
    match node:
        case Scalar():
            return _value(node, findings)
        case Sequence():
            return [plain_of(item, findings) for item in node.items]
        case Mapping():
            _report_cut_values(node, findings)
            return {entry.key.text: plain_of(entry.value, findings) for entry in node.entries}
        case _ as unreachable:
            assert_never(unreachable)


def _report_cut_values(node: Mapping, findings: Findings) -> None:
    """Report values that a comma cut in two; a bare name may be a field that is left unknown."""
    for before, entry in pairwise(node.entries):
        is_rest = isinstance(before.value, Scalar) and not is_dotted(entry.key.text)
        if is_rest and stray_comma(entry, findings):
            return  # further pieces are of the same value


def _value(scalar: Scalar, findings: Findings) -> str | bool | int | Decimal | None:
    if scalar.style != "plain":
        return scalar.text
    if scalar.text in _WORDS:
        return _WORDS[scalar.text]
    if not _NUMBER.fullmatch(scalar.text):
        return scalar.text
    value = number(scalar.text)
    if isinstance(value, Refused):
        findings.error("wrong-input", scalar.place, value.problem, help=value.help)
        return None
    return value


def _input_error(diagnostics: tuple[Diagnostic, ...]) -> InputError:
    where = str(diagnostics[0].place)
    rendered = "\n\n".join(diagnostic.render() for diagnostic in diagnostics)
    return InputError(where, rendered.removeprefix(f"{where}: "))


def _step(node: Node, path: str) -> tuple[Entry | Node | None, str]:
    """Return what the first part of a path leads to, and the rest of the path."""
    match node:
        case Mapping():
            fitting = [entry for entry in node.entries if _begins_with(path, entry.key.text)]
            longest = max(fitting, key=lambda entry: len(entry.key.text), default=None)
            width = len(longest.key.text) if longest else 0
            return longest, path[width:].removeprefix(".")
        case Sequence():
            index = _INDEX.match(path)
            if index is None or int(index[1]) >= len(node.items):
                return None, ""
            return node.items[int(index[1])], path[index.end() :].removeprefix(".")
        case Scalar():
            return None, ""
        case _ as unreachable:
            assert_never(unreachable)


def _begins_with(path: str, key: str) -> bool:
    return path == key or path.startswith((f"{key}.", f"{key}["))


def _shown(found: Entry | Node | None, node: Node, *, of_key: bool) -> Place:
    """Return what to underline: the key where the value is a list, a mapping or nothing.

    An empty text in quotes is something; it may stand far from its key, in the cell of a table.
    """
    is_seen = isinstance(node, Scalar) and (node.text or node.style != "plain")
    if isinstance(found, Entry) and (of_key or not is_seen):
        return found.key.place
    return node.place
