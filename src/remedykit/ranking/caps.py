"""Which sets of remedies stay within the limits; entitlements count, and stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from remedykit.effects.candidates import Candidate, Cap, Claimed
from remedykit.effects.obstacles import Obstacle, told
from remedykit.engine.matching import members
from remedykit.ranking.weighed import Weighed

# The built-in ceiling of fixes and perks together; docs/ranking.md#perks (Haesevoets 2017).
PERK_CEILING = "perk_ceiling"
PERK_CEILING_THOUSANDTHS = 1500  # of the loss


def counted_by(caps: Iterable[Cap], candidates: Iterable[Candidate]) -> Mapping[Claimed, int]:
    """Return by what is claimed which of the caps count it: bit `n` stands for cap `n`.

    A cap with room for all candidates together is left out: no plan breaks it.
    """
    values: dict[Claimed, int] = {}
    for candidate in candidates:
        version: Candidate | None = candidate
        while version is not None:
            values[version.claimed] = version.value
            version = version.lower
    counted: defaultdict[Claimed, int] = defaultdict(int)
    for number, cap in enumerate(caps):
        if sum([values.get(claimed, 0) for claimed in cap.counted]) > cap.at_most:
            for claimed in cap.counted:
                counted[claimed] |= 1 << number
    return counted


def within(
    caps: Sequence[Cap], remedies: tuple[Weighed, ...], beside: Sequence[Weighed] = ()
) -> tuple[Weighed, ...] | None:
    """Return the remedies as they may stand together, or ``None`` if they may not.

    What stands beside them breaks no cap by itself. Of a set that breaks one, all that the cap
    counts fall back together, as long as they can.

    Args:
        caps: the limits.
        remedies: the set.
        beside: what stands beside it as it is.
    """
    standing = remedies
    while broken := _broken(caps, standing, beside):
        fallen = tuple(_fallen(remedy, broken) for remedy in standing)
        if fallen == standing:
            return None
        standing = fallen
    return standing


def those_within(
    caps: Sequence[Cap],
    sets: Sequence[tuple[Weighed, ...]],
    members_of_sets: Iterable[Weighed],
    beside: Sequence[Weighed] = (),
) -> Sequence[tuple[Weighed, ...]]:
    """Return those of some sets that may stand, as they may; the rest is as for `within`."""
    if not any(remedy.counted_by for remedy in members_of_sets):  # as is the rule
        return sets
    settled = [within(caps, chosen, beside) for chosen in sets]
    return [chosen for chosen in settled if chosen is not None]


def most_within(caps: Sequence[Cap], remedy: Weighed, beside: Sequence[Weighed]) -> Weighed | None:
    """Return the remedy as the most that breaks no cap beside others, if any of it does not."""
    for version in remedy.versions:
        if not _broken(caps, (version,), beside):
            return version
    return None


def broken_limit(
    caps: Sequence[Cap], remedy: Weighed, beside: Sequence[Weighed]
) -> Obstacle | None:
    """Return what to tell of the caps that a remedy breaks beside others, if it breaks any."""
    broken = _broken(caps, (remedy,), beside)
    return told([[caps[number].obstacle for number in members(broken)]]) if broken else None


def over_perk_ceiling(given: int, loss: int) -> bool:
    """Return whether what fixes and perks give together is more than 150 % of the loss."""
    return 1000 * given > PERK_CEILING_THOUSANDTHS * loss


def with_room_for(caps: tuple[Cap, ...], pinned: Iterable[Weighed]) -> tuple[Cap, ...]:
    """Return the caps less what entitlements of later stages will take of them at least.

    Of each group one entitlement will stand in the plan; which one is not known yet, so room is
    left for the dearest.
    """
    rights = [remedy.versions[-1] for remedy in pinned]
    if not rights:
        return caps
    return tuple(
        cap._replace(at_most=cap.at_most - _reserved(number, rights))
        for number, cap in enumerate(caps)
    )


def _broken(caps: Sequence[Cap], remedies: Sequence[Weighed], beside: Sequence[Weighed]) -> int:
    """Return the caps that remedies exceed beside others: bit `n` stands for cap `n`.

    One that entitlements alone exceed is not broken by them, only by what is added to them.
    """
    counting = 0
    for remedy in remedies:
        counting |= remedy.counted_by
    if not counting:
        return 0
    broken = 0
    for number in members(counting):
        cap = 1 << number
        counted = [remedy for remedy in (*beside, *remedies) if remedy.counted_by & cap]
        total = sum([remedy.value for remedy in counted])
        if total > caps[number].at_most and any(
            remedy.value > 0 and not remedy.owed for remedy in counted
        ):
            broken |= cap
    return broken


def _fallen(remedy: Weighed, broken: int) -> Weighed:
    return remedy if remedy.lower is None or not remedy.counted_by & broken else remedy.lower


def _reserved(number: int, rights: Iterable[Weighed]) -> int:
    dearest: defaultdict[str, int] = defaultdict(int)
    for right in rights:
        if right.counted_by >> number & 1:
            dearest[right.group] = max(dearest[right.group], right.value)
    return sum(dearest.values())
