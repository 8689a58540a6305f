"""A replay as flat rows, one a step: what a table or a data frame takes."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from remedykit.model.words import PARTS
from remedykit.replaying.step import Step
from remedykit.replaying.words import all_happened, desks, planned

if TYPE_CHECKING:
    from remedykit.replaying.replay import Replay

Row = dict[str, str | int | bool | Decimal | datetime | None]


def replay_rows(replay: Replay) -> list[Row]:
    """Return one row a step, in order of time; all rows have the same columns."""
    return [_row(step, number, replay) for number, step in enumerate(replay.steps, start=1)]


def _row(step: Step, number: int, replay: Replay) -> Row:
    decision = step.decision
    chosen = planned(decision)
    parts: Row = {
        part: ", ".join(remedy.kind for remedy in chosen if remedy.part == part) for part in PARTS
    }
    return {
        "incident_id": replay.incident_id,
        "step": number,
        "at": step.at,
        "happened": "; ".join(all_happened(step, replay.currency)),
        "because": step.because,
        "is_closed": step.is_closed,
        **parts,
        "value": decision.plan.value.amount,
        "cost": decision.plan.cost.amount,
        "currency": replay.currency,
        "adequate": decision.plan.adequate,
        "hand_over": ", ".join(desks(decision)),
        "todo": ", ".join(decision.todo),
        "offers": ", ".join(step.offers),
        "withdraws": ", ".join(step.withdraws),
        "changes": "; ".join(step.changes),
    }
