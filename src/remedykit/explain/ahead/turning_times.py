"""When what is watched next comes out otherwise while time passes: exact, found without trying."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import heapify, heappop, heappush

from remedykit.explain.ahead.alone import alone
from remedykit.explain.ahead.movers import Movers, earliest, moving_facts
from remedykit.explain.ahead.turning_places import Instant, Place, Places
from remedykit.explain.ahead.watched import Watched, all_watched
from remedykit.language.syntax import CheckedPolicy
from remedykit.language.types import Value


@dataclass(frozen=True, slots=True)
class TurningTimes:
    """Where what a policy watches may come out otherwise, made ready before any facts are known.

    Attributes:
        watched: what is watched.
        alone: the policy with what all of this reads, and nothing else.
        each_alone: the policy with what one of it reads, for each.
        places: of each watched thing, the numbers of the places at which it may.
        all_places: every place once, by its number; many are those of several.
    """

    watched: tuple[Watched, ...]
    alone: CheckedPolicy
    each_alone: tuple[CheckedPolicy, ...]
    places: tuple[tuple[int, ...], ...]
    all_places: tuple[Place, ...]

    @classmethod
    def of(cls, policy: CheckedPolicy) -> TurningTimes:
        """Make ready to look for them."""
        watched = all_watched(policy, moving_facts(policy))
        of_all = alone(policy, (each.expression for each in watched))
        of_each = tuple(alone(of_all, (each.expression,)) for each in watched)
        finder = Places(of_all)
        numbers: dict[Place, int] = {}
        places = tuple(
            tuple([numbers.setdefault(place, len(numbers)) for place in finder.of(each.expression)])
            for each in watched
        )
        return cls(watched, of_all, of_each, places, tuple(numbers))

    def turns(self, movers: Movers, end: datetime) -> Iterator[tuple[datetime, Watched]]:
        """Yield what comes out otherwise than just before, with the instant, in order of time.

        Args:
            movers: the facts as they move from the moment of decision on.
            end: the last instant at which anything may turn.
        """
        start = Instant(self.alone, movers, movers.at)
        values: dict[int, Value | None] = {}
        waiting = list(self._next(range(len(self.watched)), start, end))
        heapify(waiting)
        while waiting:
            at, number = heappop(waiting)
            watched = self.watched[number]
            here = Instant(self.each_alone[number], movers, at)
            if number not in values:
                values[number] = start.now.value(watched.expression)
            before, values[number] = values[number], here.now.value(watched.expression)
            if values[number] != before:
                yield at, watched
            for each in self._next((number,), here, end):
                heappush(waiting, each)

    def _next(
        self, numbers: Iterable[int], here: Instant, end: datetime
    ) -> Iterator[tuple[datetime, int]]:
        """Yield when some watched things, by their numbers, may next turn after an instant."""
        found: dict[int, datetime | None] = {}  # by the number of the place
        for number in numbers:
            for place in self.places[number]:
                if place not in found:
                    found[place] = self.all_places[place].after(here)
            turning = earliest([found[place] for place in self.places[number]])
            if turning is not None and turning <= end:
                yield turning, number
