"""What is handed in to be decided, with much of it unknown, and policies to decide it by."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from remedykit import Decision, Policy
from remedykit.language.types import Base
from remedykit.model.words import INCIDENT_KINDS

POLICIES = {name: Policy.shipped(name) for name in ("nurture", "transactional")}
# Reads what the shipped ones leave out: times from which other facts follow, texts, durations;
# and claims one remedy on several grounds, each with its own value and hindrances.
POLICIES["curious"] = Policy.from_text("""
policy: curious
version: "1"
currencies: [USD]
timezone: America/New_York
facts:
  order.note: {type: text, means: x}
  order.waited: {type: duration, means: x}
  order.share: {type: number, means: x, at_least: 0, at_most: 1}
  order.used: {type: money, means: x, at_least: 0}
define:
  owed: min(order.total, 90.00) - order.used
remedies:
  refund: {part: fix, title: R, gives: money_now, group: g, value: 20.00, say: x}
  credit: {part: fix, title: C, gives: money_later, group: g, value: owed, say: x}
  again: {part: fix, title: A, gives: exchange, group: g, value: 30.00, say: x,
    needs: {incident.packaging_kept: true}}
  thanks: {part: perk, title: T, gives: money_later, basis: goodwill, value: 5.00, say: x}
rules:
  - {id: a, when: {incident.days_late: 3..}, offer: refund}
  - {id: b, where: order.first_scan_at >= order.placed_at + days(2), offer: credit}
  - {id: c, when: {incident.carrier_scanned: true}, offer: credit}
  - {id: d, where: incident.delivered_at <= incident.promised_by, forbid: refund}
  - {id: e, when: {order.waited: 36 hours..}, hand_over: desk}
  - {id: f, where: order.share * 3 >= 1, offer: thanks}
  - {id: g, where: order.note == incident.cause_code, entitle: again}
  - {id: h, when: {remedy.value: 40.00..}, ask_approval: {of: any, by: lead}}
  - {id: i, when: {order.label_created_at: 2026-11-03..}, offer: {refund: {value: 35.00}}}
  - {id: l, when: {incident.severity: major}, entitle: {credit: {value: 12.00}}}
  - {id: m, when: {incident.usable: false}, basis: goodwill, offer: {credit: {value: 55.00}}}
  - {id: n, when: {customer.tier: gold}, forbid: {basis: goodwill}}
  - {id: j, where: order.paid >= 50.00, offer: {refund: {value: order.paid - order.used}}}
limits:
  - {id: k, of: any, at_most: 70.00 - order.used, over: reduce, why: x}
  - {id: o, when: {remedy.value: 25.00..}, of: {basis: goodwill}, at_most: 40.00, over: withhold}
""")
AT = datetime(2026, 11, 20, 15, tzinfo=UTC)
MOMENTS = (
    "2026-11-02T09:00:00Z",
    "2026-11-05T09:30:00Z",
    "2026-11-09T20:00:00Z",
    "2026-11-20T00:00:00Z",
)


def some(choices: Mapping[str, tuple[object, ...]]) -> st.SearchStrategy[dict[str, object]]:
    """Return maps with some of the names, each with one of its values."""
    return st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(values) for name, values in choices.items()}
    )


LINES = some(
    {
        "unit_cost": ("5.00", "50.00"),
        "stock": (0, 3),
        "part_available": (True, False),
        "return_cost": ("4.00", "60.00"),
        "hazardous": (True,),
        "final_sale": (True,),
    }
)
ORDERS = some(
    {
        "sold_by": ("merchant", "marketplace_seller"),
        "chargeback": (True,),
        "shipping_paid": ("5.00",),
        "refunded": ("5.00",),
        "placed_at": MOMENTS[:2],
        "label_created_at": MOMENTS[:3],
        "first_scan_at": MOMENTS,
    }
)
INCIDENTS = some(
    {
        "affected": (["1"],),
        "severity": ("minor", "major"),
        "functional_impact": ("0.25", "1"),
        "locus": ("merchant", "carrier", "customer"),
        "days_late": (0, 2, 7, 40),
        "carrier_scanned": (True, False),
        "packaging_kept": (True, False),
        "usable": (True, False),
        "desired": ("goods", "money"),
        "self_repaired": (True,),
        "out_of_pocket": ("25.00",),
        "trips": (5,),
        "cause_confidence": ("0.9", "0.5"),
        "cause_code": ("lost", "torn"),
        "discovered_at": ("2026-11-19T20:00:00Z", "2026-11-10T00:00:00Z"),
        "recurrence": (0, 2),
        "promised_by": MOMENTS,
        "delivered_at": MOMENTS,
    }
)
CUSTOMERS = some(
    {
        "tier": ("gold", "standard"),
        "tenure_years": ("1", "5"),
        "orders_12m": (1, 10),
        "incidents_12m": (0, 3),
        "goodwill_12m": ("90.00", "240.00"),
        "predicted_ltv": ("500.00",),
        "risk_flag": (True,),
    }
)
CASES = some(
    {
        "apologies_made": (1,),
        "opened_at": ("2026-11-10T00:00:00Z",),
        "offers": ([{"kind": "refund", "value": "20.00", "status": "refused"}],),
    }
)
OWN = some(
    {
        "order.note": ("lost",),
        "order.waited": ("2 days",),
        "order.share": ("0.25",),
        "order.used": ("10.00", "65.00"),
    }
)


@st.composite
def situations(draw: st.DrawFn) -> dict[str, Any]:
    """Return what is handed in to decide: as maps, with much of it unknown."""
    order = {"id": "A", "currency": "USD", **draw(ORDERS)}
    price = draw(st.sampled_from((None, "9.99", "35.00", "120.00")))
    if price is not None:
        order["lines"] = [{"id": "1", "price": price, **draw(LINES)}]
    incident = {"kind": draw(st.sampled_from(INCIDENT_KINDS)), "order": order, **draw(INCIDENTS)}
    if price is None:
        incident.pop("affected", None)
    if "promised_by" in incident:  # given beside what it follows from, it could only be repeated
        incident.pop("days_late", None)
    return {
        "incident": incident,
        "customer": draw(CUSTOMERS),
        "case": draw(CASES),
        "facts": draw(OWN),
        "at": draw(st.sampled_from((None, AT))),
    }


def decided(policy: Policy, given: Mapping[str, Any]) -> Decision:
    """Decide what was handed in."""
    own = given["facts"] if policy.checked.own_facts else None
    return policy.decide(
        given["incident"], given["customer"], case=given["case"], facts=own, at=given["at"]
    )


def with_answer(policy: Policy, given: Mapping[str, Any], fact: str, answer: str) -> dict[str, Any]:
    """Return what is handed in with one more field, read from the words of the answer."""
    declaration = policy.schema.find(fact)
    assert declaration is not None
    value: object = answer
    match declaration.type.base:
        case Base.BOOL:
            value = answer == "true"
        case Base.INT:
            value = int(answer)
        case Base.TEXTS:
            value = [word for word in answer.strip("[]").split(", ") if word]
        case _:
            pass
    group, _, field = fact.partition(".")
    incident = given["incident"]
    if fact == "at":
        return {**given, "at": datetime.fromisoformat(answer)}
    if fact in policy.checked.own_facts:
        return {**given, "facts": {**given["facts"], fact: value}}
    if group == "order":
        return {**given, "incident": {**incident, "order": {**incident["order"], field: value}}}
    return {**given, group: {**given[group], field: value}}
