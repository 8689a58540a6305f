"""For a mutant that no scenario notices: a scenario that would, or that none was found."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count

from remedykit.authoring.boundaries.boundary import Boundary
from remedykit.authoring.mutation.mutant import Mutant
from remedykit.authoring.mutation.samples import Mutated, Sample, situation_of
from remedykit.authoring.mutation.telling import telling_expectation
from remedykit.authoring.mutation.whereabouts import Whereabouts
from remedykit.authoring.scenarios.differences import is_as_expected
from remedykit.authoring.scenarios.expectations import Expectation
from remedykit.authoring.scenarios.scenario import Scenario
from remedykit.authoring.situations.search import first_currency
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


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search for one mutant came to.

    Attributes:
        tried: how many situations were looked at until then.
        unexpectable: see `Survivor`.
        situation: in which the policy decides as `expect` says and the mutant does not, if any.
        expect: what the policy decides there.
        seen_in: the scenario that gives this already; or empty.
    """

    tried: int
    unexpectable: int
    situation: Situation | None = None
    expect: Expectation | None = None
    seen_in: str = ""


def survivors(
    policy: Policy,
    scenarios: Iterable[Scenario],
    searched: Iterable[tuple[Mutant, Searched]],
) -> Iterator[Survivor]:
    """Yield mutants that no scenario notices, each with a scenario that would.

    Where one that was suggested before would do, it is not suggested another one.

    Args:
        policy: of which they are mutants.
        scenarios: those there are.
        searched: the mutants with what the search for each came to.
    """
    names = {each.name for each in scenarios}
    suggested: list[tuple[Sample, Suggestion]] = []
    for mutant, found in searched:
        mutated = Mutated(policy, mutant)
        shared = (each for sample, each in suggested if tells(mutated, sample, each.expect))
        suggestion = next(shared, None)
        if suggestion is None and found.situation is not None and found.expect is not None:
            suggestion = Suggestion(
                name=_new_name(mutant, names),
                situation=found.situation,
                expect=found.expect,
                seen_in=found.seen_in,
            )
            names.add(suggestion.name)
            suggested.append((Sample(policy, found.situation.read), suggestion))
        yield Survivor(
            mutant=mutant,
            suggestion=suggestion,
            tried=found.tried,
            unexpectable=0 if suggestion else found.unexpectable,
        )


def _new_name(mutant: Mutant, names: Container[str]) -> str:
    wanted = f"notices {mutant.clause.partition(':')[2]}: {mutant.change}"
    if wanted not in names:
        return wanted
    return next(each for n in count(2) if (each := f"{wanted} ({n})") not in names)


def tells(mutated: Mutated, sample: Sample, expect: Expectation) -> bool:
    """Return whether an expectation is met by the policy and not by the mutant."""
    if not mutated.may_differ(sample):
        return False
    other = mutated.decide(sample)
    return is_as_expected(expect, sample.decision, sample.asking) and not is_as_expected(
        expect, other, partial(mutated.asking, sample, other)
    )


class SurvivorSearch:
    """Looks for situations that tell mutants from their policy."""

    def __init__(self, policy: Policy, given: Iterable[tuple[Scenario, Sample]]) -> None:
        """Make ready to search.

        Args:
            policy: of which they are mutants.
            given: the scenarios there are, with what the policy makes of them.
        """
        self._policy = policy
        self._grounds: dict[str, _Ground] = {}
        self._given = tuple(
            _Place(situation_of(each), sample, seen_in=each.name) for each, sample in given
        )

    def search(self, mutant: Mutant, boundaries: Sequence[Boundary]) -> Searched:
        """Look for a situation that tells a mutant, which no scenario notices, from the policy.

        Args:
            mutant: which one.
            boundaries: those of the policy, with amounts of `currency_of` the mutant.
        """
        mutated = Mutated(self._policy, mutant)
        tried = unexpectable = 0
        asking: list[_Place] = []
        for places, most in self._stages(mutated, self._ground(currency_of(mutant), boundaries)):
            decided = 0
            for place in places:
                sample = place.sample
                tried += 1
                if not mutated.may_differ(sample):
                    continue
                other = mutated.decide(sample)
                expect = telling_expectation(sample.decision, other)
                if expect is not None and tells(mutated, sample, expect):
                    return Searched(tried, 0, place.situation, expect, place.seen_in)
                unexpectable += other != sample.decision
                if other.open_facts != sample.decision.open_facts:
                    asking.append(place)
                decided += 1
                if decided == most:
                    break
        for place in asking[:_MOST_ASKED]:
            expect = self._asks(mutated, place.sample)
            if expect is not None:
                return Searched(tried, 0, place.situation, expect, place.seen_in)
        return Searched(tried, unexpectable)

    def _asks(self, mutated: Mutated, sample: Sample) -> Expectation | None:
        """Return an expectation of questions that the policy asks and the mutant does not."""
        here = tuple(sample.asking().asked())
        there = tuple(mutated.asking(sample, mutated.decide(sample)).asked())
        missing = tuple(fact for fact in here if fact not in there)
        if missing:
            return Expectation(asks=missing)
        return Expectation(asks=()) if there and not here else None

    # --- where to look -------------------------------------------------------------------------

    def _stages(
        self, mutated: Mutated, ground: _Ground
    ) -> Iterator[tuple[Iterable[_Place], int | None]]:
        """Yield where to look, the likeliest first, and in how many places at most to decide."""
        mutant = mutated.mutant
        clauses = {mutant.clause, *mutated.clauses}
        yield [each for each in ground.boundaries if each.clause in clauses], None
        yield self._given, _MOST_OF_SCENARIOS
        changed = mutated.clauses if mutated.reads_otherwise else {mutant.clause}
        made = ground.whereabouts.at_boundaries(sorted(changed), mutated.policy)
        yield self._made(made), None
        yield self._made(ground.whereabouts.where_it_differs(mutant)), None
        yield self._made(ground.whereabouts.where_amounts_turn(mutant)), None
        others = [each for each in ground.boundaries if each.clause not in clauses]
        yield others, _MOST_OF_OTHERS

    def _ground(self, currency: str, boundaries: Sequence[Boundary]) -> _Ground:
        if currency not in self._grounds:
            self._grounds[currency] = _Ground.of(self._policy, currency, boundaries)
        return self._grounds[currency]

    def _made(self, situations: Iterable[Situation]) -> Iterator[_Place]:
        for each in situations:
            yield _Place(each, Sample(self._policy, each.read))


def currency_of(mutant: Mutant) -> str:
    """Return the currency of the amounts with which a mutant is looked at."""
    return mutant.currency or first_currency(mutant.policy)


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where to look for mutants of a policy, with amounts of one currency."""

    boundaries: tuple[_Place, ...]
    whereabouts: Whereabouts

    @classmethod
    def of(cls, policy: Policy, currency: str, boundaries: Sequence[Boundary]) -> _Ground:
        """Return where to look."""
        places = tuple(
            _Place(each.situation, Sample(policy, each.situation.read), clause=each.clause)
            for each in boundaries
        )
        return cls(places, Whereabouts.of(policy, currency))


@dataclass(frozen=True, slots=True)
class _Place:
    """A situation to look at: at a boundary of a clause, of a scenario, or made for a mutant."""

    situation: Situation
    sample: Sample
    clause: str = ""
    seen_in: str = ""
