"""Stage 1: the fixes of the plan, the best of all sets with at most one of each group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from remedykit.effects.candidates import Cap
from remedykit.model.words import Gives
from remedykit.ranking.caps import within
from remedykit.ranking.groups import by_group, entitled, names_of, total_cost
from remedykit.ranking.score import Scale, Weighed

# What the customer asked for, as what a remedy gives; docs/ranking.md#fixes.
_GIVES: dict[str, Gives] = {"goods": "exchange", "money": "money_now"}


def choose_fixes(
    scale: Scale, fixes: Sequence[Weighed], caps: Sequence[Cap], desired: str | None
) -> tuple[Weighed, ...]:
    """Return the best set of fixes within the caps; empty if no set is.

    Args:
        scale: weighs sets.
        fixes: the candidates of this part; at most one of a group is taken.
        caps: less what the entitlements of later stages will take.
        desired: what the customer asked for, where the policy puts that first.
    """
    settled = (within(caps, chosen) for chosen in _sets(fixes))
    feasible = (chosen for chosen in settled if chosen is not None)
    return min(feasible, key=lambda chosen: _preference(scale, fixes, chosen, desired))


def fulfils(fixes: Sequence[Weighed], desired: str | None) -> bool:
    """Return whether one of the fixes gives what the customer asked for, if he did."""
    gives = None if desired is None else _GIVES.get(desired)
    return gives is None or any(fix.candidate.kind.gives == gives for fix in fixes)


def _sets(fixes: Sequence[Weighed]) -> Iterator[tuple[Weighed, ...]]:
    for picks in product(*(_options(members) for members in by_group(fixes))):
        yield tuple(pick for pick in picks if pick is not None)


def _options(members: tuple[Weighed, ...]) -> tuple[Weighed | None, ...]:
    return members if entitled(members) else (None, *members)


def _preference(
    scale: Scale, fixes: Sequence[Weighed], chosen: tuple[Weighed, ...], desired: str | None
) -> tuple[object, ...]:
    """The least is the best.

    A fix that stands in for an entitlement of its group is taken only where no set without it
    is adequate: so the fewest of them come before worth, and after adequacy.
    """
    pinned_groups = {fix.group for fix in entitled(fixes)}
    stand_ins = sum(fix.group in pinned_groups and not fix.candidate.entitled for fix in chosen)
    adequate = scale.is_adequate(chosen)
    return (
        not chosen,
        not adequate,
        stand_ins,
        adequate and not fulfils(chosen, desired),
        -scale.worth(chosen).total,
        total_cost(chosen),
        names_of(chosen),
    )
