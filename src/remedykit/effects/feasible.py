"""Whether a remedy can be carried out, and its words are true."""

from __future__ import annotations

from typing import assert_never

from remedykit.effects.obstacles import Obstacle, waiting_for
from remedykit.effects.offered import Claim
from remedykit.effects.setting import Setting
from remedykit.model.words import WithheldReason


def unmet(claim: Claim, setting: Setting) -> Obstacle | None:
    """What a remedy needs must hold; a right stays while that is unknown, to be confirmed."""
    clause = f"needs:{claim.kind.name}"
    match setting.holds(clause):
        case False:
            return Obstacle(_infeasible(claim), clause)
        case None if not claim.entitled:
            return waiting_for(setting.open_facts(claim.kind.needs), clause)
        case _:
            return None


def untrue(claim: Claim, setting: Setting) -> Obstacle | None:
    """What a remedy states must be definitely true, whoever has a right to it."""
    clause = f"states:{claim.kind.name}"
    match setting.holds(clause):
        case False:
            return Obstacle(_infeasible(claim), clause)
        case None:
            return waiting_for(setting.open_facts(claim.kind.states), clause)
        case True:
            return None
        case _ as unreachable:
            assert_never(unreachable)


def _infeasible(claim: Claim) -> WithheldReason:
    return "entitled_but_infeasible" if claim.entitled and claim.certain else "infeasible"
