"""The canonical form of a checked policy, and its digest: what it means, not how it is written.

Places, the order of files and of sections, comments and quoting leave it unchanged; anything that
can change a decision or a text changes it.

The form is JSON without blanks and with sorted keys; the class of a node stands under the empty
key. It is written at once, without a tree in between: a policy has a hundred thousand values.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import partial
from json.encoder import encode_basestring as quoted
from operator import attrgetter
from types import NoneType
from typing import Any, NoReturn

from remedykit.language import syntax, types
from remedykit.language.syntax import CheckedPolicy
from remedykit.language.types import Base, FactType

_LEFT_OUT = {"place", "digest"}


def digest_of(policy: CheckedPolicy) -> str:
    """Return the SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(_Writing().text(policy).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Form:
    """How the nodes of a class are written: which of their parts, and the text around them."""

    parts: Callable[[object], tuple[object, ...]]
    template: str


def _form_of(node: type) -> _Form:
    names = sorted(item.name for item in fields(node) if item.name not in _LEFT_OUT)
    pairs = [f"{quoted(name)}:%s" for name in names]
    template = f'{{"":{",".join([quoted(node.__name__), *pairs])}}}'
    return _Form(_getter_of(names), template)


def _getter_of(names: list[str]) -> Callable[[object], tuple[object, ...]]:
    getter = attrgetter(*names)
    return getter if len(names) > 1 else lambda node: (getter(node),)


_FORMS: Mapping[type, _Form] = {
    node: _form_of(node)
    for module in (syntax, types)
    for node in vars(module).values()
    if isinstance(node, type) and is_dataclass(node)
}


class _Writers(dict[type, Callable[[Any], str]]):
    """By the class of a value, what writes it."""

    def __missing__(self, kind: type) -> NoReturn:
        raise TypeError(f"{kind.__name__} has no canonical form")


class _Writing:
    """One policy being written."""

    def __init__(self) -> None:
        self._types: dict[int, str] = {}
        self._writers = _Writers({node: partial(self._node, _FORMS[node]) for node in _FORMS})
        self._writers |= {FactType: self._type, tuple: self._list}
        self._writers |= {str: quoted, Base: quoted, int: int.__repr__}
        self._writers |= {NoneType: lambda _: "null", bool: lambda truth: str(truth).lower()}
        self._writers |= {frozenset: lambda words: self._list(sorted(words))}
        self._writers |= dict.fromkeys((Fraction, date, datetime, timedelta), _exact)

    def text(self, value: object) -> str:
        """Return a value as JSON."""
        return self._writers[type(value)](value)

    def _list(self, items: Iterable[object]) -> str:
        writers = self._writers
        return f"[{','.join([writers[type(item)](item) for item in items])}]"

    def _node(self, form: _Form, node: object) -> str:
        writers = self._writers
        return form.template % tuple([writers[type(part)](part) for part in form.parts(node)])

    def _type(self, value: FactType) -> str:
        # by identity: many nodes share a type, and to compare two takes longer than to write one
        text = self._types.get(id(value))
        if text is None:
            text = self._types[id(value)] = self._node(_FORMS[FactType], value)
        return text


def _exact(value: object) -> str:
    return f"[{quoted(type(value).__name__)},{quoted(str(value))}]"
