"""The canonical form of a checked policy, and its digest: what it means, not how it is written.

Places, the order of files and of sections, comments and quoting leave it unchanged; anything that
can change a decision or a text changes it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import cast

from remedykit.diagnostics import Place
from remedykit.language.syntax import CheckedPolicy

_LEFT_OUT = {"place", "digest"}


def digest_of(policy: CheckedPolicy) -> str:
    """Return the SHA-256 of the canonical form, in hexadecimal."""
    text = json.dumps(_plain(policy), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    match value:
        case None | bool() | int() | str():
            return value
        case Fraction() | date() | timedelta():
            return [type(value).__name__, str(value)]
        case tuple():
            return [_plain(item) for item in cast("tuple[object, ...]", value)]
        case frozenset():
            return sorted(cast("frozenset[str]", value))
        case _ if is_dataclass(value) and not isinstance(value, type | Place):
            named = {
                item.name: _plain(getattr(value, item.name))
                for item in fields(value)
                if item.name not in _LEFT_OUT
            }
            return {"": type(value).__name__, **named}
        case _:
            raise TypeError(f"{type(value).__name__} has no canonical form")
