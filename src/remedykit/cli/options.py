"""Arguments and options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

from remedykit.engine.matching import EngineName

File = Annotated[
    str,
    typer.Argument(
        metavar="FILE",
        help="YAML or JSON with incident, customer and, if need be, case, facts and at; "
        "- is standard input.",
        show_default=False,
    ),
]
Folder = Annotated[
    str,
    typer.Argument(
        metavar="DIR",
        help="The folder of a policy, or the name of a shipped one.",
        show_default=False,
    ),
]
Folders = Annotated[
    list[str],
    typer.Argument(
        metavar="DIR...",
        help="Folders of policies, or names of shipped ones.",
        show_default=False,
    ),
]
PolicyName = Annotated[
    str,
    typer.Option(
        "--policy",
        "-p",
        metavar="NAME_OR_DIR",
        help="A shipped policy (nurture, marketplace, transactional) or the folder of your own.",
        show_default=False,
    ),
]
At = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar="TIME",
        help="The moment of decision, such as 2026-11-23T14:30:00-05:00, or now; it goes before "
        "what FILE says. Without either, facts that need it are unknown.",
        show_default=False,
    ),
]
DecidedBy = Annotated[
    EngineName,
    typer.Option(
        "--engine",
        help="What decides: all engines give the same decisions. durable needs remedykit[durable].",
    ),
]
