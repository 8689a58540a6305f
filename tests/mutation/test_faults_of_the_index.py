"""A fault in the indexed engine shows: hundreds of them are made, one after the other.

A fault that changes no answer stands in ``survivors.json`` with the reason. When a fault survives
that is not listed, a random policy lacks something, or a test does: mend that first.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

from remedykit.engine.indexed.engine import IndexedEngine
from support.index_faults import table_faults
from support.killing import Run, is_killed, runs
from support.mutants import Mutant, modules, mutants
from support.tabled_policies import tabled_policy

SURVIVORS: Mapping[str, Mapping[str, str]] = json.loads(
    (Path(__file__).parent / "survivors.json").read_text(encoding="utf-8")
)
SHARE_KILLED = 0.99


@cache
def fixed_runs() -> Sequence[Run]:
    """Return what every fault is run on."""
    return runs()


def shows(mutant: Mutant) -> bool:
    """Whether a fault shows."""
    try:
        make = mutant.engine()
    except Exception:  # noqa: BLE001 - a fault may raise anything
        return True
    return is_killed(make, fixed_runs())


def test_without_a_fault_nothing_shows() -> None:
    assert not is_killed(IndexedEngine, fixed_runs())


@pytest.mark.parametrize("module", modules())
def test_every_fault_shows_that_is_not_listed(module: str) -> None:
    listed = SURVIVORS.get(module, {})
    unlisted = [mutant for mutant in mutants(module) if mutant.what not in listed]
    assert [mutant.what for mutant in unlisted if not shows(mutant)] == []


def test_what_is_listed_is_a_fault_and_has_its_reason() -> None:
    made = {module: {mutant.what for mutant in mutants(module)} for module in modules()}
    for module, listed in SURVIVORS.items():
        assert listed.keys() <= made[module]
        assert all(listed.values())


def test_nearly_all_faults_show() -> None:
    # Those of the tables all show: see test_faults_of_the_tables.
    index = IndexedEngine(tabled_policy())._by_currency["USD"].index
    made = sum(len(list(mutants(module))) for module in modules()) + len(list(table_faults(index)))
    listed = sum(len(each) for each in SURVIVORS.values())
    assert listed <= (1 - SHARE_KILLED) * made


@pytest.mark.slow
@pytest.mark.parametrize("module", sorted(SURVIVORS))
def test_what_is_listed_does_not_show(module: str) -> None:
    listed = [mutant for mutant in mutants(module) if mutant.what in SURVIVORS[module]]
    assert [mutant.what for mutant in listed if shows(mutant)] == []
