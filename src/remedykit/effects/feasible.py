"""Whether a remedy can be carried out, and its words are true."""

from __future__ import annotations

from remedykit.effects.obstacles import Obstacle, waiting_for
from remedykit.effects.offered import Claim
from remedykit.effects.setting import Setting


def impossible(claim: Claim, setting: Setting) -> Obstacle | None:
    """What a remedy needs and what it states must not be definitely false, whoever has a right."""
    of, possible = claim.row.of, setting.matches.possible
    if possible & of.required == of.required:
        return None
    clause = "states" if possible >> of.needs & 1 else "needs"
    rule = f"{clause}:{of.kind.name}"
    if claim.entitled and claim.certain:
        return Obstacle("entitled_but_infeasible", rule)
    return Obstacle("infeasible", rule)


def unmet(claim: Claim, setting: Setting) -> Obstacle | None:
    """What a remedy needs must hold; a right stays while that is unknown, to be confirmed."""
    of = claim.row.of
    if claim.entitled or not setting.unknown >> of.needs & 1:
        return None
    return waiting_for(setting.open_facts(of.kind.needs), f"needs:{of.kind.name}")


def untrue(claim: Claim, setting: Setting) -> Obstacle | None:
    """What a remedy states must be definitely true, whoever has a right to it."""
    of = claim.row.of
    if not setting.unknown >> of.states & 1:
        return None
    return waiting_for(setting.open_facts(of.kind.states), f"states:{of.kind.name}")
