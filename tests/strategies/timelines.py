"""Timelines that could have happened: events without contradictions, as they are handed in."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
PARTIES = ("customer", "shop", "seller", "platform", "carrier")
_Choices = Mapping[str, Mapping[str, tuple[object, ...]]]
_PLAIN: _Choices = {
    "contact": {"to": ("shop", "seller"), "hours": ("0.5", 2), "by": ("customer", "shop")},
    "seller_asked": {"hours": (1,)},
    "seller_answered": {},
    "apology_made": {"by": PARTIES},
    "handed_over": {"to": PARTIES, "by": PARTIES},
    "escalated": {"to": ("platform", "shop")},
    "self_repaired": {"hours": ("1.5",)},
    "expense": {},
    "trip": {"hours": (1, "0.25")},
    "label_created": {"parcel": ("P1", "P2")},
    "shipped": {"parcel": ("P1", "P2")},
    "scanned": {"parcel": ("P1", "P2", "P3")},
    "returned": {"parcel": ("P1",)},
    "remedy_given": {"basis": ("goodwill", "standard"), "value": ("4.00",), "by": PARTIES},
}
_MAKING: _Choices = {
    "offer_made": {"by": PARTIES, "basis": ("goodwill", "entitlement"), "value": ("8.00", 12)},
    "promise_made": {"by": PARTIES},
    "claim_filed": {"by": ("customer", "shop"), "to": ("platform", "carrier")},
}
_ANSWERS = {
    "offer_made": ("offer_refused", "offer_accepted", "offer_expired", "remedy_given"),
    "promise_made": ("promise_kept", "promise_broken"),
    "claim_filed": ("claim_decided",),
}


class _Story:
    """Draws one event after the other, and knows what may come next."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.open: dict[str, str] = {}
        self.delivered: set[str] = set()
        self.is_resolved = False

    def event(self, number: int) -> dict[str, Any]:
        kind = self.draw(st.sampled_from([*self._possible()]))
        event: dict[str, Any] = {"type": kind, "id": f"e{number}"}
        choices = {**_PLAIN, **_MAKING}.get(kind, {})
        for field, values in choices.items():
            if self.draw(st.booleans()):
                event[field] = self.draw(st.sampled_from(values))
        self._settle(event)
        return event

    def _possible(self) -> Iterator[str]:
        yield from (*_PLAIN, *_MAKING)
        yield "reopened" if self.is_resolved else "resolved"
        yield from (answer for made in self.open.values() for answer in _ANSWERS[made])
        if len(self.delivered) < 3:
            yield "delivered"

    def _settle(self, event: dict[str, Any]) -> None:
        match event["type"]:
            case "offer_made":
                event["kind"] = self.draw(st.sampled_from(("refund", "reship")))
                self.open[event["id"]] = "offer_made"
            case "promise_made" | "claim_filed" as made:
                self.open[event["id"]] = made
            case "expense":
                event["value"] = self.draw(st.sampled_from(("3.50", "20.00")))
            case "delivered":
                event["parcel"] = f"P{len(self.delivered) + 1}"
                self.delivered.add(event["parcel"])
            case "resolved" | "reopened" as closing:
                self.is_resolved = closing == "resolved"
            case "claim_decided":
                event["granted"] = self.draw(st.booleans())
            case _:
                pass
        self._answer(event)

    def _answer(self, event: dict[str, Any]) -> None:
        answerable = [key for key, made in self.open.items() if event["type"] in _ANSWERS[made]]
        if not answerable:
            return
        event["of"] = self.draw(st.sampled_from(answerable))
        del self.open[event["of"]]
        if event["type"] == "remedy_given":
            event.pop("value", None)


@st.composite
def timelines(draw: st.DrawFn, *, most: int = 12) -> list[dict[str, Any]]:
    """Return the events of a case in order of time, at different times, as maps of fields."""
    story = _Story(draw)
    events = [story.event(number) for number in range(draw(st.integers(0, most)))]
    at = START
    for event in events:
        at += draw(st.integers(1, 30)) * HOUR
        event["at"] = at.isoformat()
        if event["type"] in _MAKING and draw(st.booleans()):
            event["due"] = (at + draw(st.integers(0, 60)) * HOUR).isoformat()
    return events


def moments() -> st.SearchStrategy[datetime]:
    """Return moments before, between and after the events of such a timeline."""
    return st.integers(0, 400).map(lambda hours: START + hours * HOUR)
