"""The layers in their order: entitled and allowed, capped, judged, handed over."""

from __future__ import annotations

from remedykit.effects.admitted import admitted
from remedykit.effects.candidates import Candidates
from remedykit.effects.capped import capped
from remedykit.effects.handed_over import handed_over
from remedykit.effects.judged import judged
from remedykit.effects.setting import Setting


def effects(setting: Setting) -> Candidates:
    """Return what may be offered, what is withheld and why, and what else is to be done.

    Returns:
        Candidates and withheld remedies sorted by kind, caps by id; a kind is in at most one.
    """
    before_limits = admitted(setting)
    within_limits = capped(before_limits.candidates, setting)
    weighed = judged(within_limits.candidates, setting)
    besides = handed_over(setting)
    withheld = (*before_limits.withheld, *within_limits.withheld)
    return Candidates(
        candidates=weighed.candidates,
        withheld=tuple(sorted(withheld, key=lambda item: item.kind)),
        caps=within_limits.caps,
        hand_over=besides.hand_over,
        todo=besides.todo,
        open_facts=tuple(
            sorted(
                before_limits.open_facts
                | within_limits.open_facts
                | weighed.open_facts
                | besides.open_facts
            )
        ),
    )
