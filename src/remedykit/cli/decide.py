"""`remedykit decide`: what to do now, and what else could be done."""

from __future__ import annotations

from typing import Annotated

import typer

from remedykit.cli.decision_view import print_decision
from remedykit.cli.inputs import read_asked
from remedykit.cli.options import At, DecidedBy, File, PolicyName
from remedykit.cli.output import screen
from remedykit.cli.policies import find_policy
from remedykit.engine.engines import DEFAULT_ENGINE
from remedykit.explain.time_words import TimeWords


def decide(
    file: File,
    policy: PolicyName,
    at: At = None,
    engine: DecidedBy = DEFAULT_ENGINE,
    *,
    json: Annotated[
        bool, typer.Option("--json", help="Print the decision as one JSON object.")
    ] = False,
) -> None:
    """Decide what to do about an incident."""
    loaded = find_policy(policy, engine)
    decision = read_asked(file).decide(loaded, at)
    questions, upcoming = loaded.questions(decision), loaded.upcoming(decision)
    if json:
        typer.echo(decision.to_json(questions=questions, upcoming=upcoming).encode())
    else:
        print_decision(screen(), decision, questions, upcoming, TimeWords.of(loaded.checked))
