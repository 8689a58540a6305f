"""What the ranking hands to the front: scored remedies in their order, plan and doubts.

A named tuple where there are dozens; see `weighed`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from remedykit.effects.candidates import Candidate
from remedykit.model.decision import HandOver, Withheld
from remedykit.ranking.weighed import Worth


class Scored(NamedTuple):
    """A candidate with its place and its score.

    Attributes:
        rank: place among all remedies, from 1.
        rank_in_part: place among the remedies of its part, from 1.
        adequate: whether with it the customer is made whole; always true for words and perks.
        score: thousandths: what it adds to the plan at its place.
        breakdown: the score's summands.
        assumptions: what was assumed for the score where a fact is unknown.
        choice_of: for an entitlement outside the plan, the kind in the plan that it may be chosen
            instead of; for a kind in the plan that stands in for an entitlement, that entitlement.
    """

    candidate: Candidate
    rank: int
    rank_in_part: int
    in_plan: bool
    adequate: bool
    score: int
    breakdown: Worth
    assumptions: tuple[str, ...]
    choice_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """The result of the ranking.

    Attributes:
        remedies: entitlements, then the rest of the plan, then alternatives.
        plan: those of them that are in the plan, in the order of scoring: fixes, apology,
            explanation, perks.
        score: the plan's, in thousandths: the sum of its remedies' scores.
        adequate: whether the plan makes the customer whole.
        withheld: candidates that are neither in the plan nor an alternative, sorted by kind.
        hand_over: to a person, where the plan has no fix or no adequate one.
        overridden_desire: what the customer asked for where the plan gives something else.
        open_facts: unknown facts that the ranking wanted to read, sorted.
    """

    remedies: tuple[Scored, ...]
    plan: tuple[Scored, ...]
    score: int
    adequate: bool
    withheld: tuple[Withheld, ...]
    hand_over: tuple[HandOver, ...]
    overridden_desire: str | None
    open_facts: tuple[str, ...]
