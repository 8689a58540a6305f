"""A whole replay: a policy, a case with its timeline, and what should have been offered when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from remedykit.errors import InputError
from remedykit.explain.ahead.search import UpcomingSearch
from remedykit.explain.time_words import TimeWords
from remedykit.facts.inputs import input_error, validated
from remedykit.model.border import RefusedError, read
from remedykit.model.case import Case
from remedykit.model.customer import Customer
from remedykit.model.decision import PolicyRef
from remedykit.model.event import Event
from remedykit.model.incident import Incident
from remedykit.model.json_text import Json, write_json
from remedykit.model.shapes import Kind, Shape
from remedykit.model.timeline import Timeline
from remedykit.policy import Policy
from remedykit.replaying.moments import later
from remedykit.replaying.notebook import replay_html
from remedykit.replaying.page import replay_page
from remedykit.replaying.records import replay_record
from remedykit.replaying.rows import Row, replay_rows
from remedykit.replaying.savings import Savings, savings_of
from remedykit.replaying.step import Step, Told, is_resolved

HORIZON_DAYS = 30  # in which it is looked what time brings to a case that is open
_TIME = Shape(Kind.TIME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What should have been offered, from the first event of a case on.

    Attributes:
        policy: which policy decided.
        incident_id: the incident's id, if it has one.
        currency: the one currency of its decisions.
        times: says times as the clocks of the policy show them; in UTC if it names no time zone.
        steps: a step for each moment at which something happened or time alone changed the
            decision, in order of time; at least one.
        until: the moment up to which it was looked what time brings; by the clocks of the policy,
            as all moments of steps and savings.
    """

    policy: PolicyRef
    incident_id: str | None
    currency: str
    times: TimeWords
    steps: tuple[Step, ...]
    until: datetime

    @property
    def savings(self) -> Savings:
        """What happened against what the first plan would have given."""
        return savings_of(self.steps, self.times)

    def to_dict(self) -> dict[str, Json]:
        """Return the replay as JSON data, with its whole decisions."""
        return replay_record(self)

    def to_json(self) -> str:
        """Return the one JSON text of this replay."""
        return write_json(self.to_dict())

    def to_html(self) -> str:
        """Return one page that needs nothing else, with a picture of the timeline."""
        return replay_page(self)

    def to_rows(self) -> list[Row]:
        """Return one flat row a step, for tables and data frames."""
        return replay_rows(self)

    def _repr_html_(self) -> str:
        """Return the steps as a small HTML table, everything escaped."""
        return replay_html(self)


def replay(
    policy: Policy,
    case: Case | Mapping[str, object],
    *,
    incident: Incident | Mapping[str, object],
    customer: Customer | Mapping[str, object],
    facts: Mapping[str, object] | None = None,
    until: datetime | None = None,
) -> Replay:
    """Return what should have been offered after each event of a case, and when time changed it.

    There is a decision for each moment at which something happened, with all that happened then,
    and for each moment at which time alone changed what should be offered. Incident, customer and
    facts are the same at each: hand them in as they were known from the first, and what became
    known later as events. (`Policy.replay` is another thing: it makes one stored decision again.)

    Args:
        policy: decides.
        case: what happened, with its `events`, at least one; it tells nothing beside them, because
            what is told beside them would hold for one moment only.
        incident: as for `Policy.decide`.
        customer: as for `Policy.decide`.
        facts: as for `Policy.decide`.
        until: the last moment that is looked at, with its zone; what happened later is left out.
            Without it: the last event, and 30 days more (`HORIZON_DAYS`) if the case is open then.

    Raises:
        InputError: if something handed in is wrong; names every place.
    """
    made = validated(Case, case, "case")
    end = _moment(until)
    timeline = _timeline_of(made)
    events = _events_of(timeline, end)
    return _replayed(
        Told(
            policy=policy,
            search=UpcomingSearch.of(policy.decider),
            incident=validated(policy.reader.incident_model, incident, "incident"),
            customer=validated(policy.reader.customer_model, customer, "customer"),
            case=made,
            facts=facts,
            times=TimeWords.of(policy.checked),
            events=events,
            answered=dict(_answered(timeline)),
            until=end or _end(events),
        )
    )


def _replayed(told: Told) -> Replay:
    steps = tuple(told.steps())
    first = steps[0].decision
    return Replay(
        policy=first.policy,
        incident_id=first.incident_id,
        currency=first.currency,
        times=told.times,
        steps=steps,
        until=told.times.local(told.until),
    )


def _moment(until: datetime | None) -> datetime | None:
    if until is None:
        return None
    try:
        return cast("datetime", read(_TIME, until))
    except RefusedError as error:
        raise InputError("until", str(error)) from None


def _end(events: tuple[Event, ...]) -> datetime:
    last = events[-1].at
    return last if is_resolved(events) else later(last, HORIZON_DAYS)


def _timeline_of(case: Case) -> Timeline:
    """Return the timeline of a case that tells nothing beside it."""
    beside = sorted(case.model_fields_set - {"events"})
    if beside:
        told = "stands beside the events; a replay tells it from them, anew at each moment"
        raise input_error([(f"case.{name}", told) for name in beside])
    if not case.events:
        raise InputError("case.events", "has no events; they are what is replayed")
    timeline = case.timeline()
    if timeline is None:
        told = "were not checked; make the case by Case(...) or with_event(...)"
        raise InputError("case.events", told)
    return timeline


def _events_of(timeline: Timeline, until: datetime | None) -> tuple[Event, ...]:
    """Return what happened up to a moment, in order of time."""
    ordered = _ordered(timeline)
    happened = tuple(event for event in ordered if until is None or event.at <= until)
    if not happened:
        first = ordered[0].at.isoformat()
        raise InputError("until", f"is before the first event, at {first}")
    return happened


def _answered(timeline: Timeline) -> Iterator[tuple[Event, Event]]:
    """Yield each event that answers another, with the other one."""
    ordered = _ordered(timeline)
    for event, answered in zip(ordered, timeline.answers, strict=True):
        if answered is not None:
            yield event, ordered[answered]


def _ordered(timeline: Timeline) -> tuple[Event, ...]:
    return tuple(timeline.handed_in[place] for place in timeline.places)
