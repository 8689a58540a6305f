"""What a plan is worth: whole thousandths, kept apart by what they come from.

``docs/ranking.md`` has the formula and the source of every number. All divisions round down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import assert_never

from remedykit.effects.candidates import Candidate, Claimed
from remedykit.language.syntax import Ranking
from remedykit.model.words import Gives
from remedykit.ranking.curves import IntegerCurve
from remedykit.ranking.stakes import Stakes
from remedykit.ranking.tables import RankingTables
from remedykit.ranking.weighed import NO_FIX, NOTHING, Fix, Fixes, Standing, Weighed, Worth

# docs/ranking.md#speed-and-effort
_SLOW_AFTER_DAYS = 3
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
            slow_after_days=_SLOW_AFTER_DAYS - stakes.waited_days,
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
                fix = self._fix(candidate)
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
            counted.get(candidate.claimed, 0),
            None if lower is None else self.weigh(lower, counted),
        )

    def _fix(self, candidate: Candidate) -> Fix:
        days: int | Fraction = candidate.resolved_in_days
        if days.denominator == 1:  # integers are compared ten times as fast
            days = days.numerator
        effort: int | Fraction = candidate.effort_0_to_5
        if effort.denominator == 1:
            effort = effort.numerator
        return Fix(
            self.match[candidate.kind.gives],
            days,
            self.tables.speed.height(days),
            effort,
            self.tables.effort.height(effort),
        )

    # --- several remedies ---

    def standing(self, remedies: Iterable[Weighed], before: Standing = NOTHING) -> Standing:
        """Return what remedies come to together with what stands before them."""
        return reduce(self.joined, remedies, before)

    def joined(self, before: Standing, remedy: Weighed) -> Standing:
        """Return what a set comes to with one more remedy."""
        fixes, apology, explanation, perks, total_cost, worth = before
        distributive, interactional, procedural, cost, risk, adjustments = worth
        weights = self.ranking.weights
        match remedy.part:
            case "fix":
                fixes = self._fixes(fixes, remedy)
                distributive = self._distributive(fixes, apology, perks)
                procedural = weights.procedural * fixes.procedure // 1000
                risk = self.risk
            case "apology":
                apology = max(apology or 0, remedy.worth)
                if perks:
                    distributive = self._distributive(fixes, apology, perks)
                interactional = self._interactional(apology, explanation)
            case "explanation":
                explanation = max(explanation, remedy.worth)
                interactional = self._interactional(apology, explanation)
            case "perk":
                perks += remedy.worth
                distributive = self._distributive(fixes, apology, perks)
            case _ as unreachable:
                assert_never(unreachable)
        if remedy.cost:
            total_cost += remedy.cost
            share = min(_COST_COUNTS_UP_TO, 1000 * total_cost // self.stakes.value_at_risk)
            cost = -(weights.cost * share // 1000)
        adjustments += remedy.adjustment
        worth = Worth(distributive, interactional, procedural, cost, risk, adjustments)
        return Standing(fixes, apology, explanation, perks, total_cost, worth)

    def total(self, remedies: Iterable[Weighed], before: Standing = NOTHING) -> int:
        """Return what remedies are worth together with what stands before them."""
        return self.standing(remedies, before).worth.total

    def best(self, remedies: Sequence[Weighed], before: Standing) -> Weighed:
        """Return which one remedy adds most; then the cheapest, then the first by name."""
        if len(remedies) == 1:
            return remedies[0]
        return min(
            remedies,
            key=lambda one: (-self.joined(before, one).worth.total, one.cost, one.name),
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

    def _fixes(self, before: Fixes | None, remedy: Weighed) -> Fixes:
        """Return what fixes come to with one more."""
        match, slowest, speed, hardest, ease = remedy.fix
        value = remedy.value
        matched = match * value
        if before is not None:
            value, matched = value + before.value, matched + before.matched
            if before.slowest > slowest:
                slowest, speed = before.slowest, before.speed
            if before.hardest > hardest:
                hardest, ease = before.hardest, before.ease
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

    def _interactional(self, apology: int | None, explanation: int) -> int:
        if apology is None:
            return 0
        share = self.ranking.explanation_share
        said = apology * (1000 - share + share * explanation // 1000) // 1000
        return self.ranking.weights.interactional * said // 1000
