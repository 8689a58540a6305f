"""Piecewise-linear curves over whole thousandths: the same order on every machine."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from remedykit.language.syntax import Curve


def height(curve: Curve, x: int | Fraction) -> int:
    """Return the curve's thousandths at `x`, rounded down; flat beyond the ends.

    Example:
        >>> height(((Fraction(0), 0), (Fraction(1000), 700)), 500)
        350
    """
    first_x, first_y = curve[0]
    if x <= first_x:
        return first_y
    for (left_x, left_y), (right_x, right_y) in pairwise(curve):
        if x <= right_x:
            return left_y + (right_y - left_y) * (x - left_x) // (right_x - left_x)
    return curve[-1][1]
