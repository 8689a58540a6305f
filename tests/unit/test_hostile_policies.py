"""Policies that are meant to do harm are refused, or decided with, in under a second and 200 MB."""

from __future__ import annotations

import cProfile
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from remedykit import Policy, PolicyError
from support.hostile_files import FAR_TOO_LONG_S
from support.hostile_policies import FINE, HEADER, REFUSED, many, rules
from support.measuring import ENVIRONMENT

SCRIPT = Path(__file__).parents[1] / "support" / "hostile_policies.py"
CODES = {
    "50,000 unknown keys": "unknown-key",
    "50,000 unknown keys of a rule": "unknown-key",
    "5,000 rules with faults": "unknown-fact",
    "20,000 rules of one id": "duplicate-name",
    "an expression of 1 MiB": "expression-too-large",
    "2,000 brackets": "expression-too-large",
    "1,900 minus signs": "expression-too-large",
    "480 times not": "expression-too-large",
    "a name of 1,000 words": "expression-too-large",
    "a cell of 1,000,000 digits": "bad-number",
    "a cell of nearly digits": "wrong-cell",
    "a cell of dots": "wrong-cell",
    "a cell of ranges": "wrong-cell",
    "a chain of 10,000 defines": "define-too-deep",
    "a circle of 10,000 defines": "define-cycle",
    "10,000 defines that read themselves": "define-cycle",
    "5,000 params, and 99 names nearly theirs": "unknown-name",
    "a text of 1 MiB": "empty-value",
    "a text of braces": "empty-value",
    "an id of 1 MiB": "bad-name",
    "50,000 equal offers": "duplicate-name",
    "50,000 unknown offers": "unknown-kind",
    "4,000 fixes without a group": "too-many-sets",
    "50,000 unknown currencies": "unknown-currency",
    "a time zone of 1 MiB": "unknown-timezone",
    "a time zone that leaves the folder": "unknown-timezone",
    "a time zone that is a file": "unknown-timezone",
    "50,000 unknown weights": "unknown-key",
}


def test_hostile_policies_are_refused_or_decided_with_quickly() -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT)],
        capture_output=True,
        text=True,
        check=True,
        env=ENVIRONMENT,
    )
    measured = json.loads(done.stdout)
    took = {name: seconds for name, (seconds, _) in measured["outcomes"].items()}
    slow = {name: seconds for name, seconds in took.items() if seconds > FAR_TOO_LONG_S}
    assert slow == {}
    assert measured["memory"] < 200
    told = {name: line for name, (_, line) in measured["outcomes"].items()}
    codes = {
        name: found[1]
        for name, line in told.items()
        if (found := re.match(r"policy\.yaml:\d+:\d+: error\[(\S+)\]: .+", line))
    }
    assert codes == CODES
    assert codes.keys() == REFUSED.keys()
    assert {name for name, line in told.items() if line.startswith("fine: ")} == FINE.keys()


def test_after_20_circles_of_defines_no_more_are_looked_for() -> None:
    text = HEADER + "define:\n" + many(21, lambda each: f"  d{each}: d{each} + 1\n")
    with pytest.raises(PolicyError) as raised:
        Policy.from_text(text)
    assert [each.code for each in raised.value.diagnostics] == ["define-cycle"] * 20


def calls_to_load(count: int) -> int:
    """Return how many functions are called to load so many rules."""
    written = (
        f"id: r.n{each}, when: {{incident.days_late: {each % 30}..}}, where: loss > {each}, "
        f"offer: r, because: Number {each}."
        for each in range(count)
    )
    text = rules(*written) + "define: {loss: incident.value_affected + incident.out_of_pocket}\n"
    profile = cProfile.Profile()
    profile.runcall(Policy.from_text, text)
    return sum(entry.callcount for entry in profile.getstats())


def test_loading_takes_work_in_proportion_to_the_rules() -> None:
    assert calls_to_load(800) < 4.5 * calls_to_load(200)
