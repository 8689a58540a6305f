"""Cut to the limits, or withheld by them; what the customer is entitled to stays.

Reductions come first, all from the values before any limit; then what still is too much alone is
withheld. So the order of limits never matters. Sums over several remedies are left to the plan,
which gets the limits as caps.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from remedykit.effects.admitted import held_back
from remedykit.effects.candidates import Candidate, Cap
from remedykit.effects.limits import Hold, caps_of, holds_of, money_back_holds
from remedykit.effects.obstacles import Obstacle, foremost
from remedykit.effects.past_offers import was_refused
from remedykit.effects.refused import REFUSED_BEFORE
from remedykit.effects.setting import Setting
from remedykit.engine.arithmetic import half_up
from remedykit.facts.values import Facts
from remedykit.model.decision import Withheld


@dataclass(frozen=True, slots=True, kw_only=True)
class Capped:
    """What the limits leave, what they withhold, and what they still demand of a whole plan."""

    candidates: tuple[Candidate, ...]
    withheld: tuple[Withheld, ...]
    caps: tuple[Cap, ...]
    open_facts: frozenset[str]


def capped(candidates: tuple[Candidate, ...], setting: Setting) -> Capped:
    """Apply the policy's limits and the built-in ceiling to each candidate alone."""
    limits = setting.policy.limits
    reducing = holds_of((item for item in limits if item.over == "reduce"), candidates, setting)
    reduced = [_reduced(candidate, reducing, setting.facts) for candidate in candidates]
    left = tuple(item for item in reduced if isinstance(item, Candidate))

    withholding = (
        *holds_of((item for item in limits if item.over == "withhold"), left, setting),
        *money_back_holds(left, setting.facts),
    )
    checked = [_checked(candidate, withholding) for candidate in left]
    kept = tuple(item for item in checked if isinstance(item, Candidate))

    holds = (*reducing, *withholding)
    return Capped(
        candidates=kept,
        withheld=tuple(item for item in (*reduced, *checked) if isinstance(item, Withheld)),
        caps=caps_of(holds, kept),
        open_facts=_open_facts(holds, candidates),
    )


def _reduced(candidate: Candidate, holds: Iterable[Hold], facts: Facts) -> Candidate | Withheld:
    """Cut a candidate to what the limits allow, if that can still be offered."""
    exceeded = [hold for hold in holds if _exceeds(candidate, hold)]
    certain = [hold for hold in exceeded if not hold.obstacle.is_open]
    obstacle = _lost(candidate, certain, facts)
    if obstacle is None and _lost(candidate, exceeded, facts):
        # Only for want of a fact: without the limits in doubt it would stand.
        obstacle = next(hold.obstacle for hold in exceeded if hold.obstacle.is_open)
    if obstacle is not None:
        return _fallen(candidate, obstacle)
    return _cut(candidate, _allowed(candidate, exceeded))


def _lost(candidate: Candidate, exceeded: Iterable[Hold], facts: Facts) -> Obstacle | None:
    """Return why a candidate cannot be offered at what the limits allow: nothing left, or refused.

    A smaller offer may have been refused before, though the larger one was not.
    """
    allowed = _allowed(candidate, exceeded)
    if allowed <= 0 < candidate.value:
        return next(hold.obstacle for hold in exceeded if not hold.at_most)
    if allowed < candidate.value and was_refused(candidate.kind.name, allowed, facts):
        return REFUSED_BEFORE
    return None


def _allowed(candidate: Candidate, exceeded: Iterable[Hold]) -> int:
    """Return the value that limits leave; what is unknown allows nothing but the entitlement."""
    lowest = min((hold.at_most or 0 for hold in exceeded), default=candidate.value)
    return max(candidate.floor, lowest)


def _checked(candidate: Candidate, holds: Iterable[Hold]) -> Candidate | Withheld:
    """Withhold a candidate that alone is more than a limit allows."""
    exceeded = [hold for hold in holds if _exceeds(candidate, hold)]
    if not exceeded:
        return candidate
    return _fallen(candidate, foremost(hold.obstacle for hold in exceeded))


def _exceeds(candidate: Candidate, hold: Hold) -> bool:
    return hold.kind == candidate.kind.name and hold.exceeded_by(candidate.value)


def _fallen(candidate: Candidate, obstacle: Obstacle) -> Candidate | Withheld:
    """Return what is left of a candidate that may not stand: its entitlement, or nothing."""
    return (
        _cut(candidate, candidate.floor) if candidate.floor else held_back(candidate.kind, obstacle)
    )


def _cut(candidate: Candidate, value: int) -> Candidate:
    """Return a candidate of another value, at a cost in the same proportion."""
    if value == candidate.value:
        return candidate
    cost = half_up(Fraction(candidate.cost * value, candidate.value))
    return replace(candidate, value=value, cost=cost)


def _open_facts(holds: Iterable[Hold], candidates: Iterable[Candidate]) -> frozenset[str]:
    worth = {candidate.kind.name for candidate in candidates if candidate.value > 0}
    return frozenset(fact for hold in holds if hold.kind in worth for fact in hold.facts)
