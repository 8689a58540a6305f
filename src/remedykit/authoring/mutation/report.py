"""What mutation testing found out about a policy's scenarios."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from remedykit.authoring.mutation.mutant import Mutant
from remedykit.authoring.mutation.mutants import mutants_of
from remedykit.authoring.mutation.running import unnoticed
from remedykit.authoring.mutation.survivors import Suggestion, Survivor, SurvivorSearch
from remedykit.authoring.scenarios.scenario import Scenario
from remedykit.policy import Policy

Advanced = Callable[[int, int], None]  # how many are done, and of how many


@dataclass(frozen=True, slots=True)
class MutationReport:
    """What became of a policy's mutants.

    Attributes:
        mutants: how many were run.
        survivors: those that no scenario notices, in the order of their places.
    """

    mutants: int
    survivors: tuple[Survivor, ...]

    @property
    def killed(self) -> int:
        """How many some scenario notices."""
        return self.mutants - len(self.survivors)

    @property
    def noticeable(self) -> tuple[Survivor, ...]:
        """The survivors that a scenario could notice."""
        return tuple(each for each in self.survivors if not each.is_equivalent)

    @property
    def equivalent(self) -> tuple[Survivor, ...]:
        """The survivors that no scenario could notice, as far as the search can tell."""
        return tuple(each for each in self.survivors if each.is_equivalent)

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """The scenarios that would notice the survivors, each once."""
        found = (each.suggestion for each in self.survivors)
        return tuple(dict.fromkeys(each for each in found if each is not None))


def mutation_report(
    policy: Policy,
    scenarios: tuple[Scenario, ...],
    *,
    folder: str = "",
    clause: str = "",
    advanced: Advanced | None = None,
) -> MutationReport:
    """Change a policy in every small way, and find out which changes its scenarios notice.

    Args:
        policy: to be changed.
        scenarios: of the policy; all of them pass or are known to fail.
        folder: with which the names of the files begin whose rules are changed.
        clause: change only the clause of this name, such as the id of a rule.
        advanced: is called after each mutant that was run, then after each search for a survivor.
    """
    mutants = tuple(
        each
        for each in mutants_of(policy.checked, folder)
        if not clause or each.clause.partition(":")[2] == clause
    )
    left: list[Mutant] = []
    for done, (mutant, survives) in enumerate(unnoticed(policy, mutants, scenarios), start=1):
        if survives:
            left.append(mutant)
        if advanced is not None:
            advanced(done, len(mutants))
    if not left:
        return MutationReport(len(mutants), ())
    search = SurvivorSearch(policy, scenarios)
    survivors: list[Survivor] = []
    for done, mutant in enumerate(left, start=1):
        survivors.append(search.survivor(mutant))
        if advanced is not None:
            advanced(done, len(left))
    return MutationReport(len(mutants), tuple(survivors))
