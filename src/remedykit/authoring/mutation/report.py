"""What mutation testing found out about a policy's scenarios."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeVar

from remedykit.authoring.mutation.mutants import ChosenMutants
from remedykit.authoring.mutation.processes import shared_out
from remedykit.authoring.mutation.running import Running
from remedykit.authoring.mutation.survivors import Searching, Suggestion, Survivor, survivors
from remedykit.authoring.scenarios.scenario import Scenario
from remedykit.policy import Policy

Found = TypeVar("Found")
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
    files: Iterable[str] | None = None,
    clause: str = "",
    processes: int = 1,
    advanced: Advanced | None = None,
) -> MutationReport:
    """Change a policy in every small way, and find out which changes its scenarios notice.

    Args:
        policy: to be changed.
        scenarios: of the policy; all of them pass or are known to fail.
        files: the names of those whose rules are changed, see `own_files`; without it all are,
            also what the policy inherits.
        clause: change only the clause of this name, such as the id of a rule.
        processes: how many to share the work out among; more than one need a main module that can
            be imported, as `multiprocessing` says. The report does not depend on it.
        advanced: is called after each mutant that was run, then after each search for a survivor.
    """
    chosen = ChosenMutants(policy, None if files is None else frozenset(files), clause)
    mutants = chosen.mutants()
    running = Running(chosen, scenarios)
    noticed = _by_number(shared_out(running, len(mutants), processes), len(mutants), advanced)
    left = tuple(number for number, is_noticed in noticed if not is_noticed)
    searching = Searching(chosen, left, scenarios)
    searched = _by_number(shared_out(searching, len(left), processes), len(left), advanced)
    found = ((mutants[left[number]], each) for number, each in searched)
    return MutationReport(len(mutants), tuple(survivors(policy, scenarios, found)))


def _by_number(
    found: Iterable[tuple[int, Found]], total: int, advanced: Advanced | None
) -> list[tuple[int, Found]]:
    """Return what is found in the order of its numbers, and tell meanwhile how far it is."""
    kept: list[tuple[int, Found]] = []
    for each in found:
        kept.append(each)
        if advanced is not None:
            advanced(len(kept), total)
    return sorted(kept, key=itemgetter(0))
