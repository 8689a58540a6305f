"""Entitled, feasible, not forbidden, not refused: the candidates before limits and ranking.

INVARIANT (hiding-adds-nothing): hiding a fact that has no default never adds a candidate here and
never raises its value. Excepted are conditions on `known` and entitlements to confirm.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from remedykit.effects.candidates import Candidate
from remedykit.effects.feasible import impossible, unmet, untrue
from remedykit.effects.forbidden import forbidden
from remedykit.effects.obstacles import Obstacle, held_back, told
from remedykit.effects.offered import Claim, claims_by_kind, undecided, worthless
from remedykit.effects.refused import refused
from remedykit.effects.setting import MOST_MINOR_UNITS, Setting
from remedykit.effects.terms import candidate_of, open_terms
from remedykit.model.decision import Withheld

# In this order; of the open ones, the first names the rule that is told. Before them stands what is
# `impossible`: that is told whatever else there is, so nothing else is looked for then.
STAGES: tuple[Callable[[Claim, Setting], Obstacle | None], ...] = (
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
    candidates: list[Candidate] = []
    withheld: list[Withheld] = []
    open_facts: set[str] = set()
    for _, claims in sorted(claims_by_kind(setting).items()):
        if len(claims) == 1 and is_clear(claims[0], setting):  # as is the rule
            open_terms(claims, setting, open_facts)
            candidates.append(candidate_of(claims, setting, right_held=None))
            continue
        result = _judged(claims, setting, open_facts)
        if isinstance(result, Candidate):
            candidates.append(result)
        else:
            withheld.append(result)
    return Admitted(
        candidates=tuple(candidates), withheld=tuple(withheld), open_facts=frozenset(open_facts)
    )


def _judged(
    claims: Sequence[Claim], setting: Setting, open_facts: set[str]
) -> Candidate | Withheld:
    """Return what becomes of the claims on one remedy kind; add the facts that leave it open."""
    standing: list[Claim] = []
    ways: list[Sequence[Obstacle]] = []
    rights: list[Sequence[Obstacle]] = []
    for claim in claims:
        obstacles = _obstacles(claim, setting)
        if not obstacles:
            standing.append(claim)
            continue
        ways.append(obstacles)
        if claim.is_right_of_unknown_value:
            rights.append(obstacles)
        if all(obstacle.is_open for obstacle in obstacles):
            for obstacle in obstacles:
                open_facts.update(obstacle.facts)
    if not standing:
        return held_back(claims[0].row.of.kind, told(ways))
    open_terms(standing, setting, open_facts)
    return candidate_of(standing, setting, right_held=told(rights) if rights else None)


def _obstacles(claim: Claim, setting: Setting) -> Sequence[Obstacle]:
    if is_clear(claim, setting):
        return ()
    foremost = impossible(claim, setting)
    if foremost is not None:
        return (foremost,)
    found = [stage(claim, setting) for stage in STAGES]
    return [obstacle for obstacle in found if obstacle is not None]


def is_clear(claim: Claim, setting: Setting) -> bool:
    """Return whether it is seen at a glance that no stage holds a claim back, as is the rule."""
    row, certain, value, _ = claim
    of, matches = row.of, setting.matches
    return (
        certain
        and matches.definite & of.required == of.required
        and not matches.possible & of.forbidding
        and not setting.facts.offers
        and (row.value is None or (value is not None and 0 < value <= MOST_MINOR_UNITS))
    )
