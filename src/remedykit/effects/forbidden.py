"""What a rule forbids is not offered, unless the customer has a right to it."""

from __future__ import annotations

from remedykit.effects.obstacles import Obstacle
from remedykit.effects.offered import Claim
from remedykit.effects.properties import properties_of_kind
from remedykit.effects.setting import Setting
from remedykit.language.syntax import Forbid


def forbidden(claim: Claim, setting: Setting) -> Obstacle | None:
    """Return what forbids a claim; a rule that may forbid it does so until its facts are known."""
    if claim.entitled:
        return None
    remedy = properties_of_kind(claim.kind, claim.basis, setting.facts)
    open_rule, open_facts = "", set[str]()
    for rule in setting.policy.rules:
        if not isinstance(rule.effect, Forbid):
            continue
        truth = setting.applies(rule, rule.effect.of, remedy)
        if truth is True:
            return Obstacle("forbidden", rule.id)
        if truth is None:
            open_rule = open_rule or rule.id
            open_facts.update(setting.open_facts_of(rule, remedy))
    return Obstacle("needs_fact", open_rule, tuple(sorted(open_facts))) if open_rule else None
