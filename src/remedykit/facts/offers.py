"""What was offered before, and what follows from how it was answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from remedykit.errors import InputError
from remedykit.facts.affected import elements
from remedykit.facts.values import Offered
from remedykit.language.types import Value
from remedykit.model.border import RefusedError, money_in, read
from remedykit.model.case import Case, Offer
from remedykit.model.shapes import Kind, Shape
from remedykit.model.words import OfferStatus

_KIND = Shape(Kind.TEXT)
_STATUS = Shape(Kind.TEXT, get_args(OfferStatus))


def past_offers(case: Case, currency: str) -> tuple[Offered, ...]:
    """Return the offers of a case in their order, values in minor units of `currency`.

    Raises:
        InputError: if one is of a wrong type, of another currency, or below 0.
    """
    offers = elements(case.__dict__.get("offers", ()), "case.offers") or ()
    return tuple(
        _offered(offer, f"case.offers[{index}]", currency) for index, offer in enumerate(offers)
    )


def from_offers(offers: tuple[Offered, ...], promises_broken: Value | None) -> dict[str, Value]:
    """Return the facts that follow: kinds offered, kinds refused, how often the recovery failed."""
    broken = promises_broken if isinstance(promises_broken, int) else 0
    refused = [offer for offer in offers if offer.status == "refused"]
    expired = [offer for offer in offers if offer.status == "expired"]
    return {
        "case.offers_made": _kinds(offers),
        "case.offers_refused": _kinds(refused),
        "case.deviation_level": broken + len(refused) + len(expired),
    }


def highest_refused(offers: Iterable[Offered]) -> int | None:
    """Return the most that the customer refused: 0 if nothing, unknown if one value is."""
    values = [offer.value for offer in offers if offer.status == "refused"]
    known = [value for value in values if isinstance(value, int)]
    return max(known, default=0) if len(known) == len(values) else None


def _offered(offer: object, where: str, currency: str) -> Offered:
    if not isinstance(offer, Offer):
        raise InputError(where, "is no Offer")
    held = offer.__dict__
    kind = _text(_KIND, held.get("kind"), f"{where}.kind")
    status = _text(_STATUS, held.get("status"), f"{where}.status")
    value = held.get("value")
    if value is None:
        return Offered(kind, None, status)
    try:
        money = money_in(value, currency)
    except RefusedError as error:
        raise InputError(f"{where}.value", str(error)) from None
    if money.minor < 0:
        raise InputError(f"{where}.value", f"{money} is below 0")
    return Offered(kind, money.minor, status)


def _text(shape: Shape, raw: object, where: str) -> str:
    try:
        return str(read(shape, raw))
    except RefusedError as error:
        raise InputError(where, str(error)) from None


def _kinds(offers: Iterable[Offered]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([offer.kind for offer in offers]))
