"""Every engine means the same: random policies and facts, and not one answer may differ."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given

from remedykit.engine.engines import ENGINES, engine_named
from remedykit.engine.matching import EngineName
from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy
from support.agreement import Difference, Subject, first_difference
from support.chances import Rolled
from support.policies import policies, some_policy, some_rules
from support.pools import facts

# The durable engine is tried in processes of its own: tests/property/test_durable.py.
OTHERS: list[EngineName] = [name for name in ENGINES if name not in ("durable", "reference")]
DECISIONS_A_POLICY = 200


def difference_of(seed: int, engine: EngineName, *, parts_of: int) -> Difference | None:
    """Return the first difference of an engine on one random policy, or ``None``."""
    chance = Rolled(seed)
    # Half of them a few rules alone; now and then more clauses than a machine word has bits.
    few = seed % 2 == 1
    policy = some_rules(chance) if few else some_policy(chance, rules=60 if seed % 10 == 0 else 6)
    subject = Subject(policy, partial(engine_named, engine))
    return first_difference(subject, chance, DECISIONS_A_POLICY, parts_of=parts_of)


@pytest.mark.parametrize("engine", OTHERS)
@given(policy=policies(), known=facts())
def test_engines_agree_on_clauses_and_all_their_parts(
    engine: EngineName, policy: CheckedPolicy, known: Facts
) -> None:
    subject = Subject(policy, partial(engine_named, engine))
    assert subject.difference(known, parts=True) is None


@pytest.mark.parametrize("engine", OTHERS)
@pytest.mark.parametrize("seed", range(40))
def test_engines_agree_on_thousands_of_decisions(engine: EngineName, seed: int) -> None:
    assert difference_of(seed, engine, parts_of=10) is None


@pytest.mark.slow
@pytest.mark.parametrize("engine", OTHERS)
@pytest.mark.parametrize("hundred", range(50))
def test_engines_agree_on_a_million_decisions(engine: EngineName, hundred: int) -> None:
    """Each of 50 runs has 100 policies with 200 decisions."""
    for seed in range(1000 + 100 * hundred, 1100 + 100 * hundred):
        assert difference_of(seed, engine, parts_of=40) is None, f"seed {seed}"
