"""`remedykit test`: whether policies decide as their scenarios expect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from remedykit.authoring.coverage.json_report import coverage_record
from remedykit.authoring.coverage.measuring import Meter
from remedykit.authoring.coverage.outcome import CoverageOptions, CoverageOutcome, section_of
from remedykit.authoring.coverage.page import PageSection
from remedykit.authoring.scenarios.differences import Difference
from remedykit.authoring.scenarios.reading import read_scenarios, unread_files
from remedykit.authoring.scenarios.scenario import Results, Scenario, run_scenarios
from remedykit.cli.options import DecidedBy, Folders
from remedykit.cli.output import print_raw, screen, words
from remedykit.cli.policies import decided_by, folder_of
from remedykit.cli.scenario_view import counted_results, print_diagnostics, print_failed
from remedykit.diagnostics import Diagnostic, printable
from remedykit.engine.engines import DEFAULT_ENGINE
from remedykit.engine.matching import EngineName
from remedykit.errors import InputError, RemedykitError
from remedykit.model.json_text import Json, write_json
from remedykit.policy import Policy


def run_tests(  # noqa: PLR0913 - each option is an argument
    folders: Folders,
    engine: DecidedBy = DEFAULT_ENGINE,
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
        bool,
        typer.Option("--json", help="Print JSON, one object a scenario (and one a rule coverage)."),
    ] = False,
    rule_cov: Annotated[
        bool,
        typer.Option("--rule-cov", help="Tell which rules, tests and rows the scenarios exercise."),
    ] = False,
    fail_under: Annotated[
        str,
        typer.Option(
            "--rule-cov-fail-under",
            metavar="PERCENT",
            help="Fail if they exercise less of a policy.",
            show_default=False,
        ),
    ] = "",
    html: Annotated[
        str,
        typer.Option(
            "--rule-cov-html",
            metavar="FILE",
            help="Write a page that shows it line by line.",
            show_default=False,
        ),
    ] = "",
    json: Annotated[
        str,
        typer.Option(
            "--rule-cov-json", metavar="FILE", help="Write it as JSON.", show_default=False
        ),
    ] = "",
) -> None:
    """Run the scenarios of policies.

    Prints what was expected, what came, and which test of which rule made it so.
    """
    options = _options(fail_under, html, json)
    runs = [_run(folder_of(folder, "DIR"), only, engine) for folder in folders]
    if only and not any(run.scenarios or run.error for run in runs):
        raise typer.BadParameter(
            f"no scenario has a name that contains `{printable(only)}`", param_hint="--only"
        )
    is_measured = rule_cov or bool(fail_under or html or json)
    coverage = _coverage(runs, options) if is_measured else None
    if as_json:
        for run in runs:  # apart from the JSON, which tells of scenarios that ran
            print_diagnostics(screen(to_error=True), run.unread)
        _print_json(runs, coverage)
    else:
        _print(runs, coverage)
    if not all(run.is_fine for run in runs) or (coverage and coverage.complaints()):
        raise typer.Exit(1)


def _options(fail_under: str, html: str, json: str) -> CoverageOptions:
    try:
        return CoverageOptions.read(fail_under, html, json)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--rule-cov-fail-under") from None


def _coverage(runs: list[_Run], options: CoverageOptions) -> CoverageOutcome:
    """Measure what the scenarios exercise, and write the files that are wanted."""
    sections: list[PageSection] = []
    for run in runs:
        if run.policy is not None:
            meter = Meter.of(run.policy)
            found = meter.measured(outcome.decision for outcome in run.results.outcomes)
            sections.append(section_of(meter, run.folder, found.seen, found.decisions))
    coverage = CoverageOutcome(tuple(sections), options)
    coverage.write()
    return coverage


def _print(runs: list[_Run], coverage: CoverageOutcome | None) -> None:
    console = screen()
    for run in runs:
        run.print(console)
    if coverage is not None:
        console.print()
        print_raw(console, "\n".join(coverage.lines()))


def _print_json(runs: list[_Run], coverage: CoverageOutcome | None) -> None:
    records: list[Json] = [each for run in runs for each in run.to_json()]
    reports = () if coverage is None else coverage.reports
    records.extend({"rule_coverage": coverage_record(report)} for report in reports)
    typer.echo(write_json(records).encode())


@dataclass(frozen=True, slots=True)
class _Run:
    """One policy's scenarios and what became of them, or why they could not be read.

    Attributes:
        unread: warnings about files that hold scenarios, perhaps, and are not read.
    """

    folder: Path
    results: Results
    policy: Policy | None = None
    error: RemedykitError | None = None
    unread: tuple[Diagnostic, ...] = ()

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
        print_diagnostics(console, self.unread)
        if self.policy is None:
            print_raw(console, str(self.error), "red")
            console.print()
            console.print(words(f"{self.folder}: no scenario was run", "bold red"))
            return
        print_failed(console, self.results)
        style = "bold green" if self.is_fine else "bold red"
        title = f"{self.policy.name} {self.policy.version}"
        console.print(words(f"{title}: {counted_results(self.results)}", style))

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


def _run(folder: Path, only: str, engine: EngineName) -> _Run:
    unread: tuple[Diagnostic, ...] = ()
    try:
        policy = decided_by(Policy.load(folder), engine)
        unread = unread_files(policy)
        scenarios = read_scenarios(policy, folder)
        if not scenarios:
            told = "there are no scenarios; write them beside the rules, in files *.scenarios.yaml"
            raise InputError(printable(folder.as_posix()), told)
    except RemedykitError as error:
        return _Run(folder, Results((), ()), error=error, unread=unread)
    chosen = [each for each in scenarios if only.casefold() in each.name.casefold()]
    return _Run(folder, run_scenarios(policy, chosen), policy, unread=unread)


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
