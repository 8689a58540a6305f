"""Facts with which two compared values are just below, at and just above each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice, product
from math import ceil, floor
from typing import Literal

from remedykit.authoring.situations.fact_pools import unit_of, within_bounds
from remedykit.authoring.situations.goals import Chosen, Solver
from remedykit.explain.thresholds import Axis
from remedykit.language.syntax import Compare
from remedykit.language.types import ORDERED, FactDeclaration

Order = Literal["below", "at", "above"]

_STARTS = (Fraction(0), Fraction(10**6), Fraction(100))  # where lines are laid, in units
_MOST_TRIED = 60  # values of the other facts that a comparison reads
_WIDEST = 6  # values of one of them


def crossings(solver: Solver, compared: Compare) -> Iterator[Mapping[Order, Chosen]]:
    """Yield facts on all sides of where two values meet, with one fact moved by its smallest step.

    The two are taken as lines in that fact, and looked at again at the places found: what bends
    may hide a place. Where the step is too wide to meet exactly, "at" is left out.

    Args:
        solver: of the policy.
        compared: its sides; ``below`` is where the left one is less.
    """
    reads = sorted(solver.facts_of(compared))
    declared = {each.name: each for each in solver.policy.schema.declarations}
    moved = [name for name in reads if declared[name].type.base in ORDERED]
    for name in moved:
        others = [other for other in reads if other != name]
        pools = [solver.pools.values[other][:_WIDEST] for other in others]
        for values in islice(product(*pools), _MOST_TRIED):
            fixed = dict(zip(others, values, strict=True))
            found = _Line(solver, compared, declared[name], fixed).sides()
            if found:
                yield found


class _Line:
    """The gap between two compared values along one fact, all others being fixed."""

    def __init__(
        self, solver: Solver, compared: Compare, moved: FactDeclaration, fixed: Chosen
    ) -> None:
        self._solver = solver
        self._compared = compared
        self._moved = moved
        self._fixed = fixed
        self._axis = Axis(moved.type.base)

    def sides(self) -> Mapping[Order, Chosen]:
        """Return the facts on each side that there is; none where the two never meet."""
        unit = self._unit()
        for start in _STARTS:
            meeting = self._meeting(start * unit, unit)
            if meeting is not None:
                steps = meeting / unit
                places = (ceil(steps) - 1, steps, floor(steps) + 1)
                found = dict(self._side(unit * step) for step in places if step == int(step))
                known: dict[Order, Chosen] = {
                    order: found[order] for order in ("below", "at", "above") if order in found
                }
                if "below" in known and ("above" in known or "at" in known):
                    return known
                if "above" in known and "at" in known:
                    return known
        return {}

    def _unit(self) -> Fraction:
        """Return the step of the fact, as the policy's own constants for it suggest."""
        values = self._solver.pools.values[self._moved.name]
        return min(unit_of(self._moved.type.base, value) for value in values or (None,))

    def _meeting(self, start: Fraction, unit: Fraction) -> Fraction | None:
        here, there = self._gap(start), self._gap(start + unit)
        if here is None or there is None or here == there:
            return None
        return start - unit * here / (there - here)

    def _side(self, place: Fraction) -> tuple[Order | None, Chosen]:
        gap = self._gap(place)
        chosen = {**self._fixed, self._moved.name: self._axis.value(place)}
        if gap is None or not within_bounds(self._moved, place):
            return None, chosen
        order: Order = "at" if gap == 0 else "below" if gap < 0 else "above"
        return order, chosen

    def _gap(self, place: Fraction) -> Fraction | None:
        """Return how far the left side is above the right one."""
        value = self._axis.value(place)
        if value is None:
            return None
        chosen = {**self._fixed, self._moved.name: value}
        evaluation = self._solver.evaluation(chosen, self._compared)
        sides = (self._compared.left, self._compared.right)
        left, right = (self._axis.number(evaluation.value(each)) for each in sides)
        return None if left is None or right is None else left - right
