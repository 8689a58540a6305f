"""Who is waited for, against trying everybody where nobody knows who acted."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from remedykit.facts.happenings import happenings
from remedykit.facts.matters import matters
from remedykit.facts.values import Happening
from remedykit.facts.waiting import hours_waiting, waiting
from remedykit.model.case import Case
from remedykit.model.words import PARTIES, Party

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
MOST_UNKNOWN = 3
_ANSWERS = {
    "offer_made": ("offer_refused", "offer_accepted", "offer_expired", "remedy_given"),
    "promise_made": ("promise_kept", "promise_broken"),
    "claim_filed": ("claim_decided",),
}
_OTHERS = ("contact", "seller_asked", "seller_answered", "handed_over", "remedy_given", "trip")
Turn = tuple[str, datetime | None]


@st.composite
def small_timelines(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Return a few events close together, of which many do not say who acted."""
    at, opened, events = START, dict[str, str](), list[dict[str, Any]]()
    for number in range(draw(st.integers(1, 6))):
        at += draw(st.integers(0, 2)) * HOUR
        answers = [(kind, key) for key, made in opened.items() for kind in _ANSWERS[made]]
        plain = [(kind, "") for kind in (*_OTHERS, *_ANSWERS)]
        kind, of = draw(st.sampled_from([*plain, *answers]))
        event: dict[str, Any] = {"type": kind, "at": at, "id": f"e{number}"}
        event |= draw(_said(kind, at))
        if of:
            del opened[of]
            event["of"] = of
        elif kind == "remedy_given":
            event["kind"] = "gift"  # of no offer
        if kind in _ANSWERS:
            opened[event["id"]] = kind
        events.append(event)
    return events


def _said(kind: str, at: datetime) -> st.SearchStrategy[dict[str, Any]]:
    by = st.sampled_from(("customer", "shop", "seller"))
    due = st.integers(0, 3).map(lambda hours: at + hours * HOUR)
    match kind:
        case "offer_made":
            kinds = st.just("refund")
            return st.fixed_dictionaries({"kind": kinds}, optional={"by": by, "due": due})
        case "contact":
            return st.fixed_dictionaries({"by": by}, optional={"to": by})
        case "handed_over":
            return st.fixed_dictionaries({"to": by})
        case "promise_made" | "remedy_given":
            return st.fixed_dictionaries({}, optional={"by": by})
        case "claim_filed":
            return st.fixed_dictionaries({}, optional={"by": by, "to": by})
        case "claim_decided":
            return st.fixed_dictionaries({"granted": st.just(True)}, optional={"by": by})
        case _:
            return st.just({})


def completions(events: Sequence[Happening]) -> Iterator[list[Happening]]:
    """Yield the events with everybody where it matters and is unknown who acted."""
    unknown = [number for number, each in enumerate(events) if _is_unknown(each, events)]
    for parties in product(PARTIES, repeat=len(unknown)):
        acting: dict[int, Party] = dict(zip(unknown, parties, strict=True))
        yield [replace(each, by=acting.get(number, each.by)) for number, each in enumerate(events)]


def _is_unknown(event: Happening, events: Sequence[Happening]) -> bool:
    """Return whether it is unknown who acted; a remedy is given by who offered it."""
    if event.by is not None or event.type not in {"promise_made", "remedy_given"}:
        return False
    return event.answers is None or events[event.answers].by is None


def turn(events: Sequence[Happening], at: datetime) -> Turn:
    """Return whose turn it is since when, read from the table in the docs, step by step."""
    steps = [((each.at, float(number)), number, True) for number, each in enumerate(events)]
    steps += [(key, number, False) for key, number in _ends(events, at)]
    party, since, unanswered = "nobody", START, set[int]()
    for (moment, _), number, is_event in sorted(steps):
        event = events[number]
        subject = event if event.answers is None else events[event.answers]
        offer_ends = (number if event.answers is None else event.answers) in unanswered
        unanswered.discard(number if event.answers is None else event.answers)
        match event.type if is_event else "offer_expired":
            case "offer_made":
                unanswered.add(number)
                then = "customer"
            case "offer_refused" | "offer_accepted" if subject.by:
                then = subject.by
            case "promise_made":
                party, then = "", event.by or ""  # the clock starts anew
            case "promise_broken":
                then = subject.by or ""
            case "remedy_given" | "promise_kept" if party == (event.by or subject.by):
                then = "nobody"
            case "claim_decided" if party in (event.by, subject.to):
                then = "nobody"
            case "offer_refused" | "offer_accepted" | "offer_expired" | "remedy_given" if (
                offer_ends
            ):
                then = "nobody" if party == "customer" and not unanswered else party
            case "contact" if event.by != "customer":
                then = "nobody" if party == event.by else party
            case "claim_filed" if event.by != "customer":
                then = party
            case "contact" | "claim_filed" | "seller_asked" | "handed_over":
                then = event.to or ""
            case "seller_answered" if party == "seller":
                then = "nobody"
            case _:
                then = party
        party, since = then, since if then == party else moment
    return party, None if party == "nobody" else since


def _ends(
    events: Sequence[Happening], at: datetime
) -> Iterator[tuple[tuple[datetime, float], int]]:
    """Yield when offers ended without an answer, between which events, and which."""
    for number, event in enumerate(events):
        first = next((each.at for each in events if each.answers == number), None)
        if event.type != "offer_made" or event.due is None or event.due > at:
            continue
        if first is None or first > event.due:
            yield (event.due, -1.0 if event.at < event.due else number + 0.5), number


@given(small_timelines(), st.integers(0, 14))
def test_what_is_known_is_so_whoever_acted_where_nobody_said(
    told: list[dict[str, Any]], hours: int
) -> None:
    at = START + hours * HOUR
    events = happenings(Case.model_validate({"events": told}), "USD", at) or ()
    if [_is_unknown(each, events) for each in events].count(True) > MOST_UNKNOWN:
        events = events[:MOST_UNKNOWN]  # else there is too much to try
    found = waiting(events, matters(events), at)
    waited = hours_waiting(found, at)

    turns = {turn(each, at) for each in completions(events)}

    assert found.party is None or {party for party, _ in turns} == {found.party}
    assert waited is None or {_hours(since, at) for _, since in turns} == {waited}
    if not any(_is_unknown(each, events) for each in events):
        assert turns == {(found.party, found.since)}


def _hours(since: datetime | None, at: datetime) -> int:
    return 0 if since is None else (at - since) // HOUR
