"""Small policies whose rule coverage is looked at, and what was seen of them in words."""

from __future__ import annotations

from collections.abc import Mapping

from remedykit import Policy
from remedykit.authoring.coverage.measuring import measured
from remedykit.authoring.coverage.targets import Target
from remedykit.engine.matching import members
from remedykit.model.decision import Decision

HEAD = 'policy: shop\nversion: "1"\ncurrencies: [USD]\n'
REMEDIES = """\
remedies:
  sorry: {part: apology, title: Sorry, apology: {regret: true}, say: Sorry.}
  back:
    part: fix
    title: Back
    gives: money_now
    group: whole
    needs: {order.chargeback: false}
    value: order.total
    say: Here.
  again:
    part: fix
    title: Again
    gives: exchange
    restores: true
    group: whole
    value: 5.00
    say: Here.
"""


def of_rules(*rules: str, more: str = "") -> Policy:
    lines = "".join(f"  - {rule}\n" for rule in rules)
    return Policy.from_text(f"{HEAD}{REMEDIES}{more}rules:\n{lines}")


def decided(
    policy: Policy, customer: Mapping[str, object] | None = None, **incident: object
) -> Decision:
    order = {"id": "1", "currency": "USD", "total": incident.pop("total", None)}
    fields = {"kind": "lost_package", "order": order, **incident}
    return policy.decide(fields, customer or {})


def decided_on(policy: Policy, facts: Mapping[str, object]) -> Decision:
    """What is decided on facts of the policy's own."""
    order = {"id": "1", "currency": "USD"}
    return policy.decide({"kind": "lost_package", "order": order}, {}, facts=facts)


def seen(policy: Policy, *decisions: Decision) -> frozenset[str]:
    """The targets that were seen, without those of remedy kinds and their conditions."""
    return frozenset(
        each
        for each in all_seen(policy, *decisions)
        if each.startswith(("rule:", "limit:", "define:"))
    )


def all_seen(policy: Policy, *decisions: Decision) -> frozenset[str]:
    """All targets that were seen."""
    coverage = measured(policy, decisions)
    return frozenset(told(coverage.targets[number]) for number in members(coverage.seen))


def targets(policy: Policy) -> frozenset[str]:
    """All targets that there are."""
    return frozenset(map(told, measured(policy, ()).targets))


def told(target: Target) -> str:
    return f"{target.clause} {target.test} {target.aspect}".replace("  ", " ")
