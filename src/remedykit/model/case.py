"""The case: what has happened since the incident, what was offered and how it was answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from remedykit.model.base import AsTuple, Fact, Model
from remedykit.model.shapes import Amount
from remedykit.model.words import OfferStatus


class Offer(Model):
    """A remedy that was offered before."""

    kind: Annotated[str, Fact("the remedy kind, as the policy's catalogue names it")]
    value: Annotated[Amount | None, Fact("worth to the customer", at_least=0)] = None
    at: Annotated[datetime | None, Fact("when it was offered")] = None
    status: Annotated[OfferStatus, Fact("how it was answered")]


class Case(Model):
    """What has happened since. No case is the same as an empty one: nothing has happened yet."""

    offers: Annotated[Sequence[Offer], AsTuple()] = ()
    apologies_made: Annotated[int, Fact("apologies made so far", at_least=0)] = 0
    opened_at: Annotated[datetime | None, Fact("when the case was opened")] = None
    contacts: Annotated[
        int, Fact("how often the customer had to get in touch", unit="contacts", at_least=0)
    ] = 0
    promises_broken: Annotated[
        int, Fact("promises made and not kept", unit="promises", at_least=0)
    ] = 0
