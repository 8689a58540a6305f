"""What happened to a remedy, in one sentence with the numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from remedykit.effects.candidates import Candidate
from remedykit.effects.limits import MONEY_BACK
from remedykit.effects.past_offers import refusals
from remedykit.effects.setting import MOST_MINOR_UNITS
from remedykit.explain.course import Course, Layers
from remedykit.explain.tracing import Tracer
from remedykit.explain.writing import points
from remedykit.language.types import Base, Value
from remedykit.model.decision import Withheld
from remedykit.ranking.alternatives import REPEATED_APOLOGY
from remedykit.ranking.caps import PERK_CEILING, PERK_CEILING_THOUSANDTHS
from remedykit.ranking.lineup import Lineup
from remedykit.ranking.perks import NO_FIX, PERK_WHEN
from remedykit.ranking.score import Scale
from remedykit.ranking.stakes import Stakes, stakes_of


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells what happened to remedies in one decision."""

    layers: Layers
    tracer: Tracer

    def told(self, course: Course) -> str:
        """Return what held a remedy back, or cut it; empty if nothing did."""
        if course.offered is not None:
            return self._less(course, course.offered)
        return "" if course.withheld is None else self._withheld(course, course.withheld)

    # --- offered, but less than it could have been ---------------------------------------------

    def _less(self, course: Course, offered: Candidate) -> str:
        first = course.unlimited[0]
        same = next(each for each in course.unlimited if each.claimed_as == offered.claimed_as)
        told: list[str] = []
        if same is not first:
            told.append(
                f"{self._money(first.value)} as {first.claimed_as} may not stand, "
                f"because {self._falls(course)}; {self._money(offered.value)} as "
                f"{offered.claimed_as} does"
            )
        if offered.value < same.value:
            limits = [
                hold.limit
                for version, hold in course.exceeded()
                if version.claimed_as == offered.claimed_as and hold.allowed == offered.value
            ]
            told.append(
                f"cut from {self._money(same.value)} to {self._money(offered.value)} "
                f"by {_quoted(limits)}"
            )
        return "; ".join(told)

    def _falls(self, course: Course) -> str:
        """Return why the most that was claimed is not what is offered."""
        first = course.unlimited[0]
        holds = [hold.limit for seen, hold in course.exceeded() if seen.claimed == first.claimed]
        if not any(version.claimed_as == first.claimed_as for version in course.limited):
            return f"{_quoted(holds)} {'allows' if len(set(holds)) == 1 else 'allow'} less"
        if not any(each.claimed == first.claimed for each in self._found(course)):
            return "it would wait for an approval, and a right waits for nobody"
        return "the plan has no room for it within the limits"

    def _found(self, course: Course) -> list[Candidate]:
        candidates = self.layers.found.candidates
        return [each for each in candidates if each.kind.name == course.kind.name]

    # --- withheld ------------------------------------------------------------------------------

    def _withheld(self, course: Course, withheld: Withheld) -> str:
        match withheld.reason:
            case "needs_fact":
                return self._unknown(withheld)
            case "infeasible":
                return f"what it {_claims(withheld.rule)} does not hold"
            case "entitled_but_infeasible":
                return (
                    f"the customer has a right to it, but what it {_claims(withheld.rule)} "
                    "does not hold"
                )
            case "forbidden":
                return self._forbidden(withheld.rule)
            case "refused":
                return self._refused(course)
            case "no_value":
                return self._worthless(course, withheld.rule)
            case "over_limit":
                return self._over_limit(course, withheld.rule)
            case "adds_nothing":
                return self._adds_nothing(course, withheld.rule)

    def _unknown(self, withheld: Withheld) -> str:
        if withheld.rule != PERK_WHEN:
            return ""  # its standing names the facts
        return f"a perk is given only if `{self._perk_when}` holds, and that is unknown"

    def _forbidden(self, rule: str) -> str:
        if rule == PERK_WHEN:
            return f"a perk is given only if `{self._perk_when}` holds, and it does not"
        if rule == NO_FIX:
            return "there is no perk without a fix, and the plan has none"
        return f"`{rule}` forbids it"

    @property
    def _perk_when(self) -> str:
        return self.layers.setting.policy.ranking.perk_when or PERK_WHEN

    def _refused(self, course: Course) -> str:
        refused = refusals(course.kind.name, self.layers.setting.facts)
        amounts = [self._money(offer.value) for offer in refused if offer.value is not None]
        if len(amounts) < len(refused):
            return "the customer refused it before, whatever it is worth"
        return (
            f"the customer refused it at {' and '.join(amounts)} before, "
            "and no more of it can be offered now"
        )

    def _worthless(self, course: Course, rule: str) -> str:
        worthless = [
            claim.value
            for claim in course.claims
            if claim.rule.id == rule
            and claim.value is not None
            and not 0 < claim.value <= MOST_MINOR_UNITS
        ]
        if not worthless:
            return f"these facts do not settle `{rule}`, though none of them is unknown"
        return f"it would be worth {self._money(worthless[0])} by `{rule}`"

    def _over_limit(self, course: Course, rule: str) -> str:
        if rule == PERK_CEILING:
            return self._over_perk_ceiling(course)
        allowed = f"`{rule}` allows at most {self._allowed(rule)}"
        for version, hold in course.exceeded():
            if hold.limit == rule:
                return f"it is worth {self._money(version.value)}, and {allowed}"
        counted = [
            candidate.value
            for candidate in self._beside(course)
            if any(cap.id == rule and cap.counts(candidate) for cap in self.layers.found.caps)
        ]
        total = self._money(sum(counted) + course.limited[0].value)
        return f"with what the plan has it would come to {total}, and {allowed}"

    def _allowed(self, rule: str) -> str:
        policy, values = self.layers.setting.policy, self.layers.setting.facts.values
        if rule != MONEY_BACK:
            limit = next(limit for limit in policy.limits if limit.id == rule)
            return self.tracer.amount(limit.at_most)
        paid, refunded, spent = (
            self._money(values.get(name))
            for name in ("order.paid", "order.refunded", "incident.out_of_pocket")
        )
        return (
            f"what was paid ({paid}) less what was refunded ({refunded}) plus own expense ({spent})"
        )

    def _over_perk_ceiling(self, course: Course) -> str:
        given = [each for each in self._beside(course) if each.kind.part in {"fix", "perk"}]
        total = sum(each.value for each in given) + course.limited[0].value
        loss = self._stakes.loss
        share = self.tracer.style.printed(
            Fraction(PERK_CEILING_THOUSANDTHS, 1000), Base.NUMBER, "percent"
        )
        return (
            f"with it fixes and perks would come to {self._money(total)}, more than {share} "
            f"of the loss of {self._money(loss)}"
        )

    def _beside(self, course: Course) -> list[Candidate]:
        """Return what the plan has beside a remedy: all but what that would replace."""
        plan = (scored.candidate for scored in self.layers.ranked.plan)
        return [each for each in plan if each.kind.group != course.kind.group]

    def _adds_nothing(self, course: Course, rule: str) -> str:
        if rule == REPEATED_APOLOGY:
            made = self.layers.setting.facts.values.get("case.apologies_made")
            return (
                f"apologies made before: {made}; the plan has no fix that was not offered before, "
                "so one more would be mere repetition"
            )
        scale = Scale.of(self.layers.ranking_tables, self._stakes)
        plan = (scale.weigh(scored.candidate, {}) for scored in self.layers.ranked.plan)
        lineup = Lineup.of(scale, plan)
        remedy = scale.weigh(self._found(course)[0], {})
        added = lineup.added(remedy, lineup.place_of_rival(remedy))
        return f"it would add {points(added.total)} points to the plan"

    def _money(self, amount: Value | None) -> str:
        if not isinstance(amount, int | Fraction):
            return "unknown"
        return self.tracer.style.money(amount)

    @property
    def _stakes(self) -> Stakes:
        return stakes_of(self.layers.ranking_tables, self.layers.setting.evaluation)


def _claims(clause: str) -> str:
    return "states" if clause.startswith("states:") else "needs"


def _quoted(names: Iterable[str]) -> str:
    return " and ".join(f"`{name}`" for name in dict.fromkeys(names))
