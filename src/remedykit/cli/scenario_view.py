"""How what is wrong with files is printed, and scenarios that came out otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console

from remedykit.authoring.scenarios.scenario import Results, Scenario
from remedykit.cli.output import print_lines, print_raw, words
from remedykit.diagnostics import Diagnostic

_COLOURS = {"error": "red", "warning": "yellow"}


def print_diagnostics(console: Console, diagnostics: Iterable[Diagnostic]) -> None:
    """Print each diagnostic as its author sees it, with an empty line behind it."""
    for diagnostic in diagnostics:
        print_raw(console, diagnostic.render(), _COLOURS[diagnostic.severity])
        console.print()


def print_failed(console: Console, results: Results) -> None:
    """Print each scenario that somebody must look into: what was expected, what came, and why."""
    for fault in results.faults:
        _print_title(console, fault.scenario, "cannot be decided")
        print_raw(console, str(fault.error))
        console.print()
    for outcome in results.failed:
        _print_title(console, outcome.scenario, "failed")
        print_lines(console, outcome.report().splitlines(), indent=2)
        console.print()


def counted_results(results: Results) -> str:
    """Return how many scenarios there are and what became of them, in one line."""
    known = sum(1 for each in results.outcomes if each.verdict == "xfailed")
    failed = len(results.failed) + len(results.faults)
    told = [counted(len(results.outcomes) + len(results.faults), "scenario"), f"{failed} failed"]
    return ", ".join([*told, *([f"{known} known to fail"] if known else [])])


def counted(number: int, what: str) -> str:
    """Return a number with what is counted, in the plural where it must be."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def _print_title(console: Console, scenario: Scenario, what: str) -> None:
    console.print(words(f"{scenario.place}: scenario «{scenario.name}» {what}", "red"))
