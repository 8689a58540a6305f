"""Candidates by group: at most one of a group stands in a plan, exactly one if any is entitled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from remedykit.model.words import Part
from remedykit.ranking.score import Weighed

_CHOSEN_IN_ORDER: tuple[Part, ...] = ("fix", "apology", "explanation", "perk")


def by_group(remedies: Iterable[Weighed]) -> tuple[tuple[Weighed, ...], ...]:
    """Return the members of each group, sorted by name; the groups are sorted, too."""
    ordered = sorted(remedies, key=lambda remedy: (remedy.group, remedy.name))
    return tuple(tuple(members) for _, members in groupby(ordered, key=lambda r: r.group))


def contenders(remedies: Sequence[Weighed]) -> tuple[Weighed, ...]:
    """Return those that may stand in a plan, where a group has members of several parts.

    Entitlements hold a group for their part (the first of their parts, in the order in which the
    parts are chosen): members of other parts would be a second one of the group.
    """
    holders: dict[str, Part] = {}
    for part in _CHOSEN_IN_ORDER:
        for remedy in entitled(remedies):
            if remedy.part == part:
                holders.setdefault(remedy.group, part)
    return tuple(r for r in remedies if holders.get(r.group, r.part) == r.part)


def entitled(remedies: Iterable[Weighed]) -> tuple[Weighed, ...]:
    """Return those that the customer has a right to."""
    return tuple(remedy for remedy in remedies if remedy.candidate.entitled)


def groups_of(remedies: Iterable[Weighed]) -> frozenset[str]:
    """Return the groups that the remedies belong to."""
    return frozenset(remedy.group for remedy in remedies)


def total_cost(remedies: Iterable[Weighed]) -> int:
    """Return what the remedies cost together, in minor units."""
    return sum(remedy.candidate.cost for remedy in remedies)


def names_of(remedies: Iterable[Weighed]) -> tuple[str, ...]:
    """Return the remedies' names, sorted: the last tie-break everywhere."""
    return tuple(sorted(remedy.name for remedy in remedies))


def replaced(
    remedies: Sequence[Weighed], rival: Weighed | None, by: Weighed
) -> tuple[Weighed, ...]:
    """Return the remedies with `by` instead of its rival, or at their end if it has none."""
    return (*(remedy for remedy in remedies if remedy is not rival), by)
