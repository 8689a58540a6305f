"""What the timeline says of the parcels of an order: printed, scanned, delivered.

Events that name no parcel are about one and the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from remedykit.facts.values import Happening
from remedykit.language.types import Truth, Value

EventsByType = Mapping[str, Sequence[Happening]]
_First = dict[int | None, datetime]  # by parcel, when it happened to it first


def from_parcels(events: EventsByType) -> dict[str, Value | None]:
    """Return what follows about the order and its delivery; ``None``: the events do not tell."""
    labelled = _first(events, "label_created")
    scanned = _first(events, "scanned")
    delivered = _first(events, "delivered")
    sent = {*labelled, *_first(events, "shipped"), *scanned}
    seen = _earliest(scanned, delivered)
    arrived = delivered if sent <= delivered.keys() else {}
    all_seen = bool(sent) and sent <= seen.keys()
    return {
        "order.label_created_at": min(labelled.values(), default=None),
        "order.first_scan_at": max(seen[each] for each in sent) if all_seen else None,
        "incident.carrier_scanned": _were_scanned(all_seen, seen, labelled),
        "incident.delivered_at": max(arrived.values(), default=None),
    }


def _first(events: EventsByType, kind: str) -> _First:
    found: _First = {}
    for event in events.get(kind, ()):
        found.setdefault(event.parcel, event.at)
    return found


def _earliest(scanned: _First, delivered: _First) -> _First:
    """Return when each parcel was first seen on its way; one delivered unscanned then."""
    found = dict(scanned)
    for parcel, at in delivered.items():
        found[parcel] = min(at, found.get(parcel, at))
    return found


def _were_scanned(all_seen: bool, seen: _First, labelled: _First) -> Truth:
    if all_seen:
        return True
    return False if labelled and not seen else None
