"""Every engine decides the scenarios of the shipped policies, and the stories, alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from remedykit import Decision, Policy
from remedykit.authoring.scenarios.reading import read_scenarios
from remedykit.cli.inputs import read_asked
from remedykit.policy import rules_folder, shipped_names
from support.engines import INSTALLED

_EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
_STORIES = (*_EXAMPLES.glob("lost-parcels*.yaml"), *_EXAMPLES.glob("missing-screw*.yaml"))


@pytest.mark.parametrize("name", shipped_names())
def test_every_engine_decides_what_the_default_one_does(name: str) -> None:
    policy = Policy.shipped(name)
    others = [policy.with_engine(engine) for engine in INSTALLED if engine != policy.engine]
    for told, decide in _decisions(policy):
        expected = decide(policy)
        assert [each.engine for each in others if decide(each) != expected] == [], told


def _decisions(policy: Policy) -> Iterator[tuple[str, Callable[[Policy], Decision]]]:
    """Yield what decides each scenario of a policy, and each story."""
    for scenario in read_scenarios(policy, rules_folder() / policy.name):
        yield scenario.name, partial(scenario.given.decide, at=scenario.at)
    for story in sorted(_STORIES):
        yield story.name, partial(read_asked(str(story)).decide, at=None)
