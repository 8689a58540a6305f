"""What the customer refused is not offered again, unless it is worth more now.

A right does not lapse because its holder once said no: what he is entitled to stays.
"""

from __future__ import annotations

from remedykit.effects.obstacles import Obstacle
from remedykit.effects.offered import Claim
from remedykit.effects.past_offers import was_refused
from remedykit.effects.setting import Setting

REFUSED_BEFORE = Obstacle("refused", "refused")  # built in: no rule of the policy says it


def refused(claim: Claim, setting: Setting) -> Obstacle | None:
    """Return the refusal of the same remedy at the claim's value or a higher one."""
    if not setting.facts.offers or claim.entitled:
        return None
    if was_refused(claim.row.of.kind.name, claim.value, setting.facts):
        return REFUSED_BEFORE
    return None
