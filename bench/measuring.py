"""How time is measured: in turns, in seconds of the processor, compared within one run.

Two things are never measured one after the other but in rounds, each round both; a ratio is the
median of the rounds' ratios. So whatever else the machine does meets both alike. The collector of
garbage runs as it runs for users.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

Work = Callable[[], object]
AT_LEAST_S = 0.004  # a round of quick work is repeated until the clock can tell it


@dataclass(frozen=True, slots=True)
class Rounds:
    """Seconds by what took them, a list of rounds each; slow work takes part in the first only."""

    seconds: Mapping[str, Sequence[float]]

    def median_s(self, name: str) -> float:
        """Return the median of the rounds of one."""
        return median(self.seconds[name])

    def ratio(self, name: str, other: str) -> float:
        """Return how many times as long one took as another: the median of rounds."""
        pairs = zip(self.seconds[name], self.seconds[other], strict=False)
        return median(one / another for one, another in pairs)

    def merged(self, other: Rounds) -> Rounds:
        """Return these rounds, then those of another."""
        names = [*self.seconds, *(name for name in other.seconds if name not in self.seconds)]
        return Rounds(
            {name: [*self.seconds.get(name, ()), *other.seconds.get(name, ())] for name in names}
        )


def in_turns(works: Mapping[str, Work], rounds: int) -> Rounds:
    """Measure each work in each round, every round beginning with another one."""
    repeats = {name: _repeats(work) for name, work in works.items()}
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(rounds):
        for name in rotated(list(works), turn):
            seconds[name].append(_seconds(works[name], repeats[name]))
    return Rounds(seconds)


def rotated(names: Sequence[str], turn: int) -> Sequence[str]:
    """Return names in the order of a turn: each turn begins with the next one.

    >>> rotated(["a", "b", "c"], 1)
    ['b', 'c', 'a']
    """
    first = turn % len(names)
    return [*names[first:], *names[:first]]


def _repeats(work: Work) -> int:
    """Return how often to repeat a work, which it also warms up."""
    once = _seconds(work, 1)
    if once < AT_LEAST_S:
        once = max(_seconds(work, 1), 1e-7)
    return max(1, int(AT_LEAST_S / once))


def _seconds(work: Work, repeats: int) -> float:
    began = time.process_time()
    for _ in range(repeats):
        work()
    return (time.process_time() - began) / repeats
