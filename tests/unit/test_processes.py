"""Work that several processes share is done as one alone does it."""

from __future__ import annotations

import os

import pytest

from remedykit.authoring.mutation.processes import shared_out
from support.squares import Squares


@pytest.mark.parametrize("count", [0, 1, 100, 300])
def test_every_number_is_found_once_however_many_processes_there_are(count: int) -> None:
    for processes in (1, 3):
        found = sorted(shared_out(Squares(), count, processes))
        assert [(number, square) for number, (square, _) in found] == [
            (number, number * number) for number in range(count)
        ]


def test_the_work_is_done_by_so_many_other_processes() -> None:
    workers = {worker for _, (_, worker) in shared_out(Squares(), 300, 3)}
    assert len(workers) == 3
    assert os.getpid() not in workers


def test_little_work_is_done_at_once() -> None:
    assert {worker for _, (_, worker) in shared_out(Squares(), 100, 3)} == {os.getpid()}


def test_a_process_that_ends_too_soon_is_told_of() -> None:
    with pytest.raises(RuntimeError, match="ended with 3 before its work was done"):
        list(shared_out(Squares(ends_at=150), 300, 2))
