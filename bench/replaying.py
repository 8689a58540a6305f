"""The command: replays many cases one after the other, and says what each took and what is held.

Cases are made, replayed and dropped one at a time, as a service would that looks at its old cases.
From the top of the repository::

    .venv/bin/python -m bench.replaying            # a table; takes about half an hour
    .venv/bin/python -m bench.replaying --json     # for programs
    .venv/bin/python -m bench.replaying --write    # into docs/performance.md
    .venv/bin/python -m bench.replaying --quick    # a smoke run

It needs nothing but remedykit.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.cases import Told, cases
from bench.measuring import in_turns
from bench.page import REPLAYS, put, table, times
from bench.policies import SEED
from remedykit import Case, Customer, Incident, Policy, replay

POLICY = "marketplace"
EVENTS = 50
KIB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much is measured: after how many cases memory is looked at, and rounds of ratios."""

    counts: tuple[int, ...]
    compared: int
    rounds: int


FULL = Scale(counts=(100, 1_000, 5_000, 10_000), compared=5, rounds=11)
QUICK = Scale(counts=(2, 4), compared=1, rounds=2)


def main() -> int:
    """Measure, and print or write down what came out."""
    parser = argparse.ArgumentParser(description="Measure replays of cases.")
    parser.add_argument("--quick", action="store_true", help="a smoke run, good for nothing else")
    parser.add_argument("--json", action="store_true", help="print the results for programs")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    arguments = parser.parse_args()
    results = measured(QUICK if arguments.quick else FULL)
    if arguments.write:
        put(REPLAYS, markdown(results))
    print(json.dumps(results, indent=1) if arguments.json else markdown(results))
    return 0


def measured(scale: Scale) -> dict[str, Any]:
    """Return everything that was measured."""
    policy = Policy.shipped(POLICY)
    return {
        "seed": SEED,
        "python": platform.python_version(),
        "policy": f"{policy.name} {policy.version}",
        "events": EVENTS,
        "held": list(_held(policy, scale.counts)),
        "parts": _parts(policy, scale),
    }


def markdown(results: Mapping[str, Any]) -> str:
    """Return the results as tables."""
    held = [
        (
            f"{each['cases']:,}",
            f"{each['resident_mib']:.1f}",
            times(each["steps"]),
            times(each["milliseconds"]),
        )
        for each in results["held"]
    ]
    parts = [
        (name, times(each["ratio"]), times(each["milliseconds"]))
        for name, each in results["parts"].items()
    ]
    head = ("cases so far", "MiB held by the process", "steps a case", "milliseconds a case")
    return "\n".join(
        [
            f"### Replays of cases of {results['events']} events, by {results['policy']}\n",
            *table(head, held),
            *table((f"{results['events']} events", "times deciding", "milliseconds"), parts),
            f"Python {results['python']}, one core of a virtual machine, seed {results['seed']}.",
        ]
    )


# --- one process, many cases -------------------------------------------------------------------


def _held(policy: Policy, counts: tuple[int, ...]) -> Iterator[dict[str, Any]]:
    """Replay cases until each count is reached, and tell what the process holds then.

    Times and steps are those of the cases since the count before.
    """
    told = cases(counts[-1], EVENTS)
    done = 0
    for count in counts:
        began, steps = time.process_time(), 0
        for _ in range(count - done):
            steps += _replayed(policy, next(told))
        seconds = time.process_time() - began
        yield {
            "cases": count,
            "resident_mib": round(_resident_kib() / KIB, 1),
            "steps": round(steps / (count - done), 1),
            "milliseconds": round(seconds / (count - done) * 1e3, 1),
        }
        done = count


def _replayed(policy: Policy, told: Told) -> int:
    found = replay(policy, told.case, incident=told.incident, customer=told.customer)
    return len(found.steps)


def _resident_kib() -> int:
    """Return what the process holds in memory now, as the kernel counts it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    lines = dict(line.split(":", 1) for line in status.splitlines())
    return int(lines["VmRSS"].split()[0])


# --- what a replay is made of ------------------------------------------------------------------


def _parts(policy: Policy, scale: Scale) -> dict[str, Any]:
    """Compare replays with validating the cases and with a decision at each event."""
    drawn = list(cases(scale.compared, EVENTS))

    def validate() -> None:
        for each in drawn:
            Case.model_validate(each.case)

    def decide() -> None:
        for each in drawn:
            incident = Incident.model_validate(each.incident)
            customer = Customer.model_validate(each.customer)
            case = Case.model_validate(each.case)
            for event in case.events or ():
                policy.decide(incident, customer, case=case, at=event.at)

    def whole() -> None:
        for each in drawn:
            _replayed(policy, each)

    works = {
        "reading the case": validate,
        "a decision at each event": decide,
        "the replay, with what time brings": whole,
    }
    rounds = in_turns(works, scale.rounds)
    return {
        name: {
            "ratio": round(rounds.ratio(name, "a decision at each event"), 3),
            "milliseconds": round(median(rounds.seconds[name]) / scale.compared * 1e3, 2),
        }
        for name in works
    }


if __name__ == "__main__":
    sys.exit(main())
