"""What a plan is worth: whole thousandths, kept apart by what they come from.

``docs/ranking.md`` has the formula and the source of every number. All divisions round down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from remedykit.effects.candidates import Candidate, Claimed
from remedykit.language.syntax import Ranking
from remedykit.model.words import Gives
from remedykit.ranking.curves import IntegerCurve
from remedykit.ranking.stakes import Stakes
from remedykit.ranking.tables import RankingTables
from remedykit.ranking.weighed import NO_FIX, NO_FIXES, NOTHING, Fix, Fixes, Standing, Weighed

# docs/ranking.md#speed-and-effort
SLOW_AFTER_DAYS = 3
# From there on dearer counts no worse; see docs/ranking.md#cost-and-risk
_COST_COUNTS_UP_TO = 1500  # thousandths of the value at risk
_THOUSANDTHS_A_POINT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Weighs remedies by a policy's numbers against what is at stake.

    Attributes:
        match: thousandths by what is given, for what was lost.
        perk_match: the same for what a perk makes up for: a lack of attention.
        compensation: how satisfying a share of the loss is.
        timeliness: what an apology is worth more because it comes in time.
        slow_after_days: a recovery is slow whose fix takes longer.
        risk: the summand of the worth of every set with a fix.
    """

    tables: RankingTables
    stakes: Stakes
    ranking: Ranking
    match: Mapping[Gives, int]
    perk_match: Mapping[Gives, int]
    compensation: IntegerCurve
    timeliness: int
    slow_after_days: int | Fraction
    risk: int

    @classmethod
    def of(cls, tables: RankingTables, stakes: Stakes) -> Scale:
        """Return the scale of one decision."""
        ranking = tables.ranking
        return cls(
            tables=tables,
            stakes=stakes,
            ranking=ranking,
            match=tables.match[stakes.lost],
            perk_match=tables.match["attention"],
            compensation=tables.accept if stakes.mode == "accept" else tables.reject,
            timeliness=ranking.apology.timely if stakes.timely else 0,
            slow_after_days=SLOW_AFTER_DAYS - stakes.waited_days,
            risk=-(ranking.weights.risk * stakes.risk // 1000),
        )

    # --- one remedy ---

    def weigh(self, candidate: Candidate, counted: Mapping[Claimed, int]) -> Weighed:
        """Return a candidate with what it is worth by itself.

        Args:
            candidate: what to weigh.
            counted: which caps count what is claimed; see `caps.counted_by`.
        """
        kind, part, value = candidate.kind, candidate.kind.part, candidate.value
        worth, fix = 0, NO_FIX
        match part:
            case "fix":
                _, _, days, speed, effort, ease = self.tables.pace_of(candidate)
                fix = Fix(self.match[kind.gives], days, speed, effort, ease)
            case "apology":
                worth = self.tables.words[kind.name] + self.timeliness
            case "explanation":
                worth = self.tables.words[kind.name]
            case "perk":
                share = 1000 * value // self.stakes.loss
                worth = self.tables.accept.height(share) * self.perk_match[kind.gives] // 1000
            case _ as unreachable:
                assert_never(unreachable)
        lower = candidate.lower
        return Weighed(
            kind.name,
            part,
            kind.group,
            candidate,
            value,
            candidate.cost,
            _THOUSANDTHS_A_POINT * candidate.points,
            candidate.entitled,
            candidate.owed,
            worth,
            fix,
            counted.get(candidate.claimed, 0) if counted else 0,
            None if lower is None else self.weigh(lower, counted),
        )

    # --- several remedies ---

    def standing(self, remedies: Sequence[Weighed], before: Standing = NOTHING) -> Standing:
        """Return what remedies come to together with what stands before them."""
        fixes, apology, explanation, perks, total_cost = before[:5]
        distributive, interactional, procedural, cost, risk, adjustments = before[5:]
        weights = self.ranking.weights
        more_fixes: list[Weighed] = []
        for remedy in remedies:
            total_cost += remedy.cost
            adjustments += remedy.adjustment
            match remedy.part:
                case "fix":
                    more_fixes.append(remedy)
                case "apology":
                    apology = max(apology or 0, remedy.worth)
                case "explanation":
                    explanation = max(explanation, remedy.worth)
                case "perk":
                    perks += remedy.worth
                case _ as unreachable:
                    assert_never(unreachable)
        if more_fixes:
            fixes = self._fixes(fixes, more_fixes)
            procedural = weights.procedural * fixes.procedure // 1000
            risk = self.risk
        if more_fixes or perks:
            distributive = self._distributive(fixes, apology, perks)
        if apology is not None:
            interactional = self._interactional(apology, explanation)
        if total_cost:
            share = min(_COST_COUNTS_UP_TO, 1000 * total_cost // self.stakes.value_at_risk)
            cost = -(weights.cost * share // 1000)
        return Standing(
            fixes,
            apology,
            explanation,
            perks,
            total_cost,
            distributive,
            interactional,
            procedural,
            cost,
            risk,
            adjustments,
        )

    def total(self, remedies: Sequence[Weighed], before: Standing = NOTHING) -> int:
        """Return what remedies are worth together with what stands before them."""
        return self.standing(remedies, before).total

    def best(self, remedies: Sequence[Weighed], before: Standing) -> Weighed:
        """Return which one remedy adds most; then the cheapest, then the first by name."""
        if len(remedies) == 1:
            return remedies[0]
        return min(
            remedies,
            key=lambda one: (-self.total((one,), before), one.cost, one.name),
        )

    def is_adequate(self, fixes: Iterable[Weighed]) -> bool:
        """Return whether the fixes make the customer whole.

        One of them restores function, or the money given now covers the loss.
        """
        money_now = 0
        for fix in fixes:
            kind = fix.candidate.kind
            if kind.restores:
                return True
            if kind.gives == "money_now":
                money_now += fix.value
        return money_now >= self.stakes.loss

    def _fixes(self, before: Fixes | None, more: Iterable[Weighed]) -> Fixes:
        """Return what fixes come to with one more, or several."""
        value, matched, slowest, speed, hardest, ease, _, _ = before or NO_FIXES
        for fix in more:
            match, days, its_speed, effort, its_ease = fix.fix
            value += fix.value
            matched += match * fix.value
            if days > slowest:
                slowest, speed = days, its_speed
            if effort > hardest:
                hardest, ease = effort, its_ease
        satisfaction = 0
        if value:
            compensation = self.compensation.height(1000 * value // self.stakes.loss)
            satisfaction = matched // value * compensation // 1000
        procedure = (speed + ease) // 2
        return Fixes(value, matched, slowest, speed, hardest, ease, satisfaction, procedure)

    def _distributive(self, fixes: Fixes | None, apology: int | None, perks: int) -> int:
        satisfaction = 0 if fixes is None else fixes.satisfaction
        if perks:
            slow = (0 if fixes is None else fixes.slowest) > self.slow_after_days
            mixed = slow == (apology is not None)
            gain = self.ranking.perk_gain_mixed if mixed else self.ranking.perk_gain_plain
            satisfaction += gain * perks // 1000
        return self.ranking.weights.distributive * satisfaction // 1000

    def _interactional(self, apology: int, explanation: int) -> int:
        share = self.ranking.explanation_share
        said = apology * (1000 - share + share * explanation // 1000) // 1000
        return self.ranking.weights.interactional * said // 1000
