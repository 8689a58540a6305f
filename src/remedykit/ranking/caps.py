"""Which sets of remedies stay within the limits; entitlements count, and stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from remedykit.effects.candidates import Candidate, Cap
from remedykit.effects.obstacles import Obstacle, told
from remedykit.ranking.score import Weighed

# The built-in ceiling of fixes and perks together; docs/ranking.md#perks (Haesevoets 2017).
PERK_CEILING = "perk_ceiling"
PERK_CEILING_THOUSANDTHS = 1500  # of the loss


def within(
    caps: Iterable[Cap], remedies: Iterable[Weighed], beside: Sequence[Weighed] = ()
) -> tuple[Weighed, ...] | None:
    """Return the remedies as they may stand together, or ``None`` if they may not.

    Of a set that breaks a cap, all that the cap counts fall back together, as long as they can.

    Args:
        caps: the limits.
        remedies: the set.
        beside: what stands beside it as it is.
    """
    limits, standing = tuple(caps), tuple(remedies)
    while broken := [cap for cap in limits if _is_broken(cap, (*beside, *standing))]:
        fallen = tuple(_fallen(remedy, broken) for remedy in standing)
        if fallen == standing:
            return None
        standing = fallen
    return standing


def broken_limit(caps: Iterable[Cap], remedies: Sequence[Weighed]) -> Obstacle | None:
    """Return what to tell of the caps that the remedies break as they are, if they break any."""
    broken = [cap.obstacle for cap in caps if _is_broken(cap, remedies)]
    return told([broken]) if broken else None


def over_perk_ceiling(remedies: Iterable[Weighed], loss: int) -> bool:
    """Return whether fixes and perks together are worth more than 150 % of the loss."""
    given = sum(r.candidate.value for r in remedies if r.part in ("fix", "perk"))
    return 1000 * given > PERK_CEILING_THOUSANDTHS * loss


def with_room_for(caps: Iterable[Cap], pinned: Iterable[Weighed]) -> tuple[Cap, ...]:
    """Return the caps less what entitlements of later stages will take of them at least.

    Of each group one entitlement will stand in the plan; which one is not known yet, so room is
    left for the dearest.
    """
    rights = [remedy.versions[-1].candidate for remedy in pinned]
    return tuple(replace(cap, at_most=cap.at_most - _reserved(cap, rights)) for cap in caps)


def _is_broken(cap: Cap, remedies: Iterable[Weighed]) -> bool:
    """Return whether remedies exceed a cap.

    One that entitlements alone exceed is not broken by them, only by what is added to them.
    """
    counted = [r.candidate for r in remedies if cap.counts(r.candidate)]
    return sum(candidate.value for candidate in counted) > cap.at_most and any(
        candidate.value > 0 and not candidate.owed for candidate in counted
    )


def _fallen(remedy: Weighed, broken: Iterable[Cap]) -> Weighed:
    if remedy.lower is not None and any(cap.counts(remedy.candidate) for cap in broken):
        return remedy.lower
    return remedy


def _reserved(cap: Cap, rights: Iterable[Candidate]) -> int:
    dearest: defaultdict[str, int] = defaultdict(int)
    for right in rights:
        if cap.counts(right):
            group = right.kind.group
            dearest[group] = max(dearest[group], right.value)
    return sum(dearest.values())
