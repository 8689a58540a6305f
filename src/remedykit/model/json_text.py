"""Canonical JSON text: exact numbers, fixed order, and a reader that guesses nothing."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import NoReturn

from remedykit.errors import InputError
from remedykit.model.exact import MAX_DIGITS

Json = None | bool | int | Decimal | str | list["Json"] | dict[str, "Json"]

# Control, zero-width and bidirectional characters, line separators, tags, halves of characters. The
# list is fixed, so that the bytes do not hang on the version of Unicode.
_HIDDEN = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\U000e0000-\U000e007f]"
)
_quoted = json.JSONEncoder(ensure_ascii=False).encode  # `json.dumps` makes one a call
_LENGTH = 16 * 1024 * 1024  # characters; a decision with 100,000 facts has about 8 million


def write_json(value: Json) -> str:
    """Return the one text of `value`: no spaces, keys in their order, numbers exact.

    Characters stand for themselves, but for the quote and the backslash, and for what cannot be
    seen or turns the words around it: the text may be printed.
    """
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            return format(value, "f")
        case str():
            return _HIDDEN.sub(_escaped, _quoted(value))
        case list():
            return f"[{','.join(write_json(element) for element in value)}]"
        case dict():
            members = (f"{write_json(key)}:{write_json(member)}" for key, member in value.items())
            return f"{{{','.join(members)}}}"


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]


def read_json(text: str, where: str) -> Json:
    """Return the value of a JSON text; numbers with a point become `Decimal`.

    Args:
        text: the JSON text.
        where: what the text is, for the error, such as ``decision``.

    Raises:
        InputError: if it is no JSON, too long or too deep, has equal keys, or has a number with an
            exponent, with more than 18 digits, or ``NaN`` or ``Infinity``.
    """
    if len(text) > _LENGTH:
        raise InputError(where, f"has {len(text)} characters; at most {_LENGTH} are read")

    def number(literal: str) -> int | Decimal:
        if sum(character.isdigit() for character in literal) > MAX_DIGITS or "e" in literal.lower():
            shown = literal if len(literal) <= 40 else f"{literal[:40]}..."
            raise InputError(
                where, f"{shown} is too long or has an exponent; write up to 18 digits"
            )
        return Decimal(literal) if "." in literal else int(literal)

    def constant(literal: str) -> NoReturn:
        raise InputError(where, f"{literal} is no number")

    def members(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        found: dict[str, Json] = {}
        for key, member in pairs:
            if key in found:
                raise InputError(where, f"the key {json.dumps(key)} stands twice in one object")
            found[key] = member
        return found

    try:
        value: Json = json.loads(
            text,
            parse_int=number,
            parse_float=number,
            parse_constant=constant,
            object_pairs_hook=members,
        )
    except json.JSONDecodeError as error:
        raise InputError(where, f"is not JSON: {error}") from None
    except RecursionError:
        raise InputError(where, "is nested too deeply") from None
    return value
