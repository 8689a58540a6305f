"""The facts of one decision: what an engine reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from remedykit.language.types import Value
from remedykit.model.words import Basis, EventType, Party


@dataclass(frozen=True, slots=True)
class Offered:
    """A remedy offered before: its kind, its value in minor units (if any), how it was answered."""

    kind: str
    value: int | Fraction | None
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One event of a case as plain values, every type checked; see `model.event.Event`.

    Times are in UTC, `value` is in minor units of the decision's currency. ``None`` is unknown, or
    does not belong to the type of event. No id of the shop's is kept.

    Attributes:
        answers: the place, among the events, of the one that this one answers.
        parcel: parcels are numbered in the order in which the timeline first names them.
    """

    type: EventType
    at: datetime
    by: Party | None = None
    to: Party | None = None
    answers: int | None = None
    kind: str | None = None
    value: int | None = None
    basis: Basis | None = None
    due: datetime | None = None
    parcel: int | None = None
    hours: int | Fraction | None = None
    granted: bool | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Typed values by fact name, in one currency.

    Attributes:
        values: every declared fact by its name; ``None`` is unknown. Money is in minor units of
            `currency`, times are in UTC. Never changed after it was made.
        offers: what was offered before, in the order of the case.
        events: what has happened up to the moment of decision, in order of time, each event once;
            ``None`` where nobody handed in a timeline, although there is a case.
    """

    values: Mapping[str, Value | None]
    currency: str
    offers: tuple[Offered, ...] = ()
    events: tuple[Happening, ...] | None = ()
