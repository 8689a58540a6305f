"""From nodes back to YAML that is read as the same nodes; comments and layout are not kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import wrap
from typing import assert_never

from remedykit.language.source import Entry, Mapping, Node, Scalar, Sequence
from remedykit.language.table_rows import CSV

_WIDTH = 100  # columns
_STEP = 2  # of indentation
# Bare words that mean the same between brackets: no comma, bracket, colon, quote or mark of YAML.
_IN_BRACKETS = re.compile(r"[A-Za-z0-9_.<][A-Za-z0-9_.<+*/% -]*+", re.ASCII)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def yaml_lines(node: Node, indent: int = 0) -> Iterator[str]:
    """Give the lines of a node, each indented; a short one is a single line, in brackets.

    Args:
        node: what was read from a file.
        indent: how many blanks stand before each line.
    """
    blanks = " " * indent
    short = _on_a_line(node, _WIDTH - indent)
    if short is not None:
        yield f"{blanks}{short}"
        return
    match node:
        case Scalar():
            yield f"{blanks}{_alone(node)}"
        case Mapping():
            for entry in node.entries:
                yield from entry_lines(entry, indent)
        case Sequence():
            for item in node.items:
                first, *others = yaml_lines(item, indent + _STEP)
                yield f"{blanks}- {first[indent + _STEP :]}"
                yield from others
        case _ as unreachable:
            assert_never(unreachable)


def entry_lines(entry: Entry, indent: int = 0) -> Iterator[str]:
    """Give the lines of a key and its value; only a value is put in brackets."""
    key, value = f"{' ' * indent}{_alone(entry.key)}:", entry.value
    short = _on_a_line(value, _WIDTH - len(key) - 1)
    if short is not None:
        yield f"{key} {short}"
    elif isinstance(value, Scalar):
        folded = _folded(value, indent + _STEP)
        yield f"{key} {'>-' if folded else _alone(value)}".rstrip(" ")
        yield from folded
    else:
        yield key
        yield from yaml_lines(value, indent + _STEP)


def _on_a_line(node: Node, width: int) -> str | None:
    """Return a list or a map in brackets, or ``None`` if it is too long, or no list and no map."""
    match node:
        case Mapping() | Sequence():
            text = _bracketed(node, width)
            return text if text is not None and len(text) <= width else None
        case Scalar():
            return None
        case _ as unreachable:
            assert_never(unreachable)


def _bracketed(node: Node, width: int) -> str | None:
    match node:
        case Scalar():
            text = _alone(node)
            if text != node.text or _IN_BRACKETS.fullmatch(text) or _is_of_csv(node):
                return text
            return None
        case Sequence():
            found = [_bracketed(item, width) for item in node.items]
            whole = ", ".join(text for text in found if text is not None)
            return f"[{whole}]" if None not in found else None
        case Mapping():
            keys = [_bracketed(entry.key, width) for entry in node.entries]
            values = [_bracketed(entry.value, width) for entry in node.entries]
            whole = ", ".join(f"{key}: {value}" for key, value in zip(keys, values, strict=True))
            return f"{{{whole}}}" if None not in (*keys, *values) else None
        case _ as unreachable:
            assert_never(unreachable)


def _alone(scalar: Scalar) -> str:
    """Return a text that stands behind a key or in a line of its own."""
    text = scalar.text
    if scalar.style != "plain":
        return _quoted(text)
    if not _is_of_csv(scalar):
        return text  # what YAML reads bare can be bare on one line, wherever it stood before
    # A cell with brackets is the list that it writes; others may have commas, and mean no list.
    return text if text.startswith(("[", "{")) or _IN_BRACKETS.fullmatch(text) else _quoted(text)


def _is_of_csv(scalar: Scalar) -> bool:
    return scalar.file.endswith(CSV)


def _quoted(text: str) -> str:
    if text.isprintable() and "'" not in text:
        return f"'{text}'"
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if character.isprintable() else f"\\U{ord(character):08X}"


def _folded(scalar: Scalar, indent: int) -> list[str]:
    """Return the lines of a long text that was written as a block, empty if it is none.

    Each line end of the block is read as one blank.
    """
    text = scalar.text
    if scalar.style != "block" or not text.isprintable() or "  " in text or text != text.strip():
        return []
    blanks = " " * indent
    return wrap(
        text,
        _WIDTH,
        initial_indent=blanks,
        subsequent_indent=blanks,
        break_long_words=False,
        break_on_hyphens=False,
    )
