"""Mutants: what is worked out of a policy's own decisions is what the changed policy decides."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remedykit import Policy
from remedykit.authoring import read_scenarios
from remedykit.authoring.mutation.mutant import Mutant
from remedykit.authoring.mutation.mutants import ChosenMutants
from remedykit.authoring.mutation.samples import Mutated, Sample, situation_of
from remedykit.effects.tables import EffectTables
from remedykit.engine.reference import ReferenceEngine
from remedykit.explain.deciding import Decider
from remedykit.explain.questions import Asking
from remedykit.facts.extract import fact_reader
from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy
from remedykit.ranking.tables import RankingTables
from strategies.small_policies import Known, known_facts, situation, small_policies
from support.policies import policies
from support.pools import facts

RULES = Path(__file__).resolve().parents[2] / "rules"
_APART = 10  # each so manieth mutant of a policy is looked at

FEW = settings(max_examples=max(5, settings().max_examples // 4))  # each works through many


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


def _made(checked: CheckedPolicy) -> Policy:
    """Return a policy that was not read from a file."""
    return Policy(
        checked=checked,
        warnings=(),
        reader=fact_reader(checked.schema),
        decider=Decider.of(checked, ReferenceEngine(checked)),
    )


def _anew(mutated: Mutated) -> Decider:
    """Return what decides as a mutant does, with nothing taken over from the policy."""
    policy = mutated.mutant.policy
    return replace(
        mutated.original.decider,  # of which the names of policy and facts are kept
        policy=policy,
        engine=ReferenceEngine(policy),
        effect_tables=EffectTables.of(policy),
        ranking_tables=RankingTables.of(policy),
    )


def _assert_decides_as_anew(mutated: Mutated, sample: Sample) -> None:
    anew = _anew(mutated).decide(sample.facts)
    assert mutated.decide(sample) == anew
    assert mutated.may_differ(sample) or anew == sample.decision


def _assert_asks_as_anew(mutated: Mutated, sample: Sample) -> None:
    decision = mutated.decide(sample)
    anew = Asking.of(_anew(mutated), sample.facts, decision)
    assert [*mutated.asking(sample, decision).asked()] == [*anew.asked()]


@given(data=st.data())
def test_a_mutant_decides_as_if_it_were_evaluated_anew(bench: _Bench, data: st.DataObject) -> None:
    _assert_decides_as_anew(*bench.drawn(data))


@given(data=st.data())
def test_a_mutant_asks_as_if_every_answer_were_evaluated_anew(
    bench: _Bench, data: st.DataObject
) -> None:
    _assert_asks_as_anew(*bench.drawn(data))


@FEW
@given(checked=policies(), known=facts(), first=st.integers(0, _APART - 1))
def test_mutants_of_any_policy_decide_as_if_they_were_evaluated_anew(
    checked: CheckedPolicy, known: Facts, first: int
) -> None:
    policy = _made(checked)
    sample = Sample(policy, lambda _: known)
    for mutant in ChosenMutants(policy).mutants()[first::_APART]:
        _assert_decides_as_anew(Mutated(policy, mutant), sample)


@FEW
@given(text=small_policies(), known=known_facts(), number=st.integers(0, 200))
def test_a_mutant_of_a_small_policy_decides_and_asks_as_if_it_were_evaluated_anew(
    text: str, known: Known, number: int
) -> None:
    policy, given_ = Policy.from_text(text), situation(known)
    facts_of = policy.reader.facts(given_["incident"], given_["customer"], own=given_["facts"])
    sample = Sample(policy, lambda _: facts_of)
    mutants = ChosenMutants(policy).mutants()
    mutated = Mutated(policy, mutants[number % len(mutants)])
    _assert_decides_as_anew(mutated, sample)
    _assert_asks_as_anew(mutated, sample)
