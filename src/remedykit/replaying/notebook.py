"""How a replay shows itself in a notebook; facts stay out, for some are personal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remedykit.model.markup import element, escaped, listing, table
from remedykit.replaying.telling import HEAD, saved_lines, told_steps

if TYPE_CHECKING:
    from remedykit.replaying.replay import Replay


def replay_html(replay: Replay) -> str:
    """Return a replay as small HTML: a table of its steps, and what could have been saved."""
    policy = replay.policy
    rows = (
        (each.when, *("; ".join(lines) for lines in (each.happened, each.plan, each.changed)))
        for each in told_steps(replay)
    )
    about = ", ".join(filter(None, (f"{policy.name} {policy.version}", replay.times.named)))
    title = element("h4", escaped(f"Replay by {about}"))
    return element("div", title + table(HEAD, rows) + listing(saved_lines(replay)))
