"""Sharing work out among processes, for mutants have nothing to do with each other."""

from __future__ import annotations

import pickle
import signal
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Generic, TypeVar, cast

Bench = TypeVar("Bench")
Found = TypeVar("Found")
_TOGETHER = 8  # neighbours: what one of them needs, the next one needs too


@dataclass(frozen=True, slots=True)
class Workers(Generic[Bench]):
    """Find things for numbers, at benches where all stands that is needed again and again.

    Attributes:
        bench: that of this process; each other process has its own.
        pool: the other processes that work; without them, this one does.
    """

    bench: Bench
    pool: ProcessPoolExecutor | None

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
        try:
            for first in range(0, count, _TOGETHER):
                numbers = range(first, min(first + _TOGETHER, count))
                shares[self.pool.submit(_found_elsewhere, find, numbers)] = numbers
            for share in as_completed(shares):
                yield from zip(shares[share], share.result(), strict=True)
        except BrokenProcessPool as error:
            problem = (
                "a process ended before its work was done: it was killed, for example because "
                "memory ran out, or the main module cannot be imported without starting the work "
                "again; one process alone needs neither"
            )
            raise RuntimeError(problem) from error


@contextmanager
def workers(bench: Bench, processes: int) -> Generator[Workers[Bench], None, None]:
    """Start processes that work, and end them; what they have not begun by then is left undone.

    Args:
        bench: can be pickled, without what was made ready at it.
        processes: how many; with 1 there are no others than this one.
    """
    if processes < 2:
        yield Workers(bench, None)
        return
    with TemporaryDirectory() as folder:
        # By way of a file: a process that dies while it starts would leave this one waiting
        # for the end of what it has to hand over, if that is more than a pipe can take.
        handed_over = Path(folder) / "bench"
        handed_over.write_bytes(pickle.dumps(bench))
        pool = ProcessPoolExecutor(processes, get_context("spawn"), _start, (handed_over,))
        try:
            yield Workers(bench, pool)
        finally:
            pool.shutdown(cancel_futures=True)


# --- in the other processes --------------------------------------------------------------------

_benches: list[object] = []  # the one of this process


def _start(handed_over: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who interrupts the work ends the first process
    _benches.append(pickle.loads(handed_over.read_bytes()))  # noqa: S301 -- written by the parent


def _found_elsewhere(find: Callable[[Bench, int], Found], numbers: range) -> list[Found]:
    bench = cast("Bench", _benches[0])
    return [find(bench, number) for number in numbers]
