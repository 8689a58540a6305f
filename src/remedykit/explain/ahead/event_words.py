"""Events in words, as reasons name them: what happened, and what is over at a due time."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from remedykit.facts.values import Happening
from remedykit.model.event import EVENT_FORMS
from remedykit.model.words import EventType

# What reads better than "somebody" did it, where nobody says who.
_UNSIGNED: Mapping[EventType, str] = MappingProxyType(
    {
        "offer_expired": "an offer expired",
        "promise_kept": "a promise was kept",
        "promise_broken": "a promise was broken",
        "remedy_given": "a remedy was carried out",
        "handed_over": "the customer was passed on",
        "claim_decided": "a claim was decided",
        "label_created": "the label of a parcel was printed",
        "resolved": "the case was closed",
        "reopened": "the case was opened again",
    }
)


def happened(event: Happening) -> str:
    """Return an event as a sentence that says who did it, as far as it is known."""
    match event.type:
        case "offer_made":
            by = "" if event.by is None else f" by the {event.by}"
            return f"{event.kind} was offered{by}"
        case "promise_made":
            return f"{_promise(event)} was made"
        case kind if event.by is None and kind in _UNSIGNED:
            return _UNSIGNED[kind]
        case kind:
            who = "somebody" if event.by is None else f"the {event.by}"
            return f"{who} {EVENT_FORMS[kind].deed}"


def over(event: Happening) -> str:
    """Return what is over at the due time of an offer or a promise."""
    if event.type == "offer_made":
        return f"the offer of {event.kind} expires"
    return f"the time of {_promise(event)} is over"


def _promise(event: Happening) -> str:
    return "a promise" if event.by is None else f"a promise of the {event.by}"
