"""`remedykit check`: what is wrong with a policy, whether it does what its scenarios expect."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from remedykit.authoring.exposure import total_exposure
from remedykit.authoring.scenario_reading import read_scenarios
from remedykit.authoring.scenarios import Outcome, run_scenario
from remedykit.cli.output import print_lines, print_raw, screen, words
from remedykit.cli.policies import folder_of
from remedykit.diagnostics import Diagnostic
from remedykit.errors import InputError, PolicyError
from remedykit.policy import Policy

_COLOURS = {"error": "red", "warning": "yellow"}


def check(
    folders: Annotated[
        list[str],
        typer.Argument(
            metavar="DIR...",
            help="Folders of policies, or names of shipped ones.",
            show_default=False,
        ),
    ],
) -> None:
    """Check policies and run their scenarios.

    Prints what is wrong, what looks wrong, and the dearest plan over the scenarios.
    """
    console = screen()
    found = [folder_of(folder, "DIR") for folder in folders]
    results = [_is_fine(console, folder) for folder in found]
    if not all(results):
        raise typer.Exit(1)


def _is_fine(console: Console, folder: Path) -> bool:
    """Print what there is to say about one policy, and return whether nothing is wrong."""
    try:
        policy = Policy.load(folder)
        _print_diagnostics(console, policy.warnings)
        outcomes = [run_scenario(policy, each) for each in read_scenarios(policy, folder)]
    except PolicyError as error:
        _print_diagnostics(console, error.diagnostics)
        count = _counted(len(error.diagnostics), "error")
        console.print(words(f"{folder}: {count}", "bold red"))
        return False
    except InputError as error:
        print_raw(console, str(error))
        console.print(words(f"{folder}: a scenario is wrong", "bold red"))
        return False
    failed = [outcome for outcome in outcomes if not outcome.passed]
    _print_failed(console, failed)
    _print_summary(console, policy, outcomes, len(failed))
    return not failed


def _print_diagnostics(console: Console, diagnostics: Iterable[Diagnostic]) -> None:
    for diagnostic in diagnostics:
        print_raw(console, diagnostic.render(), _COLOURS[diagnostic.severity])
        console.print()


def _print_failed(console: Console, failed: list[Outcome]) -> None:
    for outcome in failed:
        scenario = outcome.scenario
        console.print(words(f"{scenario.place}: scenario «{scenario.name}» failed", "red"))
        print_lines(console, map(str, outcome.differences), indent=2)
        console.print()


def _print_summary(console: Console, policy: Policy, outcomes: list[Outcome], failed: int) -> None:
    rules, kinds = len(policy.checked.rules), len(policy.checked.remedies)
    warned = _counted(len(policy.warnings), "warning")
    title = f"{policy.name} {policy.version}, digest {policy.digest[:12]}"
    console.print(words(title, "bold red" if failed else "bold green"))
    lines = [
        ", ".join((_counted(rules, "rule"), _counted(kinds, "remedy kind"), warned)),
        f"{_counted(len(outcomes), 'scenario')}, {failed} failed",
    ]
    lines += [
        f"total exposure: the dearest plan costs {each.cost} (worth {each.value} to the "
        f"customer), in scenario «{each.scenario}»"
        for each in total_exposure(outcomes)
    ] or ["total exposure: unknown, for there are no scenarios beside the rules"]
    print_lines(console, lines, indent=2)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
