"""Which sets of remedies stay within the limits; entitlements count, and stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from remedykit.effects.candidates import Candidate, Cap
from remedykit.ranking.score import Weighed

# The built-in ceiling of fixes and perks together; docs/ranking.md#perks (Haesevoets 2017).
PERK_CEILING = "perk_ceiling"
_PERK_CEILING_THOUSANDTHS = 1500  # of the loss


def broken_cap(caps: Iterable[Cap], remedies: Sequence[Weighed]) -> str | None:
    """Return the id of the first cap that the remedies break, or ``None``.

    A cap that entitlements alone exceed is not broken by them, only by what is added to them.
    """
    for cap in caps:
        counted = [r.candidate for r in remedies if r.name in cap.kinds]
        if sum(candidate.value for candidate in counted) > cap.at_most and any(
            candidate.value > 0 and not candidate.entitled for candidate in counted
        ):
            return cap.id
    return None


def over_perk_ceiling(remedies: Iterable[Weighed], loss: int) -> bool:
    """Return whether fixes and perks together are worth more than 150 % of the loss."""
    given = sum(r.candidate.value for r in remedies if r.part in ("fix", "perk"))
    return 1000 * given > _PERK_CEILING_THOUSANDTHS * loss


def with_room_for(caps: Iterable[Cap], pinned: Iterable[Weighed]) -> tuple[Cap, ...]:
    """Return the caps less what entitlements of later stages may take of them.

    Of each group one entitlement will stand in the plan; which one is not known yet, so room is
    left for the dearest.
    """
    candidates = [remedy.candidate for remedy in pinned]
    return tuple(replace(cap, at_most=cap.at_most - _reserved(cap, candidates)) for cap in caps)


def _reserved(cap: Cap, pinned: Iterable[Candidate]) -> int:
    dearest: defaultdict[str, int] = defaultdict(int)
    for candidate in pinned:
        if candidate.kind.name in cap.kinds:
            group = candidate.kind.group
            dearest[group] = max(dearest[group], candidate.value)
    return sum(dearest.values())
