"""`remedykit new`: a small, working policy to start from."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from remedykit.cli.output import print_lines, screen
from remedykit.diagnostics import printable


def new(
    folder: Annotated[
        str,
        typer.Argument(metavar="DIR", help="A folder that is new or empty.", show_default=False),
    ],
) -> None:
    """Write a small, working policy to start from."""
    try:
        written = _write_template(Path(folder))
    except (OSError, ValueError) as error:
        problem = error.strerror if isinstance(error, OSError) else str(error)
        raise typer.BadParameter(
            f"{printable(folder)}: {(problem or str(error)).lower()}", param_hint="DIR"
        ) from None
    shown = printable(folder)
    lines = [f"wrote {printable(path.as_posix())}" for path in written]
    lines += [
        "",
        f"remedykit check {shown}",
        f"remedykit decide {shown}/incident.json --policy {shown}",
    ]
    print_lines(screen(), lines)


def _write_template(folder: Path) -> list[Path]:
    if folder.is_dir() and any(folder.iterdir()):
        raise ValueError("the folder is not empty; name one that is new or empty")
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    template = files("remedykit.cli").joinpath("template")
    for source in sorted(template.iterdir(), key=lambda source: source.name):
        target = folder / source.name
        target.write_bytes(source.read_bytes())
        written.append(target)
    return written
