"""For a mutant that no scenario notices: a scenario that would, or that none was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from remedykit.authoring.boundaries.finding import boundary_situations
from remedykit.authoring.mutation.mutant import Mutant
from remedykit.authoring.mutation.samples import Mutated, Sample, situation_of
from remedykit.authoring.mutation.telling import telling_expectation
from remedykit.authoring.mutation.whereabouts import Whereabouts
from remedykit.authoring.scenarios.differences import is_as_expected
from remedykit.authoring.scenarios.expectations import Expectation
from remedykit.authoring.scenarios.scenario import Scenario
from remedykit.authoring.situations.situation import Situation
from remedykit.policy import Policy

# In how many situations one mutant decides: of scenarios, of other clauses.
_MOST_OF_SCENARIOS = 40
_MOST_OF_OTHERS = 60
_MOST_ASKED = 3  # situations in which questions are compared, which takes long


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Suggestion:
    """A scenario that passes on the policy and fails on a mutant.

    Attributes:
        name: no other scenario has it.
        situation: what it gives.
        expect: what it expects.
        seen_in: the scenario that gives this already but does not expect it; or empty.
    """

    name: str
    situation: Situation
    expect: Expectation
    seen_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survivor:
    """A mutant that no scenario notices.

    Attributes:
        mutant: which one.
        suggestion: what would notice it; ``None``: as far as the search can tell, nothing does.
        tried: how many situations were looked at until then.
        unexpectable: in how many of them it decides otherwise, but in nothing that a scenario can
            expect: scores, costs, due dates.
    """

    mutant: Mutant
    suggestion: Suggestion | None
    tried: int
    unexpectable: int = 0

    @property
    def is_equivalent(self) -> bool:
        """Whether nothing was found that a scenario could expect and that is otherwise."""
        return self.suggestion is None


class SurvivorSearch:
    """Looks for scenarios that notice mutants; keeps what it found for the next mutant."""

    def __init__(self, policy: Policy, scenarios: Iterable[Scenario]) -> None:
        """Make ready to search.

        Args:
            policy: of which they are mutants.
            scenarios: those there are.
        """
        there = tuple(scenarios)
        self._policy = policy
        self._whereabouts = Whereabouts.of(policy)
        self._names = {each.name for each in there}
        self._boundaries = tuple(
            _Place(Sample(policy, each.situation), clause=each.clause)
            for each in boundary_situations(policy).reached
        )
        self._given = tuple(
            _Place(Sample(policy, situation_of(each)), seen_in=each.name) for each in there
        )
        self._suggested: list[tuple[Sample, Suggestion]] = []

    def survivor(self, mutant: Mutant) -> Survivor:
        """Return a mutant that no scenario notices, with a scenario that would."""
        mutated = Mutated(self._policy, mutant)
        for sample, suggestion in self._suggested:
            if mutated.may_differ(sample) and self._tells(mutated, sample, suggestion.expect):
                return Survivor(mutant=mutant, suggestion=suggestion, tried=1)
        tried = unexpectable = 0
        asking: list[_Place] = []
        for places, most in self._stages(mutated):
            decided = 0
            for place in places:
                sample = place.sample
                tried += 1
                if not mutated.may_differ(sample):
                    continue
                other = mutated.decide(sample)
                expect = telling_expectation(sample.decision, other)
                if expect is not None and self._tells(mutated, sample, expect):
                    suggestion = self._suggestion(mutant, place, expect)
                    return Survivor(mutant=mutant, suggestion=suggestion, tried=tried)
                unexpectable += other != sample.decision
                if other.open_facts != sample.decision.open_facts:
                    asking.append(place)
                decided += 1
                if decided == most:
                    break
        for place in asking[:_MOST_ASKED]:
            expect = self._asks(mutated, place.sample)
            if expect is not None:
                suggestion = self._suggestion(mutant, place, expect)
                return Survivor(mutant=mutant, suggestion=suggestion, tried=tried)
        return Survivor(mutant=mutant, suggestion=None, tried=tried, unexpectable=unexpectable)

    def _tells(self, mutated: Mutated, sample: Sample, expect: Expectation) -> bool:
        """Return whether an expectation is met by the policy and not by the mutant."""
        return is_as_expected(expect, sample.decision, self._policy) and not is_as_expected(
            expect, mutated.decide(sample), mutated.policy
        )

    def _asks(self, mutated: Mutated, sample: Sample) -> Expectation | None:
        """Return an expectation of questions that the policy asks and the mutant does not."""
        here, there = (
            tuple(question.fact for question in policy.questions(decision))
            for policy, decision in (
                (self._policy, sample.decision),
                (mutated.policy, mutated.decide(sample)),
            )
        )
        missing = tuple(fact for fact in here if fact not in there)
        if missing:
            return Expectation(asks=missing)
        return Expectation(asks=()) if there and not here else None

    def _suggestion(self, mutant: Mutant, place: _Place, expect: Expectation) -> Suggestion:
        wanted = f"notices {mutant.clause.partition(':')[2]}: {mutant.change}"
        name, number = wanted, 1
        while name in self._names:
            number += 1
            name = f"{wanted} ({number})"
        self._names.add(name)
        found = Suggestion(
            name=name, situation=place.sample.situation, expect=expect, seen_in=place.seen_in
        )
        self._suggested.append((place.sample, found))
        return found

    # --- where to look -------------------------------------------------------------------------

    def _stages(self, mutated: Mutated) -> Iterator[tuple[Iterable[_Place], int | None]]:
        """Yield where to look, the likeliest first, and in how many places at most to decide."""
        mutant = mutated.mutant
        clauses = {mutant.clause, *mutated.clauses}
        yield [each for each in self._boundaries if each.clause in clauses], None
        yield self._given, _MOST_OF_SCENARIOS
        made = self._whereabouts.at_boundaries(mutant, mutated.policy)
        yield self._made(made), None
        yield self._made(self._whereabouts.where_it_differs(mutant)), None
        others = [each for each in self._boundaries if each.clause not in clauses]
        yield others, _MOST_OF_OTHERS

    def _made(self, situations: Iterable[Situation]) -> Iterator[_Place]:
        for each in situations:
            yield _Place(Sample(self._policy, each))


@dataclass(frozen=True, slots=True)
class _Place:
    """A situation to look at: at a boundary of a clause, of a scenario, or made for a mutant."""

    sample: Sample
    clause: str = ""
    seen_in: str = ""
