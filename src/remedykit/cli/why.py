"""`remedykit why`: which rules and values led to a decision, and what would have led elsewhere."""

from __future__ import annotations

from typing import Annotated

import typer

from remedykit.cli.inputs import read_asked
from remedykit.cli.options import At, DecidedBy, File, PolicyName
from remedykit.cli.output import print_lines, screen
from remedykit.cli.policies import find_policy
from remedykit.engine.engines import DEFAULT_ENGINE
from remedykit.model.decision import Decision
from remedykit.policy import Policy


def why(
    file: File,
    policy: PolicyName,
    kind: Annotated[
        str | None,
        typer.Argument(
            metavar="[KIND]",
            help="A remedy kind, offered or not; without it, all that were offered or withheld.",
            show_default=False,
        ),
    ] = None,
    at: At = None,
    engine: DecidedBy = DEFAULT_ENGINE,
    *,
    nearest: Annotated[
        bool,
        typer.Option(
            "--nearest",
            help="Tell the smallest changes of facts with which KIND would be offered.",
        ),
    ] = False,
) -> None:
    """Tell why a decision came out as it did.

    Prints each rule that acted with the values that it read, and what each score is made of; for a
    remedy that is not offered, which tests failed, and with which values.
    """
    if nearest and kind is None:
        raise typer.BadParameter(
            "tells how one remedy kind would be offered; name it, as in `why FILE KIND --nearest`",
            param_hint="--nearest",
        )
    loaded = find_policy(policy, engine)
    decision = read_asked(file).decide(loaded, at)
    try:
        told = _told(loaded, decision, kind, nearest=nearest)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="KIND") from None
    print_lines(screen(), told.splitlines())


def _told(policy: Policy, decision: Decision, kind: str | None, *, nearest: bool) -> str:
    if nearest and kind is not None:
        return str(policy.why_not(decision, kind))
    return str(policy.why(decision, kind))
