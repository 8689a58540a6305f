"""`remedykit golden`: compare decisions around thresholds with what was reviewed."""

from __future__ import annotations

from collections.abc import Iterable
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
        new = {file.name for file in files if not (path / file.name).exists()}
        changed = tuple(each for each in differences if each.file not in new)
        _print_differences(console, changed)
        _print_new(console, sorted(new))
        if changed:
            console.print(words(f"{path}: golden lines differ", "bold red"))
            console.print(words(f"  if it is meant: remedykit golden {folder} --update-golden"))
        else:
            told = "there is no golden file yet; write it with --update-golden and review it"
            console.print(words(f"{path}: {told}", "bold red"), soft_wrap=True)
        raise typer.Exit(1)
    else:
        console.print(words(f"{path}: {count} golden lines, all as they were", "bold green"))


def _print_new(console: Console, names: Iterable[str]) -> None:
    for name in names:
        console.print(words(f"{name}: there is no such golden file yet"))


def _print_differences(console: Console, differences: tuple[GoldenDifference, ...]) -> None:
    file = ""
    for each in differences:
        if each.file != file:
            file = each.file
            console.print(words(file, "bold"))
        print_raw(console, "\n".join(f"- expected: {line}" for line in each.expected), "red")
        print_raw(console, "\n".join(f"+ got:      {line}" for line in each.got), "green")
