"""Entitled, feasible, not forbidden, not refused: the candidates before limits and ranking.

INVARIANT (hiding-adds-nothing): hiding a fact that has no default never adds a candidate here and
never raises its value. Excepted are conditions on `known` and entitlements to confirm.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from remedykit.effects.candidates import Candidate
from remedykit.effects.feasible import unmet, untrue
from remedykit.effects.forbidden import forbidden
from remedykit.effects.obstacles import Obstacle, held_back, told
from remedykit.effects.offered import Claim, claims_by_kind, undecided, worthless
from remedykit.effects.refused import refused
from remedykit.effects.setting import Setting
from remedykit.effects.terms import candidate_of, open_terms
from remedykit.model.decision import Withheld

# In this order; of the open ones, the first names the rule that is told.
_STAGES: tuple[Callable[[Claim, Setting], Obstacle | None], ...] = (
    undecided,
    unmet,
    untrue,
    forbidden,
    refused,
    worthless,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """What a stage lets through and what it holds back; both sorted by remedy kind.

    Attributes:
        open_facts: the unknown facts that held something back or left it open.
    """

    candidates: tuple[Candidate, ...]
    withheld: tuple[Withheld, ...]
    open_facts: frozenset[str]


def admitted(setting: Setting) -> Admitted:
    """Return the candidates before limits, and what is withheld for another reason than a limit.

    A remedy kind that no rule can claim appears in neither.
    """
    judged = [_judged(claims, setting) for claims in claims_by_kind(setting).values() if claims]
    results = [result for result, _ in judged]
    return Admitted(
        candidates=tuple(result for result in results if isinstance(result, Candidate)),
        withheld=tuple(result for result in results if isinstance(result, Withheld)),
        open_facts=frozenset(fact for _, facts in judged for fact in facts),
    )


def _judged(
    claims: tuple[Claim, ...], setting: Setting
) -> tuple[Candidate | Withheld, frozenset[str]]:
    standing: list[Claim] = []
    held: list[tuple[Claim, list[Obstacle]]] = []
    for claim in claims:
        if obstacles := _obstacles(claim, setting):
            held.append((claim, obstacles))
        else:
            standing.append(claim)
    ways = [obstacles for _, obstacles in held]
    open_ways = [way for way in ways if all(obstacle.is_open for obstacle in way)]
    open_facts = {fact for way in open_ways for obstacle in way for fact in obstacle.facts}
    if not standing:
        return held_back(claims[0].kind, told(ways)), frozenset(open_facts)
    open_facts.update(open_terms(standing, setting))
    rights = [obstacles for claim, obstacles in held if claim.is_right_of_unknown_value]
    candidate = candidate_of(standing, setting, right_held=told(rights) if rights else None)
    return candidate, frozenset(open_facts)


def _obstacles(claim: Claim, setting: Setting) -> list[Obstacle]:
    found = (stage(claim, setting) for stage in _STAGES)
    return [obstacle for obstacle in found if obstacle is not None]
