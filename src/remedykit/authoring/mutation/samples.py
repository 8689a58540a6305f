"""Situations with what a policy makes of them, worked out once and kept for all mutants."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from remedykit.authoring.mutation.deciders import mutant_decider
from remedykit.authoring.mutation.evaluations import Changed, Ground
from remedykit.authoring.mutation.mutant import Mutant
from remedykit.authoring.mutation.readers import clauses_reading, clauses_reading_facts
from remedykit.authoring.scenarios.scenario import Scenario
from remedykit.authoring.situations.situation import Situation
from remedykit.effects.candidates import Candidates
from remedykit.effects.layers import effects
from remedykit.effects.setting import Setting
from remedykit.engine.matching import Evaluation, Matches, clauses, members, set_of
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.explain.deciding import Decider
from remedykit.explain.questions import Asking
from remedykit.facts.patterns import PatternMatcher, PlainMatcher
from remedykit.facts.retold import moment_of
from remedykit.facts.values import Facts
from remedykit.language.syntax import Define, FactRead
from remedykit.language.types import Value
from remedykit.model.decision import Decision
from remedykit.policy import Policy


class Sample:
    """The facts of one situation, and what the policy itself makes of them.

    What is read and worked out is kept, and so is the same of the facts with an unknown one told.
    """

    def __init__(self, policy: Policy, read: Callable[[Policy], Facts]) -> None:
        """Keep what reads the facts, until they are needed."""
        self._policy = policy
        self._read = read
        self._told: dict[tuple[Value | None, ...], Sample] = {}
        self._others: dict[Ground, Decision] = {}

    @cached_property
    def facts(self) -> Facts:
        """What rules read."""
        return self._read(self._policy)

    def told(self, facts: Facts) -> Sample:
        """Return the same of other facts: these, with an answer to a question."""
        key = tuple(facts.values.values())
        if key not in self._told:
            self._told[key] = Sample(self._policy, lambda _: facts)
        return self._told[key]

    def read_by(self, timeline: PatternMatcher) -> Sample:
        """Return the same of the facts that follow from the timeline by other patterns."""
        values = dict(self.facts.values)
        values |= timeline.values(self.facts.events, moment_of(self.facts))
        return (
            self if values == self.facts.values else self.told(replace(self.facts, values=values))
        )

    @cached_property
    def evaluation(self) -> ReferenceEvaluation:
        """What the policy's conditions and amounts come to."""
        return ReferenceEvaluation(self._policy.checked, self.facts)

    @cached_property
    def matches(self) -> Matches:
        """The clauses of the policy that hold."""
        return self.evaluation.matches

    @cached_property
    def _of_concern(self) -> int:
        """The clauses that matter: what a remedy needs does only where it may be claimed."""
        tables = self._policy.decider.effect_tables
        concern = (1 << len(tables.clauses)) - 1  # all rules and limits
        for number in members(self.matches.possible & tables.claiming):
            for row in tables.claims[number]:
                concern |= row.of.required
        return concern

    def is_settled(self, ground: Ground) -> bool:
        """Return whether the policy would decide the same on another ground."""
        definite, possible = self.matches
        others = (definite ^ ground.matches.definite) | (possible ^ ground.matches.possible)
        others |= set_of(number for number, _ in ground.opened)
        return not others & self._of_concern

    def decision_on(self, ground: Ground, decide: Callable[[], Decision]) -> Decision:
        """Return what is decided on another ground; it is decided once for all mutants."""
        if ground not in self._others:
            self._others[ground] = decide()
        return self._others[ground]

    @cached_property
    def found(self) -> Candidates:
        """What may be offered before it is ranked."""
        return effects(self._policy.decider.settle(self.facts))

    @cached_property
    def decision(self) -> Decision:
        """What the policy decides."""
        decider = self._policy.decider
        return decider.decided(decider.settle(self.facts), self.found)

    def asking(self) -> Asking:
        """Return what may be asked about what the policy decides."""
        return Asking(
            policy=self._policy.checked,
            decide=lambda facts: self.told(facts).decision,
            facts=self.facts,
            decision=self.decision,
            timeline=self._policy.decider.timeline,
        )


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
        decider = self._decider
        reader = replace(self.original.reader, timeline=decider.timeline)
        return replace(self.original, checked=self.mutant.policy, decider=decider, reader=reader)

    @cached_property
    def reads_otherwise(self) -> bool:
        """Whether other facts may follow from the timeline."""
        return PlainMatcher.of(self.original.checked) != self._decider.timeline

    def _read(self, sample: Sample) -> Sample:
        """Return a sample as the mutant reads its facts."""
        return sample.read_by(self._decider.timeline) if self.reads_otherwise else sample

    @cached_property
    def _decider(self) -> Decider:
        return mutant_decider(self.original.decider, self.mutant.policy, self._changed.names)

    @cached_property
    def _changed(self) -> Changed:
        return Changed.between(self.original.checked, self.mutant.policy)

    @cached_property
    def defines(self) -> Mapping[str, Define]:
        """Its defines by name."""
        return {define.name: define for define in self.mutant.policy.defines}

    @property
    def clauses(self) -> frozenset[str]:
        """The clauses and defines that may come out otherwise: they read what was changed."""
        policy = self.mutant.policy
        every = clauses(policy)
        conditions = {every[each.number].id for each in self._changed.conditions}
        reading = clauses_reading(policy, self._changed.names)
        return frozenset({*conditions, *reading, *self._reading_facts()})

    def _reading_facts(self) -> Iterator[str]:
        """Yield what reads facts that follow from the timeline otherwise."""
        readers = self.mutant.watched.readers
        facts = frozenset(each.name for each in readers if isinstance(each, FactRead))
        if self.reads_otherwise:
            yield from clauses_reading_facts(self.mutant.policy, facts)

    def may_differ(self, sample: Sample) -> bool:
        """Return whether it may decide otherwise than the policy."""
        return self._read(sample) is not sample or self._shows(sample)

    def _shows(self, sample: Sample) -> bool:
        open_facts = self.original.decider.effect_tables.open_facts
        return self.mutant.watched.may_show(sample.evaluation, self._changed.values, open_facts)

    def decide(self, sample: Sample) -> Decision:
        """Return what it decides where it may differ; the last decision is kept."""
        if self._last is None or self._last[0] is not sample:
            self._last = (sample, self._decided(self._read(sample)))
        return self._last[1]

    def asking(self, sample: Sample, decision: Decision) -> Asking:
        """Return what may be asked about its decision on a sample."""

        def decide(facts: Facts) -> Decision:
            return self._decided(self._read(sample.told(facts)))

        return Asking(
            policy=self.mutant.policy,
            decide=decide,
            facts=self._read(sample).facts,
            decision=decision,
            timeline=self._decider.timeline,
        )

    def _decided(self, sample: Sample) -> Decision:
        if not self._shows(sample):
            return sample.decision
        evaluation = self._changed.evaluation(sample.evaluation, sample.matches)
        if self._changed.acts:
            return self._decided_anew(sample, evaluation)
        open_facts = self.original.decider.effect_tables.open_facts
        ground = self._changed.ground(sample.evaluation, evaluation, open_facts)
        if sample.is_settled(ground):
            return sample.decision
        return sample.decision_on(ground, lambda: self._decided_anew(sample, evaluation))

    def _decided_anew(self, sample: Sample, evaluation: Evaluation) -> Decision:
        setting = Setting.of(self._decider.effect_tables, evaluation)
        found = effects(setting)
        if not self._changed.is_read_late and found == sample.found:
            return sample.decision
        return self._decider.decided(setting, found)


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
