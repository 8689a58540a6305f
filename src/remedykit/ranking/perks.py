"""Stage 3: the perks of the plan, after the fix, and only where they do some good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from remedykit.effects.candidates import Cap
from remedykit.effects.obstacles import Obstacle, waiting_for
from remedykit.engine.matching import Evaluation
from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy
from remedykit.ranking.caps import PERK_CEILING, broken_limit, over_perk_ceiling, within
from remedykit.ranking.groups import entitled, groups_of
from remedykit.ranking.score import Scale, Weighed
from remedykit.ranking.stakes import unknown_behind

PERK_WHEN = "perk_when"
NO_FIX = "no_fix"


def perk_gate(
    policy: CheckedPolicy, facts: Facts, evaluation: Evaluation, *, fixed: bool
) -> Obstacle | None:
    """Return what forbids perks without entitlement.

    They need a fix, and `perk_when` definitely true.
    """
    define = policy.ranking.perk_when
    if define is not None:
        allowed = evaluation.defined(define)
        if allowed is None:
            return waiting_for(unknown_behind(policy, facts, define), PERK_WHEN)
        if not allowed:
            return Obstacle("forbidden", PERK_WHEN)
    return None if fixed else Obstacle("forbidden", NO_FIX)


@dataclass(frozen=True, slots=True, kw_only=True)
class PerkStage:
    """Chooses perks on top of the fixes and words of a plan.

    Attributes:
        scale: weighs sets.
        before: fixes and words of the plan.
        caps: the limits.
        allowed: whether perks without entitlement are.
        demanded: whether the policy wants one perk even if it adds nothing.
    """

    scale: Scale
    before: tuple[Weighed, ...]
    caps: tuple[Cap, ...]
    allowed: bool
    demanded: bool

    def choose(self, perks: Sequence[Weighed]) -> tuple[Weighed, ...]:
        """Return the perks of the plan in the order in which they were taken."""
        chosen = self._pinned(entitled(perks))
        if not self.allowed:
            return chosen
        pinned_groups = groups_of(entitled(perks))
        free = [perk for perk in perks if perk.group not in pinned_groups]
        while (best := self._best(self._fitting(free, chosen), chosen)) is not None:
            demanded = self.demanded and not chosen
            if not demanded and self._gain(best, chosen) <= 0:
                break
            chosen = (*chosen, best)
        return chosen

    def unfit(self, perk: Weighed, others: tuple[Weighed, ...]) -> Obstacle | None:
        """Return what limit a perk would break beside other perks of the plan, if any."""
        remedies = (*self.before, *others, perk)
        broken = broken_limit(self.caps, remedies)
        if (broken is None or broken.is_open) and self._is_over_ceiling(remedies):
            return Obstacle("over_limit", PERK_CEILING)
        return broken

    def _pinned(self, perks: tuple[Weighed, ...]) -> tuple[Weighed, ...]:
        """Return the entitled perks; what is more than a right keeps all that other perks must."""
        offered = perks if self.allowed else _rights(perks)
        chosen: tuple[Weighed, ...] = ()
        while (best := self._best(_of_other_groups(offered, chosen), chosen)) is not None:
            chosen = (*chosen, best)
        settled = within(self.caps, chosen, self.before)
        if settled is None or self._is_over_ceiling((*self.before, *settled)):
            return _rights(chosen)
        return settled

    def _is_over_ceiling(self, remedies: Iterable[Weighed]) -> bool:
        return over_perk_ceiling(remedies, self.scale.stakes.loss)

    def _fitting(self, perks: Iterable[Weighed], chosen: tuple[Weighed, ...]) -> list[Weighed]:
        """Return the perks that there is room for, each as the most that there is room for."""
        free = _of_other_groups(perks, (*self.before, *chosen))
        fitting = (
            [version for version in perk.versions if self.unfit(version, chosen) is None]
            for perk in free
        )
        return [versions[0] for versions in fitting if versions]

    def _best(self, perks: Sequence[Weighed], chosen: tuple[Weighed, ...]) -> Weighed | None:
        return min(
            perks,
            key=lambda perk: (-self._gain(perk, chosen), perk.candidate.cost, perk.name),
            default=None,
        )

    def _gain(self, perk: Weighed, chosen: tuple[Weighed, ...]) -> int:
        return self.scale.added((*self.before, *chosen), perk).total


def _rights(perks: Iterable[Weighed]) -> tuple[Weighed, ...]:
    """Return entitled perks without what is more than a right."""
    return tuple(perk.versions[-1] for perk in perks)


def _of_other_groups(perks: Iterable[Weighed], taken: Iterable[Weighed]) -> list[Weighed]:
    groups = groups_of(taken)
    return [perk for perk in perks if perk.group not in groups]
