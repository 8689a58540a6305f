"""`remedykit check`: what is wrong with a policy, whether it does what its scenarios expect."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from remedykit.authoring.analysis import findings, sources_in
from remedykit.authoring.exposure import total_exposure
from remedykit.authoring.scenarios.reading import read_scenarios
from remedykit.authoring.scenarios.scenario import Results, run_scenarios
from remedykit.cli.options import Folders
from remedykit.cli.output import print_lines, print_raw, screen, words
from remedykit.cli.policies import folder_of
from remedykit.cli.scenario_view import counted, counted_results, print_failed
from remedykit.diagnostics import Diagnostic, Findings, printable
from remedykit.errors import InputError, PolicyError
from remedykit.language.calendars import warn_of_ends
from remedykit.policy import Policy

_COLOURS = {"error": "red", "warning": "yellow"}


def check(
    folders: Folders,
    today: Annotated[
        str | None,
        typer.Option(
            "--today",
            metavar="DATE",
            help="The day, such as 2026-11-23, from which calendars must reach a year ahead; "
            "without it the day of the clock.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Check policies and run their scenarios.

    Prints what is wrong, what looks wrong, and the dearest plan over the scenarios.
    """
    console = screen()
    day = _day_of(today)
    found = [folder_of(folder, "DIR") for folder in folders]
    results = [_is_fine(console, folder, day) for folder in found]
    if not all(results):
        raise typer.Exit(1)


def _day_of(option: str | None) -> date:
    if option is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(option)
    except ValueError:
        problem = f"{printable(option)} is no date; write it as 2026-11-23"
        raise typer.BadParameter(problem, param_hint="--today") from None


def _is_fine(console: Console, folder: Path, today: date) -> bool:
    """Print what there is to say about one policy, and return whether nothing is wrong."""
    try:
        policy = Policy.load(folder)
        sources = sources_in(folder)
        ending = Findings(dict(sources))
        warn_of_ends(policy.checked.calendars, today, ending)
        warnings = (*policy.warnings, *findings(policy, sources), *ending.sorted())
        _print_diagnostics(console, sorted(warnings, key=lambda each: each.place))
        results = run_scenarios(policy, read_scenarios(policy, folder))
    except PolicyError as error:
        _print_diagnostics(console, error.diagnostics)
        count = counted(len(error.diagnostics), "error")
        console.print(words(f"{folder}: {count}", "bold red"))
        return False
    except InputError as error:
        print_raw(console, str(error))
        console.print(words(f"{folder}: a scenario is wrong", "bold red"))
        return False
    print_failed(console, results)
    _print_summary(console, policy, results, len(warnings))
    return results.are_fine


def _print_diagnostics(console: Console, diagnostics: Iterable[Diagnostic]) -> None:
    for diagnostic in diagnostics:
        print_raw(console, diagnostic.render(), _COLOURS[diagnostic.severity])
        console.print()


def _print_summary(console: Console, policy: Policy, results: Results, warnings: int) -> None:
    rules, kinds = len(policy.checked.rules), len(policy.checked.remedies)
    warned = counted(warnings, "warning")
    title = f"{policy.name} {policy.version}, digest {policy.digest[:12]}"
    console.print(words(title, "bold green" if results.are_fine else "bold red"))
    lines = [
        ", ".join((counted(rules, "rule"), counted(kinds, "remedy kind"), warned)),
        counted_results(results),
    ]
    lines += [
        f"total exposure: the dearest plan costs {each.cost} (worth {each.value} to the "
        f"customer), in scenario «{each.scenario}»"
        for each in total_exposure(results.outcomes)
    ] or ["total exposure: unknown, for there are no scenarios beside the rules"]
    print_lines(console, lines, indent=2)
