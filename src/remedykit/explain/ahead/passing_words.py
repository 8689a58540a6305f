"""In words, what passes at an instant at which time alone changes a decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from remedykit.engine.reference import ReferenceEvaluation
from remedykit.explain.ahead.event_words import happened, over
from remedykit.explain.ahead.movers import BY_DUE, MICROSECOND, Movers
from remedykit.explain.ahead.watched import Watched
from remedykit.explain.time_words import duration_words
from remedykit.explain.wording import worded
from remedykit.facts.matters import matters, open_dues
from remedykit.facts.patterns import end_of, fits_pattern
from remedykit.facts.waiting import waiting
from remedykit.language.syntax import (
    Absence,
    CheckedPolicy,
    Compare,
    EventPattern,
    Expression,
    FactRead,
    TimelineFact,
)
from remedykit.language.types import Value


@dataclass(frozen=True, slots=True)
class PassingWords:
    """Says why instants matter to one decision.

    Attributes:
        movers: its facts as they move.
        alone: its policy with what is watched.
    """

    movers: Movers
    alone: CheckedPolicy

    def because(self, at: datetime, turning: Iterable[Watched | str]) -> str:
        """Return what passes at an instant.

        Args:
            at: the instant.
            turning: what comes out otherwise then; or words, which are taken as they are.
        """
        reasons = tuple(turning)
        watched = [each for each in reasons if isinstance(each, Watched)]
        said = [each for each in reasons if isinstance(each, str)]
        said += [word for each in watched for word in self._stepping(each, at)]
        said += [word for each in watched for word in self._reached(each, at)]
        # What turns only because something else does is no reason beside that.
        return "; ".join(dict.fromkeys(said or [self._turned(each, at) for each in watched]))

    # --- facts that take a step ----------------------------------------------------------------

    def _stepping(self, watched: Watched, at: datetime) -> Iterator[str]:
        then, before = self.movers.values(at), self.movers.values(at - MICROSECOND)
        for name in sorted(watched.reads - {"at"}):
            if then[name] != before[name]:
                yield from self._step(name, at, then[name])

    def _step(self, name: str, at: datetime, value: Value | None) -> Iterator[str]:
        match name, value:
            case "incident.days_late", int():
                yield f"{_counted(value, 'day')} after the promised time"
            case "case.age_days", int():
                yield f"{_counted(value, 'day')} since the case was opened"
            case "case.hours_waiting", int() if value > 0:
                yield f"{_counted(value, 'hour')} since {self._clock_started(at)}"
            case _:
                yield from self._ended(name, at)

    def _ended(self, name: str, at: datetime) -> Iterator[str]:
        """Yield what ends at an instant: times reckoned from events, offers, promises."""
        matcher = self.movers.matcher
        fact = next((each for each in matcher.facts if each.name == name), None)
        events = self.movers.facts.events or ()
        if fact is None:
            due = open_dues(events, BY_DUE[name], at - MICROSECOND)
            yield from (over(event) for event in due if event.due == at)
            return
        length = matcher.lengths[name]
        for event in events:
            if end_of(event, length) == at and fits_pattern(event, _starts_of(fact)) is not False:
                yield f"{duration_words(length)} since {happened(event)}"

    def _clock_started(self, at: datetime) -> str:
        """Return what happened since when somebody is waited for."""
        events = self.movers.facts.events or ()
        event = waiting(events, matters(events), at).event
        return "the clock started" if event is None else happened(event)

    # --- the moment of decision ----------------------------------------------------------------

    def _reached(self, watched: Watched, at: datetime) -> Iterator[str]:
        """Yield which time the moment of decision gets to."""
        match watched.expression:
            case Compare(left=FactRead(name="at"), right=other):
                pass
            case Compare(left=other, right=FactRead(name="at")):
                pass
            case _:
                return
        text = worded(other, self.movers.facts.currency)
        value = self._value(other, at)
        if value == at:
            yield f"{text} is reached"
        elif value == at - MICROSECOND:
            yield f"{text} has passed"

    def _turned(self, watched: Watched, at: datetime) -> str:
        text = worded(watched.expression, self.movers.facts.currency)
        value = self._value(watched.expression, at)
        match watched.expression, value:
            case Compare(left=left, right=right), _ if left is right:  # watched for being known
                known = "no longer known" if value is None else "from then on known"
                return f"{known}: {worded(left, self.movers.facts.currency)}"
            case _, True:
                return f"from then on: {text}"
            case _, False:
                return f"no longer: {text}"
            case _:
                return f"another value of {text}"

    def _value(self, expression: Expression, at: datetime) -> Value | None:
        facts = replace(self.movers.facts, values=self.movers.values(at))
        return ReferenceEvaluation(self.alone, facts).value(expression)


def _starts_of(fact: TimelineFact) -> EventPattern:
    """Return the events from which a fact counts the time."""
    return fact.pattern.after if isinstance(fact.pattern, Absence) else fact.pattern.of


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
