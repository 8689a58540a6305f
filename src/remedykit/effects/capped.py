"""Cut to the limits, or withheld by them; what the customer is entitled to stays.

Reductions come first, all from the value before any limit; then what still is too much alone is
withheld. So the order of limits never matters. What may not stand becomes what it falls back to,
which is held against the limits in its turn; a right is held against none. Sums over several
remedies are left to the plan, which gets the limits as caps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from remedykit.effects.candidates import Candidate, Cap, Claimed
from remedykit.effects.limits import Hold, Limits, caps_of
from remedykit.effects.obstacles import Obstacle, held_back, told
from remedykit.effects.past_offers import was_refused
from remedykit.effects.refused import REFUSED_BEFORE
from remedykit.effects.setting import Setting
from remedykit.engine.arithmetic import half_up
from remedykit.model.decision import Withheld


@dataclass(frozen=True, slots=True, kw_only=True)
class Capped:
    """What the limits leave, what they withhold, and what they still demand of a whole plan."""

    candidates: tuple[Candidate, ...]
    withheld: tuple[Withheld, ...]
    caps: tuple[Cap, ...]
    open_facts: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Settled:
    """What the limits make of a candidate and of what it falls back to.

    Attributes:
        candidate: ``None`` if nothing of it may stand.
        ways: the obstacles before each claim that may not stand.
        counted: the limits that count what may stand, and as what.
        open_facts: the unknown facts that some limit wanted.
    """

    candidate: Candidate | None = None
    ways: tuple[Sequence[Obstacle], ...] = ()
    counted: tuple[tuple[Hold, Claimed], ...] = ()
    open_facts: frozenset[str] = frozenset()


_NOTHING_LOWER = _Settled()


def capped(candidates: tuple[Candidate, ...], setting: Setting) -> Capped:
    """Apply the policy's limits and the built-in ceiling to each candidate alone."""
    limits = Limits.of(setting)
    left: list[Candidate] = []
    withheld: list[Withheld] = []
    counted: list[tuple[Hold, Claimed]] = []
    open_facts: set[str] = set()
    for candidate in candidates:
        claimed = candidate.claimed
        together = limits.together(claimed) if candidate.lower is None else None
        if together is not None and candidate.value <= together.surely:  # as is the rule
            left.append(candidate)
            counted += [(hold, claimed) for hold in together.holds]
            continue
        found = _settled(candidate, limits)
        if found.candidate is not None:
            left.append(found.candidate)
        else:
            obstacle = candidate.right_held or told(found.ways)
            withheld.append(held_back(candidate.kind, obstacle))
        counted += found.counted
        open_facts |= found.open_facts
    return Capped(
        candidates=tuple(left),
        withheld=tuple(withheld),
        caps=caps_of(counted),
        open_facts=frozenset(open_facts),
    )


def _settled(candidate: Candidate, limits: Limits) -> _Settled:
    before = candidate.lower
    lower = _NOTHING_LOWER if before is None else _settled(before, limits)
    reducing = limits.reducing(candidate)
    exceeded = [hold for hold in reducing if candidate.value > hold.allowed]
    left = candidate if candidate.owed else cut(candidate, _lowest(candidate, exceeded))
    withholding = limits.withholding(left)
    obstacles: tuple[Obstacle, ...] = ()
    if not candidate.owed:
        floor = 0 if lower.candidate is None else lower.candidate.value
        obstacles = _cut_away(candidate, exceeded, floor, limits) or _beyond(left, withholding)
    holds = (*reducing, *withholding)
    wanted = {fact for hold in holds for fact in hold.facts if candidate.value > 0}
    missed = {fact for obstacle in obstacles for fact in obstacle.facts}
    open_facts = lower.open_facts | wanted | missed
    if obstacles:
        return replace(lower, ways=(obstacles, *lower.ways), open_facts=open_facts)
    if lower.candidate is not before:
        left = left._replace(lower=lower.candidate)
    return _Settled(left, (), (*_counted(holds, left), *lower.counted), open_facts)


def _counted(holds: Sequence[Hold], candidate: Candidate) -> tuple[tuple[Hold, Claimed], ...]:
    claimed = candidate.claimed
    return tuple([(hold, claimed) for hold in holds])


def _cut_away(
    candidate: Candidate, exceeded: Sequence[Hold], floor: int, limits: Limits
) -> tuple[Obstacle, ...]:
    """Return why what the reducing limits allow may not stand, if so.

    Args:
        candidate: before any limit.
        exceeded: the reducing limits that it exceeds.
        floor: the value of what it falls back to.
        limits: of the decision.
    """
    certain = [hold for hold in exceeded if not hold.obstacle.is_open]
    if lost := _lost(candidate, certain, floor, limits):
        return lost
    if not _lost(candidate, exceeded, floor, limits):
        return ()
    # Only for want of facts: without the limits in doubt it would stand.
    doubts = (hold.obstacle for hold in exceeded if hold.obstacle.is_open)
    surely = cut(candidate, _lowest(candidate, certain))
    return (*doubts, *_beyond(surely, limits.withholding(surely)))


def _lost(
    candidate: Candidate, exceeded: Sequence[Hold], floor: int, limits: Limits
) -> tuple[Obstacle, ...]:
    """Return why reducing limits leave nothing to offer: no more than it falls back to, or refused.

    A smaller offer may have been refused before, though the larger one was not.
    """
    allowed = _lowest(candidate, exceeded)
    if allowed == candidate.value:
        return ()
    if allowed <= floor:
        return tuple(hold.obstacle for hold in exceeded if hold.allowed <= floor)
    if was_refused(candidate.kind.name, allowed, limits.setting.facts):
        return (REFUSED_BEFORE,)
    return ()


def _beyond(candidate: Candidate, withholding: Iterable[Hold]) -> tuple[Obstacle, ...]:
    """Return the limits that withhold a candidate because it alone is more than they allow."""
    return tuple(hold.obstacle for hold in withholding if candidate.value > hold.allowed)


def _lowest(candidate: Candidate, exceeded: Iterable[Hold]) -> int:
    return min((hold.allowed for hold in exceeded), default=candidate.value)


def cut(candidate: Candidate, value: int) -> Candidate:
    """Return a candidate of another value, at a cost in the same proportion."""
    if value == candidate.value:
        return candidate
    cost = half_up(Fraction(candidate.cost * value, candidate.value))
    return candidate._replace(value=value, cost=cost)
