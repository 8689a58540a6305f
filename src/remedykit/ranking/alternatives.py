"""What the plan does not take: alternatives at their rival's place, or why they are none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from remedykit.effects.candidates import Cap
from remedykit.effects.obstacles import Obstacle, held_back, told
from remedykit.model.decision import Withheld
from remedykit.ranking.caps import broken_limit
from remedykit.ranking.entries import Entry, alternative
from remedykit.ranking.groups import without
from remedykit.ranking.lineup import Lineup
from remedykit.ranking.perks import PerkStage
from remedykit.ranking.weighed import Weighed, Worth

REPEATED_APOLOGY = "repeated_apology"
PLAN = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftovers:
    """Judges the candidates that the plan does not take.

    Attributes:
        fixes: those of the plan, in their order; so are the next two.
        fix_caps: the limits as the first stage had them.
        word_caps: the limits as the second stage had them.
        perk_stage: the third stage, with its limits.
        perk_gate: what keeps perks without entitlement out, if anything.
        apology_is_spent: whether one more apology would be mere repetition.
    """

    lineup: Lineup
    fixes: tuple[Weighed, ...]
    words: tuple[Weighed, ...]
    perks: tuple[Weighed, ...]
    fix_caps: tuple[Cap, ...]
    word_caps: tuple[Cap, ...]
    perk_stage: PerkStage
    perk_gate: Obstacle | None
    apology_is_spent: bool

    def judged(self, remedies: Iterable[Weighed]) -> tuple[list[Entry], list[Withheld]]:
        """Return the entries of those remedies that are alternatives, and why others are none."""
        entries: list[Entry] = []
        withheld: list[Withheld] = []
        for remedy in remedies:
            found = self._judge(remedy)
            if isinstance(found, Entry):
                entries.append(found)
            else:
                withheld.append(found)
        return entries, withheld

    def _judge(self, remedy: Weighed) -> Entry | Withheld:
        """Return the remedy as the most that may stand at its rival's place, or why it may not."""
        place = self.lineup.place_of_rival(remedy)
        rival = None if place is None else self.lineup.remedies[place]
        # Without a rival the plan would have taken what it falls back to.
        versions = (remedy,) if rival is None else remedy.versions
        ways: list[tuple[Obstacle]] = []
        for version in versions:
            added = self.lineup.added(version, place)
            obstacle = self._obstacle(version, rival, added)
            if obstacle is None:
                adequate = version.part != "fix" or self._is_adequate(version, rival)
                return alternative(version, rival, added, adequate)
            ways.append((obstacle,))
        return held_back(remedy.candidate.kind, remedy.candidate.right_held or told(ways))

    def _is_adequate(self, remedy: Weighed, rival: Weighed | None) -> bool:
        return self.lineup.scale.is_adequate((*without(self.fixes, rival), remedy))

    def _obstacle(self, remedy: Weighed, rival: Weighed | None, added: Worth) -> Obstacle | None:
        if remedy.owed:  # the customer's choice: nothing takes it from him
            return None
        if remedy.part == "perk" and self.perk_gate is not None:
            return self.perk_gate
        if remedy.part == "apology" and self.apology_is_spent and not remedy.entitled:
            return Obstacle("adds_nothing", REPEATED_APOLOGY)
        limit = self._broken_limit(remedy, rival)
        if limit is None and rival is None and added.total <= 0:
            return Obstacle("adds_nothing", PLAN)
        return limit

    def _broken_limit(self, remedy: Weighed, rival: Weighed | None) -> Obstacle | None:
        """Return the limit that the plan would break with it, seen from the stage of its part."""
        if remedy.part != "perk" and not remedy.counted_by:
            return None
        match remedy.part:
            case "fix":
                return broken_limit(self.fix_caps, remedy, without(self.fixes, rival))
            case "apology" | "explanation":
                beside = (*self.fixes, *without(self.words, rival))
                return broken_limit(self.word_caps, remedy, beside)
            case "perk":
                return self.perk_stage.unfit(remedy, without(self.perks, rival))
            case _ as unreachable:
                assert_never(unreachable)
