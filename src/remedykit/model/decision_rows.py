"""A decision as flat rows, one a remedy: what a table or a data frame takes."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from remedykit.model.rational import exact_number

if TYPE_CHECKING:
    from remedykit.model.decision import Decision, Remedy

Row = dict[str, str | int | bool | Decimal | datetime | None]


def decision_rows(decision: Decision) -> list[Row]:
    """Return one row a remedy, in the order of the decision; all rows have the same columns."""
    return [_row(decision, remedy) for remedy in decision.remedies]


def _row(decision: Decision, remedy: Remedy) -> Row:
    return {
        "incident_id": decision.incident_id,
        "rank": remedy.rank,
        "rank_in_part": remedy.rank_in_part,
        "part": remedy.part,
        "kind": remedy.kind,
        "title": remedy.title,
        "in_plan": remedy.in_plan,
        "adequate": remedy.adequate,
        "basis": remedy.basis,
        "value": None if remedy.value is None else remedy.value.amount,
        "cost": remedy.cost.amount,
        "currency": decision.currency,
        "score": remedy.score,
        "resolved_in_days": exact_number(remedy.resolved_in_days),
        "effort_0_to_5": exact_number(remedy.effort_0_to_5),
        "pays": remedy.pays,
        "due": remedy.due,
        "approval": ", ".join(remedy.approval),
        "to_confirm": remedy.to_confirm,
        "choice_of": remedy.choice_of,
        "rules": ", ".join(remedy.rules),
        "message": remedy.message,
        "idempotency_key": remedy.idempotency_key,
        "policy": decision.policy.name,
        "policy_version": decision.policy.version,
        "policy_digest": decision.policy.digest,
        "at": decision.at,
    }
