"""What may stand in a field of a model, told from its annotation."""

from __future__ import annotations

import types
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from remedykit.model.money import Money

Amount = Money | Decimal | int | str
"""An amount as it may be written: a `Money`, or an exact number that takes the order's currency.

A model keeps a `Money` or a ``Decimal``, never the text.
"""

Number = Decimal | int | str
"""An exact number as it may be written; a model keeps a ``Decimal``."""


class Kind(StrEnum):
    """The kind of value that a field holds; the first nine are the bases of facts."""

    BOOL = "bool"
    INT = "int"
    NUMBER = "number"
    MONEY = "money"
    TEXT = "text"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    TEXTS = "texts"
    MODEL = "model"
    MODELS = "models"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind and, for texts, the words allowed (``None``: any text)."""

    kind: Kind
    words: tuple[str, ...] | None = None


_SIMPLE: tuple[tuple[object, Kind], ...] = (
    (bool, Kind.BOOL),
    (int, Kind.INT),
    (Decimal, Kind.NUMBER),
    (Money, Kind.MONEY),
    (str, Kind.TEXT),
    (date, Kind.DATE),
    (datetime, Kind.TIME),
    (timedelta, Kind.DURATION),
)


def shape_of(annotation: object) -> Shape:
    """Return what a field with this annotation holds; ``None`` beside a type is left aside.

    An annotation that no fact can have, such as ``float`` or ``dict``, gives `Kind.OTHER`.
    """
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return shape_of(arguments[0])
    if origin is Literal:
        words = tuple(word for word in arguments if isinstance(word, str))
        return Shape(Kind.TEXT, words) if words == arguments else Shape(Kind.OTHER)
    if origin in (Union, types.UnionType):
        return _shape_of_union(tuple(part for part in arguments if part is not type(None)))
    if origin in (tuple, Sequence):
        return _shape_of_sequence(arguments)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Shape(Kind.MODEL)
    return Shape(next((kind for known, kind in _SIMPLE if annotation is known), Kind.OTHER))


def _shape_of_union(parts: tuple[object, ...]) -> Shape:
    if len(parts) == 1:
        return shape_of(parts[0])
    members = frozenset(parts)
    if Money in members and members <= frozenset(get_args(Amount)):
        return Shape(Kind.MONEY)
    if Decimal in members and members <= frozenset(get_args(Number)):
        return Shape(Kind.NUMBER)
    return Shape(Kind.OTHER)


def _shape_of_sequence(arguments: tuple[object, ...]) -> Shape:
    element, *rest = arguments or (object,)
    if rest not in ([], [...]):
        return Shape(Kind.OTHER)
    shapes = {shape_of(part) for part in _parts(element)}
    if Shape(Kind.MODEL) in shapes:
        return Shape(Kind.MODELS)
    match tuple(shapes):
        case (Shape(kind=Kind.TEXT, words=words),):
            return Shape(Kind.TEXTS, words)
        case _:
            return Shape(Kind.OTHER)


def _parts(annotation: object) -> tuple[object, ...]:
    is_union = get_origin(annotation) in (Union, types.UnionType)
    return get_args(annotation) if is_union else (annotation,)
