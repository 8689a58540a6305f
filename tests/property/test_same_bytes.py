"""The same input gives the same JSON bytes: whatever the hash seed, the thread, the order."""

import os
import pickle
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from remedykit import Policy
from support.tiny_policy import POLICY, TEXT, customer, incident

SECTIONS = yaml.safe_load(TEXT)
SCRIPT = """
from support.tiny_policy import POLICY, customer, incident
decision = POLICY.decide(incident(days_late=None), customer(tenure_years=None))
print(decision.to_json(questions=POLICY.questions(decision)))
decision = POLICY.decide(incident(), customer())
print(decision.to_json(), POLICY.why(decision), POLICY.reads, POLICY.digest)
"""


def decided(policy: Policy) -> str:
    unsure = policy.decide(incident(days_late=None), customer(tenure_years=None))
    sure = policy.decide(incident(), customer())
    return unsure.to_json(questions=policy.questions(unsure)) + sure.to_json()


EXPECTED = decided(POLICY)


def with_seed(seed: int) -> bytes:
    tests = Path(__file__).parents[1]
    environment = {**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(tests)}
    command = [sys.executable, "-c", SCRIPT]
    return subprocess.run(command, env=environment, capture_output=True, check=True).stdout


def test_five_hash_seeds_give_the_same_bytes() -> None:
    assert len({with_seed(seed) for seed in range(5)}) == 1


@pytest.mark.slow
def test_fifty_hash_seeds_give_the_same_bytes() -> None:
    assert len({with_seed(seed) for seed in range(50)}) == 1


def test_eight_threads_on_one_policy_give_the_same_bytes() -> None:
    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(lambda _: decided(POLICY), range(64)))
    assert set(results) == {EXPECTED}


def test_a_pickled_policy_gives_the_same_bytes() -> None:
    assert decided(pickle.loads(pickle.dumps(POLICY))) == EXPECTED  # noqa: S301 - our own bytes


def test_a_reloaded_policy_gives_the_same_bytes() -> None:
    assert decided(Policy.from_text(TEXT)) == EXPECTED


@settings(max_examples=15)
@given(chance=st.randoms(use_true_random=False))
def test_any_order_of_rules_and_names_gives_the_same_bytes(chance: random.Random) -> None:
    shuffled = {
        key: _shuffled(section, chance) if key != "covers" else section
        for key, section in SECTIONS.items()
    }
    policy = Policy.from_text(yaml.safe_dump(_shuffled(shuffled, chance), sort_keys=False))
    assert policy.digest == POLICY.digest
    assert decided(policy) == EXPECTED


@settings(max_examples=10)
@given(chance=st.randoms(use_true_random=False))
def test_any_split_into_files_gives_the_same_bytes(
    chance: random.Random, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("rules")
    names = [f"{name}.yaml" for name in "abcd"]
    contents: dict[str, dict[str, object]] = {name: {} for name in names}
    for key, section in SECTIONS.items():
        contents[chance.choice(names)][key] = section
    for name, content in contents.items():
        if content:
            (folder / name).write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    policy = Policy.load(folder)
    assert policy.digest == POLICY.digest
    assert decided(policy) == EXPECTED


def _shuffled(section: object, chance: random.Random) -> object:
    match section:
        case dict():
            keys = list(section)
            chance.shuffle(keys)
            return {key: section[key] for key in keys}
        case list():
            return chance.sample(section, len(section))
        case _:
            return section
