"""A value that goes in steps as time passes: it stays the same but for some moments."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Steps(Generic[T]):
    """The values of something from a moment on.

    Attributes:
        moments: when it gets another value, ascending.
        values: the first one, and the one from each of these moments on.
    """

    moments: tuple[datetime, ...]
    values: tuple[T, ...]

    def at(self, moment: datetime) -> T:
        """Return the value at a moment."""
        return self.values[bisect_right(self.moments, moment)]

    def next(self, moment: datetime) -> datetime | None:
        """Return when it next gets another value; ``None`` if never."""
        place = bisect_right(self.moments, moment)
        return self.moments[place] if place < len(self.moments) else None


def steps_of(first: T, later: Iterable[tuple[datetime, T]]) -> Steps[T]:
    """Return the steps of something.

    Args:
        first: its value.
        later: moments in order of time, and its value from each on; of several at one moment, the
            last one counts.
    """
    moments, values = list[datetime](), [first]
    for moment, value in later:
        if moments and moments[-1] == moment:
            moments.pop()
            values.pop()
        if value != values[-1]:
            moments.append(moment)
            values.append(value)
    return Steps(tuple(moments), tuple(values))
