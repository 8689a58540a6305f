"""Suggested scenarios as an author pastes them into a file."""

from __future__ import annotations

from collections.abc import Iterable

from remedykit.authoring.analysis.example_text import flow, lines_of
from remedykit.authoring.mutation.survivors import Suggestion
from remedykit.authoring.mutation.telling import written_expectation


def scenario_lines(suggestion: Suggestion) -> tuple[str, ...]:
    """Return one scenario, as an item of `scenarios`."""
    expect = f"expect: {flow(written_expectation(suggestion.expect))}"
    lines = (f"name: {flow(suggestion.name)}", *lines_of(suggestion.situation), expect)
    return tuple(f"{'    ' if number else '  - '}{line}" for number, line in enumerate(lines))


def scenarios_text(suggestions: Iterable[Suggestion]) -> str:
    """Return a file of scenarios; its items can also be put below those of another file."""
    lines = [line for each in suggestions for line in scenario_lines(each)]
    return "\n".join(["scenarios:", *lines, ""])
