"""What a process has at hand to work on mutants, and what it finds out about one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from remedykit.authoring.boundaries.boundary import Boundary
from remedykit.authoring.boundaries.finding import BoundaryWalk
from remedykit.authoring.mutation.mutant import Mutant
from remedykit.authoring.mutation.mutants import ChosenMutants
from remedykit.authoring.mutation.running import MutantRun, Test
from remedykit.authoring.mutation.samples import Sample, situation_of
from remedykit.authoring.mutation.survivors import Searched, SurvivorSearch, currency_of
from remedykit.authoring.scenarios.scenario import Scenario


@dataclass(frozen=True)
class Bench:
    """The mutants of a policy and its scenarios, made ready once for all that is done with them.

    Mutants are known by their numbers.

    Attributes:
        chosen: which mutants there are.
        scenarios: of the policy, which pass or are known to fail.
    """

    chosen: ChosenMutants
    scenarios: tuple[Scenario, ...]

    def __reduce__(self) -> tuple[type[Bench], tuple[ChosenMutants, tuple[Scenario, ...]]]:
        """Return what another process needs to make the same bench: not what was made ready."""
        return type(self), (self.chosen, self.scenarios)

    @cached_property
    def mutants(self) -> tuple[Mutant, ...]:
        """Every mutant, in the order of their places."""
        return self.chosen.mutants()

    @cached_property
    def _given(self) -> tuple[tuple[Scenario, Sample], ...]:
        policy = self.chosen.policy
        return tuple((each, Sample(policy, situation_of(each).read)) for each in self.scenarios)

    @cached_property
    def _run(self) -> MutantRun:
        tests = (Test(sample, each.expect) for each, sample in self._given if not each.xfail)
        return MutantRun(self.chosen.policy, tests)

    @cached_property
    def _search(self) -> SurvivorSearch:
        return SurvivorSearch(self.chosen.policy, self._given)

    @cached_property
    def _walks(self) -> dict[str, BoundaryWalk]:
        return {}

    def walk(self, currency: str) -> BoundaryWalk:
        """Return the walk along the boundaries of the policy, with amounts of a currency."""
        if currency not in self._walks:
            self._walks[currency] = BoundaryWalk.of(self.chosen.policy, currency=currency)
        return self._walks[currency]

    # --- what is found -------------------------------------------------------------------------

    def is_noticed(self, number: int) -> bool:
        """Return whether some scenario notices a mutant."""
        return self._run.is_noticed(self.mutants[number])

    def boundaries(self, stretch: int, *, currency: str) -> tuple[Boundary, ...]:
        """Return the boundaries of the policy along one stretch of the walk."""
        found = self.walk(currency).stretches()[stretch]()
        return tuple(each for each in found if isinstance(each, Boundary))

    def searched(
        self, place: int, *, left: Sequence[int], boundaries: Mapping[str, Sequence[Boundary]]
    ) -> Searched:
        """Return what the search for a mutant that no scenario notices comes to.

        Args:
            place: of the mutant among those that are left.
            left: the numbers of these.
            boundaries: of the policy, by the currency of their amounts.
        """
        mutant = self.mutants[left[place]]
        return self._search.search(mutant, boundaries[currency_of(mutant)])
