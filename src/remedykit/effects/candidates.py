"""What the effects stage hands to the ranking: candidates, caps, and what was withheld."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from remedykit.language.syntax import RemedyKind, Template
from remedykit.model.decision import HandOver, Withheld
from remedykit.model.words import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A remedy that may be offered: entitled or allowed, feasible, not refused, cut to its caps.

    Attributes:
        value: minor units; 0 for words without a value.
        cost: minor units.
        floor: the value the customer is entitled to; no cap goes below it. 0 without entitlement.
        points: sum of the adjustments, clipped to -20..20.
        rules: ids of the rules that offer it, sorted.
    """

    kind: RemedyKind
    basis: Basis
    value: int
    floor: int
    cost: int
    cost_is_estimated: bool
    resolved_in_days: Fraction
    effort_0_to_5: Fraction
    points: int
    rules: tuple[str, ...]
    source: tuple[str, ...]
    approval: tuple[str, ...]
    to_confirm: bool
    pays: str
    due: datetime | None
    say: Template | None
    note: Template | None

    @property
    def entitled(self) -> bool:
        """Whether the customer has a right to it."""
        return self.basis == "entitlement"


@dataclass(frozen=True, slots=True)
class Cap:
    """A limit on the summed value of some candidates in one plan.

    Attributes:
        id: the limit's id; ``money_back`` for the built-in ceiling.
        kinds: the remedy kinds that it counts.
        at_most: minor units.
    """

    id: str
    kinds: frozenset[str]
    at_most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """The result of the effects stage; `candidates` are sorted by kind, `withheld` too."""

    candidates: tuple[Candidate, ...]
    withheld: tuple[Withheld, ...]
    caps: tuple[Cap, ...]
    hand_over: tuple[HandOver, ...]
    todo: tuple[str, ...]
    open_facts: tuple[str, ...]
