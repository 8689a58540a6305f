"""What happened against what the first plan would have given: days, trips and money."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from remedykit.explain.time_words import TimeWords
from remedykit.model.decision import Remedy
from remedykit.model.event import OF_PARCELS, Event
from remedykit.model.money import Money
from remedykit.replaying.moments import days_between, later
from remedykit.replaying.step import Step
from remedykit.replaying.words import worth


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPlan:
    """The first plan that would have put it right, and what came after it all the same.

    That is the first plan with a fix that makes the customer whole. Before the case was opened only
    a plan counts to which time alone has added such a fix: then the policy notices by itself that
    something has not happened. What it would offer at an event of a parcel, as if somebody knew
    already what the incident tells, is no plan that anybody could have had.

    Attributes:
        at: from when on it should have been offered.
        done_at: `at` and the days of its slowest fix (`Remedy.resolved_in_days`): when it would
            have put things right, had it been offered and carried out at once. What approvals and
            the customer's answer take is not known and not counted.
        days: from the opening of the case to `done_at`; below 0 if it would have put things right
            before that, ``None`` if the case was never opened.
        days_saved: from `done_at` to `Savings.ended_at`; below 0 if the plan would have taken
            longer than what happened. While the case is open it is at least so much, and nothing
            can be said yet where it is 0 or below.
        trips: how many the customer made after `at`, as far as the timeline tells.
        spent: the sum of the customer's expenses after `at`, paid back later or not.
    """

    at: datetime
    done_at: datetime
    days: Fraction | None
    days_saved: Fraction
    trips: int
    spent: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Savings:
    """What happened against what the first plan would have given.

    Attributes:
        opened_at: the first event that is not one of a parcel; ``None`` if there is none.
        ended_at: when it was put right: the last ``resolved``; or else the last event.
        is_resolved: whether it was put right, and not opened again. If not, all days told here are
            those until the last event: it takes longer.
        days: from `opened_at` to `ended_at`; ``None`` if the case was never opened.
        plan: the first plan that would have put it right; ``None`` if there never was one, and
            nothing to compare with.
    """

    opened_at: datetime | None
    ended_at: datetime
    is_resolved: bool
    days: Fraction | None
    plan: FirstPlan | None


def savings_of(steps: Sequence[Step], times: TimeWords) -> Savings:
    """Return what a replay tells about it.

    Args:
        steps: its steps, at least one.
        times: the clocks by which moments are told.
    """
    events = tuple(event for step in steps for event in step.events)
    opened = next((each for each in events if each.type not in OF_PARCELS), None)
    opened_at = None if opened is None else times.local(opened.at)
    is_over = steps[-1].is_closed
    ended = next(each for each in reversed(events) if not is_over or each.type == "resolved")
    ended_at = times.local(ended.at)
    return Savings(
        opened_at=opened_at,
        ended_at=ended_at,
        is_resolved=is_over,
        days=days_between(opened_at, ended_at) if opened_at else None,
        plan=_first_plan(steps, events, times, opened_at, ended_at),
    )


def _first_plan(
    steps: Sequence[Step],
    events: Sequence[Event],
    times: TimeWords,
    opened_at: datetime | None,
    ended_at: datetime,
) -> FirstPlan | None:
    before = _fixes(steps[0])
    for step in steps:
        fixes = _fixes(step)
        new = _kinds(fix for fix in fixes if fix.adequate) - _kinds(before)
        is_brought_by_time = not step.events and bool(new)
        before = fixes
        is_open = opened_at is not None and step.at >= opened_at
        may_count = (is_open or is_brought_by_time) and not step.is_closed
        if not may_count or not any(fix.adequate for fix in fixes):
            continue
        fixing = max(fix.resolved_in_days for fix in fixes)
        done_at = times.local(later(step.at, fixing))
        after = [each for each in events if each.by == "customer" and each.at > step.at]
        return FirstPlan(
            at=step.at,
            done_at=done_at,
            days=days_between(opened_at, done_at) if opened_at else None,
            days_saved=days_between(done_at, ended_at),
            trips=sum(1 for each in after if each.type == "trip"),
            spent=_spent(after, step.decision.currency),
        )
    return None


def _fixes(step: Step) -> tuple[Remedy, ...]:
    return tuple(each for each in step.decision.remedies if each.in_plan and each.part == "fix")


def _kinds(remedies: Iterable[Remedy]) -> frozenset[str]:
    return frozenset(remedy.kind for remedy in remedies)


def _spent(events: Iterable[Event], currency: str) -> Money:
    amounts = (worth(each, currency) for each in events if each.type == "expense")
    return sum(filter(None, amounts), start=Money.of_minor(0, currency))
