"""The clock of the ranking: when an apology comes too late, and a recovery gets slow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from remedykit.explain.ahead.movers import DAY, MICROSECOND
from remedykit.explain.time_words import duration_words
from remedykit.language.occurrences import terms_of
from remedykit.language.syntax import CheckedPolicy
from remedykit.ranking.score import SLOW_AFTER_DAYS
from remedykit.ranking.stakes import TIMELY_WITHIN


@dataclass(frozen=True, slots=True)
class RankingClock:
    """Waiting times, from the discovery, beyond which the ranking scores otherwise; ascending."""

    beyond: tuple[timedelta, ...]

    @classmethod
    def of(cls, policy: CheckedPolicy) -> RankingClock:
        """Return the clock of a policy: what it offers may take more or fewer days."""
        days = {terms.resolved_in_days for terms in terms_of(policy)}
        fixes = {Fraction(0), *(each for each in days if each is not None)}
        slow = {_whole(SLOW_AFTER_DAYS - each) for each in fixes if each <= SLOW_AFTER_DAYS}
        return cls(tuple(sorted({TIMELY_WITHIN, *slow})))

    def turns(self, discovered: datetime, at: datetime) -> Iterator[tuple[datetime, str]]:
        """Yield the instants after a moment from which it scores otherwise, in words too."""
        for each in self.beyond:
            try:
                turn = discovered + each + MICROSECOND
            except OverflowError:  # beyond the end of time, and so are all that are longer
                return
            if turn > at:
                yield turn, _beyond(each)


def _whole(days: Fraction) -> timedelta:
    """Return days as a duration, to the whole microsecond below."""
    return days * (DAY // MICROSECOND) // 1 * MICROSECOND


def _beyond(waited: timedelta) -> str:
    if not waited:
        return "the moment of the discovery has passed"
    return f"more than {duration_words(waited)} since the discovery"
