"""What a plan is worth: whole thousandths, kept apart by what they come from.

``docs/ranking.md`` has the formula and the source of every number. All divisions round down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from remedykit.effects.candidates import Candidate
from remedykit.language.syntax import Apology, Ranking
from remedykit.model.words import Explains, Gives, Part, Resource
from remedykit.ranking.curves import height
from remedykit.ranking.stakes import Stakes

# docs/ranking.md#speed-and-effort
_SLOW_AFTER_DAYS = 3
# From there on dearer counts no worse; see docs/ranking.md#cost-and-risk
_COST_COUNTS_UP_TO = 1500  # thousandths of the value at risk
_THOUSANDTHS_A_POINT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A candidate with what it is worth by itself, in thousandths.

    Attributes:
        match: how well what it gives matches what was lost.
        speed: how fast it takes effect.
        effort: how little the customer must do.
        words: how good it is as an apology, or how adequate as an explanation; else 0.
        perk: how much it is worth as a perk; 0 for other parts.
        lower: what it falls back to, weighed.
    """

    candidate: Candidate
    match: int
    speed: int
    effort: int
    words: int
    perk: int
    lower: Weighed | None

    @property
    def versions(self) -> tuple[Weighed, ...]:
        """It, what it falls back to, what that falls back to, and so on."""
        return (self,) if self.lower is None else (self, *self.lower.versions)

    @property
    def name(self) -> str:
        """The remedy kind's name."""
        return self.candidate.kind.name

    @property
    def part(self) -> Part:
        """The remedy kind's part."""
        return self.candidate.kind.part

    @property
    def group(self) -> str:
        """The remedy kind's group."""
        return self.candidate.kind.group


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """Summands of what some remedies are worth together, in thousandths."""

    distributive: int
    interactional: int
    procedural: int
    cost: int
    risk: int
    adjustments: int

    @property
    def total(self) -> int:
        """The sum of all summands."""
        return sum(thousandths for _, thousandths in self.summands())

    def summands(self) -> tuple[tuple[str, int], ...]:
        """Return every summand with its name, in a fixed order."""
        return (
            ("distributive", self.distributive),
            ("interactional", self.interactional),
            ("procedural", self.procedural),
            ("cost", self.cost),
            ("risk", self.risk),
            ("adjustments", self.adjustments),
        )

    def beyond(self, before: Worth) -> Worth:
        """Return what this worth adds to `before`, summand by summand."""
        return Worth(
            distributive=self.distributive - before.distributive,
            interactional=self.interactional - before.interactional,
            procedural=self.procedural - before.procedural,
            cost=self.cost - before.cost,
            risk=self.risk - before.risk,
            adjustments=self.adjustments - before.adjustments,
        )


