"""The canonical form of a checked policy, and its digest: what it means, not how it is written.

Places, the order of files and of sections, comments and quoting leave it unchanged; anything that
can change a decision or a text changes it.

The form is JSON without blanks and with sorted keys; the class of a node stands under the empty
key. It is written bit by bit, without a tree in between: a policy has a hundred thousand values.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import partial
from json.encoder import encode_basestring as quoted
from operator import attrgetter
from types import NoneType
from typing import Any, NoReturn, cast

from remedykit.language import syntax, types
from remedykit.language.syntax import (
    CheckedPolicy,
    Constant,
    DefineRead,
    EqualTo,
    FactRead,
    ParamRead,
    RemedyRead,
    Terms,
    Tested,
)
from remedykit.language.types import Base, FactType

# of what a param measures, the number stands in the terms, too
_LEFT_OUT = {"place", "digest", "measure_params"}


def digest_of(policy: CheckedPolicy) -> str:
    """Return the SHA-256 of the canonical form, in hexadecimal."""
    digest = hashlib.sha256()
    for piece in _Writing().pieces(policy):
        digest.update(piece.encode())
    return digest.hexdigest()


def form_of(node: object) -> str:
    """Return the canonical form of one node of a policy, such as a rule."""
    return _Writing().text(node)


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
    """One policy being written; what stands in it again and again is put together once."""

    def __init__(self) -> None:
        self._kept: dict[object, str] = {}
        self._writers = _Writers({node: partial(self._node, _FORMS[node]) for node in _FORMS})
        self._writers |= dict.fromkeys((FactType, Terms), self._shared)
        self._writers |= dict.fromkeys((FactRead, DefineRead, ParamRead, RemedyRead), self._read)
        self._writers |= {Constant: self._constant, EqualTo: self._equal_to, Tested: self._tested}
        self._writers |= {str: quoted, Base: quoted, int: int.__repr__, tuple: self._list}
        self._writers |= {NoneType: {None: "null"}.__getitem__}
        self._writers |= {bool: {True: "true", False: "false"}.__getitem__}
        self._writers |= {frozenset: lambda words: self._list(sorted(words))}
        self._writers |= dict.fromkeys((Fraction, date, datetime, timedelta), _exact)

    def pieces(self, policy: CheckedPolicy) -> Iterator[str]:
        """Yield a policy as JSON bit by bit: the whole has 3 KB a rule, too much to copy about."""
        form = _FORMS[CheckedPolicy]
        *before, end = form.template.split("%s")
        for text, part in zip(before, form.parts(policy), strict=True):
            yield text
            if isinstance(part, tuple):
                yield from self._bit_by_bit(cast("tuple[object, ...]", part))
            else:
                yield self.text(part)
        yield end

    def _bit_by_bit(self, items: tuple[object, ...]) -> Iterator[str]:
        yield "["
        for number, item in enumerate(items):
            yield f",{self.text(item)}" if number else self.text(item)
        yield "]"

    def text(self, value: object) -> str:
        """Return a value as JSON."""
        return self._writers[type(value)](value)

    def _list(self, items: Iterable[object]) -> str:
        writers = self._writers
        return f"[{','.join([writers[type(item)](item) for item in items])}]"

    def _node(self, form: _Form, node: object) -> str:
        writers = self._writers
        return form.template % tuple([writers[type(part)](part) for part in form.parts(node)])

    def _keep(self, key: object, node: object) -> str:
        text = self._kept[key] = self._node(_FORMS[type(node)], node)
        return text

    # Each of these knows its nodes again by what is looked up fastest: a node that many share by
    # its identity; a node that is made of such nodes or of kept texts by these.

    def _shared(self, node: FactType | Terms) -> str:
        return self._kept.get(id(node)) or self._keep(id(node), node)

    def _read(self, node: FactRead | DefineRead | ParamRead | RemedyRead) -> str:
        key = (type(node), node.name, id(node.type))
        return self._kept.get(key) or self._keep(key, node)

    def _constant(self, node: Constant) -> str:
        key = (type(node.value), node.value, id(node.type))  # with its type: 1 equals true
        return self._kept.get(key) or self._keep(key, node)

    def _equal_to(self, node: EqualTo) -> str:
        key = self.text(node.operand)
        return self._kept.get(key) or self._keep(key, node)

    def _tested(self, node: Tested) -> str:
        key = (self.text(node.subject), self.text(node.test))
        return self._kept.get(key) or self._keep(key, node)


def _exact(value: object) -> str:
    return f"[{quoted(type(value).__name__)},{quoted(str(value))}]"
