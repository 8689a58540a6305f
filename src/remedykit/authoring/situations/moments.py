"""When something more may happen in a case: moments before others, where the calendar has such."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

_HOUR = timedelta(hours=1)
_FIRST = 12 * _HOUR  # before the moment of decision, where the time does not matter


def moved(moment: datetime, number: int, length: timedelta) -> datetime | None:
    """Return the moment so many lengths of time later; ``None`` out of the calendar.

    Args:
        moment: from which is counted.
        number: below 0, the moment lies before it.
        length: of any size.

    >>> from datetime import UTC
    >>> moved(datetime(2026, 11, 23, tzinfo=UTC), -2, timedelta(days=1)).isoformat()
    '2026-11-21T00:00:00+00:00'
    >>> moved(datetime(2026, 11, 23, tzinfo=UTC), -1_000_000, timedelta(days=1)) is None
    True
    """
    try:
        return moment + number * length
    except OverflowError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """When something more may happen beside what happens already.

    Attributes:
        now: the moment of decision, or one that stands for it.
        opened: when the case is to be opened; ``None``: that does not matter, or cannot be.
        windows: the times within which something is counted.
        happened: when something happens already.
    """

    now: datetime
    opened: datetime | None
    windows: tuple[timedelta, ...]
    happened: frozenset[datetime]

    def whenever(self) -> Iterator[datetime]:
        """Yield when something may happen whose time does not matter."""
        yield from filter(None, self._reckoned())

    def _reckoned(self) -> Iterator[datetime | None]:
        """Yield the same, and ``None`` for what is out of the calendar."""
        if self.opened not in self.happened:
            yield self.opened
        if self.happened:
            latest = max(self.happened)
            yield latest + min(_HOUR, self.now - latest)
            yield moved(min(self.happened), -1, _HOUR)
        else:
            yield moved(self.now, -1, _FIRST)
        for length in self.windows:
            at = moved(self.now, -1, length)  # no longer counted
            while at is not None and at in self.happened:
                at = moved(at, -1, _HOUR)
            yield at

    def just_within(self, length: timedelta) -> datetime | None:
        """Return the first time within one that is counted, in hours, when nothing happens yet."""
        at = moved(self.now, -1, max(length - _HOUR, timedelta(0)))
        while at is not None and at in self.happened and at < self.now:
            at += min(_HOUR, self.now - at)
        return at
