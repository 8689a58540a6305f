"""Sharing work out among processes, for mutants have nothing to do with each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Protocol, TypeVar

Found_co = TypeVar("Found_co", covariant=True)
_WORTH_A_PROCESS = 64  # numbers; for fewer, starting it takes longer than their work
_TOGETHER = 16  # neighbours: what one of them needs, the next one needs too


class Work(Protocol[Found_co]):
    """What is to be done for some numbers; it and what it finds can be pickled."""

    def found(self, numbers: Sequence[int]) -> Iterator[Found_co]:
        """Yield what is found for each number, in their order."""
        ...


def shared_out(work: Work[Found_co], count: int, processes: int) -> Iterator[tuple[int, Found_co]]:
    """Yield each number below `count` with what is found for it, as soon as it is.

    Args:
        work: does the same for a number whatever other numbers there are.
        count: how many numbers there are.
        processes: among how many new processes the work is shared out, if there is work enough;
            with 1 there is none.

    Raises:
        RuntimeError: if a process ends before its work is done.
    """
    worth = min(processes, count // _WORTH_A_PROCESS)
    if worth < 2:
        yield from zip(range(count), work.found(range(count)), strict=True)
        return
    shares = tuple(_shares(count, worth))
    with ExitStack() as running:
        workers = dict(_started(work, share, running) for share in shares)
        while workers:
            ready = wait(workers)
            for reader in [each for each in workers if each in ready]:
                try:
                    yield reader.recv()
                except EOFError:
                    _ended(workers.pop(reader))


def _shares(count: int, processes: int) -> Iterator[tuple[int, ...]]:
    """Yield the numbers of each process: some neighbours, then those after the others' ones."""
    for first in range(processes):
        yield tuple(n for n in range(count) if n // _TOGETHER % processes == first)


def _started(
    work: Work[object], share: tuple[int, ...], running: ExitStack
) -> tuple[Connection, SpawnProcess]:
    context = get_context("spawn")
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(writer, work, share), daemon=True)
    process.start()
    writer.close()  # the process has its own, so that its end is the end of what can be read
    running.callback(process.join)
    running.callback(process.terminate)
    running.callback(reader.close)
    return reader, process


def _send(writer: Connection, work: Work[object], share: tuple[int, ...]) -> None:
    with writer:
        for number, found in zip(share, work.found(share), strict=True):
            writer.send((number, found))


def _ended(process: SpawnProcess) -> None:
    process.join()
    if process.exitcode:
        raise RuntimeError(f"a process ended with {process.exitcode} before its work was done")
