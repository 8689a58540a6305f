"""`remedykit replay`: what should have been offered after each event of a case, and in between."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from remedykit.cli.inputs import read_asked
from remedykit.cli.options import DecidedBy, File, PolicyName
from remedykit.cli.output import screen
from remedykit.cli.policies import find_policy
from remedykit.cli.replay_view import print_replay
from remedykit.diagnostics import printable
from remedykit.engine.engines import DEFAULT_ENGINE
from remedykit.errors import InputError
from remedykit.replaying.replay import Replay


def replay(
    file: File,
    policy: PolicyName,
    until: Annotated[
        str | None,
        typer.Option(
            "--until",
            metavar="TIME",
            help="The last moment to look at, such as 2026-11-23T14:30:00-05:00, or now; without "
            "it the last event, and 30 days more if the case is open then.",
            show_default=False,
        ),
    ] = None,
    engine: DecidedBy = DEFAULT_ENGINE,
    html: Annotated[
        str,
        typer.Option(
            "--html", metavar="OUT", help="Write a page with a picture of it.", show_default=False
        ),
    ] = "",
    *,
    json: Annotated[
        bool, typer.Option("--json", help="Print the replay as one JSON object.")
    ] = False,
) -> None:
    """Tell what should have been offered after each event of a case.

    FILE tells the events, under `case: events:`; its `at` is not needed, and not used. Between
    events, and after the last one, there is a line for each moment at which time alone changes what
    should be offered.
    """
    loaded = find_policy(policy, engine)
    told = read_asked(file).replay(loaded, until)
    if html:
        _write(Path(html), told)
    if json:
        typer.echo(told.to_json().encode())
    else:
        print_replay(screen(), told)


def _write(page: Path, told: Replay) -> None:
    try:
        page.write_bytes(told.to_html().encode())
    except OSError as error:
        where = printable(page.as_posix())
        raise InputError(where, f"cannot be written: {error.strerror or error}") from None
