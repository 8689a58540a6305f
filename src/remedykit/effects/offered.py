"""Which rules claim which remedies, for how much, and what keeps a claim from being made.

A named tuple where there are dozens; see `candidates`.
"""

from __future__ import annotations

from typing import NamedTuple

from remedykit.effects.obstacles import Obstacle, waiting_for
from remedykit.effects.setting import MOST_MINOR_UNITS, Setting
from remedykit.effects.tables import ClaimRow
from remedykit.engine.matching import members
from remedykit.language.syntax import Rule
from remedykit.model.words import Basis


class Claim(NamedTuple):
    """One rule's word that a remedy be offered.

    Attributes:
        row: what the policy says of it.
        certain: whether the rule definitely holds; otherwise it may hold.
        value: minor units; 0 for words without a value, ``None`` if unknown.
        cost: minor units, within all amounts; ``None`` if unknown.
    """

    row: ClaimRow
    certain: bool
    value: int | None
    cost: int | None

    @property
    def rule(self) -> Rule:
        """The rule that claims it."""
        return self.row.rule

    @property
    def basis(self) -> Basis:
        """On what it is claimed."""
        return self.row.of.basis

    @property
    def entitled(self) -> bool:
        """Whether the customer has a right to it."""
        return self.row.of.entitled

    @property
    def is_right_of_unknown_value(self) -> bool:
        """Whether the customer surely has a right to it, but not known to how much."""
        return self.value is None and self.certain and self.entitled

    @property
    def worth(self) -> int:
        """The value where it is known; no claim of unknown value stands."""
        return self.value or 0


def claims_by_kind(setting: Setting) -> dict[str, list[Claim]]:
    """Return what the rules that hold, or may hold, claim of each remedy kind.

    Claims are sorted by rule; a kind without any is left out.
    """
    found: dict[str, list[Claim]] = {}
    definite, rows_of, amount = setting.matches.definite, setting.tables.claims, setting.amount
    for number in members(setting.matches.possible & setting.tables.claiming):
        certain = definite >> number & 1 == 1
        for row in rows_of[number]:
            value = 0 if row.value is None else amount(row.value)
            if row.cost is not None:
                cost = _within_amounts(amount(row.cost))
            else:
                cost = 0 if row.is_word else value
            found.setdefault(row.of.kind.name, []).append(Claim(row, certain, value, cost))
    return found


def _within_amounts(cost: int | None) -> int | None:
    if cost is None or 0 <= cost <= MOST_MINOR_UNITS:
        return cost
    return 0 if cost < 0 else MOST_MINOR_UNITS


def undecided(claim: Claim, setting: Setting) -> Obstacle | None:
    """A rule that only may hold offers nothing: an unknown fact never unlocks anything."""
    if claim.certain:
        return None
    return waiting_for(setting.open_facts(claim.rule.condition), claim.rule.id)


def worthless(claim: Claim, setting: Setting) -> Obstacle | None:
    """What is to have a value must be known to have one, above 0 and not beyond all amounts."""
    worth, value = claim.row.value, claim.value
    if worth is None:
        return None
    if value is None:
        return waiting_for(setting.open_facts(worth), claim.rule.id)
    return None if 0 < value <= MOST_MINOR_UNITS else Obstacle("no_value", claim.rule.id)
