"""The findings of checks in one shape: diagnostics and failing scenarios alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from remedykit.authoring.reports.checked import CheckReport
from remedykit.authoring.scenarios.scenario import Results
from remedykit.diagnostics import Diagnostic, Place, Severity, printable
from remedykit.errors import InputError

FAILED = "scenario-failed"
UNDECIDED = "scenario-undecided"
UNREADABLE = "unreadable-file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that somebody should look into.

    Attributes:
        code: of the diagnostic; `FAILED` or `UNDECIDED` of a scenario.
        message: of a scenario several lines, else one.
        scenario: the name of the scenario that failed; empty of a diagnostic.
        also: the second place of a conflict, and what stands there.
    """

    place: Place
    severity: Severity
    code: str
    message: str
    help: str = ""
    scenario: str = ""
    also: tuple[Place, str] | None = None


def problems_in(reports: Iterable[CheckReport]) -> tuple[Problem, ...]:
    """Return all that is wrong or looks wrong, in the order in which the text shows it."""
    return tuple(problem for report in reports for problem in _problems(report))


def _problems(report: CheckReport) -> Iterator[Problem]:
    for diagnostic in (*report.warnings, *report.errors):
        yield _of_diagnostic(diagnostic)
    if report.unreadable is not None:
        yield _of_unreadable(report.unreadable)
    if report.results is not None:
        yield from _of_scenarios(report.results)


def _of_diagnostic(diagnostic: Diagnostic) -> Problem:
    also = diagnostic.also
    return Problem(
        place=diagnostic.place,
        severity=diagnostic.severity,
        code=diagnostic.code,
        message=printable(diagnostic.message),
        help=printable(diagnostic.help),
        also=None if also is None else (also.place, printable(also.label)),
    )


def _of_unreadable(error: InputError) -> Problem:
    return Problem(
        place=Place(error.where, 1, 1, 1, 2),
        severity="error",
        code=UNREADABLE,
        message=_lines(error.problem),
    )


def _of_scenarios(results: Results) -> Iterator[Problem]:
    for fault in results.faults:
        yield Problem(
            place=fault.scenario.place,
            severity="error",
            code=UNDECIDED,
            message=_lines(f"cannot be decided: {fault.error}"),
            scenario=fault.scenario.name,
        )
    for outcome in results.failed:
        yield Problem(
            place=outcome.scenario.place,
            severity="error",
            code=FAILED,
            message=_lines(outcome.report()),
            scenario=outcome.scenario.name,
        )


def _lines(text: str) -> str:
    return "\n".join(map(printable, text.splitlines()))


def title_of(problem: Problem) -> str:
    """Return what a list of problems calls it: its code or, of a scenario, its name."""
    name = printable(problem.scenario)
    return f"scenario «{name}»" if problem.scenario else problem.code


def whole_message(problem: Problem) -> str:
    """Return the message with the help behind it."""
    return f"{problem.message}\nhelp: {problem.help}" if problem.help else problem.message


def relative_file(file: str) -> str:
    """Return a file as it is named from the current folder, where it is in it or below."""
    path = Path(file)
    here = Path.cwd()
    if path.is_absolute() and path.is_relative_to(here):
        return path.relative_to(here).as_posix()
    return file
