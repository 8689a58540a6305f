"""The plan, read off the definition as naively as can be: the oracle of the ranking.

It shares no code with `remedykit.ranking`: every set is tried, every formula is written out once
more with exact fractions, and nothing is fast.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from fractions import Fraction
from itertools import combinations, pairwise
from math import floor

from remedykit.effects.candidates import Candidate, Cap
from remedykit.facts.values import Facts
from remedykit.language.syntax import Curve, Ranking

Set = tuple[Candidate, ...]


def plan(
    ranking: Ranking,
    facts: Facts,
    candidates: Sequence[Candidate],
    caps: Sequence[Cap],
    *,
    perks_allowed: bool,
    perk_demanded: bool,
) -> tuple[Set, Set, Set]:
    """Return fixes, words and perks of the plan; every group has members of one part only."""
    judge = Judge(ranking, facts, caps, candidates)
    fixes = judge.fixes(_of(candidates, "fix"))
    words = judge.words(fixes, _of(candidates, "apology", "explanation"))
    return (
        fixes,
        words,
        judge.perks(
            fixes,
            words,
            _of(candidates, "perk"),
            allowed=perks_allowed and bool(fixes),
            demanded=perk_demanded,
        ),
    )


class Judge:
    """What sets are worth and whether they are feasible, for one decision."""

    def __init__(
        self, ranking: Ranking, facts: Facts, caps: Sequence[Cap], candidates: Iterable[Candidate]
    ) -> None:
        self.ranking = ranking
        self.known = facts.values
        self.offers = facts.offers
        self.caps = caps
        self.entitled = [one for one in candidates if one.basis == "entitlement"]
        self.repaired = bool(self.known["incident.self_repaired"])
        self.loss = self._loss()

    # --- the stages ---

    def fixes(self, fixes: Sequence[Candidate]) -> Set:
        """Return the best set of fixes."""

        def badness(chosen: Set) -> tuple[object, ...]:
            stand_ins = [
                fix
                for fix in chosen
                if fix.basis != "entitlement" and self._has_entitlement(fix.kind.group)
            ]
            adequate = self.adequate(chosen)
            asked = self.ranking.desired_first and adequate and not self._as_desired(chosen)
            return (
                len(chosen) == 0,
                not adequate,
                len(stand_ins),
                asked,
                -self.value(chosen),
                sum(fix.cost for fix in chosen),
                sorted(fix.kind.name for fix in chosen),
            )

        def fits(chosen: Set, one: Candidate) -> bool:
            return self.feasible((*chosen, one), later)

        later = ("apology", "explanation", "perk")
        sets = [
            self.as_far_as_feasible((), chosen, later)
            for chosen in _subsets(fixes)
            if _one_a_group(chosen) and self._every_entitled_group_stands(chosen, "fix")
        ]
        best = min((chosen for chosen in sets if chosen is not None), key=badness)
        while True:
            larger = [
                (*beside, next(version for version in _versions(fix) if fits(beside, version)))
                for fix in fixes
                for beside in [tuple(one for one in best if one.kind.name != fix.kind.name)]
                if fix.basis != "entitlement"
                and not _has_group(beside, fix)
                and any(fits(beside, version) for version in _versions(fix))
            ]
            better = [chosen for chosen in larger if badness(chosen) < badness(best)]
            if not better:
                return best
            best = min(better, key=badness)

    def words(self, fixes: Set, words: Sequence[Candidate]) -> Set:
        """Return the best words beside the fixes."""
        repeated = self.known["case.apologies_made"] != 0 and all(
            self._offered_before(fix) for fix in fixes
        )

        def possible(chosen: Set) -> bool:
            for part in ("apology", "explanation"):
                said = _of(chosen, part)
                free = [word for word in said if word.basis != "entitlement"]
                owed = [word for word in self.entitled if word.kind.part == part]
                if part == "apology" and repeated and free:
                    return False
                if owed and free:
                    return False
                if len(free) > 1:
                    return False
            return _one_a_group(chosen) and self._every_entitled_group_stands(
                chosen, "apology", "explanation"
            )

        def badness(chosen: Set) -> tuple[object, ...]:
            return (
                -len({word.kind.part for word in chosen}),
                -self.value(fixes + chosen),
                sum(word.cost for word in chosen),
                sorted(word.kind.name for word in chosen),
            )

        sets = [
            self.as_far_as_feasible(fixes, chosen, ("perk",))
            for chosen in _subsets(words)
            if possible(chosen)
        ]
        return min((chosen for chosen in sets if chosen is not None), key=badness)

    def perks(
        self, fixes: Set, words: Set, perks: Sequence[Candidate], *, allowed: bool, demanded: bool
    ) -> Set:
        """Return the perks beside fixes and words."""
        before = fixes + words
        owed = [perk for perk in perks if perk.basis == "entitlement"]
        if not allowed:
            owed = [_right(perk) for perk in owed]
        chosen: Set = ()
        while offers := [
            (-self._gain(before + chosen, perk), perk.cost, perk.kind.name, perk)
            for perk in owed
            if not _has_group(chosen, perk)
        ]:
            chosen = (*chosen, min(offers, key=lambda offer: offer[:3])[3])
        settled = self.as_far_as_feasible(before, chosen, ())
        assert settled is not None, "there is always room for rights"
        if self._too_much(fixes + settled):
            settled = tuple(_right(perk) for perk in settled)
        chosen = settled
        while True:
            offers = []
            for perk in perks:
                if self._has_entitlement(perk.kind.group) or _has_group(chosen, perk):
                    continue
                for version in _versions(perk) if allowed else ():
                    everything = (*before, *chosen, version)
                    if self.feasible(everything, ()) and not self._too_much(everything):
                        gain = self._gain(before + chosen, version)
                        if gain > 0 or (demanded and not chosen):
                            offers.append((-gain, version.cost, version.kind.name, version))
                        break
            if not offers:
                return chosen
            chosen = (*chosen, min(offers, key=lambda offer: offer[:3])[3])

    def _gain(self, before: Set, one: Candidate) -> int:
        return self.value((*before, one)) - self.value(before)

    def _too_much(self, chosen: Set) -> bool:
        given = sum(one.value for one in chosen if one.kind.part in ("fix", "perk"))
        return Fraction(given) > Fraction(3, 2) * self.loss

    # --- what a set is worth ---

    def value(self, chosen: Set) -> int:
        """Return V of fixes, words and perks together, in thousandths."""
        weights = self.ranking.weights
        fixes = _of(chosen, "fix")
        apologies = _of(chosen, "apology")
        explanations = _of(chosen, "explanation")
        perks = _of(chosen, "perk")

        compensation = 0
        given = sum(fix.value for fix in fixes)
        if given:
            match = floor(
                Fraction(sum(self.match(self.lost(), fix) * fix.value for fix in fixes), given)
            )
            compensation = floor(Fraction(match * self.curve(given), 1000))

        pleasure = sum(
            floor(
                Fraction(
                    self.match("attention", perk)
                    * _height(self.ranking.accept, self.share(perk.value)),
                    1000,
                )
            )
            for perk in perks
        )
        slow = self.days_waited() + max((fix.resolved_in_days for fix in fixes), default=0) > 3
        if (slow and apologies) or (not slow and not apologies):
            gain = self.ranking.perk_gain_mixed
        else:
            gain = self.ranking.perk_gain_plain
        compensation += floor(Fraction(gain * pleasure, 1000))

        sorry = max((self.apology(one) for one in apologies), default=0)
        told = max((self.explanation(one) for one in explanations), default=0)
        part = self.ranking.explanation_share
        explained = 1000 - part + floor(Fraction(part * told, 1000))
        interaction = floor(Fraction(sorry * explained, 1000))

        procedure = 0
        if fixes:
            slowest = max(fix.resolved_in_days for fix in fixes)
            hardest = max(fix.effort_0_to_5 for fix in fixes)
            procedure = floor(
                Fraction(
                    _height(self.ranking.speed, slowest) + _height(self.ranking.effort, hardest), 2
                )
            )

        at_risk = self._int("order.total") + self._int("customer.predicted_ltv")
        dearness = min(1500, floor(Fraction(1000 * sum(one.cost for one in chosen), at_risk)))
        return (
            floor(Fraction(weights.distributive * compensation, 1000))
            + floor(Fraction(weights.interactional * interaction, 1000))
            + floor(Fraction(weights.procedural * procedure, 1000))
            - floor(Fraction(weights.cost * dearness, 1000))
            - (floor(Fraction(weights.risk * self._int("case.risk"), 1000)) if fixes else 0)
            + sum(10 * one.points for one in chosen)
        )

    def adequate(self, fixes: Iterable[Candidate]) -> bool:
        """Return whether the fixes make the customer whole."""
        fixes = tuple(fixes)
        money = sum(fix.value for fix in fixes if fix.kind.gives == "money_now")
        return any(fix.kind.restores for fix in fixes) or money >= self.loss

    def apology(self, one: Candidate) -> int:
        """Return how good an apology is."""
        weights, apology = self.ranking.apology, one.kind.apology
        timely = weights.timely if self.days_waited() <= 1 else 0
        if apology is None:
            return timely
        intensity = 0
        intensity += weights.responsibility if apology.responsibility else 0
        intensity += weights.regret if apology.regret else 0
        intensity += weights.repentance if apology.repentance else 0
        intensity += weights.named_owner if apology.named_owner else 0
        empathy = weights.empathy if apology.empathy else 0
        return empathy + floor(Fraction(weights.intensity * intensity, 1000)) + timely

    def explanation(self, one: Candidate) -> int:
        """Return how adequate an explanation is."""
        return sum(worth for what, worth in self.ranking.explains if what == one.kind.explains)

    def match(self, lost: str, one: Candidate) -> int:
        """Return how well what it gives matches what was lost."""
        for resource, row in self.ranking.match:
            for gives, thousandths in row:
                if resource == lost and gives == one.kind.gives:
                    return thousandths
        raise LookupError(lost)

    def curve(self, given: int) -> int:
        """Return the satisfaction with what is given for the loss."""
        keeps = ("missing_part", "late_delivery", "failed_delivery_attempt", "service_failure")
        if self.repaired or self.known["incident.kind"] in keeps:
            return _height(self.ranking.accept, self.share(given))
        return _height(self.ranking.reject, self.share(given))

    def share(self, given: int) -> int:
        """Return what is given in thousandths of the loss."""
        return floor(Fraction(1000 * given, self.loss))

    def lost(self) -> str:
        """Return the resource that was lost."""
        kind = self.known["incident.kind"]
        if self.repaired or kind in ("billing_error", "refund_not_received", "return_problem"):
            return "money"
        if kind in ("late_delivery", "failed_delivery_attempt"):
            return "service"
        return "attention" if kind == "service_failure" else "goods"

    def days_waited(self) -> Fraction:
        """Return the days since it was discovered."""
        at, discovered = self.known["at"], self.known["incident.discovered_at"]
        assert isinstance(at, datetime)
        assert isinstance(discovered, datetime)
        return Fraction(int((at - discovered).total_seconds()), 86400)

    # --- feasibility ---

    def as_far_as_feasible(
        self, before: Set, chosen: Set, still_to_come: Sequence[str]
    ) -> Set | None:
        """Return what is left of a set when all that a broken cap counts has fallen back."""
        if self.feasible(before + chosen, still_to_come):
            return chosen
        broken = [cap for cap in self.caps if not self._within(cap, before + chosen, still_to_come)]
        fallen = tuple(
            one.lower
            if one.lower and any((one.kind.name, one.claimed_as) in cap.counted for cap in broken)
            else one
            for one in chosen
        )
        return None if fallen == chosen else self.as_far_as_feasible(before, fallen, still_to_come)

    def feasible(self, chosen: Set, still_to_come: Sequence[str]) -> bool:
        """Return whether no cap is broken; entitlements of later parts are counted already."""
        return all(self._within(cap, chosen, still_to_come) for cap in self.caps)

    def _within(self, cap: Cap, chosen: Set, still_to_come: Sequence[str]) -> bool:
        counted = [one for one in chosen if (one.kind.name, one.claimed_as) in cap.counted]
        free = [one for one in counted if one.claimed_as != "entitlement"]
        total = sum(one.value for one in counted)
        to_come = [
            _right(one)
            for one in self.entitled
            if one.kind.part in still_to_come and (one.kind.name, "entitlement") in cap.counted
        ]
        for group in {one.kind.group for one in to_come}:
            total += max(one.value for one in to_come if one.kind.group == group)
        return total <= cap.at_most or sum(one.value for one in free) == 0

    def _has_entitlement(self, group: str) -> bool:
        return any(one.kind.group == group for one in self.entitled)

    def _every_entitled_group_stands(self, chosen: Set, *parts: str) -> bool:
        standing = {one.kind.group for one in chosen}
        return all(one.kind.group in standing for one in self.entitled if one.kind.part in parts)

    # --- the facts ---

    def _loss(self) -> int:
        impaired = Fraction(0)
        if not self.repaired:
            impaired = Fraction(self._int("incident.value_affected"))
        return floor(impaired + self._int("incident.out_of_pocket") + Fraction(1, 2))

    def _int(self, fact: str) -> int:
        value = self.known[fact]
        assert isinstance(value, int)
        return value

    def _offered_before(self, fix: Candidate) -> bool:
        return any(
            offer.kind == fix.kind.name and (offer.value is None or offer.value >= fix.value)
            for offer in self.offers
        )

    def _as_desired(self, fixes: Set) -> bool:
        desired = self.known["incident.desired"]
        if desired == "goods":
            return any(fix.kind.gives == "exchange" for fix in fixes)
        if desired == "money":
            return any(fix.kind.gives == "money_now" for fix in fixes)
        return True


def _of(candidates: Iterable[Candidate], *parts: str) -> Set:
    return tuple(one for one in candidates if one.kind.part in parts)


def _subsets(candidates: Sequence[Candidate]) -> Iterator[Set]:
    for size in range(len(candidates) + 1):
        yield from combinations(candidates, size)


def _versions(one: Candidate) -> list[Candidate]:
    return [one, *(_versions(one.lower) if one.lower else [])]


def _right(one: Candidate) -> Candidate:
    (right,) = [each for each in _versions(one) if each.claimed_as == "entitlement"]
    return right


def _has_group(chosen: Set, one: Candidate) -> bool:
    return any(one.kind.group == other.kind.group for other in chosen)


def _one_a_group(chosen: Set) -> bool:
    return len({one.kind.group for one in chosen}) == len(chosen)


def _height(curve: Curve, x: Fraction | int) -> int:
    points = dict(curve)
    if x in points:
        return points[Fraction(x)]
    if x < min(points):
        return points[min(points)]
    if x > max(points):
        return points[max(points)]
    left, right = next((a, b) for a, b in pairwise(sorted(points)) if a < x < b)
    share = (x - left) / (right - left)
    return floor(points[left] * (1 - share) + points[right] * share)
