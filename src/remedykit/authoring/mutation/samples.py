"""Situations with what a policy makes of them, worked out once and kept for all mutants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from remedykit.authoring.mutation.deciders import mutant_decider
from remedykit.authoring.mutation.evaluations import Changed
from remedykit.authoring.mutation.mutant import Mutant
from remedykit.authoring.scenarios.scenario import Scenario
from remedykit.authoring.situations.situation import Situation
from remedykit.effects.candidates import Candidates
from remedykit.effects.layers import effects
from remedykit.effects.setting import Setting
from remedykit.engine.matching import Matches, clauses
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.facts.values import Facts
from remedykit.language.syntax import Define
from remedykit.model.decision import Decision
from remedykit.policy import Policy


class Sample:
    """One situation, and what the policy itself makes of it.

    Attributes:
        situation: what is handed in.
    """

    def __init__(self, policy: Policy, situation: Situation) -> None:
        """Keep a situation that the policy can read."""
        self.situation = situation
        self._policy = policy

    @cached_property
    def facts(self) -> Facts:
        """The facts that rules read in it."""
        return self.situation.read(self._policy)

    @cached_property
    def evaluation(self) -> ReferenceEvaluation:
        """What the policy's conditions and amounts come to."""
        return ReferenceEvaluation(self._policy.checked, self.facts)

    @cached_property
    def matches(self) -> Matches:
        """The clauses of the policy that hold."""
        return self.evaluation.matches

    @cached_property
    def found(self) -> Candidates:
        """What may be offered before it is ranked."""
        return effects(self._policy.decider.settle(self.facts))

    @cached_property
    def decision(self) -> Decision:
        """What the policy decides."""
        decider = self._policy.decider
        return decider.decided(decider.settle(self.facts), self.found)


class Mutated:
    """A mutant that decides; made ready when it must decide for the first time.

    Attributes:
        mutant: which one.
        original: the policy without the change.
    """

    def __init__(self, policy: Policy, mutant: Mutant) -> None:
        """Make a mutant of a policy decide."""
        self.mutant = mutant
        self.original = policy
        self._last: tuple[Sample, Decision] | None = None

    @cached_property
    def policy(self) -> Policy:
        """The policy with the change."""
        checked = self.mutant.policy
        decider = mutant_decider(self.original.decider, checked)
        return replace(self.original, checked=checked, decider=decider)

    @cached_property
    def _changed(self) -> Changed:
        return Changed.between(self.original.checked, self.mutant.policy)

    @cached_property
    def defines(self) -> Mapping[str, Define]:
        """Its defines by name."""
        return {define.name: define for define in self.mutant.policy.defines}

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses whose condition may come out otherwise."""
        names = clauses(self.mutant.policy)
        return tuple(names[number].id for number, _ in self._changed.conditions)

    def may_differ(self, sample: Sample) -> bool:
        """Return whether it may decide otherwise than the policy."""
        return self.mutant.watched.may_show(sample.evaluation, self.mutant.policy)

    def decide(self, sample: Sample) -> Decision:
        """Return what it decides; the last decision is kept."""
        if self._last is None or self._last[0] is not sample:
            self._last = (sample, self._decided(sample))
        return self._last[1]

    def _decided(self, sample: Sample) -> Decision:
        decider = self.policy.decider
        evaluation = self._changed.evaluation(sample.evaluation, sample.matches)
        setting = Setting.of(decider.effect_tables, evaluation)
        found = effects(setting)
        if not self._changed.names and found == sample.found:
            return sample.decision  # nothing else is read, and most changes change nothing else
        return decider.decided(setting, found)


def situation_of(scenario: Scenario) -> Situation:
    """Return what a scenario gives, with its bases."""
    given = scenario.given
    return Situation(
        incident=given.incident,
        customer=given.customer,
        case=given.case or {},
        facts=given.facts or {},
        at=scenario.at,
    )
