"""From the claims on one remedy kind that stand to one candidate: the best terms, all rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from remedykit.effects.candidates import Candidate
from remedykit.effects.obstacles import Obstacle
from remedykit.effects.offered import Claim
from remedykit.effects.setting import Setting


def candidate_of(
    claims: Sequence[Claim], setting: Setting, *, right_held: Obstacle | None
) -> Candidate:
    """Return the one candidate that some claims on a remedy kind make; the value of each is known.

    The claim of highest value gives the terms; of equal ones a right stands before standard,
    standard before goodwill, and then the rule's id decides. The basis is the strongest of all.
    What the claims on a stronger basis than the best one make alone is its `lower`.
    Points and approvals are added later.

    Args:
        claims: at least one, sorted by rule.
        setting: what the claims were made in.
        right_held: what holds back a right whose value is unknown, if there is one.
    """
    if len(claims) == 1:  # as is the rule
        return _on_terms_of(claims[0], setting, right_held)
    best = min(claims, key=lambda claim: (-claim.worth, claim.row.of.strength))
    strength = best.row.of.strength
    stronger = [claim for claim in claims if claim.row.of.strength < strength]
    candidate = _on_terms_of(best, setting, right_held)
    return candidate._replace(
        basis=min(stronger, key=_strength).basis if stronger else candidate.basis,
        lower=candidate_of(stronger, setting, right_held=right_held) if stronger else None,
        rules=tuple([claim.row.rule.id for claim in claims]),
        source=tuple(dict.fromkeys([one for claim in claims for one in claim.row.sources])),
        due=_due(best, claims, setting),
    )


def open_terms(claims: Iterable[Claim], setting: Setting, found: set[str]) -> None:
    """Add the unknown facts that some standing claims leave open, though they are offered."""
    for claim in claims:
        row = claim.row
        if setting.unknown >> row.of.needs & 1:
            found |= setting.open_facts(row.of.kind.needs)
        if claim.cost is None and row.cost is not None:
            found |= setting.open_facts(row.cost)
        if row.due is not None and setting.evaluation.value(row.due) is None:
            found |= setting.open_facts(row.due)


def _on_terms_of(claim: Claim, setting: Setting, right_held: Obstacle | None) -> Candidate:
    """Return the candidate that one claim makes."""
    row, _, value, cost = claim
    of, worth = row.of, value or 0
    return Candidate(
        of.kind,
        of.basis,
        of.basis,
        worth,
        worth if cost is None else cost,
        cost is None,
        None,
        row.resolved_in_days,
        row.effort_0_to_5,
        0,
        row.rules,
        row.sources,
        (),
        right_held is not None or setting.unknown >> of.needs & 1 == 1,
        right_held,
        row.pays,
        None if row.due is None else _due(claim, (claim,), setting),
        row.say,
        of.kind.note,
    )


def _strength(claim: Claim) -> int:
    return claim.row.of.strength


def _due(best: Claim, claims: Iterable[Claim], setting: Setting) -> datetime | None:
    """Return the earliest of the due times that are known: an offer never delays a right."""
    earliest: datetime | None = None
    for claim in claims:
        due = claim.row.due
        if due is not None and (claim is best or claim.entitled):
            time = setting.evaluation.value(due)
            if isinstance(time, datetime) and (earliest is None or time < earliest):
                earliest = time
    return earliest
