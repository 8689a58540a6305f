"""From the claims on one remedy kind that stand to one candidate: the best terms, all rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from remedykit.effects.candidates import Candidate
from remedykit.effects.offered import Claim
from remedykit.effects.setting import Setting
from remedykit.model.words import BASES

PAYS_UNLESS_SAID = "shop"  # modelling choice: who made the promise pays
_WORDS = ("apology", "explanation")


def candidate_of(claims: Sequence[Claim], setting: Setting) -> Candidate:
    """Return the one candidate that some claims on a remedy kind make; the value of each is known.

    The claim of highest value gives the terms; of equal ones a right stands before standard,
    standard before goodwill, and then the rule's id decides. The basis is the strongest of all.
    Points and approvals are added later.
    """
    best = min(claims, key=lambda claim: (-claim.worth, BASES.index(claim.basis), claim.rule.id))
    kind, terms, value = best.kind, best.terms, best.worth
    cost = _cost(best, setting)
    due = None if terms.due is None else setting.evaluation.value(terms.due)
    return Candidate(
        kind=kind,
        basis=min(claims, key=lambda claim: BASES.index(claim.basis)).basis,
        value=value,
        floor=max((claim.worth for claim in claims if claim.entitled), default=0),
        cost=value if cost is None else cost,
        cost_is_estimated=cost is None,
        resolved_in_days=terms.resolved_in_days or Fraction(0),
        effort_0_to_5=terms.effort_0_to_5 or Fraction(0),
        points=0,
        rules=tuple(claim.rule.id for claim in claims),
        source=tuple(dict.fromkeys(claim.rule.source for claim in claims if claim.rule.source)),
        approval=(),
        to_confirm=setting.matches.truth(f"needs:{kind.name}") is None,
        pays=terms.pays or PAYS_UNLESS_SAID,
        due=due if isinstance(due, datetime) else None,
        say=terms.say,
        note=kind.note,
    )


def open_terms(claims: Sequence[Claim], setting: Setting) -> tuple[str, ...]:
    """Return the unknown facts that some standing claims leave open, though they are offered."""
    expressions = [item for claim in claims for item in (claim.terms.cost, claim.terms.due)]
    return setting.open_facts(claims[0].kind.needs, *expressions)


def _cost(claim: Claim, setting: Setting) -> int | None:
    """Return the cost in minor units, never below 0; ``None`` if it is unknown."""
    if claim.terms.cost is None:
        return 0 if claim.kind.part in _WORDS else claim.worth
    cost = setting.amount(claim.terms.cost)
    return None if cost is None else max(0, cost)
