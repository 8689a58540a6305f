"""What ./try prints: both stories under both policies on one screen."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from support.command_line import EXAMPLES


@pytest.fixture(scope="module")
def printed() -> str:
    ran = subprocess.run(
        [sys.executable, EXAMPLES / "side_by_side.py"], capture_output=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    return ran.stdout.decode()


def test_it_fits_on_one_screen_of_100_columns(printed: str) -> None:
    lines = printed.splitlines()
    assert len(lines) <= 60
    assert max(map(len, lines)) <= 100


def test_every_story_shows_what_is_missing_on_the_left_and_said_on_the_right(printed: str) -> None:
    stories = re.split(r"^\d\. .*-+$", printed, flags=re.MULTILINE)[1:]
    assert len(stories) == 5
    for story in stories:
        assert re.search(r"^apology +Sorry\. {4,}I am sorry", story, re.MULTILINE)
        assert re.search(r"^explanation +nothing {4,}\w", story, re.MULTILINE)
        assert re.search(r"^perk +nothing {4,}\w", story, re.MULTILINE)
        assert len(re.findall(r"\bnothing\b", story)) == 2


def test_the_fixes_are_the_demanded_ones(printed: str) -> None:
    fixes = re.findall(r"^fix \(worth\) .{33} (.*)$", printed, re.MULTILINE)
    assert [fix.strip() for fix in fixes] == [
        "Send it again by express (60.00 USD)",
        "Refund it in full (60.00 USD)",
        "Send the part (30.00 USD)",
        "Money up front to fix it yourself (30.00 USD)",
        "Pay back what you spent (25.00 USD)",
    ]
    assert "Something for your time and trips (40.00 USD)" in printed
