"""The facts of a case: folded from its events, or told as their sum; told both ways, they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from pydantic import BaseModel

from remedykit.errors import InputError
from remedykit.facts.happenings import happenings
from remedykit.facts.inputs import Fault, input_error
from remedykit.facts.offers import from_offers, highest_refused, past_offers
from remedykit.facts.timeline import Folded, folded
from remedykit.facts.values import Happening, Offered
from remedykit.language.types import Value
from remedykit.model.case import Case
from remedykit.model.money import Money
from remedykit.model.rational import exact_text

Values = Mapping[str, Value | None]

# Facts that are handed in, and follow from the timeline too, as far as it tells them.
ALSO_FOLDED = (
    "case.apologies_made",
    "case.contacts",
    "case.opened_at",
    "case.promises_broken",
    "incident.carrier_scanned",
    "incident.delivered_at",
    "incident.hours_spent",
    "incident.out_of_pocket",
    "incident.self_repaired",
    "incident.trips",
    "order.first_scan_at",
    "order.label_created_at",
)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What follows from a case.

    Attributes:
        values: facts by name.
        offers: what was offered before.
        events: what has happened, if anybody told.
    """

    values: Values
    offers: tuple[Offered, ...]
    events: tuple[Happening, ...] | None


def case_facts(
    case: Case, given: Values, others: Mapping[str, BaseModel], currency: str, at: datetime | None
) -> CaseFacts:
    """Return what follows from a case.

    Args:
        case: what has happened since.
        given: all facts that the models hold, with the defaults where they hold none.
        others: the incident and the order, by the group of their facts.
        currency: of the amounts.
        at: the moment of decision, if known.

    Raises:
        InputError: if the events are wrong, or anything that is told beside them is different.
    """
    events = happenings(case, currency, at)
    offers = past_offers(case, currency)
    if events is None:
        broken = given["case.promises_broken"]
        summed = {
            **from_offers(offers, broken),
            "case.highest_refused": highest_refused(offers),
            "case.age_days": age_days(given["case.opened_at"], at),
        }
        return CaseFacts(summed, offers, events)
    fold = folded(events, at)
    told = {
        f"{group}.{field}"
        for group, model in (("case", case), *others.items())
        for field in model.model_fields_set
    }
    if "case.offers" in told:
        _refuse_other_offers(offers, fold.offers)
    kept = {name: given[name] for name in ALSO_FOLDED if name in told}
    return CaseFacts(merged(kept, fold, at, currency), fold.offers, events)


def merged(
    kept: Values, fold: Folded, at: datetime | None, currency: str
) -> dict[str, Value | None]:
    """Return what follows from events, and from what is told beside them.

    Args:
        kept: what is told of `ALSO_FOLDED` beside the events.
        fold: what the events come to.
        at: the moment of decision, if known.
        currency: of the amounts.

    Raises:
        InputError: if both are told, but different.
    """
    values = dict(fold.values)
    wrong: list[Fault] = []
    for name in ALSO_FOLDED:
        told, follows = kept.get(name), values[name]
        if told is not None and follows is not None and told != follows:
            wrong.append((name, _contradiction(name, told, follows, at, currency)))
        if told is not None:
            values[name] = told
        elif follows is None and not name.startswith("case."):
            del values[name]  # the events do not tell it
    if wrong:
        raise input_error(wrong)
    opened = values["case.opened_at"]
    values["case.age_days"] = 0 if opened is None else age_days(opened, at)
    return values


# What follows where there is no case, as most incidents are decided.
NOTHING_HAPPENED = CaseFacts(merged({}, folded((), None), None, ""), (), ())


def age_days(opened: Value | None, at: datetime | None) -> int | None:
    """Return for how many whole days there has been a case."""
    if at is None or not isinstance(opened, datetime):
        return None
    return max(0, (at - opened) // timedelta(days=1))


def _contradiction(
    name: str, told: Value, follows: Value, at: datetime | None, currency: str
) -> str:
    word, other = (_word(name, each, currency) for each in (told, follows))
    advice = "leave one of them out, or mend it"
    until = "" if at is None else f" up to {at.isoformat()}"
    return f"{word} is given, but {other} follows from case.events{until}; {advice}"


def _word(name: str, value: Value, currency: str) -> str:
    match value:
        case int() if name == "incident.out_of_pocket":
            return str(Money.of_minor(value, currency))
        case datetime():
            return value.isoformat()
        case Fraction():
            return exact_text(value)
        case _:
            return str(value).lower()


def _refuse_other_offers(offers: Iterable[Offered], follow: Iterable[Offered]) -> None:
    """Refuse offers that are told beside the events, if these tell others."""
    if Counter(offers) != Counter(follow):
        problem = "tells other offers than follow from case.events; leave one of them out"
        raise InputError("case.offers", problem)
