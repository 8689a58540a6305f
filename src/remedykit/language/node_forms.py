"""Which classes a checked policy is made of, and of what each is made: read off their type hints.

A class or a field that is added to the tree is among these without being named here, so nothing
that is stored can lack it.
"""

from __future__ import annotations

import typing
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from fractions import Fraction
from itertools import chain
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Literal

ATOMS = frozenset[type]({NoneType, bool, int, str})  # JSON tells them apart by itself
SEQUENCES = frozenset[type]({tuple, frozenset})


@dataclass(frozen=True, slots=True)
class Shape:
    """What a value may be.

    Attributes:
        types: its exact type is one of these.
        words: where it is not empty, the texts or whole numbers allowed.
        element: what the elements of a tuple or a frozenset of any length may be.
        parts: what the elements of a tuple of fixed length may be.
    """

    types: frozenset[type]
    words: frozenset[object] = frozenset()
    element: Shape | None = None
    parts: tuple[Shape, ...] = ()

    def fits(self, values: Sequence[Any]) -> bool:
        """Return whether each of these values is of this shape.

        They are looked at all together, which is many times faster than one by one. What the
        fields of a node hold was looked at when the node was made.
        """
        if not self.types.issuperset(map(type, values)):
            return False
        if self.words and not (self.words | {None}).issuperset(values):
            return False
        if self.element is not None:
            several = (value for value in values if type(value) in SEQUENCES)
            return self.element.fits(list(chain.from_iterable(several)))
        if self.parts:
            if any(len(value) != len(self.parts) for value in values):
                return False
            return all(map(Shape.fits, self.parts, zip(*values, strict=True)))
        return True


_WHOLE = Shape(frozenset({int}))
_TEXT = Shape(frozenset({str}))


def shape_of(hint: Any) -> Shape:
    """Return the shape that a type hint describes.

    Raises:
        TypeError: if values of this hint cannot be stored.
    """
    if isinstance(hint, type):
        return Shape(frozenset({hint}))
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is UnionType or origin is typing.Union:
        return _any_of(hint, [shape_of(each) for each in arguments])
    if origin is Literal:
        return Shape(frozenset(map(type, arguments)), words=frozenset(arguments))
    if origin is frozenset or (origin is tuple and arguments[1:] == (...,)):
        return Shape(frozenset({origin}), element=shape_of(arguments[0]))
    if origin is tuple:
        return Shape(frozenset({tuple}), parts=tuple(map(shape_of, arguments)))
    raise TypeError(f"{hint} cannot be stored")


def _any_of(hint: object, shapes: Sequence[Shape]) -> Shape:
    types = frozenset[type]().union(*(each.types for each in shapes))
    words = frozenset[object]().union(*(each.words for each in shapes))
    elements = [each.element for each in shapes if each.element is not None]
    others_than_words = types - {NoneType} - set(map(type, words))
    if len(elements) > 1 or any(each.parts for each in shapes) or (words and others_than_words):
        raise TypeError(f"{hint} cannot be stored")
    return Shape(types, words, elements[0] if elements else None)


Column = Sequence[Any]  # one part of each value


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How the values of a class are taken apart and put together.

    Attributes:
        names: what the parts are called.
        shapes: what each part may be.
        whole: so many parts, the first ones, are always whole numbers.
        parts: gives the parts of a value.
        make: gives the values that have these parts.
    """

    names: tuple[str, ...]
    shapes: tuple[Shape, ...]
    whole: int
    parts: Callable[[Any], tuple[Any, ...]]
    make: Callable[[Sequence[Column]], Iterable[object]]


def forms_of(*hints: object) -> Mapping[str, Form]:
    """Return the forms of all classes that values of these hints are made of, by class name.

    Raises:
        TypeError: if such values cannot be stored.
    """
    forms: dict[type, Form] = {}
    to_do = [of for hint in hints for of in _types_in(shape_of(hint))]
    while to_do:
        of = to_do.pop()
        if of not in forms and of not in ATOMS and of not in SEQUENCES:
            forms[of] = _form_of(of)
            to_do.extend(part for shape in forms[of].shapes for part in _types_in(shape))
    return {of.__name__: form for of, form in forms.items()}


def _types_in(shape: Shape) -> Iterable[type]:
    yield from shape.types
    for inner in (*shape.parts, *([shape.element] if shape.element else [])):
        yield from _types_in(inner)


def _form_of(of: type[Any]) -> Form:
    if is_dataclass(of):
        return _form_of_fields(of, _dataclasses)
    if hasattr(of, "_make"):  # a named tuple
        return _form_of_fields(of, _named_tuples)
    if issubclass(of, Enum):
        return _form_of_text(of, lambda member: str(member.value))
    if of in _EXACT:
        return _EXACT[of]
    raise TypeError(f"{of.__name__} cannot be stored")


def _form_of_fields(
    of: type[Any], make: Callable[[type[Any], Mapping[str, Column]], Iterable[object]]
) -> Form:
    shapes = {name: shape_of(hint) for name, hint in typing.get_type_hints(of).items()}
    names = tuple(sorted(shapes, key=lambda name: shapes[name] != _WHOLE))
    return Form(
        names=names,
        shapes=tuple(shapes[name] for name in names),
        whole=list(shapes.values()).count(_WHOLE),
        parts=_parts(names),
        make=lambda columns: make(of, {name: columns[names.index(name)] for name in shapes}),
    )


def _dataclasses(of: type[Any], columns: Mapping[str, Column]) -> Iterable[object]:
    # As a frozen dataclass with slots is copied, but a column at a time. It takes half as long as
    # to call the class for each, and leaves nothing out: no node checks what it is made of.
    made = [object.__new__(of) for _ in next(iter(columns.values()))]
    for name, column in columns.items():
        put: Callable[[object, object], None] = getattr(of, name).__set__
        deque(map(put, made, column), maxlen=0)  # does it, and keeps nothing
    return made


def _named_tuples(of: type[Any], columns: Mapping[str, Column]) -> Iterable[object]:
    return map(of._make, zip(*columns.values(), strict=True))


def _parts(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    get = attrgetter(*names)
    return lambda value: (get(value),)


def _form_of_numbers(of: type, *names: str) -> Form:
    return Form(
        names=names,
        shapes=(_WHOLE,) * len(names),
        whole=len(names),
        parts=_parts(names),
        make=lambda columns: map(of, *columns),
    )


def _form_of_text(read: Callable[[str], object], write: Callable[[Any], str]) -> Form:
    return Form(
        names=("text",),
        shapes=(_TEXT,),
        whole=0,
        parts=lambda value: (write(value),),
        make=lambda columns: map(read, *columns),
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not UTC:
        raise ValueError(f"{text} is not in UTC")
    return moment


_EXACT: Mapping[type, Form] = {
    Fraction: _form_of_numbers(Fraction, "numerator", "denominator"),
    timedelta: _form_of_numbers(timedelta, "days", "seconds", "microseconds"),
    date: _form_of_text(date.fromisoformat, date.isoformat),
    datetime: _form_of_text(_moment, lambda moment: moment.astimezone(UTC).isoformat()),
}
