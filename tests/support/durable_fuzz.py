"""A run of the durable engine against the plain ones; a process of its own, as it might crash.

Usage: ``python durable_fuzz.py clauses|timelines FIRST COUNT``. Each seed is printed before it is
tried, so that the last line tells which one ended the process.
"""

from __future__ import annotations

import sys

from remedykit.engine.durable.engine import DurableEngine
from remedykit.engine.durable.timeline import DurableMatcher
from remedykit.facts.patterns import PlainMatcher
from support.agreement import Subject, first_difference
from support.chances import Rolled
from support.in_process import started
from support.patterns import some_happenings, some_patterns
from support.policies import some_policy, some_rules

FACTS_A_POLICY = 4
TIMELINES_A_POLICY = 8


def difference_in_clauses(seed: int) -> str:
    """Return where the durable engine answers otherwise than the reference; empty if nowhere."""
    chance = Rolled(seed)
    few = seed % 2 == 1
    policy = some_rules(chance) if few else some_policy(chance, rules=60 if seed % 10 == 0 else 6)
    found = first_difference(Subject(policy, DurableEngine), chance, FACTS_A_POLICY, parts_of=4)
    return "" if found is None else str(found)


def difference_in_timelines(seed: int) -> str:
    """Return where the durable matcher answers otherwise than the plain one; empty if nowhere."""
    chance = Rolled(seed)
    policy = some_patterns(chance)
    plain, durable = PlainMatcher.of(policy), DurableMatcher(policy)
    for _ in range(TIMELINES_A_POLICY):
        events, at = some_happenings(chance)
        expected, found = plain.values(events, at), durable.values(events, at)
        # True is 1, and a count is no truth.
        if repr(sorted(expected.items())) != repr(sorted(found.items())):
            return f"{expected} expected, {found} found\n{policy.timeline}\n{events}\n{at}"
    return ""


_TRIED = {"clauses": difference_in_clauses, "timelines": difference_in_timelines}


def fuzzed(what: str, first: int, count: int) -> str:
    """Try so many seeds in a process of its own; return what went wrong, or nothing."""
    done = started("durable_fuzz.py", what, str(first), str(count))
    if done.returncode == 0:
        return ""
    last = done.stdout.rpartition("seed ")[2]
    return f"ended with {done.returncode} at seed {last}{done.stderr}"


def main(what: str, first: int, count: int) -> None:
    """Try some seeds; exit with 1 at the first difference."""
    for seed in range(first, first + count):
        sys.stdout.write(f"seed {seed}\n")
        sys.stdout.flush()
        found = _TRIED[what](seed)
        if found:
            sys.exit(found)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
