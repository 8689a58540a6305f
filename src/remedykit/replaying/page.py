"""A replay as one HTML page that needs nothing else: a picture, what was to be saved, a table.

Everything from a policy or a case is escaped, and the page forbids scripts and whatever it does not
bring.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

from remedykit.explain.time_words import TimeWords
from remedykit.model.markup import element, escaped, listing
from remedykit.replaying.lanes import Lanes, lanes_of
from remedykit.replaying.page_style import STYLE
from remedykit.replaying.picture import NARROW, WIDE, picture
from remedykit.replaying.savings import Savings
from remedykit.replaying.telling import (
    HEAD,
    NO_PLAN,
    ToldStep,
    gained_text,
    told_steps,
    trips,
)

if TYPE_CHECKING:
    from remedykit.replaying.replay import Replay

_TITLE = "What happened, and what should have been offered"
_OPEN = "still open"  # instead of the days saved, of which nothing can be said yet
_LEGEND = (
    ('<circle cx="8" cy="6" r="5" class="mark"/>', "something happened"),
    (
        '<circle cx="8" cy="6" r="4.5" class="mark avoidable"/>',
        "a trip or an expense of the customer after the first plan",
    ),
    ('<polygon points="8,1 13,6 8,11 3,6" class="instant"/>', "time alone changed the decision"),
    ('<rect width="16" height="12" class="lost"/>', "after the first plan would have put it right"),
)


def replay_page(replay: Replay) -> str:
    """Return the page of a replay."""
    digest = b64encode(sha256(STYLE.encode()).digest()).decode()
    forbidden = f"default-src 'none'; style-src 'sha256-{digest}'"
    head = (
        '<meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{forbidden}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        + element("title", escaped(f"Replay of {_about(replay)}"))
        + element("style", STYLE)
    )
    body = element("body", "\n".join(_body(replay, replay.times)))
    return f'<!DOCTYPE html>\n<html lang="en">{element("head", head)}\n{body}</html>\n'


def _about(replay: Replay) -> str:
    policy = f"{replay.policy.name} {replay.policy.version}"
    return f"incident {replay.incident_id} by {policy}" if replay.incident_id else policy


def _body(replay: Replay, times: TimeWords) -> Iterator[str]:
    yield element("h1", _TITLE)
    first, last = replay.steps[0], replay.steps[-1]
    span = f"{times.moment(first.at)} to {times.moment(last.at)}"
    about = ", ".join(filter(None, (_about(replay), span, times.named)))
    yield f'<p class="dim">{escaped(about)}</p>'
    yield _cards(replay.savings, times)
    lanes = lanes_of(replay)
    yield from (picture(lanes, frame, times) for frame in (WIDE, NARROW))
    yield _legend(lanes)
    yield element("h2", "Step by step")
    yield _table(told_steps(replay))


# --- what would have been saved ------------------------------------------------------------------


def _cards(savings: Savings, times: TimeWords) -> str:
    plan = savings.plan
    if plan is None:
        return element("p", escaped(NO_PLAN))
    ended = "It was put right on" if savings.is_resolved else "It was not yet put right on"
    days = (
        f"{ended} {times.moment(savings.ended_at)}; with the plan of {times.moment(plan.at)} it "
        f"would have been on {times.moment(plan.done_at)}."
    )
    cards = (
        _card(gained_text(savings) or _OPEN, days),
        _card(trips(plan), "that the customer made after the first plan"),
        _card(str(plan.spent), "that the customer spent after the first plan"),
    )
    return f'<dl class="cards">{"".join(cards)}</dl>'


def _card(figure: str, told: str) -> str:
    return element("div", element("dt", escaped(figure)) + element("dd", escaped(told)))


# --- beside and below the picture ----------------------------------------------------------------


def _legend(lanes: Lanes) -> str:
    """Return what the signs mean of which the picture has any."""
    shown = {mark.style for lane in lanes.happened for mark in lane.marks}
    there = (True, "avoidable" in shown, bool(lanes.instants), lanes.lost is not None)
    points = "".join(
        f'<li><svg viewBox="0 0 16 12" aria-hidden="true">{shape}</svg>{escaped(told)}</li>'
        for (shape, told), is_shown in zip(_LEGEND, there, strict=True)
        if is_shown
    )
    return f'<ul class="legend">{points}</ul>'


def _table(steps: Iterable[ToldStep]) -> str:
    head = "".join(f'<th scope="col">{escaped(title)}</th>' for title in ("#", *HEAD))
    rows = "\n".join(_row(number, step) for number, step in enumerate(steps, start=1))
    return f"<table><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table>"


def _row(number: int, step: ToldStep) -> str:
    style = ' class="time"' if step.is_by_time else ""
    told = zip(HEAD[1:], (step.happened, step.plan, step.changed), strict=True)
    cells = "".join(
        f'<td data-head="{escaped(title)}">{listing(lines)}</td>' for title, lines in told
    )
    when = f'<td class="number">{number}</td><td class="when">{escaped(step.when)}</td>'
    return f"<tr{style}>{when}{cells}</tr>"
