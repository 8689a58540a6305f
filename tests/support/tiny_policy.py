"""A small policy and a lost parcel: what the tests of the front door decide on."""

from __future__ import annotations

from typing import Any

from remedykit import Customer, Incident, LineItem, Order, Policy

TEXT = """
policy: tiny
version: "1"
currencies: [USD]
timezone: America/New_York
covers: [perk]
facts:
  order.channel: {values: [web, app], means: where it was bought}
  customer.nickname: {type: text, personal: true, means: how he wants to be called}
params:
  lost_after: {value: 5, unit: days, why: house rule}
define:
  loyal: {customer.tenure_years: 3.., customer.incidents_12m: ..1}
  named: {customer.nickname: {known: true}}
remedies:
  reship:
    part: fix
    title: Send it again
    gives: exchange
    restores: true
    needs: {incident.replacement_in_stock: true}
    group: make_whole
    value: incident.value_affected
    cost: incident.cost_affected + 12.00
    resolved_in_days: 2.5
    say: We are sending it again today.
  full_refund:
    part: fix
    title: Refund
    gives: money_now
    group: make_whole
    value: incident.value_affected
    resolved_in_days: 3
    effort_0_to_5: 1
    say: You get {remedy.value} back.
    note: Refund it today.
  return_for_refund:
    part: fix
    title: Return it
    gives: money_later
    needs: {incident.packaging_kept: true}
    group: make_whole
    value: incident.value_affected
    resolved_in_days: 10
    effort_0_to_5: 4
    say: Send it back.
  sincere:
    part: apology
    title: Sorry
    gives: psychological
    apology: {responsibility: true, empathy: true}
    say: We are sorry.
  by_name:
    part: apology
    title: Sorry, by name
    gives: psychological
    apology: {responsibility: true, empathy: true, regret: true}
    states: {named: true}
    say: We are sorry, {customer.nickname}.
  no_scan:
    part: explanation
    title: No scan
    gives: psychological
    explains: cause
    states: {incident.carrier_scanned: false, order.label_created_at: {known: true}}
    say: We printed a label on {order.label_created_at:date}, but the carrier never scanned it.
  credit:
    part: perk
    title: Credit
    gives: money_later
    basis: goodwill
    value: 15.00
    say: Here are {remedy.value} for your next order.
rules:
  - id: lost.all
    when: {incident.kind: lost_package, incident.days_late: lost_after..}
    unless: {customer.risk_flag: true}
    offer: [reship, full_refund, return_for_refund, sincere, no_scan]
    because: A parcel without a scan hardly ever turns up.
  - {id: lost.named, when: {incident.kind: lost_package, named: true}, offer: by_name}
  - {id: regular, when: {incident.kind: lost_package, loyal: true}, offer: credit}
  - {id: carrier.claim, when: {incident.kind: lost_package}, todo: [file_carrier_claim]}
  - {id: no.app.refund, when: {order.channel: app}, forbid: full_refund}
  - {id: likes.goods, when: {customer.tier: gold}, adjust: {of: reship, points: 5}}
  - {id: big.money, when: {remedy.value: 50<..}, ask_approval: {of: full_refund, by: team_lead}}
limits:
  - {id: goodwill.cap, of: {basis: goodwill}, at_most: 0.20 * order.total, over: reduce, why: house}
"""
POLICY = Policy.from_text(TEXT)


def order(**changes: Any) -> Order:
    """Return an order of a shelf and a lamp."""
    lines = [
        LineItem(id="1", title="Oak shelf", price="35.00", unit_cost="21.00", stock=4),
        LineItem(id="2", title="Lamp", price="25.00", unit_cost="15.00", stock=9),
    ]
    return Order(**{"id": "A-1001", "currency": "USD", "lines": lines, **changes})


def incident(**changes: Any) -> Incident:
    """Return the loss of both."""
    known = {
        "kind": "lost_package",
        "order": order(label_created_at="2026-11-03T02:00:00Z"),
        "affected": ["1", "2"],
        "days_late": 7,
        "carrier_scanned": False,
    }
    return Incident(**{**known, **changes})


def customer(**changes: Any) -> Customer:
    """Return a frequent buyer."""
    return Customer(
        **{"id": "C-7", "tier": "gold", "tenure_years": 4, "incidents_12m": 0, **changes}
    )
