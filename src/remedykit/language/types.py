"""The types that facts, parameters and expressions have, and the values they take inside.

Inside remedykit a value is one of:

=========  =========================================================================
type       value
=========  =========================================================================
bool       ``bool``
int        ``int``
number     ``int`` or ``fractions.Fraction``, always exact
money      ``int`` or ``Fraction``: *minor units* of the one currency of the decision
text       ``str``
date       ``datetime.date``
time       ``datetime.datetime``, aware, in UTC
duration   ``datetime.timedelta``
texts      ``tuple`` of ``str``
=========  =========================================================================

``None`` stands for unknown everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

Value = bool | int | Fraction | str | date | datetime | timedelta | tuple[str, ...]
Truth = bool | None  # of a condition


class Base(StrEnum):
    """What kind of value a type holds."""

    BOOL = "bool"
    INT = "int"
    NUMBER = "number"
    MONEY = "money"
    TEXT = "text"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    TEXTS = "texts"


NUMERIC = frozenset({Base.INT, Base.NUMBER})
ORDERED = frozenset({Base.INT, Base.NUMBER, Base.MONEY, Base.DATE, Base.TIME, Base.DURATION})


@dataclass(frozen=True, slots=True)
class FactType:
    """A base and, for texts, the values allowed (``None``: any text)."""

    base: Base
    values: tuple[str, ...] | None = None

    def __str__(self) -> str:
        """Return the type in an author's words."""
        if self.values is not None:
            many = "any of " if self.base is Base.TEXTS else ""
            return f"{many}{', '.join(self.values)}"
        return "list of texts" if self.base is Base.TEXTS else str(self.base)


BOOL = FactType(Base.BOOL)
INT = FactType(Base.INT)
NUMBER = FactType(Base.NUMBER)
MONEY = FactType(Base.MONEY)
TEXT = FactType(Base.TEXT)
DATE = FactType(Base.DATE)
TIME = FactType(Base.TIME)
DURATION = FactType(Base.DURATION)
TEXTS = FactType(Base.TEXTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactDeclaration:
    """One fact that rules may read.

    Attributes:
        name: dotted, such as ``incident.days_late``.
        type: its type.
        means: one line for authors.
        unit: such as ``days``; empty where the type says it all.
        default: the value that absence means; ``None`` where absence means unknown.
        required: never unknown, because the models demand it.
        personal: never printed by default.
        protected: no goodwill rule and no ranking may read it.
        at_least: the smallest value allowed, in the value's own unit (minor units for money).
        at_most: the largest value allowed.
        origin: whether a model field, a derivation or the policy declares it.
    """

    name: str
    type: FactType
    means: str
    unit: str = ""
    default: Value | None = None
    required: bool = False
    personal: bool = False
    protected: bool = False
    at_least: Fraction | None = None
    at_most: Fraction | None = None
    origin: str = "model"

    @property
    def always_known(self) -> bool:
        """Whether the fact can never be unknown."""
        return self.required or self.default is not None


@dataclass(frozen=True, slots=True)
class Schema:
    """Every fact that a policy may read, sorted by name."""

    declarations: tuple[FactDeclaration, ...]

    def find(self, name: str) -> FactDeclaration | None:
        """Return the declaration of `name`, or ``None``."""
        return next((item for item in self.declarations if item.name == name), None)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all facts, sorted."""
        return tuple(item.name for item in self.declarations)

    def extended(self, more: tuple[FactDeclaration, ...]) -> Schema:
        """Return this schema with `more` facts; the caller has checked that no name clashes."""
        return Schema(tuple(sorted(self.declarations + more, key=lambda item: item.name)))
