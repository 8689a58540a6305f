"""What a rule forbids is not offered, unless the customer has a right to it."""

from __future__ import annotations

from collections.abc import Iterator

from remedykit.effects.obstacles import Obstacle, told, waiting_for
from remedykit.effects.offered import Claim
from remedykit.effects.properties import properties_of_kind
from remedykit.effects.setting import Setting
from remedykit.engine.matching import members


def forbidden(claim: Claim, setting: Setting) -> Obstacle | None:
    """Return what forbids a claim; a rule that may forbid it does so until its facts are known."""
    forbidding = setting.matches.possible & claim.row.of.forbidding
    if not forbidding or claim.entitled:
        return None
    bars = tuple(_bars(claim, forbidding, setting))
    return told([bars]) if bars else None


def _bars(claim: Claim, forbidding: int, setting: Setting) -> Iterator[Obstacle]:
    of, about = claim.row.of, setting.evaluation
    if forbidding & of.tested:
        about = about.about(properties_of_kind(of.kind, of.basis, setting.facts).values)
    for number in members(forbidding):
        applies, rule = setting.applies(number, of, about), setting.policy.rules[number]
        if applies is True:
            yield Obstacle("forbidden", rule.id)
        if applies is None:
            yield waiting_for(setting.open_facts_of(number, of, about), rule.id)
