"""Pieces of a timeline that is being made: events, and those without which they cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypedDict, Unpack

from remedykit.authoring.situations.situation import amount_text
from remedykit.facts.values import Happening
from remedykit.language.plain_json import Plain
from remedykit.model.answers import ANSWERED
from remedykit.model.event import EVENT_FORMS
from remedykit.model.words import Basis, EventType, Party

Piece = tuple[Happening, ...]


class Told(TypedDict, total=False):
    """What is told of an event beside its type and time."""

    by: Party | None
    to: Party | None
    kind: str | None
    value: int | None
    basis: Basis | None
    parcel: int | None
    granted: bool | None


def event(kind_of_event: EventType, at: datetime, **told: Unpack[Told]) -> Happening:
    """Return an event; who acts, and who is to act next, as its type has it where nobody says."""
    form = EVENT_FORMS[kind_of_event]
    made = Happening(type=kind_of_event, at=at, **told)
    return replace(made, by=made.by or form.by, to=made.to or form.to)


def with_what_it_answers(
    answer: EventType, at: datetime, place: int, **told: Unpack[Told]
) -> Piece:
    """Return an event, behind the offer, promise or claim that it answers, or else alone.

    Args:
        answer: its type.
        at: when both happen.
        place: of the first of them, among the events to which they are added.
        told: of the event; its kind and value are those of the offer, and who acts has promised.
    """
    of = ANSWERED.get(answer)
    if answer == "reopened":
        return event("resolved", at), event(answer, at, **told)
    if of is None or answer == "remedy_given":
        return (event(answer, at, **told),)
    makers: dict[EventType, Party | None] = {
        "claim_filed": "customer",
        "promise_made": told.get("by"),  # who keeps a promise, or not, is who has made it
    }
    maker = makers.get(of) or "shop"
    first = event(of, at, by=maker, kind=told.get("kind"), value=told.get("value"))
    return first, replace(event(answer, at, **told), value=None, answers=place)


def in_order(events: Piece) -> Piece:
    """Return events in order of time; those of one time stay in the order in which they stand."""
    order = sorted(range(len(events)), key=lambda place: events[place].at)
    places = {old: new for new, old in enumerate(order)}
    return tuple(
        each if each.answers is None else replace(each, answers=places[each.answers])
        for each in (events[place] for place in order)
    )


def plain_events(events: Sequence[Happening], currency: str) -> list[Plain]:
    """Return events as they are written in a file.

    An answer names what it answers only where there is more than one thing that it could.

    Args:
        events: in order of time.
        currency: of the amounts.

    Raises:
        ValueError: if an amount cannot be written.
    """
    types = [each.type for each in events]
    named = {
        each.answers
        for each in events
        if each.answers is not None and types.count(events[each.answers].type) > 1
    }
    return [_plain(place, each, named, currency) for place, each in enumerate(events)]


def _plain(place: int, happening: Happening, named: set[int], currency: str) -> Plain:
    form, answers = EVENT_FORMS[happening.type], happening.answers
    plain: dict[str, Plain] = {"type": happening.type, "at": happening.at.isoformat()}
    if place in named:
        plain["id"] = str(place + 1)
    if answers is not None and answers in named:
        plain["of"] = str(answers + 1)
    if happening.by != form.by:
        plain["by"] = happening.by
    if happening.to != form.to:
        plain["to"] = happening.to
    if answers is None and happening.kind is not None:
        plain["kind"] = happening.kind
    if happening.value is not None:
        plain["value"] = amount_text(happening.value, currency)
    if happening.basis is not None:
        plain["basis"] = happening.basis
    if happening.parcel is not None:
        plain["parcel"] = f"P-{happening.parcel + 1}"
    if happening.granted is not None:
        plain["granted"] = happening.granted
    return plain
