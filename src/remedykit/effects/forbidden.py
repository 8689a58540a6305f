"""What a rule forbids is not offered, unless the customer has a right to it."""

from __future__ import annotations

from collections.abc import Iterator

from remedykit.effects.obstacles import Obstacle, told, waiting_for
from remedykit.effects.offered import Claim
from remedykit.effects.properties import properties_of_kind
from remedykit.effects.setting import Setting
from remedykit.language.syntax import Forbid


def forbidden(claim: Claim, setting: Setting) -> Obstacle | None:
    """Return what forbids a claim; a rule that may forbid it does so until its facts are known."""
    bars = () if claim.entitled else tuple(_bars(claim, setting))
    return told([bars]) if bars else None


def _bars(claim: Claim, setting: Setting) -> Iterator[Obstacle]:
    remedy = properties_of_kind(claim.kind, claim.basis, setting.facts)
    for rule in setting.policy.rules:
        if not isinstance(rule.effect, Forbid):
            continue
        truth = setting.applies(rule, rule.effect.of, remedy)
        if truth is True:
            yield Obstacle("forbidden", rule.id)
        if truth is None:
            yield waiting_for(setting.open_facts_of(rule, remedy), rule.id)
