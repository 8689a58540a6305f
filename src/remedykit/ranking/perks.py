"""Stage 3: the perks of the plan, after the fix, and only where they do some good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from remedykit.effects.candidates import Cap
from remedykit.effects.obstacles import Obstacle, waiting_for
from remedykit.engine.matching import Evaluation
from remedykit.ranking.caps import PERK_CEILING, broken_limit, over_perk_ceiling, within
from remedykit.ranking.groups import entitled, groups_of
from remedykit.ranking.lineup import Lineup
from remedykit.ranking.tables import RankingTables
from remedykit.ranking.weighed import Weighed

PERK_WHEN = "perk_when"
NO_FIX = "no_fix"


def perk_gate(tables: RankingTables, evaluation: Evaluation, *, fixed: bool) -> Obstacle | None:
    """Return what forbids perks without entitlement.

    They need a fix, and `perk_when` definitely true.
    """
    define = tables.ranking.perk_when
    if define is not None:
        allowed = evaluation.defined(define)
        if allowed is None:
            return waiting_for(tables.unknown_behind(define, evaluation.facts), PERK_WHEN)
        if not allowed:
            return Obstacle("forbidden", PERK_WHEN)
    return None if fixed else Obstacle("forbidden", NO_FIX)


@dataclass(frozen=True, slots=True, kw_only=True)
class PerkStage:
    """Chooses perks on top of the fixes and words of a plan.

    Attributes:
        before: fixes and words of the plan.
        caps: the limits.
        allowed: whether perks without entitlement are.
        demanded: whether the policy wants one perk even if it adds nothing.
    """

    before: Lineup
    caps: tuple[Cap, ...]
    allowed: bool
    demanded: bool

    def choose(self, perks: Sequence[Weighed]) -> Lineup:
        """Return the whole plan, with its perks in the order in which they were taken."""
        pinned = entitled(perks)
        lineup = self.before.extended(self._pinned(pinned)) if pinned else self.before
        if not self.allowed:
            return lineup
        pinned_groups = groups_of(pinned)
        free = [perk for perk in perks if perk.group not in pinned_groups]
        while fitting := self._fitting(free, lineup):
            longer = lineup.extended([lineup.scale.best(fitting, lineup.standing)])
            demanded = self.demanded and lineup is self.before
            if not demanded and longer.standing.total <= lineup.standing.total:
                break
            lineup = longer
        return lineup

    def unfit(self, perk: Weighed, others: tuple[Weighed, ...]) -> Obstacle | None:
        """Return what limit a perk would break beside other perks of the plan, if any."""
        broken = broken_limit(self.caps, perk, (*self.before.remedies, *others))
        if (broken is None or broken.is_open) and self._is_over_ceiling((*others, perk)):
            return Obstacle("over_limit", PERK_CEILING)
        return broken

    def _pinned(self, perks: tuple[Weighed, ...]) -> tuple[Weighed, ...]:
        """Return the entitled perks; what is more than a right keeps all that other perks must."""
        lineup = self.before
        left: Sequence[Weighed] = perks if self.allowed else _rights(perks)
        while left:
            lineup = lineup.extended([lineup.scale.best(left, lineup.standing)])
            left = _of_other_groups(left, lineup.perks)
        chosen = lineup.perks
        settled = within(self.caps, chosen, self.before.remedies)
        if settled is None or self._is_over_ceiling(settled):
            return _rights(chosen)
        return settled

    def _is_over_ceiling(self, perks: Iterable[Weighed]) -> bool:
        fixes = self.before.standing.fixes
        given = sum([perk.value for perk in perks], 0 if fixes is None else fixes.value)
        return over_perk_ceiling(given, self.before.scale.stakes.loss)

    def _fitting(self, perks: Sequence[Weighed], lineup: Lineup) -> list[Weighed]:
        """Return the perks that there is room for, each as the most that there is room for."""
        fitting: list[Weighed] = []
        others = lineup.perks
        for perk in _of_other_groups(perks, lineup.remedies):
            versions = [each for each in perk.versions if self.unfit(each, others) is None]
            fitting += versions[:1]
        return fitting


def _rights(perks: Iterable[Weighed]) -> tuple[Weighed, ...]:
    """Return entitled perks without what is more than a right."""
    return tuple(perk.versions[-1] for perk in perks)


def _of_other_groups(perks: Iterable[Weighed], taken: Iterable[Weighed]) -> list[Weighed]:
    groups = groups_of(taken)
    return [perk for perk in perks if perk.group not in groups]
