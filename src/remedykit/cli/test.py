"""`remedykit test`: whether policies decide as their scenarios expect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from remedykit.authoring.scenarios.differences import Difference
from remedykit.authoring.scenarios.reading import read_scenarios
from remedykit.authoring.scenarios.scenario import Results, Scenario, run_scenarios
from remedykit.cli.options import Folders
from remedykit.cli.output import print_raw, screen, words
from remedykit.cli.policies import folder_of
from remedykit.cli.scenario_view import counted_results, print_failed
from remedykit.diagnostics import printable
from remedykit.errors import InputError, RemedykitError
from remedykit.model.json_text import Json, write_json
from remedykit.policy import Policy


def run_tests(
    folders: Folders,
    *,
    only: Annotated[
        str,
        typer.Option(
            "--only",
            metavar="TEXT",
            help="Run only scenarios whose names contain this, in capitals or not.",
            show_default=False,
        ),
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON, one object a scenario.")
    ] = False,
) -> None:
    """Run the scenarios of policies.

    Prints what was expected, what came, and which test of which rule made it so.
    """
    runs = [_run(folder_of(folder, "DIR"), only) for folder in folders]
    if only and not any(run.scenarios or run.error for run in runs):
        raise typer.BadParameter(
            f"no scenario has a name that contains `{printable(only)}`", param_hint="--only"
        )
    if as_json:
        typer.echo(write_json([each for run in runs for each in run.to_json()]).encode())
    else:
        console = screen()
        for run in runs:
            run.print(console)
    if not all(run.is_fine for run in runs):
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class _Run:
    """One policy's scenarios and what became of them, or why they could not be read."""

    folder: Path
    results: Results
    error: RemedykitError | None = None
    title: str = ""

    @property
    def scenarios(self) -> int:
        """How many there are."""
        return len(self.results.outcomes) + len(self.results.faults)

    @property
    def is_fine(self) -> bool:
        """Whether nobody need look into anything."""
        return self.error is None and self.results.are_fine

    def print(self, console: Console) -> None:
        """Print what must be looked into, and the counts."""
        if self.error is not None:
            print_raw(console, str(self.error), "red")
            console.print()
            console.print(words(f"{self.folder}: no scenario was run", "bold red"))
            return
        print_failed(console, self.results)
        style = "bold green" if self.is_fine else "bold red"
        console.print(words(f"{self.title}: {counted_results(self.results)}", style))

    def to_json(self) -> Iterator[Json]:
        """Yield one object a scenario, or one for the whole policy if it cannot be read."""
        if self.error is not None:
            yield {"folder": self.folder.as_posix(), "verdict": "error", "error": str(self.error)}
        for fault in self.results.faults:
            yield {**_told(fault.scenario), "verdict": "error", "error": str(fault.error)}
        for outcome in self.results.outcomes:
            differences: list[Json] = [_difference(each) for each in outcome.differences]
            yield {
                **_told(outcome.scenario),
                "verdict": outcome.verdict,
                "xfail": outcome.scenario.xfail,
                "differences": differences,
            }


def _run(folder: Path, only: str) -> _Run:
    try:
        policy = Policy.load(folder)
        scenarios = read_scenarios(policy, folder)
        if not scenarios:
            told = "there are no scenarios; write them beside the rules, in files *.scenarios.yaml"
            raise InputError(printable(folder.as_posix()), told)
    except RemedykitError as error:
        return _Run(folder, Results((), ()), error)
    chosen = [each for each in scenarios if only.casefold() in each.name.casefold()]
    title = f"{policy.name} {policy.version}"
    return _Run(folder, run_scenarios(policy, chosen), title=title)


def _told(scenario: Scenario) -> dict[str, Json]:
    place = scenario.place
    return {"scenario": scenario.name, "file": place.file, "line": place.line}


def _difference(difference: Difference) -> Json:
    return {
        "about": difference.about,
        "expected": difference.expected,
        "got": difference.got,
        "why": list(difference.why),
    }
