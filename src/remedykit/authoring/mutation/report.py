"""What mutation testing found out about a policy's scenarios."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from operator import itemgetter
from typing import TypeVar

from remedykit.authoring.boundaries.boundary import Boundary
from remedykit.authoring.mutation.bench import Bench
from remedykit.authoring.mutation.mutants import ChosenMutants
from remedykit.authoring.mutation.processes import Workers, workers
from remedykit.authoring.mutation.survivors import (
    Suggestion,
    Survivor,
    currency_of,
    survivors,
)
from remedykit.authoring.scenarios.scenario import Scenario
from remedykit.policy import Policy

Found = TypeVar("Found")
_WORTH_A_PROCESS = 64  # mutants; for fewer, starting it takes longer than their work
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
        processes: among how many to share the work out, if there is enough of it; more than one
            need a main module that can be imported, as `multiprocessing` says, with
            ``if __name__ == "__main__":`` before what calls this. The report does not depend on it.
        advanced: is called after each mutant that was run, then after each search for a survivor.

    Raises:
        RuntimeError: if one of several processes ends before its work is done.
    """
    chosen = ChosenMutants(policy, None if files is None else frozenset(files), clause)
    bench = Bench(chosen, scenarios)
    mutants = bench.mutants
    with workers(bench, min(processes, len(mutants) // _WORTH_A_PROCESS)) as working:
        noticed = working.found(Bench.is_noticed, len(mutants))
        found = _in_order(_counted(noticed, len(mutants), advanced))
        left = tuple(number for number, is_noticed in enumerate(found) if not is_noticed)
        currencies = sorted({currency_of(mutants[number]) for number in left})
        boundaries = {each: _boundaries(working, each) for each in currencies}
        search = partial(Bench.searched, left=left, boundaries=boundaries)
        searched = _in_order(_counted(working.found(search, len(left)), len(left), advanced))
    survived = zip((mutants[number] for number in left), searched, strict=True)
    return MutationReport(len(mutants), tuple(survivors(policy, scenarios, survived)))


def _boundaries(working: Workers[Bench], currency: str) -> tuple[Boundary, ...]:
    """Return the boundaries of the policy, with amounts of a currency."""
    stretches = len(working.bench.walk(currency).stretches())
    found = working.found(partial(Bench.boundaries, currency=currency), stretches)
    return tuple(chain.from_iterable(_in_order(found)))


def _in_order(found: Iterable[tuple[int, Found]]) -> list[Found]:
    """Return what is found in the order of its numbers."""
    return [each for _, each in sorted(found, key=itemgetter(0))]


def _counted(
    found: Iterable[tuple[int, Found]], total: int, advanced: Advanced | None
) -> Iterator[tuple[int, Found]]:
    """Yield what is found, and tell meanwhile how far it is."""
    for done, each in enumerate(found, 1):
        if advanced is not None:
            advanced(done, total)
        yield each
