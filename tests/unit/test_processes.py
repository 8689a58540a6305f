"""Work that several processes share is done as one alone does it."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest

from remedykit.authoring.mutation.processes import workers
from support.squares import SquareBench


@pytest.mark.parametrize("processes", [1, 3])
def test_every_number_is_found_once_however_many_processes_there_are(processes: int) -> None:
    with workers(SquareBench, processes) as working:
        for count in (0, 1, 30, 300):
            found = sorted(working.found(SquareBench.square, count))
            assert [(number, square) for number, (square, _) in found] == [
                (number, number * number) for number in range(count)
            ]


def test_the_work_is_done_by_other_processes() -> None:
    with workers(SquareBench, 2) as working:
        doers = {doer for _, (_, doer) in working.found(SquareBench.square, 300)}
    assert 1 <= len(doers) <= 2
    assert os.getpid() not in doers


def test_one_process_is_this_one() -> None:
    with workers(SquareBench, 1) as working:
        assert {doer for _, (_, doer) in working.found(SquareBench.square, 30)} == {os.getpid()}
        assert working.bench.done == list(range(30))


def test_what_stands_on_a_bench_stays_there_for_what_is_found_next() -> None:
    with workers(SquareBench, 2) as working:
        first = dict(working.found(SquareBench.square, 40))
        for _, (process, done) in working.found(SquareBench.done_here, 40):
            assert done == {number for number, (_, doer) in first.items() if doer == process}


def test_a_process_that_ends_too_soon_is_told_of() -> None:
    with (
        workers(partial(SquareBench, ends_at=150), 2) as working,
        pytest.raises(RuntimeError, match="terminated abruptly"),
    ):
        list(working.found(SquareBench.square, 300))


def test_what_was_not_begun_when_it_is_no_longer_wanted_is_left_undone(tmp_path: Path) -> None:
    with workers(partial(SquareBench, told_to=tmp_path), 2) as working:
        next(working.found(SquareBench.square, 20_000))
    assert 0 < len(list(tmp_path.iterdir())) < 20_000
