"""Work that several processes share is done as one alone does it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from remedykit.authoring.mutation.processes import workers
from support.squares import SquareBench


@pytest.mark.parametrize("processes", [1, 3])
def test_every_number_is_found_once_however_many_processes_there_are(processes: int) -> None:
    with workers(SquareBench(), processes) as working:
        for count in (0, 1, 30, 300):
            found = sorted(working.found(SquareBench.square, count))
            assert [(number, square) for number, (square, _) in found] == [
                (number, number * number) for number in range(count)
            ]


def test_the_work_is_done_by_other_processes() -> None:
    with workers(SquareBench(), 2) as working:
        doers = {doer for _, (_, doer) in working.found(SquareBench.square, 300)}
    assert 1 <= len(doers) <= 2
    assert os.getpid() not in doers


def test_one_process_is_this_one() -> None:
    with workers(SquareBench(), 1) as working:
        assert {doer for _, (_, doer) in working.found(SquareBench.square, 30)} == {os.getpid()}
        assert working.bench.done == list(range(30))


def test_what_stands_on_a_bench_stays_there_for_what_is_found_next() -> None:
    with workers(SquareBench(), 2) as working:
        first = dict(working.found(SquareBench.square, 40))
        for _, (process, done) in working.found(SquareBench.done_here, 40):
            assert done == {number for number, (_, doer) in first.items() if doer == process}


def test_a_process_that_ends_too_soon_is_told_of() -> None:
    with (
        workers(SquareBench(ends_at=150), 2) as working,
        pytest.raises(RuntimeError, match="a process ended before its work was done"),
    ):
        list(working.found(SquareBench.square, 300))


def test_what_was_not_begun_when_it_is_no_longer_wanted_is_left_undone(tmp_path: Path) -> None:
    with workers(SquareBench(told_to=tmp_path), 2) as working:
        next(working.found(SquareBench.square, 20_000))
    assert 0 < len(list(tmp_path.iterdir())) < 20_000


def test_a_main_module_that_starts_the_work_again_is_told_of() -> None:
    # What is handed over is more than a pipe takes at once, as policies are.
    program = (
        "from remedykit.authoring.mutation.processes import workers\n"
        "from support.squares import SquareBench\n"
        "with workers(SquareBench(done=list(range(200_000))), 2) as working:\n"
        "    list(working.found(SquareBench.square, 30))\n"
    )
    root = Path(__file__).parents[2]
    paths = os.pathsep.join(str(root / folder) for folder in ("src", "tests"))
    ended = subprocess.run(
        [sys.executable, "-"],
        input=program,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert ended.returncode == 1
    assert "RuntimeError: a process ended before its work was done" in ended.stderr
