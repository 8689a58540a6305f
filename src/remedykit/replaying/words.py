"""How a replay reads: what happened, who did it, when, and what a plan has."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

from remedykit.diagnostics import printable
from remedykit.model.border import money_in
from remedykit.model.decision import Decision, Remedy
from remedykit.model.event import EVENT_FORMS, Event
from remedykit.model.money import Money
from remedykit.model.words import PARTS
from remedykit.replaying.step import Step

_TENTH = Decimal("0.1")


def deed(event: Event) -> str:
    """Return who did what, without what differs from one such event to the next.

    Where nobody says who, it is what happened: ``offer made``.

    >>> deed(Event.model_validate({"type": "trip", "at": "2026-11-20T18:00:00Z"}))
    'customer made a trip for it'
    """
    return (
        f"{event.by} {EVENT_FORMS[event.type].deed}" if event.by else event.type.replace("_", " ")
    )


def particulars(event: Event, answered: Event | None, currency: str) -> str:
    """Return what else is told of an event that a reader of the timeline looks for.

    Args:
        event: what happened.
        answered: what it answers; what an answer leaves out, its offer says.
        currency: that of its amounts.
    """
    offer = answered if answered is not None and answered.type == "offer_made" else event
    told = [event.kind or offer.kind or ""]
    value = worth(event if event.value is not None else offer, currency)
    if value is not None:
        told.append(str(value))
    if event.granted is not None:
        told.append("granted" if event.granted else "denied")
    told.append(event.parcel or "")
    return printable(" ".join(each for each in told if each))


def worth(event: Event, currency: str) -> Money | None:
    """Return the value of an event, if it tells one."""
    return None if event.value is None else money_in(event.value, currency)


def happened(event: Event, answered: Event | None, currency: str) -> str:
    """Return an event in a few words: ``seller made an offer: partial_refund 8.00 USD``."""
    more = particulars(event, answered, currency)
    return f"{deed(event)}: {more}" if more else deed(event)


def all_happened(step: Step, currency: str) -> tuple[str, ...]:
    """Return the events of a step, each in a few words."""
    return tuple(happened(*each, currency) for each in step.answering)


def planned(decision: Decision) -> tuple[Remedy, ...]:
    """Return the remedies of the plan, part by part."""
    chosen = [remedy for remedy in decision.remedies if remedy.in_plan]
    return tuple(sorted(chosen, key=lambda remedy: PARTS.index(remedy.part)))


def plan_lines(decision: Decision) -> tuple[str, ...]:
    """Return what the plan has, part by part, who takes the incident, and the merchant's work."""
    return (
        *(_plan_line(each) for each in planned(decision)),
        *(f"hand over to {desk}" for desk in desks(decision)),
        *tasks(decision),
    )


def tasks(decision: Decision) -> tuple[str, ...]:
    """Return the merchant's own work, with blanks at which a line can be broken."""
    return tuple(f"todo: {task.replace('_', ' ')}" for task in decision.todo)


def _plan_line(remedy: Remedy) -> str:
    worth = "" if remedy.value is None else f" {remedy.value}"
    return f"{remedy.part} {remedy.kind}{worth}"


def desks(decision: Decision) -> tuple[str, ...]:
    """Return who is to take the incident, each once."""
    return tuple(dict.fromkeys(each.to for each in decision.hand_over))


def days_text(days: Fraction) -> str:
    """Return a number of days, rounded to tenths, halves away from zero.

    >>> days_text(Fraction(2439, 72)), days_text(Fraction(1)), days_text(Fraction(-1, 20))
    ('33.9 days', '1 day', '-0.1 days')
    """
    exact = Decimal(days.numerator) / Decimal(days.denominator)
    tenths = exact.quantize(_TENTH, ROUND_HALF_UP)
    shown = tenths.to_integral_value() if tenths == tenths.to_integral_value() else tenths
    return f"{shown} day{'' if shown == 1 else 's'}"


def sooner(days: Fraction) -> str:
    """Return by how many days a plan would have been quicker than what happened."""
    return f"{days_text(abs(days))} {'later' if days < 0 else 'sooner'}"


def sooner_at_least(days: Fraction) -> str:
    """Return the same of a case that is still open, rounded down; empty if nothing can be said.

    >>> sooner_at_least(Fraction(8199, 1000)), sooner_at_least(Fraction(-3))
    ('at least 8.1 days sooner', '')
    """
    tenths = Fraction(floor(days * 10), 10)
    return f"at least {sooner(tenths)}" if tenths > 0 else ""
