"""When time alone will change a decision: each instant that may be one is decided again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from heapq import merge
from itertools import groupby

from remedykit.effects.layers import effects
from remedykit.effects.setting import Setting
from remedykit.explain.ahead.movers import MICROSECOND, Movers
from remedykit.explain.ahead.moving_dues import Decided, MovingDues
from remedykit.explain.ahead.passing_words import PassingWords
from remedykit.explain.ahead.ranking_clock import RankingClock
from remedykit.explain.ahead.turning_times import TurningTimes
from remedykit.explain.ahead.watched import Watched
from remedykit.explain.changes import changes_between, todo_changes
from remedykit.explain.deciding import Decider
from remedykit.facts.patterns import PlainMatcher
from remedykit.facts.values import Facts
from remedykit.model.decision import Decision
from remedykit.model.upcoming import Upcoming

HORIZON = timedelta(days=400)  # modelling choice: amounts may grow for ever

_Reason = Watched | str  # why an instant may change a decision: what turns there, or words
_Turn = tuple[datetime, _Reason]


@dataclass(frozen=True, slots=True, kw_only=True)
class UpcomingSearch:
    """Looks ahead from the decisions of one policy.

    Attributes:
        decider: decides again.
        matcher: tells what follows from the timeline, also later.
        times: where what the policy looks at may come out otherwise.
        clock: that of its ranking.
        dues: those that move all the time.
    """

    decider: Decider
    matcher: PlainMatcher
    times: TurningTimes
    clock: RankingClock
    dues: MovingDues

    @classmethod
    def of(cls, decider: Decider) -> UpcomingSearch:
        """Make ready to look ahead."""
        policy = decider.policy
        return cls(
            decider=decider,
            matcher=PlainMatcher.of(policy),
            times=TurningTimes.of(policy),
            clock=RankingClock.of(policy),
            dues=MovingDues.of(policy),
        )

    def upcoming(
        self, facts: Facts, decision: Decision, *, until: datetime | None = None
    ) -> Iterator[Upcoming]:
        """Yield the instants at which time alone changes a decision, in order of time.

        Each tells what changes against the decision just before it. Without its moment there are
        none.

        Args:
            facts: those of the decision.
            decision: made on them.
            until: the last instant to look at; if not told, it is `HORIZON` after the decision.
        """
        found = self.decided(Decided(facts, decision), until=until)
        return (each for each, _ in found)

    def decided(
        self, made: Decided, *, until: datetime | None = None
    ) -> Iterator[tuple[Upcoming, Decided]]:
        """Yield the same, each with the decision that is made then."""
        at = made.facts.values["at"]
        if not isinstance(at, datetime):
            return
        movers = Movers(self.matcher, made.facts, at)
        words = PassingWords(movers, self.times.alone)
        later = _Later(self.decider, movers, made)
        for turn, reasons in groupby(self._turns(movers, _end(at, until)), key=_moment):
            turned = tuple(reason for _, reason in reasons)
            after = later.decided(turn, turned)
            if after is None:
                continue
            if self.dues.may_be_in(made.decision) and any(self.compared(made, after)):
                made = later.just_before(turn)  # those have moved since the last turn
            offers, withdraws, changes = self.compared(made, after)
            if offers or withdraws or changes:
                upcoming = Upcoming(
                    at=turn,
                    because=words.because(turn, turned),
                    offers=offers,
                    withdraws=withdraws,
                    plan=after.decision.plan.remedies,
                    changes=changes,
                )
                yield upcoming, after
            made = after

    def _turns(self, movers: Movers, end: datetime) -> Iterator[_Turn]:
        """Yield the instants at which the decision may change, each with what turns there."""
        turning: Iterator[_Turn] = self.times.turns(movers, end)
        discovered = movers.facts.values["incident.discovered_at"]
        if not isinstance(discovered, datetime):
            return turning
        clock = (each for each in self.clock.turns(discovered, movers.at) if each[0] <= end)
        return merge(turning, clock, key=_moment)

    def compared(
        self, before: Decided, after: Decided
    ) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Return which kinds are offered and withdrawn, and what else differs."""
        earlier, later = before.decision, after.decision
        now, then = (frozenset(each.kind for each in one.remedies) for one in (earlier, later))
        told = changes_between(self.dues.moved(before, after), later)
        work = todo_changes(earlier, later)  # somebody must be there to begin it
        return tuple(sorted(then - now)), tuple(sorted(now - then)), (*told, *work)


class _Later:
    """Decides at later moments, as far as anything may come out otherwise."""

    def __init__(self, decider: Decider, movers: Movers, made: Decided) -> None:
        self._decider = decider
        self._movers = movers
        self._events = made.decision.events
        self._matches = decider.engine.evaluate(made.facts).matches

    def decided(self, at: datetime, turned: Iterable[_Reason]) -> Decided | None:
        """Return the decision at an instant; ``None`` if it is as the one before it.

        Args:
            at: the instant.
            turned: what comes out otherwise then.
        """
        setting = self._decider.settle(self._movers.then(at))
        before, self._matches = self._matches, setting.matches
        if before == setting.matches and all(map(_in_clauses_only, turned)):
            return None  # a test turned of which no rule takes notice
        return self._decided(setting)

    def just_before(self, at: datetime) -> Decided:
        """Return the decision a microsecond before an instant."""
        return self._decided(self._decider.settle(self._movers.then(at - MICROSECOND)))

    def _decided(self, setting: Setting) -> Decided:
        decision = self._decider.decided(setting, effects(setting))
        return Decided(setting.facts, replace(decision, events=self._events))


def _in_clauses_only(reason: _Reason) -> bool:
    return isinstance(reason, Watched) and reason.in_clauses_only


def _moment(turn: _Turn) -> datetime:
    return turn[0]


def _end(at: datetime, until: datetime | None) -> datetime:
    """Return the last instant to look at: who tells one has set an end to what grows for ever."""
    if until is not None:
        return until
    try:
        return at + HORIZON
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)
