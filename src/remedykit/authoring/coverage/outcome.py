"""What becomes of measured runs: what a terminal shows, files that are written, a verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from remedykit.authoring.analysis.sources import sources_with_bases
from remedykit.authoring.coverage.coverage import percent
from remedykit.authoring.coverage.json_report import json_report
from remedykit.authoring.coverage.measuring import Meter
from remedykit.authoring.coverage.page import PageSection, coverage_page
from remedykit.authoring.coverage.report import CoverageReport
from remedykit.authoring.coverage.text import coverage_lines
from remedykit.diagnostics import printable
from remedykit.errors import InputError
from remedykit.model.rational import exact_text, fraction_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageOptions:
    """What is to become of it.

    Attributes:
        fail_under: the share, from 0 to 1, that is asked for of each policy, if any is.
        html: the file for the page, if one is wanted.
        json: the file for the JSON, if it is wanted.
    """

    fail_under: Fraction | None = None
    html: Path | None = None
    json: Path | None = None

    @classmethod
    def read(cls, fail_under: str, html: str, json: str) -> CoverageOptions:
        """Return options as they are written on a command line; empty texts say nothing.

        Raises:
            ValueError: if a percentage is none.
        """
        share = share_written(fail_under) if fail_under else None
        return cls(
            fail_under=share,
            html=Path(html) if html else None,
            json=Path(json) if json else None,
        )


@dataclass(frozen=True, slots=True)
class CoverageOutcome:
    """The coverage of some policies, each with the lines of its files."""

    sections: tuple[PageSection, ...]
    options: CoverageOptions

    @property
    def reports(self) -> tuple[CoverageReport, ...]:
        """What is told of each policy."""
        return tuple(each.report for each in self.sections)

    def lines(self) -> Iterator[str]:
        """Yield what a terminal shows, and last what has too little."""
        if not self.sections:
            yield "rule coverage: no scenario was decided"
        for report in self.reports:
            yield from coverage_lines(report)
        for file in (self.options.html, self.options.json):
            if file is not None:
                yield f"written: {printable(file.as_posix())}"
        yield from self.complaints()

    def complaints(self) -> tuple[str, ...]:
        """Return a sentence for each policy that does not have the share that is asked for."""
        least = self.options.fail_under
        if least is None:
            return ()
        asked = f"at least {exact_text(least * 100)} % is asked for"
        if not self.sections:
            return (f"rule coverage was not measured, and {asked}",)
        return tuple(
            f"rule coverage of {each.title} is {percent(each.coverage.share)} %, and {asked}"
            for each in self.reports
            if each.coverage.share < least
        )

    def write(self) -> None:
        """Write the files that are wanted.

        Raises:
            InputError: if one cannot be written.
        """
        if self.options.html is not None:
            _write(self.options.html, coverage_page(self.sections))
        if self.options.json is not None:
            _write(self.options.json, json_report(self.reports))


def section_of(meter: Meter, folder: Path, seen: int, decisions: int) -> PageSection:
    """Return what is told of a policy.

    Args:
        meter: of the policy.
        folder: from which it was loaded.
        seen: the targets that were seen, as a set of bits.
        decisions: how many were looked at.
    """
    report = CoverageReport.of(meter, meter.coverage(seen, decisions))
    return PageSection(report, sources_with_bases(folder))


def share_written(percentage: str) -> Fraction:
    """Return a percentage such as ``92.5`` as a share from 0 to 1.

    Raises:
        ValueError: if it is none.
    """
    number = fraction_of(percentage.strip().removesuffix("%").strip())
    if number is None or not 0 <= number <= 100:
        raise ValueError(f"{printable(percentage)} is no percentage from 0 to 100, such as 92.5")
    return number / 100


def _write(file: Path, text: str) -> None:
    try:
        file.write_bytes(text.encode())
    except OSError as error:
        where = printable(file.as_posix())
        raise InputError(where, f"cannot be written: {error.strerror or error}") from None
