"""Cases with a timeline of any length, always the same ones: what replays are measured on.

A case is told as a marketplace would: labels and scans of two parcels, contacts, offers that are
refused, accepted or left to expire, promises kept and broken, claims, trips and expenses. What
happens next is drawn from what can happen then, so that no timeline contradicts itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from bench.policies import NOW, SEED

Fields = dict[str, Any]

_KINDS = ("missing_part", "late_delivery", "lost_package", "damaged")
_OFFERS = ("partial_refund", "reship", "store_credit", "full_refund")
_PAUSES_HOURS = (1, 2, 5, 12, 20, 30, 50, 75)


@dataclass(frozen=True, slots=True)
class Told:
    """One case with all that is told of it, as a platform's JSON would have it."""

    incident: Fields
    customer: Fields
    case: Fields


def cases(count: int, events: int) -> Iterator[Told]:
    """Yield so many cases of so many events, each made when it is asked for."""
    draw = Random(f"{SEED} cases")  # noqa: S311 - draws for a measurement, no secret
    for number in range(count):
        yield Told(
            incident=_incident(draw, number),
            customer={
                "id": f"C-{number}",
                "tier": draw.choice(("standard", "silver", "gold")),
                "tenure_years": draw.randint(0, 8),
                "orders_12m": draw.randint(0, 20),
                "incidents_12m": draw.choice((0, 0, 1, 2)),
            },
            case={"events": _Timeline(draw).of_length(events)},
        )


def _incident(draw: Random, number: int) -> Fields:
    line = {
        "id": "1",
        "title": "File cabinet",
        "price": f"{draw.randint(20, 250)}.00",
        "unit_cost": f"{draw.randint(5, 20)}.00",
        "stock": draw.choice((0, 3)),
        "part_available": draw.choice((True, False)),
        "part_cost": "1.50",
    }
    return {
        "id": f"I-{number}",
        "kind": draw.choice(_KINDS),
        "order": {
            "id": f"A-{number}",
            "currency": "USD",
            "placed_at": (NOW - timedelta(days=12)).isoformat(),
            "sold_by": draw.choice(("merchant", "marketplace_seller")),
            "lines": [line],
        },
        "affected": ["1"],
        "severity": draw.choice(("minor", "moderate", "major")),
        "functional_impact": draw.choice(("0.25", "0.5", "1")),
        "promised_by": (NOW - timedelta(days=draw.randint(0, 6))).isoformat(),
        "usable": True,
        "desired": draw.choice(("goods", "money")),
    }


class _Timeline:
    """One timeline, event by event."""

    def __init__(self, draw: Random) -> None:
        self._draw = draw
        self._at = NOW
        self._offer = ""  # the offer, promise or claim that is open, if one is
        self._promise = ""
        self._claim = ""
        self._told: list[Fields] = []

    def of_length(self, events: int) -> list[Fields]:
        """Return so many events; the last one closes the case."""
        for parcel in ("P-1", "P-2"):
            self._tell("label_created", by="seller", parcel=parcel)
        while len(self._told) < events - 1:
            self._at += timedelta(hours=self._draw.choice(_PAUSES_HOURS))
            self._draw.choice(self._possible())()
        self._tell("resolved", by="platform")
        return self._told

    def _possible(self) -> list[Callable[[], None]]:
        return [
            self._ask,
            self._ask,
            self._act,
            self._answer_offer if self._offer else self._make_offer,
            self._end_promise if self._promise else self._make_promise,
            self._decide_claim if self._claim else self._file_claim,
        ]

    def _ask(self) -> None:
        self._tell(self._draw.choice(("contact", "seller_asked", "seller_answered", "escalated")))

    def _act(self) -> None:
        kind = self._draw.choice(("trip", "expense", "apology_made", "shipped", "scanned"))
        match kind:
            case "expense":
                self._tell(kind, value=f"{self._draw.randint(1, 30)}.00")
            case "shipped" | "scanned":
                self._tell(kind, parcel=self._draw.choice(("P-1", "P-2")))
            case "apology_made":
                self._tell(kind, by="seller")
            case _:
                self._tell(kind)

    def _make_offer(self) -> None:
        kind, value = self._draw.choice(_OFFERS), f"{self._draw.randint(5, 20)}.00"
        self._offer = self._tell("offer_made", by="seller", kind=kind, value=value)

    def _answer_offer(self) -> None:
        answer = self._draw.choice(("offer_refused", "offer_accepted", "offer_expired"))
        self._tell(answer, of=self._offer)
        self._offer = ""

    def _make_promise(self) -> None:
        due = self._at + timedelta(hours=self._draw.choice((24, 48)))
        self._promise = self._tell("promise_made", by="seller", due=due.isoformat())

    def _end_promise(self) -> None:
        self._tell(self._draw.choice(("promise_kept", "promise_broken")), of=self._promise)
        self._promise = ""

    def _file_claim(self) -> None:
        self._claim = self._tell("claim_filed", value="40.00")

    def _decide_claim(self) -> None:
        self._tell(
            "claim_decided", of=self._claim, by="platform", granted=self._draw.random() < 0.5
        )
        self._claim = ""

    def _tell(self, type_: str, **fields: object) -> str:
        """Add an event and return its id."""
        name = f"E-{len(self._told)}"
        self._told.append({"type": type_, "at": self._at.isoformat(), "id": name, **fields})
        return name
