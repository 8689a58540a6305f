"""What happened in a case: one event of its timeline, and what may be told of which event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Annotated

from remedykit.model.base import Fact, Faults, Model, fault, faults
from remedykit.model.border import suggestion
from remedykit.model.shapes import Amount, Number
from remedykit.model.words import Basis, EventType, Party


@dataclass(frozen=True, slots=True, kw_only=True)
class EventForm:
    """What is told of events of one type.

    Attributes:
        means: one line for who writes them.
        deed: what is said of who acts: ``the seller`` answered.
        by: who acts where the event does not say; ``None``: unknown.
        to: who is to act next where the event does not say; ``None``: it does not matter. An event
            without `to` among its fields says this or nothing.
        needed: fields without which there is no such event.
        allowed: fields that it may have besides; `type`, `at`, `by` and `id` always may stand.
    """

    means: str
    deed: str
    by: Party | None = None
    to: Party | None = None
    needed: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields that such an event may have."""
        return (*_ALWAYS, *self.needed, *self.allowed)


# What befalls a parcel; a case is opened by what is none of these.
OF_PARCELS: frozenset[EventType] = frozenset({"label_created", "shipped", "scanned", "delivered"})
_ALWAYS = ("type", "at", "by", "id")
_PARCEL = ("parcel",)
_ANSWER = ("of", "kind", "value")

EVENT_FORMS: Mapping[EventType, EventForm] = MappingProxyType(
    {
        "contact": EventForm(
            means="the customer got in touch, or somebody with him",
            deed="got in touch",
            by="customer",
            to="shop",
            allowed=("to", "hours"),
        ),
        "seller_asked": EventForm(
            means="the customer asked the seller",
            deed="asked the seller",
            by="customer",
            to="seller",
            allowed=("hours",),
        ),
        "seller_answered": EventForm(means="the seller answered", deed="answered", by="seller"),
        "offer_made": EventForm(
            means="a remedy was offered",
            deed="made an offer",
            needed=("kind",),
            allowed=("value", "basis", "due"),
        ),
        "offer_refused": EventForm(
            means="the customer refused an offer",
            deed="refused an offer",
            by="customer",
            allowed=_ANSWER,
        ),
        "offer_accepted": EventForm(
            means="the customer accepted an offer",
            deed="accepted an offer",
            by="customer",
            allowed=_ANSWER,
        ),
        "offer_expired": EventForm(
            means="an offer ended without an answer", deed="let an offer expire", allowed=_ANSWER
        ),
        "promise_made": EventForm(
            means="somebody promised to do something until a time",
            deed="made a promise",
            allowed=("due",),
        ),
        "promise_kept": EventForm(
            means="a promise was kept", deed="kept a promise", allowed=("of",)
        ),
        "promise_broken": EventForm(
            means="a promise will not be kept", deed="broke a promise", allowed=("of",)
        ),
        "apology_made": EventForm(means="somebody apologised to the customer", deed="apologised"),
        "remedy_given": EventForm(
            means="a remedy was carried out",
            deed="carried out a remedy",
            allowed=(*_ANSWER, "basis"),
        ),
        "handed_over": EventForm(
            means="the customer was passed on to another desk or party",
            deed="passed the customer on",
            to="shop",
            allowed=("to",),
        ),
        "escalated": EventForm(
            means="the customer turned to somebody above",
            deed="turned to somebody above",
            by="customer",
            to="platform",
            allowed=("to", "hours"),
        ),
        "claim_filed": EventForm(
            means="a claim was filed under a guarantee or an insurance",
            deed="filed a claim",
            by="customer",
            to="platform",
            allowed=("to", "value", "due", "hours"),
        ),
        "claim_decided": EventForm(
            means="a claim was decided",
            deed="decided a claim",
            needed=("granted",),
            allowed=("of", "value"),
        ),
        "self_repaired": EventForm(
            means="the customer repaired it himself",
            deed="repaired it himself",
            by="customer",
            allowed=("hours",),
        ),
        "expense": EventForm(
            means="the customer spent money on it, with a receipt",
            deed="spent money on it",
            by="customer",
            needed=("value",),
        ),
        "trip": EventForm(
            means="the customer made a trip for it",
            deed="made a trip for it",
            by="customer",
            allowed=("hours",),
        ),
        "label_created": EventForm(
            means="the label of a parcel was printed; that is not yet shipped",
            deed="printed the label of a parcel",
            allowed=_PARCEL,
        ),
        "shipped": EventForm(
            means="somebody says that a parcel was sent",
            deed="said that a parcel was sent",
            allowed=_PARCEL,
        ),
        "scanned": EventForm(
            means="the carrier scanned a parcel",
            deed="scanned a parcel",
            by="carrier",
            allowed=_PARCEL,
        ),
        "delivered": EventForm(
            means="a parcel was delivered", deed="delivered a parcel", by="carrier", allowed=_PARCEL
        ),
        "returned": EventForm(
            means="the customer sent something back",
            deed="sent something back",
            by="customer",
            allowed=(*_PARCEL, "hours"),
        ),
        "resolved": EventForm(means="the case was closed", deed="closed the case"),
        "reopened": EventForm(
            means="a closed case was opened again",
            deed="opened the case again",
            to="shop",
            allowed=("to",),
        ),
    }
)


class Event(Model):
    """One event of a case. What is ``None`` is unknown, or does not belong to its type.

    `EVENT_FORMS` tells which fields an event of which type has. An answer (``offer_refused``,
    ``promise_kept``, ``claim_decided`` ...) says with ``of`` what it answers, where several things
    are open.
    """

    type: Annotated[EventType, Fact("what happened")]
    at: Annotated[datetime, Fact("when it happened")]
    by: Annotated[Party | None, Fact("who did it")] = None
    to: Annotated[Party | None, Fact("who is to act next")] = None
    id: Annotated[str | None, Fact("the event's id, unique in its case")] = None
    of: Annotated[str | None, Fact("the id of the event that it answers")] = None
    kind: Annotated[str | None, Fact("the remedy kind, as the policy's catalogue names it")] = None
    value: Annotated[Amount | None, Fact("worth, or money spent or claimed", at_least=0)] = None
    basis: Annotated[Basis | None, Fact("why the remedy was offered or given")] = None
    due: Annotated[datetime | None, Fact("until when it is open or must be done")] = None
    parcel: Annotated[str | None, Fact("which parcel, such as its tracking number")] = None
    hours: Annotated[Number | None, Fact("time it cost the customer", unit="hours", at_least=0)] = (
        None
    )
    granted: Annotated[bool | None, Fact("whether the claim was granted")] = None

    def _settle(self) -> None:
        form = EVENT_FORMS[self.type]
        fields = {name for name in type(self).model_fields if getattr(self, name) is not None}
        wrong: Faults = [
            ((name,), fault("missing_field", f"is missing; an event `{self.type}` has it"))
            for name in form.needed
            if name not in fields
        ]
        if self.to == form.to:
            fields.discard("to")  # it says what its type says; so does each event that was settled
        for name in sorted(fields.difference(form.fields)):
            problem = f"an event `{self.type}` has no `{name}`{suggestion(name, form.fields)}"
            wrong.append(((name,), fault("field_of_other_event", problem)))
        if self.due is not None and self.due < self.at:
            problem = f"{self.due.isoformat()} is before `at`, {self.at.isoformat()}"
            wrong.append((("due",), fault("contradiction", problem)))
        if wrong:
            raise faults(type(self).__name__, wrong)
        acting = {"by": self.by or form.by, "to": self.to or form.to}
        vars(self).update(acting)  # nobody else has the new event yet
