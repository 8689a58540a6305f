"""`remedykit why`: which rules and values led to a decision."""

from __future__ import annotations

from typing import Annotated

import typer

from remedykit.cli.inputs import read_asked
from remedykit.cli.options import At, File, PolicyName
from remedykit.cli.output import print_lines, screen
from remedykit.cli.policies import find_policy


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
) -> None:
    """Tell why a decision came out as it did.

    Prints each rule that acted with the values that it read, and what each score is made of; for a
    remedy that is not offered, which tests failed, and with which values.
    """
    loaded = find_policy(policy)
    decision = read_asked(file).decide(loaded, at)
    try:
        reasons = loaded.why(decision, kind)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="KIND") from None
    print_lines(screen(), str(reasons).splitlines())
