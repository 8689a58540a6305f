"""Sharing work out among processes, for mutants have nothing to do with each other."""

from __future__ import annotations

import signal
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from multiprocessing import get_context
from typing import Generic, TypeVar, cast

Bench = TypeVar("Bench")
Found = TypeVar("Found")
_TOGETHER = 8  # neighbours: what one of them needs, the next one needs too


@dataclass(frozen=True)
class Workers(Generic[Bench]):
    """Find things for numbers, at benches where all stands that is needed again and again.

    Attributes:
        make: makes a bench; each process has its own.
        pool: the other processes that work; without them, this one does.
    """

    make: Callable[[], Bench]
    pool: ProcessPoolExecutor | None

    @cached_property
    def bench(self) -> Bench:
        """The bench of this process."""
        return self.make()

    def found(self, find: Callable[[Bench, int], Found], count: int) -> Iterator[tuple[int, Found]]:
        """Yield each number below `count` with what is found for it, as soon as it is.

        Args:
            find: finds the same for a number whatever else was found before; it and what it finds
                can be pickled.
            count: how many numbers there are.

        Raises:
            RuntimeError: if a process ends before its work is done.
        """
        if self.pool is None:
            yield from ((number, find(self.bench, number)) for number in range(count))
            return
        shares: dict[Future[list[Found]], range] = {}
        for first in range(0, count, _TOGETHER):
            numbers = range(first, min(first + _TOGETHER, count))
            shares[self.pool.submit(_found_elsewhere, find, numbers)] = numbers
        for share in as_completed(shares):
            yield from zip(shares[share], share.result(), strict=True)


@contextmanager
def workers(make: Callable[[], Bench], processes: int) -> Generator[Workers[Bench], None, None]:
    """Start processes that work, and end them; what they have not begun by then is left undone.

    Args:
        make: makes a bench; it can be pickled.
        processes: how many; with 1 there are no others than this one.
    """
    if processes < 2:
        yield Workers(make, None)
        return
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _start, (make,))
    try:
        yield Workers(make, pool)
    finally:
        pool.shutdown(cancel_futures=True)


# --- in the other processes --------------------------------------------------------------------

_benches: list[object] = []  # the one of this process


def _start(make: Callable[[], object]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who interrupts the work ends the first process
    _benches.append(make())


def _found_elsewhere(find: Callable[[Bench, int], Found], numbers: range) -> list[Found]:
    bench = cast("Bench", _benches[0])
    return [find(bench, number) for number in numbers]
