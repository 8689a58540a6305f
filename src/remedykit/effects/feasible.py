"""Whether a remedy can be carried out, and its words are true."""

from __future__ import annotations

from remedykit.effects.obstacles import Obstacle, waiting_for
from remedykit.effects.offered import Claim
from remedykit.effects.setting import Setting
from remedykit.model.words import WithheldReason


def unmet(claim: Claim, setting: Setting) -> Obstacle | None:
    """What a remedy needs must hold; a right stays while that is unknown, to be confirmed."""
    of = claim.row.of
    holds = setting.matches.truth(of.needs)
    if holds is True or (holds is None and claim.entitled):
        return None
    if holds is None:
        return waiting_for(setting.open_facts(of.kind.needs), f"needs:{of.kind.name}")
    return Obstacle(_infeasible(claim), f"needs:{of.kind.name}")


def untrue(claim: Claim, setting: Setting) -> Obstacle | None:
    """What a remedy states must be definitely true, whoever has a right to it."""
    of = claim.row.of
    holds = setting.matches.truth(of.states)
    if holds is True:
        return None
    if holds is None:
        return waiting_for(setting.open_facts(of.kind.states), f"states:{of.kind.name}")
    return Obstacle(_infeasible(claim), f"states:{of.kind.name}")


def _infeasible(claim: Claim) -> WithheldReason:
    return "entitled_but_infeasible" if claim.entitled and claim.certain else "infeasible"
