"""What the plan does not take: alternatives scored at their rival's place, or why they are none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from remedykit.effects.candidates import Cap
from remedykit.model.decision import Withheld
from remedykit.model.words import WithheldReason
from remedykit.ranking.caps import broken_cap
from remedykit.ranking.groups import replaced
from remedykit.ranking.lineup import Lineup
from remedykit.ranking.perks import Gate, PerkStage
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
        apology_is_spent: whether one more apology would be mere repetition.
    """

    scale: Scale
    lineup: Lineup
    fix_caps: tuple[Cap, ...]
    word_caps: tuple[Cap, ...]
    perk_stage: PerkStage
    perk_gate: Gate
    apology_is_spent: bool

    def judged(self, remedies: Iterable[Weighed]) -> tuple[Alternative | Withheld, ...]:
        """Return for each of the remedies an alternative, or why it is none."""
        return tuple(self._judge(remedy) for remedy in remedies)

    def _judge(self, remedy: Weighed) -> Alternative | Withheld:
        alternative = self._alternative(remedy)
        if remedy.candidate.entitled:  # the customer's choice: nothing takes it from him
            return alternative
        if remedy.part == "perk" and self.perk_gate.closed_by is not None:
            return self._shut_out(remedy, self.perk_gate.closed_by)
        if remedy.part == "apology" and self.apology_is_spent:
            return _withheld(remedy, "adds_nothing", REPEATED_APOLOGY)
        limit = self._broken_limit(remedy, alternative.rival)
        if limit is not None:
            return _withheld(remedy, "over_limit", limit)
        if alternative.rival is None and alternative.added.total <= 0:
            return _withheld(remedy, "adds_nothing", PLAN)
        return alternative

    def _alternative(self, remedy: Weighed) -> Alternative:
        rival = self.lineup.rival_of(remedy)
        fixes = replaced(self.lineup.fixes, rival, remedy)
        return Alternative(
            remedy=remedy,
            rival=rival,
            adequate=remedy.part != "fix" or self.scale.is_adequate(fixes),
            added=self.scale.added(self.lineup.before(remedy, rival), remedy),
        )

    def _shut_out(self, remedy: Weighed, rule: str) -> Withheld:
        reason: WithheldReason = "needs_fact" if self.perk_gate.facts else "forbidden"
        return _withheld(remedy, reason, rule, self.perk_gate.facts)

    def _broken_limit(self, remedy: Weighed, rival: Weighed | None) -> str | None:
        """Return the limit that the plan would break with it, seen from the stage of its part."""
        lineup = self.lineup
        match remedy.part:
            case "fix":
                return broken_cap(self.fix_caps, replaced(lineup.fixes, rival, remedy))
            case "apology" | "explanation":
                words = replaced(lineup.words, rival, remedy)
                return broken_cap(self.word_caps, (*lineup.fixes, *words))
            case "perk":
                others = tuple(perk for perk in lineup.perks if perk is not rival)
                return self.perk_stage.unfit(remedy, others)
            case _ as unreachable:
                assert_never(unreachable)


def _withheld(
    remedy: Weighed, reason: WithheldReason, rule: str, facts: tuple[str, ...] = ()
) -> Withheld:
    return Withheld(kind=remedy.name, part=remedy.part, reason=reason, rule=rule, facts=facts)