@dataclass(frozen=True, slots=True)
class Scale:
    """Weighs remedies by a ranking's numbers against what is at stake."""

    ranking: Ranking
    stakes: Stakes

    def weigh(self, candidate: Candidate) -> Weighed:
        """Return the candidate with what it is worth by itself."""
        kind = candidate.kind
        match kind.part:
            case "apology":
                words = self._apology(kind.apology or Apology())
            case "explanation":
                words = self._adequacy(kind.explains)
            case "fix" | "perk":
                words = 0
            case _ as unreachable:
                assert_never(unreachable)
        return Weighed(
            candidate=candidate,
            match=self._match(self.stakes.lost, kind.gives),
            speed=height(self.ranking.speed, candidate.resolved_in_days),
            effort=height(self.ranking.effort, candidate.effort_0_to_5),
            words=words,
            perk=self._perk(candidate) if kind.part == "perk" else 0,
            lower=None if candidate.lower is None else self.weigh(candidate.lower),
        )

    def worth(self, remedies: Sequence[Weighed]) -> Worth:
        """Return what the remedies are worth together; nothing is worth 0."""
        fixes = [remedy for remedy in remedies if remedy.part == "fix"]
        weights = self.ranking.weights
        distributive = self._distributive(fixes) + self._perk_gain(remedies, fixes)
        cost = sum(remedy.candidate.cost for remedy in remedies)
        cost_share = min(_COST_COUNTS_UP_TO, 1000 * cost // self.stakes.value_at_risk)
        risk = self.stakes.risk if fixes else 0
        return Worth(
            distributive=weights.distributive * distributive // 1000,
            interactional=weights.interactional * self._interactional(remedies) // 1000,
            procedural=weights.procedural * _procedural(fixes) // 1000,
            cost=-(weights.cost * cost_share // 1000),
            risk=-(weights.risk * risk // 1000),
            adjustments=_THOUSANDTHS_A_POINT * sum(r.candidate.points for r in remedies),
        )

    def added(self, before: Sequence[Weighed], remedy: Weighed) -> Worth:
        """Return what a remedy adds to those before it."""
        return self.worth([*before, remedy]).beyond(self.worth(before))

    def is_adequate(self, fixes: Sequence[Weighed]) -> bool:
        """Return whether the fixes make the customer whole.

        One of them restores function, or the money given now covers the loss.
        """
        money_now = sum(
            fix.candidate.value for fix in fixes if fix.candidate.kind.gives == "money_now"
        )
        return any(fix.candidate.kind.restores for fix in fixes) or money_now >= self.stakes.loss

    # --- distributive: what is given ---

    def _distributive(self, fixes: Sequence[Weighed]) -> int:
        value = sum(fix.candidate.value for fix in fixes)
        if value == 0:
            return 0
        match = sum(fix.match * fix.candidate.value for fix in fixes) // value
        return match * self._satisfaction(value) // 1000

    def _satisfaction(self, value: int) -> int:
        curve = self.ranking.accept if self.stakes.mode == "accept" else self.ranking.reject
        return height(curve, 1000 * value // self.stakes.loss)

    def _perk(self, candidate: Candidate) -> int:
        share = 1000 * candidate.value // self.stakes.loss
        match = self._match("attention", candidate.kind.gives)
        return height(self.ranking.accept, share) * match // 1000

    def _perk_gain(self, remedies: Sequence[Weighed], fixes: Sequence[Weighed]) -> int:
        perks = sum(remedy.perk for remedy in remedies)
        slowest = max((fix.candidate.resolved_in_days for fix in fixes), default=Fraction(0))
        slow = self.stakes.waited_days + slowest > _SLOW_AFTER_DAYS
        apologised = any(remedy.part == "apology" for remedy in remedies)
        mixed = slow != (not apologised)
        gain = self.ranking.perk_gain_mixed if mixed else self.ranking.perk_gain_plain
        return gain * perks // 1000

    def _match(self, lost: Resource, given: Gives) -> int:
        return dict(dict(self.ranking.match)[lost])[given]

    # --- interactional: what is said ---

    def _apology(self, apology: Apology) -> int:
        weights = self.ranking.apology
        intensity = (
            weights.responsibility * apology.responsibility
            + weights.regret * apology.regret
            + weights.repentance * apology.repentance
            + weights.named_owner * apology.named_owner
        )
        return (
            weights.empathy * apology.empathy
            + weights.intensity * intensity // 1000
            + weights.timely * self.stakes.timely
        )

    def _adequacy(self, explains: Explains | None) -> int:
        return next((worth for what, worth in self.ranking.explains if what == explains), 0)

    def _interactional(self, remedies: Sequence[Weighed]) -> int:
        apology = _best_words(remedies, "apology")
        share = self.ranking.explanation_share
        explained = share * _best_words(remedies, "explanation") // 1000
        return apology * (1000 - share + explained) // 1000


def _procedural(fixes: Sequence[Weighed]) -> int:
    if not fixes:
        return 0
    slowest = max(fixes, key=lambda fix: fix.candidate.resolved_in_days)
    hardest = max(fixes, key=lambda fix: fix.candidate.effort_0_to_5)
    return (slowest.speed + hardest.effort) // 2


def _best_words(remedies: Sequence[Weighed], part: Part) -> int:
    return max((remedy.words for remedy in remedies if remedy.part == part), default=0)
