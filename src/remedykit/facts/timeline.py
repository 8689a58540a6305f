"""What follows from the timeline of a case: its events folded to facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from remedykit.errors import InputError
from remedykit.facts.matters import Matter, is_broken, made_as, matters, moment_reached, status
from remedykit.facts.offers import from_offers, highest_refused
from remedykit.facts.parcels import EventsByType, from_parcels
from remedykit.facts.values import Happening, Offered
from remedykit.facts.waiting import hours_waiting, waiting
from remedykit.language.types import Value
from remedykit.model.event import OF_PARCELS
from remedykit.model.exact import MAX_DIGITS, decimal_of
from remedykit.model.rational import exact_number

Values = dict[str, Value | None]

_CONTACTS = ("contact", "seller_asked", "escalated", "claim_filed", "reopened")
_EFFORTS = ("trip", "returned", "self_repaired")
_GIVEN = frozenset({"accepted", "fulfilled"})
_CUSTOMER, _GOODWILL = "customer", "goodwill"
_MOST = 10**MAX_DIGITS - 1


@dataclass(frozen=True, slots=True)
class Folded:
    """What events come to.

    Attributes:
        values: facts by name; ``None``: unknown, or the events do not tell.
        offers: what was offered, in order of time.
    """

    values: Values
    offers: tuple[Offered, ...]


def folded(events: Sequence[Happening], at: datetime | None) -> Folded:
    """Return what follows from the events of a case.

    Args:
        events: what has happened up to `at`, in order of time.
        at: the moment of decision. Without it, for how long anybody waits is unknown, and so is who
            does, if it depends on that; no offer has expired and no promise was broken but those
            that were by the last event.

    Raises:
        InputError: if a sum has more than 18 digits.
    """
    by_type: dict[str, list[Happening]] = {}
    for event in events:
        by_type.setdefault(event.type, []).append(event)
    told = matters(events)
    offers = _Offers.of(told, events, at)
    values = _counts(by_type)
    values |= _since(events, told, at)
    values |= from_parcels(by_type)
    values |= _of_customer(by_type)
    values["case.promises_broken"] = broken = _broken(told, events, at)
    values |= from_offers(offers.offered, broken)
    values["case.highest_refused"] = highest_refused(offers.offered)
    values["case.goodwill_to_date"] = _goodwill(offers, by_type)
    values["case.claim"] = _claim(told)
    values["case.resolved"] = _is_resolved(by_type)
    return Folded(values, offers.offered)


@dataclass(frozen=True, slots=True)
class _Offers:
    """The offers of a case, each with how it was answered."""

    matters: tuple[Matter, ...]
    offered: tuple[Offered, ...]

    @classmethod
    def of(
        cls, told: Iterable[Matter], events: Sequence[Happening], at: datetime | None
    ) -> _Offers:
        reached = moment_reached(events, at)
        offers = tuple(made_as("offer_made", told))
        offered = [
            Offered(each.made.kind or "", each.value, status(each, reached)) for each in offers
        ]
        return cls(offers, tuple(offered))


def _counts(events: EventsByType) -> Values:
    """Return how often something happened."""
    contacts = [each for kind in _CONTACTS for each in events.get(kind, ())]
    contacted = [each.by == _CUSTOMER for each in contacts].count(True)
    escalations = len(events.get("escalated", ()))
    efforts = sum([len(events.get(kind, ())) for kind in _EFFORTS])
    return {
        "case.contacts": contacted,
        "case.escalations": escalations,
        "case.handoffs": escalations + len(events.get("handed_over", ())),
        "case.apologies_made": len(events.get("apology_made", ())),
        "case.effort_spent": contacted + efforts,
    }


def _since(events: Sequence[Happening], told: Iterable[Matter], at: datetime | None) -> Values:
    """Return since when there is a case, and who is to act since when."""
    opened = next((each.at for each in events if each.type not in OF_PARCELS), None)
    found = waiting(events, told, at)
    return {
        "case.opened_at": opened,
        "case.waiting_on": found.party,
        "case.hours_waiting": hours_waiting(found, at),
    }


def _broken(told: Iterable[Matter], events: Sequence[Happening], at: datetime | None) -> int:
    """Return how many promises were broken."""
    reached = moment_reached(events, at)
    return [is_broken(each, reached) for each in made_as("promise_made", told)].count(True)


def _of_customer(events: EventsByType) -> Values:
    """Return what the customer did and spent; ``None`` where no event is about it."""
    trips, expenses = len(events.get("trip", ())), events.get("expense", ())
    return {
        "incident.self_repaired": True if "self_repaired" in events else None,
        "incident.trips": trips or None,
        "incident.out_of_pocket": _sum([each.value for each in expenses]) if expenses else None,
        "incident.hours_spent": _hours(events),
    }


def _hours(events: EventsByType) -> int | Fraction | None:
    """Return how much time it cost the customer, if an event says so."""
    told = [each.hours for group in events.values() for each in group if each.hours is not None]
    if not told:
        return None
    hours = sum(told)
    try:
        decimal_of(exact_number(hours))
    except ValueError:
        problem = f"has hours that add up to more than {MAX_DIGITS} digits"
        raise InputError("case.events", problem) from None
    return hours


def _goodwill(offers: _Offers, events: EventsByType) -> int | None:
    """Return the worth of the goodwill that the customer accepted or was given, each once."""
    accepted = [
        matter.value
        for matter, offer in zip(offers.matters, offers.offered, strict=True)
        if offer.status in _GIVEN
        and _GOODWILL in [each.basis for each in (matter.made, *matter.answers)]
    ]
    given = [
        each.value
        for each in events.get("remedy_given", ())
        if each.answers is None and each.basis == _GOODWILL
    ]
    return _sum([*accepted, *given])


def _claim(told: Iterable[Matter]) -> str:
    """Return what has become of the customer's last claim."""
    claims = reversed(made_as("claim_filed", told))
    last = next((each for each in claims if each.made.by == _CUSTOMER), None)
    match last:
        case None:
            return "none"
        case Matter(answers=(answer, *_)):
            return "granted" if answer.granted else "denied"
        case _:
            return "filed"


def _is_resolved(events: EventsByType) -> bool:
    return len(events.get("resolved", ())) > len(events.get("reopened", ()))


def _sum(amounts: Iterable[int | None]) -> int | None:
    """Return the sum, unknown if one of the amounts is."""
    total = 0
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    if total > _MOST:
        raise InputError("case.events", f"has amounts that add up to more than {MAX_DIGITS} digits")
    return total
