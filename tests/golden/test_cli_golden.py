"""The command line prints what was recorded; `record_cli` records anew."""

from __future__ import annotations

import pytest

from support.command_cases import CommandCase, command_cases


@pytest.mark.parametrize("case", command_cases(), ids=lambda case: case.name)
def test_a_command_prints_what_was_recorded(case: CommandCase) -> None:
    assert case.printed() == case.recorded()


@pytest.mark.parametrize("case", command_cases(), ids=lambda case: case.name)
def test_what_is_recorded_is_plain_and_fits_into_100_columns(case: CommandCase) -> None:
    lines = case.recorded().splitlines()
    assert max(map(len, lines)) <= 100
    assert not [line for line in lines if "\x1b" in line or line != line.rstrip()]
