"""From the claims on one remedy kind that stand to one candidate: the best terms, all rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from fractions import Fraction

from remedykit.effects.candidates import Candidate
from remedykit.effects.obstacles import Obstacle
from remedykit.effects.offered import Claim
from remedykit.effects.setting import MOST_MINOR_UNITS, Setting
from remedykit.model.words import BASES

PAYS_UNLESS_SAID = "shop"  # modelling choice: who made the promise pays
_WORDS = ("apology", "explanation")


def candidate_of(
    claims: Sequence[Claim], setting: Setting, *, right_held: Obstacle | None
) -> Candidate:
    """Return the one candidate that some claims on a remedy kind make; the value of each is known.

    The claim of highest value gives the terms; of equal ones a right stands before standard,
    standard before goodwill, and then the rule's id decides. The basis is the strongest of all.
    What the claims on a stronger basis than the best one make alone is its `lower`.
    Points and approvals are added later.

    Args:
        claims: at least one.
        setting: what the claims were made in.
        right_held: what holds back a right whose value is unknown, if there is one.
    """
    best = min(claims, key=lambda claim: (-claim.worth, _rank(claim), claim.rule.id))
    stronger = [claim for claim in claims if _rank(claim) < _rank(best)]
    kind, terms, value = best.kind, best.terms, best.worth
    cost = _cost(best, setting)
    return Candidate(
        kind=kind,
        basis=min(claims, key=_rank).basis,
        claimed_as=best.basis,
        value=value,
        cost=value if cost is None else cost,
        cost_is_estimated=cost is None,
        lower=candidate_of(stronger, setting, right_held=right_held) if stronger else None,
        resolved_in_days=terms.resolved_in_days or Fraction(0),
        effort_0_to_5=terms.effort_0_to_5 or Fraction(0),
        points=0,
        rules=tuple(claim.rule.id for claim in claims),
        source=tuple(dict.fromkeys(claim.rule.source for claim in claims if claim.rule.source)),
        approval=(),
        to_confirm=right_held is not None or setting.holds(f"needs:{kind.name}") is None,
        right_held=right_held,
        pays=terms.pays or PAYS_UNLESS_SAID,
        due=_due((claim for claim in claims if claim is best or claim.entitled), setting),
        say=terms.say,
        note=kind.note,
    )


def open_terms(claims: Sequence[Claim], setting: Setting) -> tuple[str, ...]:
    """Return the unknown facts that some standing claims leave open, though they are offered."""
    expressions = [item for claim in claims for item in (claim.terms.cost, claim.terms.due)]
    return setting.open_facts(claims[0].kind.needs, *expressions)


def _rank(claim: Claim) -> int:
    """Return the place of a claim's basis: the least is the strongest."""
    return BASES.index(claim.basis)


def _cost(claim: Claim, setting: Setting) -> int | None:
    """Return the cost in minor units, within all amounts; ``None`` if it is unknown."""
    if claim.terms.cost is None:
        return 0 if claim.kind.part in _WORDS else claim.worth
    cost = setting.amount(claim.terms.cost)
    return None if cost is None else min(max(0, cost), MOST_MINOR_UNITS)


def _due(claims: Iterable[Claim], setting: Setting) -> datetime | None:
    """Return the earliest of the due times that are known: an offer never delays a right."""
    dues = (claim.terms.due for claim in claims)
    times = (setting.evaluation.value(due) for due in dues if due is not None)
    return min((time for time in times if isinstance(time, datetime)), default=None)
