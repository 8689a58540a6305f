"""Coverage as lines for a terminal: shares by file, then what is missing and facts for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from remedykit.authoring.analysis.example_text import lines_of
from remedykit.authoring.coverage.coverage import percent
from remedykit.authoring.coverage.exercising import Missing
from remedykit.authoring.coverage.report import CoverageReport
from remedykit.authoring.situations.building import Unbuildable
from remedykit.authoring.situations.situation import Situation

_INDENT = "  "


def coverage_lines(report: CoverageReport) -> Iterator[str]:
    """Yield what a terminal shows of a report, each line without its end."""
    coverage, files = report.coverage, report.files
    decided = f"{coverage.decisions} scenario{'' if coverage.decisions == 1 else 's'}"
    counted = f"{coverage.covered} of {len(coverage.targets)}, by {decided}"
    yield f"rule coverage of {report.title}: {percent(coverage.share)} % ({counted})"
    widest = max((len(each.file) for each in files), default=0)
    for each in files:
        share = f"{percent(each.share)} %"
        yield f"{_INDENT}{each.file:{widest}}  {share:>7}  {each.covered} of {each.targets}"
    if report.foremost:
        yield "missing:"
        yield from _told(report.foremost)
    left = len(coverage.missing_numbers) - len(report.foremost)
    if left:
        yield f"{_INDENT}and {left} more"


def facts_lines(facts: Situation | Unbuildable) -> tuple[str, ...]:
    """Return facts as a scenario has them, or why there are none, in lines."""
    return (f"unreached: {facts.reason}",) if isinstance(facts, Unbuildable) else lines_of(facts)


def _told(missing: Sequence[Missing]) -> Iterator[str]:
    """Yield what is missing; all that the same facts show stands together above them."""
    left = list(missing)
    while left:
        facts = left[0].facts
        for each in left:
            if each.facts == facts:
                yield f"{_INDENT}{each.target.place}: {each.target.name}"
        yield from (f"{_INDENT}{_INDENT}{line}" for line in facts_lines(facts))
        left = [each for each in left if each.facts != facts]
