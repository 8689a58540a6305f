"""The facts of one decision: what an engine reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from remedykit.language.types import Value


@dataclass(frozen=True, slots=True)
class Offered:
    """A remedy offered before: its kind, its value in minor units (if any), how it was answered."""

    kind: str
    value: int | Fraction | None
    status: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Typed values by fact name, in one currency.

    Attributes:
        values: every declared fact by its name; ``None`` is unknown. Money is in minor units of
            `currency`, times are in UTC. Never changed after it was made.
        offers: what was offered before, in the order of the case.
    """

    values: Mapping[str, Value | None]
    currency: str
    offers: tuple[Offered, ...] = ()
