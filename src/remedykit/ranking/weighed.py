"""What one remedy is weighed by, and what several come to: the values that scoring reads.

One decision makes them by the dozen. So they are named tuples: making a frozen dataclass takes six
times as long.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from remedykit.effects.candidates import Candidate
from remedykit.model.words import Part


class Fix(NamedTuple):
    """What only a fix is weighed by.

    Attributes:
        match: how well what it gives matches what was lost, in thousandths.
        days: until it has taken effect.
        speed: how fast that is, in thousandths.
        effort: the customer's, in quarters of a step from 0 to 5.
        ease: how little that is, in thousandths.
    """

    match: int
    days: int | Fraction
    speed: int
    effort: int | Fraction
    ease: int


# What is no fix has nothing of it.
NO_FIX = Fix(match=0, days=0, speed=0, effort=0, ease=0)


class Weighed(NamedTuple):
    """A candidate with what it is worth by itself.

    Attributes:
        value: minor units.
        cost: minor units.
        adjustment: its points, in thousandths.
        entitled: whether the customer has a right to it, if perhaps to less of it.
        owed: whether the customer has a right to all of it.
        worth: how good it is as an apology, how adequate as an explanation, or how much worth as
            a perk, in thousandths; 0 for a fix.
        fix: the rest of what it is weighed by, if it is a fix.
        counted_by: the caps that count it: bit `n` stands for cap `n`.
        lower: what it falls back to, weighed.
    """

    name: str
    part: Part
    group: str
    candidate: Candidate
    value: int
    cost: int
    adjustment: int
    entitled: bool
    owed: bool
    worth: int
    fix: Fix
    counted_by: int
    lower: Weighed | None

    @property
    def versions(self) -> tuple[Weighed, ...]:
        """It, what it falls back to, what that falls back to, and so on."""
        return (self,) if self.lower is None else (self, *self.lower.versions)


class Worth(NamedTuple):
    """Summands of what some remedies are worth together, in thousandths, in a fixed order."""

    distributive: int
    interactional: int
    procedural: int
    cost: int
    risk: int
    adjustments: int

    @property
    def total(self) -> int:
        """The sum of all summands."""
        return sum(self)


class Fixes(NamedTuple):
    """What a set of fixes comes to.

    Attributes:
        value: their sum, in minor units.
        matched: the sum of value times match.
        slowest: days of the slowest.
        speed: its thousandths.
        hardest: effort of the hardest, likewise.
        ease: its thousandths.
        satisfaction: how much what they give is worth, in thousandths.
        procedure: how fast and easy they are together, in thousandths.
    """

    value: int
    matched: int
    slowest: int | Fraction
    speed: int
    hardest: int | Fraction
    ease: int
    satisfaction: int
    procedure: int


# Where there is none yet; the first one is slower, and harder.
NO_FIXES = Fixes(0, 0, slowest=-1, speed=0, hardest=-1, ease=0, satisfaction=0, procedure=0)


class Standing(NamedTuple):
    """What a set of remedies comes to, and the summands of what it is worth; see `Worth`.

    Attributes:
        fixes: ``None`` if it has none.
        apology: thousandths of the best; ``None`` if it has none.
        explanation: thousandths of the best; 0 if it has none.
        perks: thousandths of all perks.
        total_cost: minor units.
    """

    fixes: Fixes | None
    apology: int | None
    explanation: int
    perks: int
    total_cost: int
    distributive: int
    interactional: int
    procedural: int
    cost: int
    risk: int
    adjustments: int

    @property
    def total(self) -> int:
        """The sum of all summands."""
        return sum(self[5:])

    def beyond(self, before: Standing) -> Worth:
        """Return what this set adds to the worth of `before`, summand by summand."""
        return Worth(
            self.distributive - before.distributive,
            self.interactional - before.interactional,
            self.procedural - before.procedural,
            self.cost - before.cost,
            self.risk - before.risk,
            self.adjustments - before.adjustments,
        )


# A plan of nothing is worth nothing.
NOTHING = Standing(None, None, 0, 0, 0, 0, 0, 0, 0, 0, 0)
