"""The closed vocabularies of the domain: parts, bases, incident kinds and their like."""

from __future__ import annotations

from typing import Literal, get_args

Part = Literal["apology", "explanation", "fix", "perk"]
Gives = Literal["money_now", "money_later", "exchange", "reperform", "psychological"]
Explains = Literal["cause", "status", "next_steps", "prevention"]
Basis = Literal["entitlement", "standard", "goodwill"]
Resource = Literal["money", "goods", "service", "attention"]
IncidentKind = Literal[
    "lost_package",
    "delivered_not_received",
    "late_delivery",
    "missing_item",
    "missing_part",
    "wrong_item",
    "damaged",
    "defective",
    "not_as_described",
    "partial_delivery",
    "billing_error",
    "refund_not_received",
    "cancelled_by_merchant",
    "return_problem",
    "failed_delivery_attempt",
    "service_failure",
]
WithheldReason = Literal[
    "needs_fact",
    "infeasible",
    "entitled_but_infeasible",
    "forbidden",
    "refused",
    "over_limit",
    "no_value",
    "adds_nothing",
]
Severity = Literal["minor", "moderate", "major", "critical"]
Locus = Literal["merchant", "marketplace_seller", "carrier", "supplier", "platform", "customer"]
DetectedBy = Literal["customer", "system", "carrier", "seller"]
Desired = Literal["goods", "money"]
SoldBy = Literal["merchant", "marketplace_seller"]
Tier = Literal["standard", "bronze", "silver", "gold", "platinum", "vip"]
OfferStatus = Literal["offered", "accepted", "refused", "expired", "fulfilled"]
Party = Literal["customer", "shop", "seller", "platform", "carrier"]
EventType = Literal[
    "contact",
    "seller_asked",
    "seller_answered",
    "offer_made",
    "offer_refused",
    "offer_accepted",
    "offer_expired",
    "promise_made",
    "promise_kept",
    "promise_broken",
    "apology_made",
    "remedy_given",
    "handed_over",
    "escalated",
    "claim_filed",
    "claim_decided",
    "self_repaired",
    "expense",
    "trip",
    "label_created",
    "shipped",
    "scanned",
    "delivered",
    "returned",
    "resolved",
    "reopened",
]

PARTS: tuple[Part, ...] = get_args(Part)
GIVES: tuple[Gives, ...] = get_args(Gives)
EXPLAINS: tuple[Explains, ...] = get_args(Explains)
BASES: tuple[Basis, ...] = get_args(Basis)
RESOURCES: tuple[Resource, ...] = get_args(Resource)
PARTIES: tuple[Party, ...] = get_args(Party)
EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)
INCIDENT_KINDS: tuple[IncidentKind, ...] = get_args(IncidentKind)
