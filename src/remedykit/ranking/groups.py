"""Candidates by group: at most one of a group stands in a plan, exactly one if any is entitled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from remedykit.model.words import Part
from remedykit.ranking.weighed import Weighed

_CHOSEN_IN_ORDER: tuple[Part, ...] = ("fix", "apology", "explanation", "perk")


def by_group(remedies: Iterable[Weighed]) -> list[list[Weighed]]:
    """Return the members of each group."""
    groups: dict[str, list[Weighed]] = {}
    for remedy in remedies:
        groups.setdefault(remedy.group, []).append(remedy)
    return list(groups.values())


def contenders(remedies: Sequence[Weighed]) -> Sequence[Weighed]:
    """Return those that may stand in a plan, where a group has members of several parts.

    Entitlements hold a group for their part (the first of their parts, in the order in which the
    parts are chosen): members of other parts would be a second one of the group.
    """
    pinned = entitled(remedies)
    if not pinned:
        return remedies
    holders: dict[str, Part] = {}
    for part in _CHOSEN_IN_ORDER:
        for remedy in pinned:
            if remedy.part == part:
                holders.setdefault(remedy.group, part)
    return [r for r in remedies if holders.get(r.group, r.part) == r.part]


def entitled(remedies: Iterable[Weighed]) -> tuple[Weighed, ...]:
    """Return those that the customer has a right to."""
    return tuple([remedy for remedy in remedies if remedy.entitled])


def groups_of(remedies: Iterable[Weighed]) -> frozenset[str]:
    """Return the groups that the remedies belong to."""
    return frozenset([remedy.group for remedy in remedies])


def most_worth(
    sets: Sequence[tuple[Weighed, ...]], total: Callable[[tuple[Weighed, ...]], int]
) -> tuple[Weighed, ...]:
    """Return the set of the highest total; of several the cheapest, then the first by name."""
    if len(sets) == 1:
        return sets[0]
    totals = [total(chosen) for chosen in sets]
    highest = max(totals)
    best = [chosen for chosen, found in zip(sets, totals, strict=True) if found == highest]
    return min(best, key=_cost_and_names) if len(best) > 1 else best[0]


def _cost_and_names(remedies: Iterable[Weighed]) -> tuple[int, list[str]]:
    return sum([one.cost for one in remedies]), sorted([one.name for one in remedies])


def without(remedies: Iterable[Weighed], one: Weighed | None) -> tuple[Weighed, ...]:
    """Return the remedies but one of them, if one is named."""
    return tuple([remedy for remedy in remedies if remedy is not one])
