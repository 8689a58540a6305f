"""The search for the smallest changes of facts under which a remedy kind is offered.

It goes claim by claim. What hinders a claim names the facts of which one must change, so only such
facts are changed, one after the other, at most three. Where nothing hinders any more and the kind
is still held back, by a limit or for want of room in the plan, every fact about it may matter, and
about the kinds that the plan has instead.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from remedykit.explain.change_words import OneOf, Span
from remedykit.explain.changeable import LAST_RESORT, Changeable
from remedykit.explain.deciding import Decider
from remedykit.explain.hindrances import (
    ClaimedBy,
    Hindrance,
    among_rivals,
    beside_fix,
    claims_on,
    claims_on_fixes,
)
from remedykit.explain.thresholds import Axis
from remedykit.explain.trials import Chosen, Trials
from remedykit.explain.turning_values import TurningValues
from remedykit.facts.values import Facts
from remedykit.language.types import Value
from remedykit.ranking.perks import NO_FIX

MOST_CHANGED = 3  # facts; a longer list is no advice
_MOST_TRIED = 1_500  # situations, where more than one fact is changed


class _Distance(NamedTuple):
    """How small some changes are, compared from left to right.

    The values come last: words in the order in which they are declared, the lower number first.
    """

    last_resorts: int
    facts: int
    gap: Fraction
    names: tuple[str, ...]
    values: tuple[tuple[Fraction, str], ...]


class Changes(NamedTuple):
    """Changes that have the kind offered.

    Attributes:
        chosen: the new values by the name of the fact.
        also: what would do as well, by the name of the fact.
    """

    chosen: Chosen
    also: Mapping[str, Span | OneOf]


class NearestSearch:
    """Searches the changes of one decision's facts under which one remedy kind is offered.

    Attributes:
        changeable: the facts, and what may change.
        trials: the situations that were decided.
        claims: what the rules may claim of the kind.
        gave_up: whether some situations were left out because they were too many.
    """

    def __init__(self, decider: Decider, facts: Facts, kind: str) -> None:
        """Make ready to search."""
        self.changeable = Changeable.of(decider.policy.schema, facts, decider.reads)
        self.trials = Trials(decider, self.changeable, kind)
        self.claims = tuple(claims_on(kind, decider))
        self.gave_up = False
        self._decider = decider
        self._beside_fixes: dict[tuple[str, ...], tuple[ClaimedBy, ...]] = {}
        self._values = TurningValues(decider, self.changeable, self.trials)
        self._found: dict[frozenset[str], tuple[_Distance, Chosen, ClaimedBy]] = {}

    def nearest(self, most: int) -> tuple[Changes, ...]:
        """Return changes that each have the kind offered, the smallest first.

        None has all the facts of another one.

        Args:
            most: how many to return at most.
        """
        may_change = frozenset(self.changeable.declared)
        self._search(may_change - LAST_RESORT, most)
        if not self._found:
            self._search(may_change, most)
        found = sorted(self._found.values(), key=lambda each: each[0])[:most]
        settled = [self._settled(chosen, claim) for _, chosen, claim in found]
        return tuple(sorted(settled, key=lambda each: self._distance(each.chosen)))

    def hopeless(self) -> tuple[tuple[ClaimedBy, Hindrance], ...]:
        """Return for each claim what hinders it and cannot change, if anything does."""
        setting = self.trials.setting({})
        if setting is None:
            return ()
        return tuple(
            (claim, hindrance)
            for claim in self.claims
            for hindrance in (*claim.hindrances(setting), *self._want_of_fix(claim))
            if not self._facts_behind(hindrance)
        )

    def _want_of_fix(self, claim: ClaimedBy) -> Iterator[Hindrance]:
        """Yield that a perk has no fix to stand beside; each fact about any fix may remove it."""
        if claim.needs_fix and not self.trials.has_fix({}):
            beside = self._with_fixes(claim)
            yield Hindrance(NO_FIX, frozenset[str]().union(*(each.about for each in beside)))

    # --- search --------------------------------------------------------------------------------

    def _search(self, may_change: frozenset[str], most: int) -> None:
        """Find changes of some facts: of one, of two where that is not many, and so on."""
        for count in range(1, MOST_CHANGED + 1):
            fewest = min(map(len, self._found), default=count)
            if len(self._found) >= most or count > fewest + 1:
                return
            for claim in self.claims:
                self._extend(claim, {}, may_change, count)

    def _extend(
        self, claim: ClaimedBy, chosen: Chosen, may_change: frozenset[str], left: int
    ) -> None:
        """Try some changes, and with them all that could remove what still hinders the claim."""
        setting = self.trials.setting(chosen)
        if claim.needs_fix and not claim.fix and setting and not self.trials.has_fix(chosen):
            for each in self._with_fixes(claim):
                self._extend(each, chosen, may_change, left)
            return
        hindrances = () if setting is None else claim.hindrances(setting)
        if chosen and not hindrances and self.trials.is_offered(chosen):
            self._keep(chosen, claim)
            return
        if left == 0:
            return
        if setting is None:  # they contradict each other, or what is known besides
            further = may_change & self.changeable.agreeing(chosen)
        elif not hindrances and (chosen or left > 1):
            rivals = self.trials.planned(chosen) - {claim.row.of.kind.name}
            claim = among_rivals(claim, rivals, setting, self._decider)
            further = may_change & claim.about
        elif not hindrances:
            further = may_change
        else:
            further = self._removing(hindrances, may_change, left)
        for name in sorted(further):
            if self._is_beaten({*chosen, name}):
                continue
            for value in self._values.values(name, chosen, claim):
                if chosen and self.trials.tried >= _MOST_TRIED:
                    self.gave_up = True
                    return
                self._extend(claim, {**chosen, name: value}, may_change - {name}, left - 1)

    def _with_fixes(self, claim: ClaimedBy) -> tuple[ClaimedBy, ...]:
        """Return a claim on a perk beside each claim on a fix; first what stands most nearly."""
        if claim.key not in self._beside_fixes:
            setting = self.trials.setting({})
            beside = [beside_fix(claim, fix, self._decider) for fix in self._fixes]
            if setting is not None:
                beside.sort(key=lambda each: len(each.hindrances(setting)))
            self._beside_fixes[claim.key] = tuple(beside)
        return self._beside_fixes[claim.key]

    @cached_property
    def _fixes(self) -> tuple[ClaimedBy, ...]:
        return tuple(claims_on_fixes(self._decider))

    def _removing(
        self, hindrances: tuple[Hindrance, ...], may_change: frozenset[str], left: int
    ) -> frozenset[str]:
        """Return facts of which one must change; none if too many would have to."""
        groups = [self._facts_behind(each) & may_change for each in hindrances]
        if left == 1:
            return frozenset[str].intersection(*groups)
        if _least_needed(groups) > left:
            return frozenset()
        return min(groups, key=lambda group: (len(group), sorted(group)))

    def _facts_behind(self, hindrance: Hindrance) -> frozenset[str]:
        """Return the facts of which one may remove a hindrance; none of what is known is forgot."""
        return self.changeable.behind(() if hindrance.to_forget else hindrance.reads)

    def _is_beaten(self, names: Collection[str]) -> bool:
        return any(found < {*names} for found in self._found)

    def _keep(self, chosen: Chosen, claim: ClaimedBy) -> None:
        """Keep changes that have the kind offered, unless some of them are enough."""
        for count in range(1, len(chosen)):
            for some in combinations(sorted(chosen), count):
                fewer = {name: chosen[name] for name in some}
                if self.trials.is_offered(fewer):
                    self._keep(fewer, claim)
                    return
        names = frozenset(chosen)
        if self._is_beaten(names):
            return
        for longer in [each for each in self._found if names < each]:
            del self._found[longer]
        distance = self._distance(chosen)
        if names not in self._found or distance < self._found[names][0]:
            self._found[names] = distance, chosen, claim

    # --- measure -------------------------------------------------------------------------------

    def _distance(self, chosen: Chosen) -> _Distance:
        names = tuple(sorted(chosen))
        return _Distance(
            last_resorts=len(LAST_RESORT & chosen.keys()),
            facts=len(chosen),
            gap=sum((self.changeable.distance(each, chosen[each]) for each in names), Fraction(0)),
            names=names,
            values=tuple(self._place(name, chosen[name]) for name in names),
        )

    def _place(self, name: str, value: Value) -> tuple[Fraction, str]:
        """Return the place of a value among those that a fact can have."""
        declared = self.changeable.declared[name].type
        number = Axis(declared.base).number(value)
        if isinstance(value, str) and declared.values is not None:
            number = Fraction(declared.values.index(value))
        return number or Fraction(0), str(value)

    def _settled(self, chosen: Chosen, claim: ClaimedBy) -> Changes:
        """Return changes with each ordered value as near as is enough, and what else would do."""
        also = dict[str, Span | OneOf]()
        for name in sorted(chosen):
            known = self.changeable.facts.values[name] is not None
            if known:
                chosen = {**chosen, name: self._values.nearest(name, chosen)}
            match self._values.also(name, chosen, claim):
                case Span() if known:
                    pass  # what is farther away is of no interest
                case Span(low=None, high=high) as span if high is not None:
                    chosen = {**chosen, name: high}  # the last that will do
                    also[name] = span
                case found:
                    also[name] = found
        return Changes(chosen, also)


def _least_needed(groups: list[frozenset[str]]) -> int:
    """Return how many facts must change at least, so that one of each group does."""
    if not all(groups):
        return MOST_CHANGED + 1
    apart = list[frozenset[str]]()
    for group in sorted(groups, key=len):
        if all(group.isdisjoint(other) for other in apart):
            apart.append(group)
    return len(apart)
