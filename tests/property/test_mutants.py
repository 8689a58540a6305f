"""Mutants: what is worked out of a policy's own decisions is what the changed policy decides."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remedykit import Policy
from remedykit.authoring import read_scenarios
from remedykit.authoring.mutation.mutant import Mutant
from remedykit.authoring.mutation.mutants import ChosenMutants
from remedykit.authoring.mutation.samples import Mutated, Sample, situation_of
from remedykit.explain.questions import Asking

pytestmark = pytest.mark.no_cover  # it runs the same code thousands of times

RULES = Path(__file__).resolve().parents[2] / "rules"


class _Bench(NamedTuple):
    policy: Policy
    mutants: tuple[Mutant, ...]
    samples: tuple[Sample, ...]

    @classmethod
    def of(cls, folder: Path) -> _Bench:
        policy = Policy.load(folder)
        scenarios = read_scenarios(policy, folder)
        samples = tuple(Sample(policy, situation_of(each).read) for each in scenarios)
        return cls(policy, ChosenMutants(policy).mutants(), samples)

    def drawn(self, data: st.DataObject) -> tuple[Mutated, Sample]:
        """Return a mutant and a sample; drawn by number, for to be printed they are too large."""
        mutant = self.mutants[data.draw(st.integers(0, len(self.mutants) - 1))]
        sample = self.samples[data.draw(st.integers(0, len(self.samples) - 1))]
        return Mutated(self.policy, mutant), sample


@pytest.fixture(scope="module", params=["nurture", "transactional"])
def bench(request: pytest.FixtureRequest) -> _Bench:
    return _Bench.of(RULES / request.param)


@given(data=st.data())
def test_a_mutant_decides_as_if_it_were_evaluated_anew(bench: _Bench, data: st.DataObject) -> None:
    mutated, sample = bench.drawn(data)
    anew = mutated.policy.decider.decide(sample.facts)
    assert mutated.decide(sample) == anew
    assert mutated.may_differ(sample) or anew == sample.decision


@given(data=st.data())
def test_a_mutant_asks_as_if_every_answer_were_evaluated_anew(
    bench: _Bench, data: st.DataObject
) -> None:
    mutated, sample = bench.drawn(data)
    decision = mutated.decide(sample)
    anew = Asking.of(mutated.policy.decider, sample.facts, decision)
    assert [*mutated.asking(sample, decision).asked()] == [*anew.asked()]
