"""One moment of a replay after the other: what happened, what time brought, what to offer now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from remedykit.explain.ahead.moving_dues import Decided
from remedykit.explain.ahead.search import UpcomingSearch
from remedykit.explain.time_words import TimeWords
from remedykit.model.case import Case
from remedykit.model.customer import Customer
from remedykit.model.decision import Decision
from remedykit.model.event import Event
from remedykit.model.incident import Incident
from remedykit.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One moment of a replay.

    Attributes:
        at: the moment, by the clocks of the policy: with the offset that its `timezone` has then,
            or in UTC if it names none.
        events: what happened then, in the order of the case; nothing where time alone has changed
            the decision.
        answers: for each of them the earlier event that it answers, ``None`` if it answers none.
        because: what time has brought by then, in the words of `Upcoming.because`; empty where it
            has changed nothing.
        is_closed: whether the case is resolved, and not opened again: then nothing need be offered.
        decision: what should be offered from then on; of a closed case, what the policy would
            offer if it were open.
        offers: remedy kinds that the step before did not offer, sorted; none at the first step.
        withdraws: remedy kinds that only the step before offers, sorted.
        changes: what else is different from the step before, in the words of
            `remedykit.model.decision.Answer`.
    """

    at: datetime
    events: tuple[Event, ...] = ()
    answers: tuple[Event | None, ...] = ()
    because: str = ""
    is_closed: bool = False
    decision: Decision
    offers: tuple[str, ...] = ()
    withdraws: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()

    @property
    def answering(self) -> tuple[tuple[Event, Event | None], ...]:
        """Each event with the one that it answers."""
        return tuple(zip(self.events, self.answers, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a replay is made of, every part checked.

    Attributes:
        times: says times as the clocks of the policy show them.
        events: what happened, in order of time; at least one.
        answered: for each of them that answers another the other one.
        until: the moment up to which it is looked what time brings.
    """

    policy: Policy
    search: UpcomingSearch
    incident: Incident
    customer: Customer
    case: Case
    facts: Mapping[str, object] | None
    times: TimeWords
    events: tuple[Event, ...]
    answered: Mapping[Event, Event]
    until: datetime

    def steps(self) -> Iterator[Step]:
        """Yield the steps in order of time, each decided only when it is asked for."""
        before: Decided | None = None
        for step, made in self._decided():
            earlier, before = before or made, made
            offers, withdraws, changes = self.search.compared(earlier, made)
            yield replace(step, offers=offers, withdraws=withdraws, changes=changes)

    def _decided(self) -> Iterator[tuple[Step, Decided]]:
        """Yield the steps, not yet compared; time is let pass in open cases only."""
        because, is_closed = "", False
        for (at, events), following in _with_next(_grouped(self.events)):
            made = self._made(at)
            is_closed = is_resolved(events, before=is_closed)
            step = Step(
                at=self.times.local(at),
                events=events,
                answers=tuple(map(self.answered.get, events)),
                because=because,
                is_closed=is_closed,
                decision=made.decision,
            )
            yield step, made
            because = ""
            if is_closed:
                continue
            until = self.until if following is None else following[0]
            for instant, later in self.search.decided(made, until=until):
                if following is not None and instant.at == until:
                    because = instant.because  # and something happens then, too
                else:
                    here = self.times.local(instant.at)
                    yield (
                        Step(at=here, because=instant.because, decision=later.decision),
                        later,
                    )

    def _made(self, at: datetime) -> Decided:
        read = self.policy.read(
            self.incident, self.customer, case=self.case, facts=self.facts, at=at
        )
        return Decided(read, self.policy.decider.decide(read))


def is_resolved(events: Iterable[Event], *, before: bool = False) -> bool:
    """Return whether a case is closed, and not opened again, after some events in order of time.

    Args:
        events: what happens.
        before: whether it was closed before.
    """
    turns = [each.type for each in events if each.type in {"resolved", "reopened"}]
    return turns[-1] == "resolved" if turns else before


_Group = tuple[datetime, tuple[Event, ...]]  # a moment, with all that happened then


def _grouped(events: Iterable[Event]) -> Iterator[_Group]:
    """Yield events, which are in order of time, by the moments at which they happened."""
    for at, happened in groupby(events, key=lambda event: event.at):
        yield at, tuple(happened)


def _with_next(groups: Iterable[_Group]) -> Iterator[tuple[_Group, _Group | None]]:
    """Return each group with the one after it."""
    known = tuple(groups)
    return zip(known, (*known[1:], None), strict=True)
