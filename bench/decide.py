"""The command: measures remedykit beside other engines, and says which goals are met.

``bench/run`` makes the environment that it wants and starts it; where other engines are not
installed it does without them and says so. From the top of the repository::

    bench/run                              # a table
    bench/run --json                       # for programs
    bench/run --write                      # into docs/performance.md and its chart
    .venv/bin/python -m bench.decide --quick

Answers of all engines are compared before anything is timed; a difference ends the run.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from dataclasses import dataclass
from importlib import metadata
from typing import Any

from bench import page
from bench.contenders import CONTENDERS
from bench.goals import goals
from bench.matching import AnswersDifferError, compare
from bench.policies import SEED
from bench.whole import deciding, importing, index_memory, loading


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much is measured."""

    constant: tuple[int, ...]
    growing: tuple[int, ...]
    decided: tuple[int, ...]
    loaded: int
    rounds: int


FULL = Scale(
    constant=(10, 100, 1_000, 10_000),
    growing=(10, 100, 1_000, 10_000),
    decided=(100, 1_000, 10_000),
    loaded=1_000,
    rounds=11,
)
QUICK = Scale(constant=(10, 100), growing=(), decided=(10, 100), loaded=100, rounds=2)


def main() -> int:
    """Measure, and print or write down what came out."""
    parser = argparse.ArgumentParser(description="Measure remedykit beside other engines.")
    parser.add_argument("--quick", action="store_true", help="a smoke run, good for nothing else")
    parser.add_argument("--json", action="store_true", help="print the results for programs")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    arguments = parser.parse_args()
    try:
        results = measured(QUICK if arguments.quick else FULL)
    except AnswersDifferError as difference:
        print(difference, file=sys.stderr)
        return 1
    if arguments.write:
        page.write(results)
    print(json.dumps(results, indent=1) if arguments.json else page.markdown(results))
    return 0


def measured(scale: Scale) -> dict[str, Any]:
    """Return everything that was measured."""
    # First, while there is little else in memory that the collector of garbage goes through.
    loaded = loading(scale.loaded, min(scale.rounds, 7))
    matching = [
        comparison.as_json()
        for growing, sizes in ((False, scale.constant), (True, scale.growing))
        for rules in sizes
        for comparison in compare(rules, growing=growing, rounds=scale.rounds)
    ]
    results: dict[str, Any] = {
        "seed": SEED,
        "rounds": scale.rounds,
        "python": platform.python_version(),
        "versions": _versions(),
        "not_installed": [each.name for each in CONTENDERS if each.load() is None],
        "matching": matching,
        "deciding": deciding(scale.decided, scale.rounds),
        "loading": loaded,
        "index_kib": index_memory(scale.constant),
        "importing": importing(min(scale.rounds, 9)),
    }
    results["goals"] = [goal.as_json() for goal in goals(results)]
    return results


def _versions() -> dict[str, str]:
    ours = {name: metadata.version(name) for name in ("remedykit", "pydantic", "PyYAML")}
    return ours | {each.package: each.version for each in CONTENDERS if each.version}


if __name__ == "__main__":
    sys.exit(main())
