"""A small policy that looks at the clock, and cases for it: what the tests of replays are about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from remedykit import Case, Incident, LineItem, Order, Policy, Replay, replay

START = datetime(2026, 11, 14, 12, tzinfo=UTC)
TEXT = """
policy: timed
version: "1"
currencies: [USD]
timezone: America/New_York
facts:
  case.silent:
    after: seller_asked
    without: seller_answered
    for: 48 hours
    means: the seller was asked and has kept silent
  case.unscanned:
    after: label_created
    without: scanned
    same: parcel
    for: 72 hours
    means: a label was printed and the carrier has not scanned the parcel
params:
  trip_money: {value: 5.00, unit: money, why: a tank of petrol}
remedies:
  sorry:
    part: apology
    title: A word of regret
    gives: psychological
    apology: {responsibility: true, empathy: true}
    say: We are sorry.
  spare_part:
    part: fix
    title: The missing part by express
    gives: exchange
    restores: true
    group: make_whole
    value: 40.00
    cost: 6.00
    resolved_in_days: 1.5
    say: We are sending it today.
  gesture:
    part: fix
    title: Something for your trouble
    gives: money_now
    value: incident.trips * trip_money
    resolved_in_days: 4
    say: You get {remedy.value} for your trouble.
rules:
  - {id: regret, when: {incident.kind: missing_part}, offer: sorry}
  - {id: silence, when: {incident.kind: missing_part, case.silent: true}, offer: spare_part}
  - {id: no.scan, when: {incident.kind: missing_part, case.unscanned: true}, offer: spare_part}
  - id: trouble
    when: {incident.kind: missing_part, incident.trips: 1..}
    entitle: {gesture: {due: at + days(7)}}
  - {id: scans, when: {incident.kind: missing_part, case.unscanned: true}, todo: [ask_carrier]}
  - {id: desk, when: {incident.kind: missing_part, case.contacts: 3..}, hand_over: desk}
"""
POLICY = Policy.from_text(TEXT)


def day(days: float) -> datetime:
    """Return a moment so many days after the first one."""
    return START + timedelta(days=days)


def event(kind: str, days: float, /, **fields: Any) -> dict[str, Any]:
    """Return an event so many days after the first one."""
    return {"type": kind, "at": day(days), **fields}


def incident(**changes: Any) -> Incident:
    """Return a cabinet without a screw."""
    line = LineItem(id="1", title="Cabinet", price="120.00", unit_cost="72.00", stock=3)
    order = Order(id="A-1", currency="USD", lines=[line])
    return Incident(
        **{"id": "I-1", "kind": "missing_part", "order": order, "affected": ["1"], **changes}
    )


def case_of(*events: dict[str, Any]) -> Case:
    """Return a case of some events."""
    return Case.model_validate({"events": events})


def replayed(*events: dict[str, Any], **options: Any) -> Replay:
    """Return the replay of some events by the policy."""
    told = {"incident": incident(), "customer": {}, **options}
    return replay(POLICY, case_of(*events), **told)


# Asked, silent for more than two days, three trips, an expense, and put right after ten days.
STORY = (
    event("delivered", 0),
    event("seller_asked", 0.25),
    event("trip", 3),
    event("trip", 4),
    event("expense", 4, value="12.50"),
    event("contact", 5, to="seller"),
    event("trip", 6),
    event("resolved", 10.25, by="seller"),
)
