"""How a replay is printed: a table of its steps, and what the first plan would have saved."""

from __future__ import annotations

from rich.console import Console

from remedykit.cli.output import Lines, grid, heading, print_lines, print_table, words
from remedykit.replaying.replay import Replay
from remedykit.replaying.telling import HEAD, saved_lines, told_steps

_BY_TIME = "dim"


def print_replay(console: Console, replay: Replay) -> None:
    """Print what happened and what should have been offered, moment by moment."""
    policy = replay.policy
    about = f" on incident {replay.incident_id}" if replay.incident_id else ""
    named = f", {replay.times.named}" if replay.times.named else ""
    console.print(words(f"{policy.name} {policy.version}{about}{named}", "bold"))
    console.print()
    table = grid(console, *HEAD, whole=HEAD[:1])
    for step in told_steps(replay):
        cells = map(Lines, (step.happened, step.plan, step.changed))
        table.add_row(words(step.when), *cells, style=_BY_TIME if step.is_by_time else "")
        table.add_section()
    print_table(console, table)
    console.print(heading("What the first plan would have saved"))
    print_lines(console, saved_lines(replay), indent=2)
