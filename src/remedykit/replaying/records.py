"""A replay as JSON data: every step with its whole decision, and what could have been saved."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from remedykit.model.event import Event
from remedykit.model.json_codec import Scalar, encode, encode_record, record_of
from remedykit.model.json_text import Json
from remedykit.model.money import Money
from remedykit.replaying.savings import Savings
from remedykit.replaying.step import Step
from remedykit.replaying.words import worth

if TYPE_CHECKING:
    from remedykit.replaying.replay import Replay

_SAVINGS = record_of(Savings)


def replay_record(replay: Replay) -> dict[str, Json]:
    """Return a replay as JSON data: exact, every field, in a fixed order."""
    return {
        "policy": encode_record(record_of(type(replay.policy)), replay.policy),
        "incident_id": replay.incident_id,
        "currency": replay.currency,
        "until": encode(Scalar.MOMENT, replay.until),
        "savings": encode_record(_SAVINGS, replay.savings),
        "steps": [_step(step, replay.currency) for step in replay.steps],
    }


def _step(step: Step, currency: str) -> Json:
    return {
        "at": encode(Scalar.MOMENT, step.at),
        "events": [_event(event, currency) for event in step.events],
        "because": step.because,
        "is_closed": step.is_closed,
        "offers": [*step.offers],
        "withdraws": [*step.withdraws],
        "changes": [*step.changes],
        "decision": step.decision.to_dict(),
    }


def _event(event: Event, currency: str) -> Json:
    """Return what an event tells; what is unknown or does not belong to its type is left out."""
    told: dict[str, Json] = {
        "type": event.type,
        "at": encode(Scalar.MOMENT, event.at),
        "by": event.by,
        "to": event.to,
        "id": event.id,
        "of": event.of,
        "kind": event.kind,
        "value": _optional(Scalar.AMOUNT, worth(event, currency)),
        "basis": event.basis,
        "due": _optional(Scalar.MOMENT, event.due),
        "parcel": event.parcel,
        "hours": event.hours,
        "granted": event.granted,
    }
    return {name: value for name, value in told.items() if value is not None}


def _optional(scalar: Scalar, value: datetime | Money | None) -> Json:
    return None if value is None else encode(scalar, value)
