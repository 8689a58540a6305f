"""Colour and tables on a terminal, plain text elsewhere."""

from __future__ import annotations

import re

import pytest

from support.command_line import EXAMPLES, run

pytestmark = pytest.mark.no_cover  # smaller tests cover what these run

LOST = EXAMPLES / "lost-parcels.yaml"
TERMINAL = {"FORCE_COLOR": "1", "TERM": "xterm-256color", "COLUMNS": "90", "NO_COLOR": ""}
COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-7]m")
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
COMMANDS = (
    ("decide", LOST, "--policy", "nurture"),
    ("why", LOST, "--policy", "nurture"),
    ("facts",),
    ("check", "nurture"),
)


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: str(arguments[0]))
def test_piped_output_is_plain_and_at_most_100_columns_wide(arguments: tuple[str, ...]) -> None:
    lines = run(*arguments, env={"COLUMNS": "300"}).out.splitlines()
    assert lines
    assert [line for line in lines if len(line) > 100 or "\x1b" in line] == []


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: str(arguments[0]))
def test_a_terminal_is_never_overrun(arguments: tuple[str, ...]) -> None:
    lines = ESCAPE.sub("", run(*arguments, env=TERMINAL).out).splitlines()
    assert [line for line in lines if len(line) > 90] == []


def test_a_terminal_gets_colour_and_ruled_tables() -> None:
    out = run(*COMMANDS[0], env=TERMINAL).out
    assert COLOUR.search(out)
    assert "\u2500\u2500" in out


def test_no_color_is_honoured() -> None:
    out = run(*COMMANDS[0], env={**TERMINAL, "NO_COLOR": "1"}).out
    assert not COLOUR.search(out)


def test_a_terminal_and_a_pipe_get_the_same_words() -> None:
    def words(text: str) -> list[str]:
        return re.findall(r"[\w.]+", ESCAPE.sub("", text))

    piped = run(*COMMANDS[0])
    assert words(run(*COMMANDS[0], env={**TERMINAL, "COLUMNS": "100"}).out) == words(piped.out)
