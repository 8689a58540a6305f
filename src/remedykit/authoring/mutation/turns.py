"""Facts around which what a remedy is worth turns: a changed amount may show on one side only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from remedykit.authoring.boundaries.hosts import Hosts
from remedykit.authoring.boundaries.offerings import Goals, Offering
from remedykit.authoring.situations.crossings import crossings
from remedykit.authoring.situations.fact_pools import within_bounds
from remedykit.authoring.situations.goals import Chosen, Goal, Solver
from remedykit.explain.comparisons import Comparison, bends_behind, ceilings_of
from remedykit.explain.thresholds import Axis
from remedykit.language.degree import body_parts
from remedykit.language.names_used import names_used
from remedykit.language.syntax import Compare, Expression, Limit
from remedykit.language.types import Base

_MOST_MEETINGS = 2  # places where two amounts meet
_FAR = (Fraction(1, 2), Fraction(2))  # times such a place: well on either side of it
_NUMBERS = frozenset({Base.MONEY, Base.INT, Base.NUMBER})


@dataclass(frozen=True, slots=True)
class Turns:
    """Finds such facts for one policy."""

    solver: Solver
    hosts: Hosts

    def of_clause(self, clause: str) -> Iterator[tuple[Goals, Chosen]]:
        """Yield goals with which a remedy is offered, and facts around where its worth turns.

        Args:
            clause: whose amount was changed; the remedies are those that it makes or limits.
        """
        for offering in self.hosts.offerings:
            if offering.value is None or not self._has_say(clause, offering):
                continue
            claimed = Goal(offering.rule.condition, True)
            ways = tuple(self.hosts.offered(offering))
            for chosen in self._around(offering, offering.value):
                yield from (((claimed, *way.goals), chosen) for way in ways)

    def _has_say(self, clause: str, offering: Offering) -> bool:
        """Return whether a clause has a say in what a remedy is worth."""
        word, _, name = clause.partition(":")
        match word:
            case "value":
                return offering.kind.name == name
            case "rule":
                return offering.rule.id == name
            case "limit":
                return any(limit.id == name for limit in self._limits(offering))
            case _:
                at_most = (limit.at_most for limit in self._limits(offering))
                return name in self._names((offering.value, *at_most))

    def _limits(self, offering: Offering) -> Iterator[Limit]:
        limits = self.solver.policy.limits
        return (limit for limit in limits if offering.kind.name in limit.of.kinds)

    def _names(self, amounts: tuple[Expression | None, ...]) -> frozenset[str]:
        """Return the params and defines that amounts name, also through defines."""
        names = names_used(amounts)
        for define in reversed(self.solver.policy.defines):  # each reads only those before it
            if define.name in names:
                names |= names_used(body_parts(define.body))
        return names

    def _around(self, offering: Offering, value: Expression) -> Iterator[Chosen]:
        """Yield facts just beside each place where the worth turns, at it, and far from it.

        Before them, none: wherever it is worth something.
        """
        yield {}
        policy = self.solver.policy
        amounts = (value, *(limit.at_most for limit in self._limits(offering)))
        for amount in amounts:
            for each in bends_behind(amount, self.solver.defines):
                yield from self._meetings(each)
        for each in ceilings_of(policy, offering.kind, value):
            yield from self._meetings(each)

    def _meetings(self, compared: Comparison) -> Iterator[Chosen]:
        test = Compare("<", compared.left, compared.right, compared.left.place)
        for sides in islice(crossings(self.solver, test), _MOST_MEETINGS):
            beside = tuple(sides.values())
            yield from beside
            yield from self._far_from(beside[0], beside[-1])

    def _far_from(self, one: Chosen, other: Chosen) -> Iterator[Chosen]:
        """Yield facts far below and above the place between two of them, along what is moved."""
        for declaration in self.solver.policy.schema.declarations:
            name, base = declaration.name, declaration.type.base
            if one.get(name) == other.get(name) or base not in _NUMBERS:
                continue
            axis = Axis(base)
            place = axis.number(one[name]) or Fraction(0)
            for times in _FAR:
                number = Fraction(int(place * times))
                if within_bounds(declaration, number):
                    yield {**one, name: axis.value(number)}
