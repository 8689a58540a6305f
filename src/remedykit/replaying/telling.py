"""A replay in words, as tables tell it: when, what happened, what to offer, what is different."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from remedykit.explain.time_words import TimeWords
from remedykit.replaying.savings import FirstPlan, Savings
from remedykit.replaying.step import Step
from remedykit.replaying.words import (
    all_happened,
    days_text,
    plan_lines,
    sooner,
    sooner_at_least,
)

if TYPE_CHECKING:
    from remedykit.replaying.replay import Replay

HEAD = ("when", "what happened", "what should be offered", "what is different")
_AS_BEFORE = ("as before",)
_CLOSED = ("closed",)
_TIME = "only time has passed"
NO_PLAN = "No plan had a fix that makes the customer whole: nothing to compare with."


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStep:
    """One step in words.

    Attributes:
        when: the moment, as the clocks of the policy show it.
        happened: what happened, or what time has brought.
        plan: what the plan has, part by part, and who is to take the incident; or that this is as
            before, in kinds and amounts; or that the case is closed.
        changed: what else is different from the step before.
        is_by_time: whether nothing happened: time alone has changed what should be offered.
    """

    when: str
    happened: tuple[str, ...]
    plan: tuple[str, ...]
    changed: tuple[str, ...]
    is_by_time: bool


def told_steps(replay: Replay) -> Iterator[ToldStep]:
    """Yield the steps of a replay in words."""
    before: tuple[str, ...] = ()
    for step in replay.steps:
        plan = _CLOSED if step.is_closed else plan_lines(step.decision)
        yield ToldStep(
            when=replay.times.moment(step.at),
            happened=tuple(_happened(step, replay.currency)),
            plan=_AS_BEFORE if plan == before else plan,
            changed=() if step.is_closed else tuple(_changed(step)),
            is_by_time=not step.events,
        )
        before = plan


def saved_lines(replay: Replay) -> tuple[str, ...]:
    """Return what the first plan would have saved, in a few sentences."""
    return (
        f"As it happened: {_ended(replay.savings, replay.times)}.",
        *_saved(replay.savings, replay.times),
    )


def _happened(step: Step, currency: str) -> Iterator[str]:
    yield from all_happened(step, currency)
    if not step.events:
        yield _TIME
    if step.because:
        yield step.because


def _changed(step: Step) -> Iterator[str]:
    if step.offers:
        yield f"offers {', '.join(step.offers)}"
    if step.withdraws:
        yield f"withdraws {', '.join(step.withdraws)}"
    yield from step.changes


def _ended(savings: Savings, times: TimeWords) -> str:
    ended = "put right on" if savings.is_resolved else "not yet put right on"
    return f"{ended} {times.moment(savings.ended_at)}{_after_opening(savings.days)}"


def _saved(savings: Savings, times: TimeWords) -> Iterator[str]:
    plan = savings.plan
    if plan is None:
        yield NO_PLAN
        return
    done = f"{times.moment(plan.done_at)}{_after_opening(plan.days)}"
    yield f"With the plan of {times.moment(plan.at)}: on {done}."
    if gained := gained_text(savings):
        yield f"That is {gained}."
    yield f"After that plan the customer made {trips(plan)} and spent {plan.spent}."


def gained_text(savings: Savings) -> str:
    """Return by how many days the first plan would have been quicker; empty if nobody knows yet."""
    if savings.plan is None:
        return ""
    days = savings.plan.days_saved
    return sooner(days) if savings.is_resolved else sooner_at_least(days)


def _after_opening(days: Fraction | None) -> str:
    if days is None or days < 0:
        return ""
    return f", {days_text(days)} after the opening"


def trips(plan: FirstPlan) -> str:
    """Return how many trips the customer made after a plan."""
    return f"{plan.trips} trip{'' if plan.trips == 1 else 's'}"
