"""Whatever a policy asks, its rules are small enough for durable-rules (not needed here)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

import pytest

from remedykit.engine.durable.cell import MOST_EDGES
from remedykit.engine.durable.network import MOST_NODES, MOST_WAYS, Network, network_of
from remedykit.engine.matching import Clause, clauses
from remedykit.language.syntax import Expression
from support.build import ALWAYS, NEVER, both, const, either, holds, negation
from support.chances import Rolled
from support.policies import some_policy


def network(*conditions: Expression) -> Network:
    return network_of([Clause(f"rule:{n}", each) for n, each in enumerate(conditions)])


def alternating(depth: int) -> Expression:
    """Return a condition with an `and` in an `or` in an `and`, so many of them in all."""
    condition: Expression = holds("fact_0")
    for level in range(1, depth + 1):
        joined = both if level % 2 else either
        condition = joined(holds(f"fact_{level}"), condition)
    return condition


def facts(count: int) -> list[Expression]:
    return [holds(f"fact_{number}") for number in range(count)]


def pairs(count: int) -> list[Expression]:
    return [either(holds(f"one_{number}"), holds(f"other_{number}")) for number in range(count)]


LARGE = {
    "65 conditions of one rule": both(*facts(65)),
    "65 alternatives": either(*facts(65)),
    "600 alternatives": either(*facts(600)),
    "600 alternatives, each of two": either(
        *(both(*facts(number)[-2:]) for number in range(2, 602))
    ),
    "2 to the power of 30 ways": both(*pairs(30)),
    "16 nodes in one another": alternating(16),
    "100 nodes in one another": alternating(100),
    "what is not one of 600": negation(either(*facts(600))),
}


@pytest.mark.parametrize("condition", LARGE.values(), ids=LARGE)
def test_what_is_too_large_for_one_rule_is_divided(condition: Expression) -> None:
    found = network(condition)
    assert len(found.shards) > 1
    assert_fits(found)


def test_many_rules_stand_in_many_rulesets() -> None:
    found = network(*facts(1000))
    assert len(found.shards) == 18
    assert_fits(found)


@pytest.mark.parametrize("seed", range(100))
def test_the_rules_of_every_policy_fit(seed: int) -> None:
    policy = some_policy(Rolled(seed), rules=60 if seed % 10 == 0 else 6)
    assert_fits(network_of(clauses(policy)))


def test_equal_conditions_are_one_rule() -> None:
    found = network(holds("a"), negation(holds("b")), holds("a"), negation(negation(holds("a"))))
    assert sorted(found.clauses.values()) == [0b0010, 0b1101]


@pytest.mark.parametrize(
    "condition",
    [
        ALWAYS,
        const(True),
        negation(NEVER),
        both(ALWAYS, const(True)),
        either(holds("a"), ALWAYS),
        negation(both(holds("a"), const(False))),
    ],
)
def test_what_always_holds_needs_no_rule(condition: Expression) -> None:
    assert network(holds("b"), condition).always == 0b10
    assert len(network(condition).shards) == 0


@pytest.mark.parametrize(
    "condition", [NEVER, const(False), both(holds("a"), NEVER), negation(either(ALWAYS))]
)
def test_what_never_holds_needs_no_rule(condition: Expression) -> None:
    found = network(condition)
    assert (found.always, found.clauses, found.shards) == (0, {}, ())


# --- what fits ----------------------------------------------------------------------------------


def assert_fits(found: Network) -> None:
    """Hold a network to the measured limits of durable-rules, read off its rules again."""
    on = set(range(len(found.atoms)))
    for shard in found.shards:
        assert {wire for _, wire in shard.reads} <= on  # what is read was found before
        on |= set(shard.finds.values())
        tests = [patterns[0]["m"] for patterns in shard.ruleset.values()]
        # The guard is shared; the rule that always fires has one condition of its own.
        assert 2 + sum(_edges(test) - 1 for test in tests) <= MOST_EDGES
        assert max(map(_nodes, tests)) <= MOST_NODES
        assert max(map(_ways, tests)) <= MOST_WAYS
    assert on == set(range(found.wires))


def _parts(test: Mapping[str, Any]) -> tuple[str, Sequence[Mapping[str, Any]]]:
    ((name, parts),) = test.items()
    return (name, parts) if name in {"$and", "$or"} else (name, ())


def _edges(test: Mapping[str, Any]) -> int:
    name, parts = _parts(test)
    together = len(parts) if name == "$or" else 0
    return together + sum(map(_edges, parts)) if parts else 1


def _nodes(test: Mapping[str, Any]) -> int:
    _, parts = _parts(test)
    return 1 + sum(map(_nodes, parts)) if parts else 0


def _ways(test: Mapping[str, Any]) -> int:
    name, parts = _parts(test)
    ways = list(map(_ways, parts))
    return sum(ways) if name == "$or" else prod(ways)
