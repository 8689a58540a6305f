"""Why a remedy is held back, and which of several reasons is told.

A named tuple where there are dozens; see `candidates`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from remedykit.language.syntax import RemedyKind
from remedykit.model.decision import Withheld
from remedykit.model.words import WithheldReason

# What comes first is told: what no answer to a question could change stands before what it could.
PRECEDENCE: tuple[WithheldReason, ...] = (
    "entitled_but_infeasible",
    "infeasible",
    "forbidden",
    "refused",
    "no_value",
    "over_limit",
    "adds_nothing",
    "needs_fact",
)


class Obstacle(NamedTuple):
    """One thing that holds a remedy back.

    Attributes:
        rule: the rule, limit or clause at work.
        facts: for ``needs_fact``: the unknown facts behind it, sorted, at least one.
    """

    reason: WithheldReason
    rule: str
    facts: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it holds only for want of a fact."""
        return self.reason == "needs_fact"


def waiting_for(facts: Iterable[str], rule: str) -> Obstacle:
    """Return what holds a remedy back because something is unknown.

    Something may be unknown though every fact is known, such as the one value of rows that
    differ: then there is nothing to ask for, and it has no value.
    """
    wanted = tuple(sorted(frozenset(facts)))
    return Obstacle("needs_fact", rule, wanted) if wanted else Obstacle("no_value", rule)


def told(ways: Iterable[Sequence[Obstacle]]) -> Obstacle:
    """Return the obstacle to tell of a remedy that could be had in one or several ways.

    An answer can free only a way on which nothing else stands; where there is such a way, the
    facts of all obstacles on all such ways are named. Else the foremost obstacle is told.

    Args:
        ways: the obstacles on each way; at least one way, at least one obstacle on each.
    """
    all_ways = tuple(ways)
    if len(all_ways) == 1 and len(all_ways[0]) == 1:
        return all_ways[0][0]
    open_ways = [way for way in all_ways if all(obstacle.is_open for obstacle in way)]
    if not open_ways:
        return foremost(obstacle for way in all_ways for obstacle in way)
    facts = (fact for way in open_ways for obstacle in way for fact in obstacle.facts)
    return waiting_for(facts, open_ways[0][0].rule)


def foremost(obstacles: Iterable[Obstacle]) -> Obstacle:
    """Return the first one of the reason that takes precedence."""
    return min(obstacles, key=lambda obstacle: PRECEDENCE.index(obstacle.reason))


def held_back(kind: RemedyKind, obstacle: Obstacle) -> Withheld:
    """Return a remedy as withheld by an obstacle."""
    return Withheld(
        kind=kind.name,
        part=kind.part,
        reason=obstacle.reason,
        rule=obstacle.rule,
        facts=obstacle.facts,
    )
