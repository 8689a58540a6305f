"""What a check found as commands of GitHub Actions, which shows them beside the lines."""

from __future__ import annotations

from collections.abc import Sequence

from remedykit.authoring.reports.problems import Problem, relative_file, title_of, whole_message

# What would end a message, and what would end a property of it.
_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}


def github_report(problems: Sequence[Problem]) -> str:
    """Return one ``::error`` or ``::warning`` a line; nothing where there is no problem."""
    return "".join(f"{_command(problem)}\n" for problem in problems)


def _command(problem: Problem) -> str:
    place = problem.place
    properties = {
        "file": relative_file(place.file),
        "line": str(place.line),
        "col": str(place.column),
        "endLine": str(place.end_line),
    }
    if place.line == place.end_line:  # GitHub takes no end column otherwise
        properties["endColumn"] = str(place.end_column)
    properties["title"] = title_of(problem)
    said = ",".join(f"{name}={_escaped(text, _IN_PROPERTY)}" for name, text in properties.items())
    return f"::{problem.severity} {said}::{_escaped(whole_message(problem), _IN_MESSAGE)}"


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in text)
