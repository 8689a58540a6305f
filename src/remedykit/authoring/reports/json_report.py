"""What a check found as one JSON array, for programs that show or count it."""

from __future__ import annotations

from collections.abc import Sequence

from remedykit.authoring.reports.problems import Problem
from remedykit.diagnostics import Place
from remedykit.model.json_text import Json, write_json


def json_report(problems: Sequence[Problem]) -> str:
    """Return the array; lines and columns count characters from 1, the end is excluded."""
    return write_json([_record(problem) for problem in problems]) + "\n"


def _record(problem: Problem) -> Json:
    return {
        **_place(problem.place),
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "help": problem.help or None,
        "scenario": problem.scenario or None,
        "also": None
        if problem.also is None
        else {**_place(problem.also[0]), "message": problem.also[1]},
    }


def _place(place: Place) -> dict[str, Json]:
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
