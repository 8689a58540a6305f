"""Why a remedy is held back, and which of several reasons is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from remedykit.model.words import WithheldReason

# What comes first is told: what no answer to a question could change stands before what it could.
PRECEDENCE: tuple[WithheldReason, ...] = (
    "entitled_but_infeasible",
    "infeasible",
    "forbidden",
    "refused",
    "no_value",
    "over_limit",
    "needs_fact",
)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that holds a remedy back.

    Attributes:
        rule: the rule, limit or clause at work.
        facts: for ``needs_fact``: the unknown facts behind it, sorted.
    """

    reason: WithheldReason
    rule: str
    facts: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it holds only for want of a fact."""
        return self.reason == "needs_fact"


def foremost(obstacles: Iterable[Obstacle]) -> Obstacle:
    """Return the one to tell: the first of the reason that takes precedence."""
    return min(obstacles, key=lambda obstacle: PRECEDENCE.index(obstacle.reason))
