"""Stage 1: the fixes of the plan, the best of all sets with at most one of each group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from remedykit.effects.candidates import Cap
from remedykit.model.words import Gives
from remedykit.ranking.caps import most_within, those_within
from remedykit.ranking.groups import by_group, entitled, groups_of, most_worth
from remedykit.ranking.score import Scale
from remedykit.ranking.weighed import Weighed

_Set = tuple[Weighed, ...]
# What the customer asked for, as what a remedy gives; docs/ranking.md#fixes.
_GIVES: dict[str, Gives] = {"goods": "exchange", "money": "money_now"}


def choose_fixes(
    scale: Scale, fixes: Sequence[Weighed], caps: Sequence[Cap], desired: str | None
) -> _Set:
    """Return the best set of fixes within the caps; empty if no set is.

    All that a broken cap counts falls back together, so that some fixes may fall further than they
    must. While it makes the best set better, one without entitlement takes the room that is left.

    Args:
        scale: weighs sets.
        fixes: the candidates of this part; at most one of a group is taken.
        caps: less what the entitlements of later stages will take.
        desired: what the customer asked for, where the policy puts that first.
    """
    pinned_groups = groups_of(entitled(fixes))

    def best_of(sets: Sequence[_Set]) -> _Set:
        return most_worth(_foremost(scale, sets, pinned_groups, desired), scale.total)

    best = best_of(those_within(caps, _sets(fixes), fixes))
    if not any(fix.counted_by for fix in fixes):  # as is the rule: nothing fell back
        return best
    while (better := best_of([best, *_with_one_raised(caps, best, fixes)])) is not best:
        best = better
    return best


def fulfils(fixes: Iterable[Weighed], desired: str | None) -> bool:
    """Return whether one of the fixes gives what the customer asked for, if he did."""
    gives = None if desired is None else _GIVES.get(desired)
    return gives is None or any(fix.candidate.kind.gives == gives for fix in fixes)


def _sets(fixes: Iterable[Weighed]) -> list[_Set]:
    sets: list[_Set] = [()]
    for members in by_group(fixes):
        with_one = [(*chosen, member) for chosen in sets for member in members]
        sets = with_one if entitled(members) else sets + with_one
    return sets


def _with_one_raised(caps: Sequence[Cap], chosen: _Set, fixes: Iterable[Weighed]) -> list[_Set]:
    """Return a set with one fix without entitlement as the most that there is room for.

    It joins the set, or stands in it instead of what it fell back to; once for each such fix.
    """
    raised: list[_Set] = []
    for fix in fixes:
        others = tuple([one for one in chosen if one.name != fix.name])
        if fix.entitled or fix.group in groups_of(others):
            continue
        most = most_within(caps, fix, others)
        if most is not None and most not in chosen:
            raised.append((*others, most))
    return raised


def _foremost(
    scale: Scale, sets: Sequence[_Set], pinned_groups: frozenset[str], desired: str | None
) -> Sequence[_Set]:
    """Return the sets that nothing but worth, cost and names can tell apart.

    A fix that stands in for an entitlement of its group is taken only where no set without it
    is adequate: so the fewest of them come before worth, and after adequacy.
    """
    adequate = [chosen for chosen in sets if scale.is_adequate(chosen)]
    foremost = adequate or [chosen for chosen in sets if chosen] or sets
    if pinned_groups:
        stand_ins = [
            sum([fix.group in pinned_groups and not fix.entitled for fix in chosen])
            for chosen in foremost
        ]
        fewest = min(stand_ins)
        foremost = [
            chosen for chosen, found in zip(foremost, stand_ins, strict=True) if found == fewest
        ]
    if adequate and desired is not None:
        foremost = [chosen for chosen in foremost if fulfils(chosen, desired)] or foremost
    return foremost
