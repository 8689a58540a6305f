"""What the plan does not take: alternatives scored at their rival's place, or why they are none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from remedykit.effects.candidates import Cap
from remedykit.effects.obstacles import Obstacle, held_back, told
from remedykit.model.decision import Withheld
from remedykit.ranking.caps import broken_limit
from remedykit.ranking.groups import replaced
from remedykit.ranking.lineup import Lineup
from remedykit.ranking.perks import PerkStage
from remedykit.ranking.score import Scale, Weighed, Worth

REPEATED_APOLOGY = "repeated_apology"
PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Alternative:
    """A remedy that may stand in the plan instead of its rival.

    Attributes:
        added: what it would add at its rival's place.
    """

    remedy: Weighed
    rival: Weighed | None
    adequate: bool
    added: Worth


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftovers:
    """Judges the candidates that the plan does not take.

    Attributes:
        fix_caps: the limits as the first stage had them.
        word_caps: the limits as the second stage had them.
        perk_stage: the third stage, with its limits.
        perk_gate: what keeps perks without entitlement out, if anything.
        apology_is_spent: whether one more apology would be mere repetition.
    """

    scale: Scale
    lineup: Lineup
    fix_caps: tuple[Cap, ...]
    word_caps: tuple[Cap, ...]
    perk_stage: PerkStage
    perk_gate: Obstacle | None
    apology_is_spent: bool

    def judged(self, remedies: Iterable[Weighed]) -> tuple[Alternative | Withheld, ...]:
        """Return for each of the remedies an alternative, or why it is none."""
        return tuple(self._judge(remedy) for remedy in remedies)

    def _judge(self, remedy: Weighed) -> Alternative | Withheld:
        """Return the remedy as the most that may stand at its rival's place, or why it may not."""
        ways: list[tuple[Obstacle]] = []
        for version in self._versions(remedy):
            alternative = self._alternative(version)
            obstacle = self._obstacle(alternative)
            if obstacle is None:
                return alternative
            ways.append((obstacle,))
        return held_back(remedy.candidate.kind, remedy.candidate.right_held or told(ways))

    def _versions(self, remedy: Weighed) -> tuple[Weighed, ...]:
        """Return what may be an alternative; without a rival the plan would have taken the rest."""
        return (remedy,) if self.lineup.rival_of(remedy) is None else remedy.versions

    def _obstacle(self, alternative: Alternative) -> Obstacle | None:
        remedy, rival = alternative.remedy, alternative.rival
        if remedy.candidate.owed:  # the customer's choice: nothing takes it from him
            return None
        if remedy.part == "perk" and self.perk_gate is not None:
            return self.perk_gate
        if not remedy.candidate.entitled and remedy.part == "apology" and self.apology_is_spent:
            return Obstacle("adds_nothing", REPEATED_APOLOGY)
        limit = self._broken_limit(remedy, rival)
        if limit is None and rival is None and alternative.added.total <= 0:
            return Obstacle("adds_nothing", PLAN)
        return limit

    def _alternative(self, remedy: Weighed) -> Alternative:
        rival = self.lineup.rival_of(remedy)
        fixes = replaced(self.lineup.fixes, rival, remedy)
        return Alternative(
            remedy=remedy,
            rival=rival,
            adequate=remedy.part != "fix" or self.scale.is_adequate(fixes),
            added=self.scale.added(self.lineup.before(remedy, rival), remedy),
        )

    def _broken_limit(self, remedy: Weighed, rival: Weighed | None) -> Obstacle | None:
        """Return the limit that the plan would break with it, seen from the stage of its part."""
        lineup = self.lineup
        match remedy.part:
            case "fix":
                return broken_limit(self.fix_caps, replaced(lineup.fixes, rival, remedy))
            case "apology" | "explanation":
                words = replaced(lineup.words, rival, remedy)
                return broken_limit(self.word_caps, (*lineup.fixes, *words))
            case "perk":
                others = tuple(perk for perk in lineup.perks if perk is not rival)
                return self.perk_stage.unfit(remedy, others)
            case _ as unreachable:
                assert_never(unreachable)
