"""Stage 3: the perks of the plan, after the fix, and only where they do some good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from remedykit.effects.candidates import Cap
from remedykit.engine.reference import Evaluation
from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy
from remedykit.ranking.caps import PERK_CEILING, broken_cap, over_perk_ceiling
from remedykit.ranking.groups import entitled, groups_of
from remedykit.ranking.score import Scale, Weighed
from remedykit.ranking.stakes import unknown_behind

PERK_WHEN = "perk_when"
NO_FIX = "no_fix"


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether perks without entitlement are allowed.

    Attributes:
        closed_by: what forbids them; ``None`` where they are allowed.
        facts: the unknown facts that keep it closed, sorted; empty where it is definitely closed.
    """

    closed_by: str | None = None
    facts: tuple[str, ...] = ()


def perk_gate(policy: CheckedPolicy, facts: Facts, evaluation: Evaluation, *, fixed: bool) -> Gate:
    """Return whether perks are allowed: with a fix, and when `perk_when` is definitely true."""
    define = policy.ranking.perk_when
    if define is not None:
        allowed = evaluation.defined(define)
        if allowed is None:
            return Gate(PERK_WHEN, unknown_behind(policy, facts, define))
        if not allowed:
            return Gate(PERK_WHEN)
    return Gate() if fixed else Gate(NO_FIX)


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

    def unfit(self, perk: Weighed, others: tuple[Weighed, ...]) -> str | None:
        """Return the limit that a perk would break beside other perks of the plan, if any."""
        remedies = (*self.before, *others, perk)
        cap = broken_cap(self.caps, remedies)
        if cap is None and over_perk_ceiling(remedies, self.scale.stakes.loss):
            return PERK_CEILING
        return cap

    def _pinned(self, perks: tuple[Weighed, ...]) -> tuple[Weighed, ...]:
        chosen: tuple[Weighed, ...] = ()
        while (best := self._best(_of_other_groups(perks, chosen), chosen)) is not None:
            chosen = (*chosen, best)
        return chosen

    def _fitting(self, perks: Iterable[Weighed], chosen: tuple[Weighed, ...]) -> list[Weighed]:
        free = _of_other_groups(perks, (*self.before, *chosen))
        return [perk for perk in free if self.unfit(perk, chosen) is None]

    def _best(self, perks: Sequence[Weighed], chosen: tuple[Weighed, ...]) -> Weighed | None:
        return min(
            perks,
            key=lambda perk: (-self._gain(perk, chosen), perk.candidate.cost, perk.name),
            default=None,
        )

    def _gain(self, perk: Weighed, chosen: tuple[Weighed, ...]) -> int:
        return self.scale.added((*self.before, *chosen), perk).total


def _of_other_groups(perks: Iterable[Weighed], taken: Iterable[Weighed]) -> list[Weighed]:
    groups = groups_of(taken)
    return [perk for perk in perks if perk.group not in groups]
