"""`remedykit schema`: JSON Schemas by which editors complete and check policies and scenarios."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from remedykit.authoring.schemas.files import (
    POLICY_FILE,
    SCENARIOS_FILE,
    names_in,
    schema_files,
    schema_line,
)
from remedykit.authoring.schemas.names import Names
from remedykit.cli.output import print_lines, screen
from remedykit.cli.policies import folder_of
from remedykit.diagnostics import printable


def schema(
    policy: Annotated[
        str | None,
        typer.Argument(
            metavar="[DIR]",
            help="The folder of a policy, or the name of a shipped one, whose own names the "
            "schemas shall know; without it they know the facts of the models, and take every "
            "other name for one of the policy.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        str,
        typer.Option(
            "--out", metavar="FOLDER", help="Where to write them; the folder is made if need be."
        ),
    ] = ".",
) -> None:
    """Write JSON Schemas of policy files and of scenario files.

    Editors with the YAML language server complete and check by them; docs/editors.md tells how.
    Write them again after a name was declared.
    """
    names = Names.built_in() if policy is None else names_in(folder_of(policy, "DIR"))
    written = _write(Path(out), schema_files(names))
    lines = [f"wrote {printable(path.as_posix())}" for path in written]
    lines += [
        "",
        "The first line of a file tells an editor its schema:",
        f"  {schema_line(POLICY_FILE)}",
        f"  {schema_line(SCENARIOS_FILE)}",
    ]
    print_lines(screen(), lines)


def _write(folder: Path, texts: dict[str, str]) -> list[Path]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        paths = [folder / name for name in texts]
        for path in paths:
            path.write_bytes(texts[path.name].encode())  # the same bytes on every system
    except (OSError, ValueError) as error:
        problem = error.strerror if isinstance(error, OSError) else str(error)
        raise typer.BadParameter(
            f"{printable(str(folder))}: {(problem or str(error)).lower()}", param_hint="--out"
        ) from None
    return paths
