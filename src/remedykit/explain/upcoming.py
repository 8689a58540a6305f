"""When time alone will change a decision: each instant that may be one is decided again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from heapq import merge
from itertools import groupby

from remedykit.explain.changes import changes_between, todo_changes
from remedykit.explain.deciding import Decider
from remedykit.explain.movers import MICROSECOND, Movers, moving_facts
from remedykit.explain.passing_words import PassingWords
from remedykit.explain.ranking_clock import RankingClock
from remedykit.explain.turning_times import Beginning, turns
from remedykit.explain.watched import Watched, all_watched, reckoned_dues, what_they_read
from remedykit.facts.answered import changed
from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy
from remedykit.model.decision import Decision, Remedy
from remedykit.model.upcoming import Upcoming

HORIZON = timedelta(days=400)  # modelling choice: amounts may grow for ever

_Reason = Watched | str  # why an instant may change a decision: what turns there, or words
_Turn = tuple[datetime, _Reason]


@dataclass(frozen=True, slots=True, kw_only=True)
class UpcomingSearch:
    """Looks ahead from the decisions of one policy.

    Attributes:
        decider: decides again.
        watched: what the policy looks at that may come out otherwise.
        alone: the policy with what this reads, and nothing else.
        clock: that of its ranking.
        reckoned: rules and remedy kinds whose due time is reckoned from the moment of decision.
    """

    decider: Decider
    watched: tuple[Watched, ...]
    alone: CheckedPolicy
    clock: RankingClock
    reckoned: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, decider: Decider) -> UpcomingSearch:
        """Make ready to look ahead."""
        policy = decider.policy
        watched = all_watched(policy, moving_facts(policy))
        return cls(
            decider=decider,
            watched=watched,
            alone=what_they_read(policy, watched),
            clock=RankingClock.of(policy),
            reckoned=reckoned_dues(policy),
        )

    def upcoming(
        self, facts: Facts, decision: Decision, *, until: datetime | None = None
    ) -> Iterator[Upcoming]:
        """Yield the instants at which time alone changes a decision, in order of time.

        Each tells what changes against the decision just before it. None is later than `HORIZON`
        after the decision; without its moment there are none.

        Args:
            facts: those of the decision.
            decision: made on them.
            until: the last instant to look at.
        """
        return (each for each, _ in self.decided(facts, decision, until=until))

    def decided(
        self, facts: Facts, decision: Decision, *, until: datetime | None = None
    ) -> Iterator[tuple[Upcoming, Decision]]:
        """Yield the same, each with the decision that is made then."""
        at = facts.values["at"]
        if not isinstance(at, datetime):
            return
        later = partial(self._later, facts)
        movers = Movers(self.decider.policy, facts, at, later)
        words = PassingWords(movers)
        for turn, reasons in groupby(self._turns(movers, _end(at, until)), key=_moment):
            after = self.decider.decide(later(turn))
            if self._differences(decision, after):
                found = tuple(reason for _, reason in reasons)
                if self.reckoned:  # else nothing has moved since the last turn
                    decision = self.decider.decide(later(turn - MICROSECOND))
                yield self._told(turn, words.because(turn, found), decision, after), after
            decision = after

    def _later(self, facts: Facts, at: datetime) -> Facts:
        """Return facts as they are at a later moment, if nothing else happens."""
        return changed(facts, {"at": at}, self.decider.timeline)

    def _turns(self, movers: Movers, end: datetime) -> Iterator[_Turn]:
        """Yield the instants at which the decision may change, each with what turns there."""
        start = Beginning.of(self.alone, movers)
        moving = movers.moving_until(end)
        streams = [
            _with_reason(each, turns(each, movers, start, end))
            for each in self.watched
            if not moving.isdisjoint(each.reads)
        ]
        discovered = movers.facts.values["incident.discovered_at"]
        if isinstance(discovered, datetime):
            streams.append(iter(self.clock.turns(discovered, movers.at)))
        return (turn for turn in merge(*streams, key=_moment) if turn[0] <= end)

    def _told(self, at: datetime, because: str, before: Decision, after: Decision) -> Upcoming:
        offers, withdraws, changes = self.compared(before, after)
        return Upcoming(
            at=at,
            because=because,
            offers=offers,
            withdraws=withdraws,
            plan=after.plan.remedies,
            changes=changes,
        )

    # --- what differs --------------------------------------------------------------------------

    def _differences(self, before: Decision, after: Decision) -> bool:
        return any(self.compared(before, after))

    def compared(
        self, before: Decision, after: Decision
    ) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Return which kinds are offered and withdrawn, and what else differs."""
        now, then = (frozenset(each.kind for each in one.remedies) for one in (before, after))
        told = changes_between(self._with_same_dues(before, after), after)
        work = todo_changes(before, after)  # somebody must be there to begin it
        return tuple(sorted(then - now)), tuple(sorted(now - then)), (*told, *work)

    def _with_same_dues(self, before: Decision, after: Decision) -> Decision:
        """Return a decision with the due times of another where these only move with time."""
        then = {each.kind: each for each in after.remedies}
        remedies = tuple(
            replace(each, due=other.due)
            if (other := then.get(each.kind)) is not None and self._only_moves(each, other)
            else each
            for each in before.remedies
        )
        return replace(before, remedies=remedies)

    def _only_moves(self, remedy: Remedy, other: Remedy) -> bool:
        """Return whether the due time of a remedy is reckoned from the moment of decision."""
        if remedy.due is None or other.due is None:
            return False
        return self._is_reckoned(remedy) and self._is_reckoned(other)

    def _is_reckoned(self, remedy: Remedy) -> bool:
        return any((rule, remedy.kind) in self.reckoned for rule in remedy.rules)


def _with_reason(reason: Watched, instants: Iterator[datetime]) -> Iterator[_Turn]:
    return ((each, reason) for each in instants)


def _moment(turn: _Turn) -> datetime:
    return turn[0]


def _end(at: datetime, until: datetime | None) -> datetime:
    try:
        horizon = at + HORIZON
    except OverflowError:
        horizon = datetime.max.replace(tzinfo=UTC)
    return horizon if until is None else min(horizon, until)
