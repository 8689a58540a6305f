"""Every scenario of the shipped policies comes out as its author expects."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from remedykit import Policy
from remedykit.authoring.golden.files import compare_golden, golden_files
from remedykit.authoring.scenarios.reading import read_scenarios
from remedykit.authoring.scenarios.scenario import Scenario, run_scenario
from remedykit.policy import rules_folder, shipped_names

_POLICIES = {name: Policy.shipped(name) for name in shipped_names()}
_CASES = [
    pytest.param(policy, scenario, id=f"{name}: {scenario.name}")
    for name, policy in _POLICIES.items()
    for scenario in read_scenarios(policy, rules_folder() / name)
]


@pytest.mark.parametrize(("policy", "scenario"), _CASES)
def test_a_scenario_comes_out_as_expected(policy: Policy, scenario: Scenario) -> None:
    outcome = run_scenario(policy, scenario)
    assert [str(difference) for difference in outcome.differences] == []


@pytest.mark.parametrize("name", _POLICIES)
def test_each_shipped_policy_has_scenarios(name: str) -> None:
    assert read_scenarios(_POLICIES[name], rules_folder() / name)


@pytest.mark.parametrize("name", ["nurture", "transactional"])
def test_a_shipped_policy_decides_as_its_golden_files_say(name: str, tmp_path: Path) -> None:
    copied = shutil.copytree(rules_folder() / name, tmp_path / name)
    files = golden_files(Policy.load(copied), copied)
    assert files
    assert compare_golden(files, copied) == ()
