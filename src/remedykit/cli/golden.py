"""`remedykit golden`: compare decisions around thresholds with what was reviewed."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from remedykit.authoring.golden.files import (
    GoldenDifference,
    compare_golden,
    golden_files,
    update_golden,
)
from remedykit.cli.options import Folder
from remedykit.cli.output import print_raw, screen, words
from remedykit.cli.policies import folder_of
from remedykit.policy import Policy


def golden(
    folder: Folder,
    *,
    update: Annotated[
        bool, typer.Option("--update-golden", help="Write the golden files anew.")
    ] = False,
) -> None:
    """Compare decisions around every threshold with the golden files beside the rules."""
    console, path = screen(), folder_of(folder, "DIR")
    policy = Policy.load(path)
    files = golden_files(policy, path)
    count = sum(len(file.lines) for file in files)
    differences = compare_golden(files, path)
    if update and differences:
        update_golden(files, path)
        console.print(words(f"{path}: {count} golden lines written; review what has changed"))
    elif differences:
        _print_differences(console, differences)
        console.print(words(f"{path}: golden lines differ", "bold red"))
        console.print(words(f"  if it is meant: remedykit golden {folder} --update-golden"))
        raise typer.Exit(1)
    else:
        console.print(words(f"{path}: {count} golden lines, all as they were", "bold green"))


def _print_differences(console: Console, differences: tuple[GoldenDifference, ...]) -> None:
    file = ""
    for each in differences:
        if each.file != file:
            file = each.file
            console.print(words(file, "bold"))
        print_raw(console, "\n".join(f"- expected: {line}" for line in each.expected), "red")
        print_raw(console, "\n".join(f"+ got:      {line}" for line in each.got), "green")
