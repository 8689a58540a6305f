"""`remedykit check`: what is wrong with a policy, whether it does what its scenarios expect."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, assert_never

import typer
from rich.console import Console

import remedykit
from remedykit.authoring.exposure import total_exposure
from remedykit.authoring.reports.checked import CheckReport, check_folder
from remedykit.authoring.reports.github import github_report
from remedykit.authoring.reports.json_report import json_report
from remedykit.authoring.reports.problems import problems_in
from remedykit.authoring.reports.sarif import sarif_report
from remedykit.authoring.scenarios.scenario import Results
from remedykit.cli.options import Folders
from remedykit.cli.output import print_lines, print_raw, screen, words
from remedykit.cli.policies import folder_of
from remedykit.cli.scenario_view import (
    counted,
    counted_results,
    print_diagnostics,
    print_failed,
)
from remedykit.diagnostics import printable
from remedykit.policy import Policy


class Format(StrEnum):
    """How a check reports what it found."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


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
    report: Annotated[
        Format,
        typer.Option(
            "--format",
            help="text for people; json for programs; github for annotations in GitHub Actions; "
            "sarif for code scanners.",
        ),
    ] = Format.TEXT,
) -> None:
    """Check policies and run their scenarios.

    Prints what is wrong, what looks wrong, and the dearest plan over the scenarios.
    """
    day = _day_of(today)
    found = [folder_of(folder, "DIR") for folder in folders]
    reports: list[CheckReport] = []
    for folder in found:
        reports.append(check_folder(folder, day))
        if report is Format.TEXT:  # at once, for the next policy may take a while
            _print_text(screen(), reports[-1])
    if report is not Format.TEXT:
        typer.echo(_written(reports, report), nl=False)
    if not all(each.is_fine for each in reports):
        raise typer.Exit(1)


def _day_of(option: str | None) -> date:
    if option is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(option)
    except ValueError:
        problem = f"{printable(option)} is no date; write it as 2026-11-23"
        raise typer.BadParameter(problem, param_hint="--today") from None


def _written(reports: list[CheckReport], report: Format) -> bytes:
    problems = problems_in(reports)
    match report:
        case Format.JSON:
            text = json_report(problems)
        case Format.GITHUB:
            text = github_report(problems)
        case Format.SARIF:
            text = sarif_report(problems, remedykit.__version__)
        case Format.TEXT:
            text = ""  # printed as it is found
        case _ as unreachable:
            assert_never(unreachable)
    return text.encode()  # whatever the terminal's own encoding is


# --- text ---------------------------------------------------------------------------------------


def _print_text(console: Console, report: CheckReport) -> None:
    """Print what there is to say about one policy."""
    print_diagnostics(console, (*report.warnings, *report.errors))
    if report.errors:
        count = counted(len(report.errors), "error")
        console.print(words(f"{report.folder}: {count}", "bold red"))
    elif report.unreadable is not None:
        print_raw(console, str(report.unreadable))
        console.print(words(f"{report.folder}: a scenario is wrong", "bold red"))
    elif report.policy is not None and report.results is not None:
        print_failed(console, report.results)
        _print_summary(console, report.policy, report.results, len(report.warnings))


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
