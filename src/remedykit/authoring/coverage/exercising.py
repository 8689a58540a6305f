"""Facts that would exercise what is missing: searched, then decided and measured before told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from remedykit.authoring.boundaries.hosts import Hosts
from remedykit.authoring.coverage.coverage import Coverage
from remedykit.authoring.coverage.measuring import Meter
from remedykit.authoring.coverage.possible import Room
from remedykit.authoring.coverage.routes import Route, Routes
from remedykit.authoring.coverage.targets import Target
from remedykit.authoring.situations.building import Unbuildable
from remedykit.authoring.situations.search import Found, SituationSearch
from remedykit.authoring.situations.situation import Situation
from remedykit.diagnostics import Place
from remedykit.engine.matching import members
from remedykit.language.plain_json import Plain
from remedykit.language.syntax import RemedyKind

# Modelling choices: how far is looked for a situation.
_MOST_ROUTES = 24
_MOST_REFUSED = 12
_FOREMOST = frozenset({"fires", "offered", "chosen"})  # who misses these, misses most


@dataclass(frozen=True, slots=True)
class Missing:
    """A target that was not seen, with facts that would show it, or why none were found."""

    target: Target
    facts: Situation | Unbuildable


@dataclass(frozen=True, slots=True)
class Exerciser:
    """Finds situations for the targets of one policy; what one shows besides it keeps."""

    meter: Meter
    search: SituationSearch
    routes: Routes
    _shown: dict[int, Situation] = field(default_factory=dict[int, Situation])

    @classmethod
    def of(cls, meter: Meter) -> Exerciser:
        """Return what finds situations for the targets of a meter."""
        checked = meter.policy.checked
        search = SituationSearch.hasty(meter.policy)
        return cls(meter, search, Routes(search.solver, Hosts.of(checked), Room.of(checked)))

    def missing(self, coverage: Coverage) -> tuple[Missing, ...]:
        """Return what is missing in the order of its place."""
        numbers = coverage.missing_numbers
        return self._of(coverage, sorted(numbers, key=lambda each: coverage.targets[each].place))

    def foremost(self, coverage: Coverage, most: int) -> tuple[Missing, ...]:
        """Return so much of what is missing: rules that never fire and the like go first.

        Args:
            coverage: what is missing there.
            most: more are not returned, and not searched.
        """

        def order(number: int) -> tuple[bool, Place]:
            target = coverage.targets[number]
            return target.aspect not in _FOREMOST, target.place

        return self._of(coverage, sorted(coverage.missing_numbers, key=order)[:most])

    def _of(self, coverage: Coverage, numbers: Sequence[int]) -> tuple[Missing, ...]:
        found = [(number, self.situation_for(number)) for number in numbers]
        # what was found for a later one may show an earlier one for which nothing was found
        return tuple(
            Missing(coverage.targets[number], self._shown.get(number, facts))
            for number, facts in found
        )

    def situation_for(self, number: int) -> Situation | Unbuildable:
        """Return a situation whose decision shows a target, or why none was found.

        What was found for one target stands for the others that it shows, too.

        Args:
            number: of the target.
        """
        if number in self._shown:
            return self._shown[number]
        problem = Unbuildable("no values of the facts were found with which it comes out so")
        for route in self._routes_to(number):
            found = self.search.find(route.goals, route.chosen)
            if isinstance(found, Unbuildable):
                problem = found
                continue
            problem = Unbuildable("facts with which it could be seen were decided otherwise")
            for situation in self._tried(found, route, number):
                if self._shows(situation, number):
                    return situation
        return problem

    def _routes_to(self, number: int) -> Iterator[Route]:
        origin = self.meter.watched.origins[number]
        yield from islice(self.routes.to(origin), _MOST_ROUTES)
        yield from islice(self.routes.settled(origin), _MOST_ROUTES)

    def _tried(self, found: Found, route: Route, number: int) -> Iterator[Situation]:
        """Yield a situation as it was found, then with what else is read, then with refusals."""
        yield found.situation
        furnished = self.search.furnished(found, route.goals).situation
        yield furnished
        owner = self.meter.watched.origins[number].owner
        if isinstance(owner, RemedyKind) and self.meter.watched.targets[number].aspect == "first":
            yield from self._refusing(furnished, owner)

    def _refusing(self, situation: Situation, kind: RemedyKind) -> Iterator[Situation]:
        """Yield a situation in which more and more of what goes before a remedy was refused."""
        refused: list[str] = []
        for _ in range(_MOST_REFUSED):
            before = next(
                (
                    each.kind
                    for each in situation.decide(self.meter.policy).remedies
                    if each.part == kind.part and each.rank_in_part == 1
                ),
                kind.name,
            )
            if before == kind.name or before in refused:
                return
            refused.append(before)
            situation = _with_refused(situation, before)
            yield situation

    def _shows(self, situation: Situation, number: int) -> bool:
        seen = self.meter.seen_by(situation.decide(self.meter.policy))
        if not seen >> number & 1:
            return False
        for each in members(seen):
            self._shown.setdefault(each, situation)
        return True


def _with_refused(situation: Situation, kind: str) -> Situation:
    """Return a situation in which one remedy more was offered and refused, last of all."""
    case = situation.case
    match case:
        case {"events": [*_, {"at": str(last)}]}:
            at = last if situation.at is None else situation.at.isoformat()
            offered: Plain = {"type": "offer_made", "at": at, "by": "shop", "kind": kind}
            refused: Plain = {"type": "offer_refused", "at": at, "kind": kind}
            told: list[Plain] = [*_list(case["events"]), offered, refused]
            return replace(situation, case={**case, "events": told})
        case _:
            offer: Plain = {"kind": kind, "status": "refused"}
            told = [*_list(case.get("offers")), offer]
            return replace(situation, case={**case, "offers": told})


def _list(told: Plain) -> list[Plain]:
    return told if isinstance(told, list) else []
