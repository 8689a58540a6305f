"""Piecewise-linear curves over whole thousandths, in integers: the same on every machine."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import NamedTuple

from remedykit.language.syntax import Curve


class _Stretch(NamedTuple):
    """A straight line: `low` at `left`, and `rise` more on each `run`; flat if `rise` is 0."""

    left: int
    low: int
    rise: int
    run: int


@dataclass(frozen=True, slots=True)
class IntegerCurve:
    """A curve whose points stand at whole multiples of one fraction of 1.

    Attributes:
        unit: how many of these fractions are 1.
        xs: where the points stand, in these fractions, ascending.
        stretches: before the first point, from each point to the next, and from the last one on.
    """

    unit: int
    xs: tuple[int, ...]
    stretches: tuple[_Stretch, ...]

    @classmethod
    def of(cls, curve: Curve) -> IntegerCurve:
        """Return the same curve in integers."""
        unit = lcm(*(x.denominator for x, _ in curve))
        points = [(x.numerator * (unit // x.denominator), y) for x, y in curve]
        between = [
            _Stretch(left, low, high - low, right - left)
            for (left, low), (right, high) in pairwise(points)
        ]
        first, last = (_Stretch(0, y, 0, 1) for _, y in (points[0], points[-1]))
        return cls(unit, tuple([x for x, _ in points]), (first, *between, last))

    def height(self, x: int | Fraction) -> int:
        """Return the curve's thousandths at `x`, rounded down; flat beyond the ends.

        Example:
            >>> IntegerCurve.of(((Fraction(0), 0), (Fraction(1000), 700))).height(500)
            350
        """
        parts = x.denominator
        scaled = x.numerator * self.unit  # `x` in parts of the curve's fractions
        left, low, rise, run = self.stretches[bisect_right(self.xs, scaled // parts)]
        return low + rise * (scaled - left * parts) // (run * parts)
