"""What a decision keeps of the timeline on which it was made: nothing that tells who it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from remedykit.model.money import Money
from remedykit.model.words import Basis, EventType, Party


@dataclass(frozen=True, slots=True, kw_only=True)
class PastEvent:
    """What had happened in the case, as the decision read it: no ids, no numbers of parcels.

    Attributes:
        answers: the place, among the events, of the one that this one answers.
        parcel: parcels are numbered in the order in which the events first name them.
        hours: time it cost the customer.
    """

    type: EventType
    at: datetime
    by: Party | None
    to: Party | None
    answers: int | None
    kind: str | None
    value: Money | None
    basis: Basis | None
    due: datetime | None
    parcel: int | None
    hours: Fraction | None
    granted: bool | None
