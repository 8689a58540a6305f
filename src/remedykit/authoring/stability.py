"""How much of a ranking is knowledge: what holds under all numbers that agree with research.

The findings that the ranking rests on settle the coarse order of remedies, not the fine one. To
see which is which for a decision, it is ranked again under many random rankings that keep the
published orders.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import permutations
from random import Random

from remedykit.authoring.ranking_draws import drawn
from remedykit.effects.layers import effects
from remedykit.model.decision import Decision
from remedykit.policy import Policy
from remedykit.ranking.rank import rank
from remedykit.ranking.result import Ranked
from remedykit.ranking.tables import RankingTables


@dataclass(frozen=True, slots=True)
class Places:
    """How often a fix had which place among the fixes.

    Attributes:
        kind: the remedy kind.
        times: in how many draws it came first, in how many second, and so on; where these are
            fewer than all, it was not listed in the others.
    """

    kind: str
    times: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PlannedFixes:
    """Fixes that stood in the plan together, sorted, and in how many draws they did."""

    kinds: tuple[str, ...]
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability:
    """What became of a decision's fixes under random numbers.

    Attributes:
        seed: the seed of the draws.
        draws: how many rankings were drawn.
        fixes: the fixes of the decision in its own order, with their places.
        plans: the fixes that the plan had, the most frequent first.
        always: pairs of fixes of which the first came before the second in every draw, in the
            decision's order; what is not listed comes after what is.
    """

    seed: int
    draws: int
    fixes: tuple[Places, ...]
    plans: tuple[PlannedFixes, ...]
    always: tuple[tuple[str, str], ...]

    def share_first(self, kind: str) -> Fraction:
        """Return the share of draws in which a fix came first; 0 if the decision has no such."""
        first = sum(places.times[0] for places in self.fixes if places.kind == kind)
        return Fraction(first, self.draws)


def stability(policy: Policy, decision: Decision, *, seed: int, draws: int = 1000) -> Stability:
    """Rank a decision's remedies again under random numbers that keep the published orders.

    What may be offered, entitlements and limits stay as they are; only weights, matches and
    curves are drawn. The same arguments give the same result.

    Args:
        policy: the policy that decided.
        decision: what to look into.
        seed: of the draws.
        draws: how many rankings to draw, at least 1.

    Returns:
        How often each fix came first, second and so on, and which pairs never changed places.

    Raises:
        InputError: if another policy decided.
        ValueError: if `draws` is less than 1.
    """
    if draws < 1:
        raise ValueError(f"stability draws={draws} is less than 1; draw at least one ranking")
    setting = policy.decider.settle(policy.facts_of(decision))
    candidates = effects(setting)
    random = Random(seed)  # noqa: S311 - it draws weights, not secrets
    results: list[Ranked] = []
    for _ in range(draws):
        tried = replace(policy.checked, ranking=drawn(policy.checked.ranking, random))
        results.append(rank(RankingTables.of(tried), setting.evaluation, candidates))
    return _summary([one.kind for one in decision.remedies if one.part == "fix"], results, seed)


def _summary(fixes: Sequence[str], results: Sequence[Ranked], seed: int) -> Stability:
    orders = [_fixes(result) for result in results]
    plans = Counter(_planned(result) for result in results)
    return Stability(
        seed=seed,
        draws=len(results),
        fixes=tuple(Places(kind, _times(kind, orders)) for kind in fixes),
        plans=tuple(
            PlannedFixes(kinds, times)
            for kinds, times in sorted(plans.items(), key=lambda item: (-item[1], item[0]))
        ),
        always=tuple(
            (first, second)
            for first, second in permutations(fixes, 2)
            if all(_comes_before(first, second, order) for order in orders)
        ),
    )


def _fixes(result: Ranked) -> tuple[str, ...]:
    kinds = (scored.candidate.kind for scored in result.remedies)
    return tuple(kind.name for kind in kinds if kind.part == "fix")


def _planned(result: Ranked) -> tuple[str, ...]:
    kinds = (scored.candidate.kind for scored in result.plan)
    return tuple(sorted(kind.name for kind in kinds if kind.part == "fix"))


def _times(kind: str, orders: Sequence[tuple[str, ...]]) -> tuple[int, ...]:
    found = Counter(order.index(kind) for order in orders if kind in order)
    return tuple(found[place] for place in range(max(map(len, orders))))


def _comes_before(first: str, second: str, order: tuple[str, ...]) -> bool:
    if first not in order:
        return False
    return second not in order or order.index(first) < order.index(second)
