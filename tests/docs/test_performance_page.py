"""The measurement behind the page on performance runs, and the page has room for its results."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from support.pages import ROOT

pytestmark = pytest.mark.xdist_group("bench")  # one worker measures for all of them

_PAGE = ROOT / "docs" / "performance.md"


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    """What a smoke run of the measurement prints; it ends with 1 if two engines disagree."""
    return _printed("bench.decide")


def _printed(module: str) -> dict[str, Any]:
    command = (sys.executable, "-m", module, "--quick", "--json")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    printed: dict[str, Any] = json.loads(done.stdout)
    return printed


def test_engines_with_three_truth_values_are_compared_on_known_and_on_unknown_facts(
    results: dict[str, Any],
) -> None:
    compared = [(each["rules"], each["known"], each["engines"]) for each in results["matching"]]

    assert [(rules, known) for rules, known, _ in compared] == [
        (10, True),
        (10, False),
        (100, True),
        (100, False),
    ]
    for _, _, engines in compared:
        assert {"remedykit", "remedykit, reference", "ifs by kind", "plain ifs"} <= set(engines)
        assert engines["remedykit"]["ratio"] == 1


def test_an_engine_that_is_not_installed_is_named(results: dict[str, Any]) -> None:
    versions = results["versions"]

    for package in ("zen-engine", "business-rules", "durable-rules"):
        missing = [name for name in results["not_installed"] if name.startswith(package)]
        assert bool(missing) is (package not in versions)


def test_every_goal_has_a_bound_and_is_met_missed_or_not_measured(results: dict[str, Any]) -> None:
    goals = results["goals"]

    assert len(goals) == len({goal["what"] for goal in goals}) >= 12
    for goal in goals:
        assert (goal["met"] is None) is (goal["measured"] is None)


def test_replays_are_measured_in_memory_and_beside_deciding() -> None:
    printed = _printed("bench.replaying")

    assert [each["cases"] for each in printed["held"]] == [2, 4]
    for each in printed["held"]:
        assert each["steps"] >= printed["events"] / 2  # some events are of one moment
        assert each["resident_mib"] > 0
    assert printed["parts"]["a decision at each event"]["ratio"] == 1


@pytest.mark.parametrize("command", ["bench/run --write", "bench.replaying --write"])
def test_the_page_keeps_the_marks_between_which_results_are_written(command: str) -> None:
    page = _PAGE.read_text(encoding="utf-8")

    begin = page.index(f"<!-- From here to the end mark: written by `{command}`")
    assert begin < page.index(f"<!-- End of what `{command}`")
