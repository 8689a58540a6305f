"""Parsing JSON exactly: no floats, no equal keys, no endless depth or digits."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from remedykit.diagnostics import printable
from remedykit.errors import InputError
from remedykit.model.exact import MAX_DIGITS

Plain = None | bool | int | Decimal | str | list["Plain"] | dict[str, "Plain"]

MAX_JSON_BYTES = 16 * 1024 * 1024  # 100,000 line items with long names have some 10 million
MAX_JSON_VALUES = 1_000_000  # keeps the tree of any file below 200 MB
MAX_JSON_DEPTH = 64

_HALF = re.compile(r"[\ud800-\udfff]")
_MAYBE_HALF = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")
_QUOTE_HELP = "put quotes around a text of digits"
_SYNTAX = (  # how the standard library begins, what an author is told
    ("Expecting property name", "a key in double quotes is expected here"),
    ("Expecting ':'", "a `:` is expected here"),
    ("Expecting ','", "a comma or the closing bracket is expected here"),
    ("Expecting value", "a value is expected here"),
    ("Illegal trailing comma", "a comma may not stand before a closing bracket"),
    ("Extra data", "nothing may follow after the value"),
    ("Unterminated string", "this text is never closed with a quotation mark"),
    ("Invalid control character", "a line end or control character must be escaped in a text"),
    ("Invalid \\", "this is not an escape; write `\\\\` for a backslash"),
)


@dataclass(frozen=True, slots=True)
class Refused:
    """Stands in a tree for a value that is refused, until its path is known.

    Attributes:
        problem: what is wrong.
        help: what to do about it.
        key: the key of an object that it is about.
    """

    problem: str
    help: str = ""
    key: str = ""


_Parsed = None | bool | int | Decimal | str | Refused | list["_Parsed"] | dict[str, "_Parsed"]
_Found = tuple[_Parsed, str | int, "_Found | None"]  # a value, its key or index, what holds it


def number(literal: str) -> int | Decimal | Refused:
    """Return the exact value of a number as JSON writes it, or why it is refused."""
    shown = literal if len(literal) <= 40 else f"{literal[:40]}..."
    if "e" in literal.lower():
        return Refused(f"`{shown}` has an exponent", f"write all digits; {_QUOTE_HELP}")
    if sum(character.isdigit() for character in literal) > MAX_DIGITS:
        return Refused(f"`{shown}` has more than {MAX_DIGITS} digits", _QUOTE_HELP)
    return Decimal(literal) if "." in literal else int(literal)


def parse_json(raw: bytes | str, name: str) -> Plain:
    """Return the tree of a JSON text.

    Raises:
        InputError: if it is refused; see `read_json_input`.
    """
    text = _text(raw, name)
    try:
        tree: _Parsed = json.loads(
            text,
            parse_int=number,
            parse_float=number,
            parse_constant=_constant,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        told = (message for start, message in _SYNTAX if error.msg.startswith(start))
        where = f"{name}:{error.lineno}:{error.colno}"
        raise InputError(where, next(told, "this is no JSON")) from None
    except RecursionError:
        raise _too_deep(name) from None
    _check(tree, name, halves=_MAYBE_HALF.search(text) is not None)
    return cast("Plain", tree)  # nothing refused is left in it


def _text(raw: bytes | str, name: str) -> str:
    if len(raw) > MAX_JSON_BYTES:
        raise InputError(name, f"the file has more than {MAX_JSON_BYTES} bytes (16 MiB)")
    try:
        text = raw.decode() if isinstance(raw, bytes) else raw
    except UnicodeDecodeError:
        raise InputError(name, "the file is not in UTF-8") from None
    if sum(text.count(mark) for mark in "[{,") > MAX_JSON_VALUES:
        raise InputError(name, f"the file has more than {MAX_JSON_VALUES} values")
    return text.removeprefix("\ufeff")


def _constant(literal: str) -> Refused:
    return Refused(f"`{literal}` is no number", "leave out what is not known, or write `null`")


def _object(pairs: list[tuple[str, _Parsed]]) -> dict[str, _Parsed] | Refused:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    twice = next(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
    return Refused("the key stands twice in the same object", "remove one of the two", twice)


def _too_deep(name: str) -> InputError:
    return InputError(name, f"lists and objects are nested more than {MAX_JSON_DEPTH} levels deep")


def _check(tree: _Parsed, name: str, *, halves: bool) -> None:
    """Walk the tree level by level and refuse what must not stand in it."""
    level: list[_Found] = [(tree, "", None)]
    depth = 1
    while level:
        for found in level:
            value = found[0]
            if isinstance(value, Refused) or (isinstance(value, str) and _HALF.search(value)):
                raise _refusal(value, found, name)
        if depth > MAX_JSON_DEPTH and any(isinstance(found[0], dict | list) for found in level):
            raise _too_deep(name)
        level = [part for found in level for part in _parts(found, halves=halves)]
        depth += 1


def _parts(found: _Found, *, halves: bool) -> list[_Found]:
    """Return the parts of a list or an object that may have to be refused."""
    value = found[0]
    kinds = (dict, list, Refused, str) if halves else (dict, list, Refused)
    match value:
        case dict():
            names: list[_Found] = [(key, key, found) for key in value] if halves else []
            return names + [
                (part, key, found) for key, part in value.items() if isinstance(part, kinds)
            ]
        case list():
            return [
                (part, index, found) for index, part in enumerate(value) if isinstance(part, kinds)
            ]
        case _:
            return []


def _refusal(value: Refused | str, found: _Found, name: str) -> InputError:
    if isinstance(value, str):
        value = Refused("half a character (a lone surrogate) is no text", "write it whole")
    path = _path(found) + (f".{value.key}" if value.key else "")
    where = ": ".join(part for part in (name, path.removeprefix(".")) if part)
    return InputError(printable(where), f"{value.problem}; {value.help}")


def _path(found: _Found) -> str:
    steps: list[str] = []
    _, step, holder = found
    while holder is not None:
        steps.append(f"[{step}]" if isinstance(step, int) else f".{step}")
        _, step, holder = holder
    return "".join(reversed(steps))
