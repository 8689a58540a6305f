"""What a replay's picture shows, before it has a size: lanes of marks and bars over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from remedykit.explain.time_words import TimeWords
from remedykit.model.event import Event
from remedykit.model.words import PARTS
from remedykit.replaying.moments import days_between, later
from remedykit.replaying.savings import FirstPlan, Savings
from remedykit.replaying.step import Step
from remedykit.replaying.telling import gained_text
from remedykit.replaying.words import (
    days_text,
    deed,
    desks,
    happened,
    particulars,
    planned,
    tasks,
)

if TYPE_CHECKING:
    from remedykit.replaying.replay import Replay

_STYLES = (*PARTS, "desk", "todo")  # of lanes, in their order
_BEYOND = 20  # the picture goes on by the 20th part, so that what is offered last has a length


@dataclass(frozen=True, slots=True)
class Mark:
    """Something at one moment: what stands beside it, and all that is told of it."""

    at: datetime
    label: str
    told: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that lasts: what stands in it, and all that is told of it."""

    start: datetime
    end: datetime
    label: str
    told: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of the picture: its name, how it looks, and what it shows."""

    name: str
    style: str
    marks: tuple[Mark, ...] = ()
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """Everything that a picture shows.

    Attributes:
        start: the first moment.
        end: the last one.
        numbers: the moments of the steps.
        instants: those of them at which time alone changed the decision.
        happened: a lane for what somebody did, however often.
        offered: a lane for each remedy, for each desk, and for each task of the merchant.
        took: how long it took until it was put right, and would have taken.
        lost: from when the first plan would have put it right until that happened.
    """

    start: datetime
    end: datetime
    numbers: tuple[datetime, ...]
    instants: tuple[Mark, ...]
    happened: tuple[Lane, ...]
    offered: tuple[Lane, ...]
    took: tuple[Lane, ...]
    lost: tuple[datetime, datetime] | None


def lanes_of(replay: Replay) -> Lanes:
    """Return what the picture of a replay shows."""
    steps, savings, times = replay.steps, replay.savings, replay.times
    start, last = steps[0].at, max(steps[-1].at, savings.ended_at)
    done = None if savings.plan is None else savings.plan.done_at
    last = max(last, done or last, later(start, 1))  # of less a picture would have no days
    end = later(last, days_between(start, last) / _BEYOND)
    return Lanes(
        start=start,
        end=end,
        numbers=tuple(step.at for step in steps),
        instants=tuple(
            Mark(step.at, "", f"{times.moment(step.at)}: {step.because}")
            for step in steps
            if not step.events
        ),
        happened=tuple(_happened(replay, savings, times)),
        offered=tuple(_offered(steps, end, times)),
        took=tuple(_took(savings)),
        lost=(done, savings.ended_at) if done and done < savings.ended_at else None,
    )


def _happened(replay: Replay, savings: Savings, times: TimeWords) -> Iterator[Lane]:
    """Yield a lane for each sort of deed, with one mark for all such deeds of one moment."""
    lanes: dict[str, list[Mark]] = {}
    counts = Counter(deed(event) for step in replay.steps for event in step.events)
    for step in replay.steps:
        deeds: dict[str, list[tuple[Event, Event | None]]] = {}
        for event, answered in step.answering:
            deeds.setdefault(deed(event), []).append((event, answered))
        for name, events in deeds.items():
            labels = (particulars(*each, replay.currency) for each in events)
            told = (happened(*each, replay.currency) for each in events)
            mark = Mark(
                step.at,
                ", ".join(label for label in labels if label),
                f"{times.moment(step.at)}: {', '.join(told)}",
                "avoidable" if _is_avoidable(events[0][0], savings) else "",
            )
            lanes.setdefault(name, []).append(mark)
    for name, marks in lanes.items():
        count = counts[name]
        yield Lane(name if count == 1 else f"{name} ({count})", "", marks=tuple(marks))


def _is_avoidable(event: Event, savings: Savings) -> bool:
    plan = savings.plan
    return (
        plan is not None
        and event.type in {"trip", "expense"}
        and event.by == "customer"
        and event.at > plan.at
    )


def _offered(steps: tuple[Step, ...], end: datetime, times: TimeWords) -> Iterator[Lane]:
    """Yield a lane for each remedy that was ever planned, part by part, then each desk and task."""
    bars: dict[tuple[int, str], list[Bar]] = {}
    for step, until in _spans(steps, end):
        for key, bar in _bars(step, until):
            earlier = bars.setdefault(key, [])
            if earlier and (earlier[-1].end, earlier[-1].label) == (bar.start, bar.label):
                bar = Bar(earlier.pop().start, bar.end, bar.label, bar.told)  # noqa: PLW2901
            earlier.append(bar)
    for (rank, _), found in sorted(bars.items(), key=lambda item: item[0][0]):
        yield Lane(found[0].told, _STYLES[rank], bars=tuple(_timed(found, end, times)))


def _spans(steps: tuple[Step, ...], end: datetime) -> Iterator[tuple[Step, datetime]]:
    ends = (*(step.at for step in steps[1:]), end)
    yield from (span for span in zip(steps, ends, strict=True) if not span[0].is_closed)


def _bars(step: Step, until: datetime) -> Iterator[tuple[tuple[int, str], Bar]]:
    for remedy in planned(step.decision):
        name = f"{remedy.part}: {remedy.title}"
        label = "" if remedy.value is None else str(remedy.value)
        yield (_STYLES.index(remedy.part), remedy.kind), Bar(step.at, until, label, name)
    for desk in desks(step.decision):
        yield (_STYLES.index("desk"), desk), Bar(step.at, until, "", f"hand over to {desk}")
    for task in tasks(step.decision):
        yield (_STYLES.index("todo"), task), Bar(step.at, until, "", task)


def _timed(bars: Iterable[Bar], end: datetime, times: TimeWords) -> Iterator[Bar]:
    """Yield bars that tell when; what goes on to the end of the picture has no end of its own."""
    for bar in bars:
        worth = f", {bar.label}" if bar.label else ""
        start = times.moment(bar.start)
        span = f"from {start} on" if bar.end == end else f"{start} to {times.moment(bar.end)}"
        yield Bar(bar.start, bar.end, bar.label, f"{bar.told}{worth}: {span}")


def _took(savings: Savings) -> Iterator[Lane]:
    opened, ended, plan = savings.opened_at, savings.ended_at, savings.plan
    if opened is not None and savings.days is not None:
        days = days_text(savings.days)
        told = days if savings.is_resolved else f"{days}, still open"
        yield Lane("as it happened", "taken", bars=(Bar(opened, ended, told, told),))
    if plan is not None:
        yield Lane("with the first plan", "planned", bars=tuple(_planned(plan, savings)))


def _planned(plan: FirstPlan, savings: Savings) -> Iterator[Bar]:
    opened = savings.opened_at
    if opened is not None and plan.days is not None and opened < plan.done_at:
        days = days_text(plan.days)
        yield Bar(opened, plan.done_at, days, days)
    else:
        yield Bar(plan.at, plan.done_at, "", "from the plan until it would have been put right")
    if plan.days_saved > 0:
        told = gained_text(savings)
        yield Bar(plan.done_at, savings.ended_at, told, told, "saved")
