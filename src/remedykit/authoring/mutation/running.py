"""Running mutants against scenarios: which of them does some scenario notice?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from remedykit.authoring.mutation.mutant import Mutant
from remedykit.authoring.mutation.samples import Mutated, Sample
from remedykit.authoring.scenarios.differences import is_as_expected
from remedykit.authoring.scenarios.expectations import Expectation
from remedykit.language.degree import facts_read_by, walk_through
from remedykit.language.operands import asks_if_known
from remedykit.language.syntax import Define, Expression
from remedykit.policy import Policy


@dataclass(frozen=True, slots=True, eq=False)
class Test:
    """A scenario that passes, ready to be run many times."""

    sample: Sample
    expect: Expectation

    def notices(self, mutated: Mutated) -> bool:
        """Return whether it fails with a mutant."""
        sample = self.sample
        differs = mutated.may_differ(sample)
        if not differs and not self._may_ask_otherwise(mutated):
            return False
        decision = mutated.decide(sample) if differs else sample.decision
        asking = partial(mutated.asking, sample, decision)
        return not is_as_expected(self.expect, decision, asking)

    def _may_ask_otherwise(self, mutated: Mutated) -> bool:
        """Return whether the questions may be others though the decision is the same.

        They depend on what would be decided if an unknown fact were known.
        """
        if self.expect.asks is None:
            return False
        watched, value = mutated.mutant.watched, self.sample.evaluation.value
        settled = partial(self._is_settled, defines=mutated.defines)
        within = watched.within
        if within is not None and value(within) is False and settled(within):
            return False
        if any(value(o) == value(n) and settled(o) and settled(n) for o, n in watched.pairs):
            return False
        values = self.sample.facts.values
        return any(values[name] is None for name in _facts_of(mutated.mutant))

    def _is_settled(self, expression: Expression, defines: Mapping[str, Define]) -> bool:
        """Return whether an expression stays what it is, whatever is answered."""
        known = self.sample.evaluation.value(expression) is not None
        return known and not any(map(asks_if_known, walk_through((expression,), defines)))


def _facts_of(mutant: Mutant) -> frozenset[str]:
    """Return the facts that what was changed reads; all of them where that cannot be told."""
    watched, policy = mutant.watched, mutant.policy
    if not watched.pairs and not watched.readers:
        return frozenset(policy.schema.names)
    defines: Mapping[str, Define] = {define.name: define for define in policy.defines}
    pairs = (each for pair in watched.pairs for each in pair)
    within = () if watched.within is None else (watched.within,)
    return facts_read_by((*pairs, *within, *watched.readers), defines)


class MutantRun:
    """Runs mutants against scenarios: first those that are quick, and that noticed others."""

    def __init__(self, policy: Policy, tests: Iterable[Test]) -> None:
        """Make ready to run the mutants of a policy against scenarios that pass."""
        self._policy = policy
        self._tests = sorted(tests, key=_asks)  # questions take long

    def is_noticed(self, mutant: Mutant) -> bool:
        """Return whether some scenario notices a mutant."""
        mutated = Mutated(self._policy, mutant)
        killer = next((test for test in self._tests if test.notices(mutated)), None)
        if killer is not None and not _asks(killer):
            self._tests.remove(killer)  # it will most likely notice the next one of the rule, too
            self._tests.insert(0, killer)
        return killer is not None


def _asks(test: Test) -> bool:
    return test.expect.asks is not None
