"""What the effects stage hands to the ranking: candidates, caps, and what was withheld.

One decision makes candidates and caps by the dozen. So they are named tuples: making a frozen
dataclass takes five times as long.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from remedykit.effects.obstacles import Obstacle, waiting_for
from remedykit.language.syntax import RemedyKind, Template
from remedykit.model.decision import HandOver, Withheld
from remedykit.model.words import Basis

# A remedy kind and the basis of the claim that gives its value: what a limit counts.
Claimed = tuple[str, Basis]


class Candidate(NamedTuple):
    """A remedy that may be offered: entitled or allowed, feasible, not refused, cut to its caps.

    Attributes:
        basis: the strongest of all claims on it.
        claimed_as: the basis of the claim that gives its value; limits, approvals and tests on
            ``remedy.basis`` see this one.
        value: minor units; 0 for words without a value.
        cost: minor units.
        lower: what the claims on a stronger basis than `claimed_as` make alone, on their own
            terms and worth less: it stands where this may not. Rights fall back to nothing.
        points: sum of the adjustments, clipped to -20..20.
        rules: ids of the rules that offer it, sorted.
        to_confirm: whether it is not known yet what the customer has a right to.
        right_held: what holds back a further right to it whose value is unknown; told if the rest
            is withheld.
    """

    kind: RemedyKind
    basis: Basis
    claimed_as: Basis
    value: int
    cost: int
    cost_is_estimated: bool
    lower: Candidate | None
    resolved_in_days: Fraction
    effort_0_to_5: Fraction
    points: int
    rules: tuple[str, ...]
    source: tuple[str, ...]
    approval: tuple[str, ...]
    to_confirm: bool
    right_held: Obstacle | None
    pays: str
    due: datetime | None
    say: Template | None
    note: Template | None

    @property
    def entitled(self) -> bool:
        """Whether the customer has a right to it, if perhaps to less of it."""
        return self.basis == "entitlement"

    @property
    def owed(self) -> bool:
        """Whether the customer has a right to all of it."""
        return self.claimed_as == "entitlement"

    @property
    def claimed(self) -> Claimed:
        """What limits count it as."""
        return self.kind.name, self.claimed_as


class Cap(NamedTuple):
    """A limit on the summed value of some candidates in one plan.

    Attributes:
        id: the limit's id; ``money_back`` for the built-in ceiling.
        counted: what it counts.
        at_most: minor units.
        facts: the unknown facts without which it only may count all of them, sorted.
    """

    id: str
    counted: frozenset[Claimed]
    at_most: int
    facts: tuple[str, ...] = ()

    @property
    def obstacle(self) -> Obstacle:
        """What to tell of a remedy for which it leaves no room."""
        if self.facts:
            return waiting_for(self.facts, self.id)
        return Obstacle("over_limit", self.id)

    def counts(self, candidate: Candidate) -> bool:
        """Return whether it counts a candidate, with whatever else it counts."""
        return candidate.claimed in self.counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """The result of the effects stage; `candidates` are sorted by kind, `withheld` too."""

    candidates: tuple[Candidate, ...]
    withheld: tuple[Withheld, ...]
    caps: tuple[Cap, ...]
    hand_over: tuple[HandOver, ...]
    todo: tuple[str, ...]
    open_facts: tuple[str, ...]
