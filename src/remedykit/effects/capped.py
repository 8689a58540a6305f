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

from remedykit.effects.candidates import Candidate, Cap
from remedykit.effects.limits import Hold, caps_of, holds_on
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settled:
    """What the limits make of a candidate and of what it falls back to.

    Attributes:
        candidate: ``None`` if nothing of it may stand.
        ways: the obstacles before each claim that may not stand.
        holds: the limits that count what may stand.
        open_facts: the unknown facts that some limit wanted.
    """

    candidate: Candidate | None = None
    ways: tuple[Sequence[Obstacle], ...] = ()
    holds: tuple[Hold, ...] = ()
    open_facts: frozenset[str] = frozenset()


def capped(candidates: tuple[Candidate, ...], setting: Setting) -> Capped:
    """Apply the policy's limits and the built-in ceiling to each candidate alone."""
    settled = [(candidate, _settled(candidate, setting)) for candidate in candidates]
    return Capped(
        candidates=tuple(found.candidate for _, found in settled if found.candidate is not None),
        withheld=tuple(
            held_back(candidate.kind, candidate.right_held or told(found.ways))
            for candidate, found in settled
            if found.candidate is None
        ),
        caps=caps_of(hold for _, found in settled for hold in found.holds),
        open_facts=frozenset(fact for _, found in settled for fact in found.open_facts),
    )


def _settled(candidate: Candidate, setting: Setting) -> _Settled:
    lower = _Settled() if candidate.lower is None else _settled(candidate.lower, setting)
    reducing = holds_on(candidate, "reduce", setting)
    exceeded = [hold for hold in reducing if candidate.value > hold.allowed]
    left = candidate if candidate.owed else cut(candidate, _lowest(candidate, exceeded))
    withholding = holds_on(left, "withhold", setting)
    holds = (*reducing, *withholding)
    floor = 0 if lower.candidate is None else lower.candidate.value
    obstacles = () if candidate.owed else _obstacles(candidate, exceeded, floor, setting)
    wanted = {fact for hold in holds for fact in hold.facts if candidate.value > 0}
    missed = {fact for obstacle in obstacles for fact in obstacle.facts}
    open_facts = lower.open_facts | wanted | missed
    if obstacles:
        return replace(lower, ways=(obstacles, *lower.ways), open_facts=open_facts)
    return _Settled(
        candidate=replace(left, lower=lower.candidate),
        holds=(*holds, *lower.holds),
        open_facts=open_facts,
    )


def _obstacles(
    candidate: Candidate, exceeded: Sequence[Hold], floor: int, setting: Setting
) -> tuple[Obstacle, ...]:
    """Return why a candidate may not stand at what the reducing limits allow, if so.

    Args:
        candidate: before any limit.
        exceeded: the reducing limits that it exceeds.
        floor: the value of what it falls back to.
        setting: of the decision.
    """
    certain = [hold for hold in exceeded if not hold.obstacle.is_open]
    surely = cut(candidate, _lowest(candidate, certain))
    if lost := _lost(candidate, certain, floor, setting):
        return lost
    if _lost(candidate, exceeded, floor, setting):
        # Only for want of facts: without the limits in doubt it would stand.
        doubts = (hold.obstacle for hold in exceeded if hold.obstacle.is_open)
        return (*doubts, *_beyond(surely, setting))
    return _beyond(cut(candidate, _lowest(candidate, exceeded)), setting)


def _lost(
    candidate: Candidate, exceeded: Sequence[Hold], floor: int, setting: Setting
) -> tuple[Obstacle, ...]:
    """Return why reducing limits leave nothing to offer: no more than it falls back to, or refused.

    A smaller offer may have been refused before, though the larger one was not.
    """
    allowed = _lowest(candidate, exceeded)
    if allowed == candidate.value:
        return ()
    if allowed <= floor:
        return tuple(hold.obstacle for hold in exceeded if hold.allowed <= floor)
    if was_refused(candidate.kind.name, allowed, setting.facts):
        return (REFUSED_BEFORE,)
    return ()


def _beyond(candidate: Candidate, setting: Setting) -> tuple[Obstacle, ...]:
    """Return the limits that withhold a candidate because it alone is more than they allow."""
    holds = holds_on(candidate, "withhold", setting)
    return tuple(hold.obstacle for hold in holds if candidate.value > hold.allowed)


def _lowest(candidate: Candidate, exceeded: Iterable[Hold]) -> int:
    return min((hold.allowed for hold in exceeded), default=candidate.value)


def cut(candidate: Candidate, value: int) -> Candidate:
    """Return a candidate of another value, at a cost in the same proportion."""
    if value == candidate.value:
        return candidate
    cost = half_up(Fraction(candidate.cost * value, candidate.value))
    return replace(candidate, value=value, cost=cost)
