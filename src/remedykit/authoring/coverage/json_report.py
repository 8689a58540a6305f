"""Coverage as JSON data, for programs."""

from __future__ import annotations

from collections.abc import Iterable

from remedykit.authoring.coverage.coverage import percent
from remedykit.authoring.coverage.exercising import Missing
from remedykit.authoring.coverage.report import CoverageReport, FileCoverage
from remedykit.authoring.situations.building import Unbuildable
from remedykit.model.json_text import Json, write_json


def json_report(reports: Iterable[CoverageReport]) -> str:
    """Return a JSON array with one object a policy; see `coverage_record`."""
    return f"{write_json([coverage_record(each) for each in reports])}\n"


def coverage_record(report: CoverageReport) -> dict[str, Json]:
    """Return a report as JSON data: shares, files, and what is missing.

    What is missing has `given` and `at` as a scenario has them, or `unreached` with the reason.
    """
    coverage = report.coverage
    policy = coverage.policy
    return {
        "policy": {"name": policy.name, "version": policy.version, "digest": policy.digest},
        "scenarios": coverage.decisions,
        "targets": len(coverage.targets),
        "covered": coverage.covered,
        "percent": percent(coverage.share),
        "files": [_file(each) for each in report.files],
        "missing": [_missing(each) for each in report.missing],
    }


def _file(file: FileCoverage) -> Json:
    return {
        "file": file.file,
        "targets": file.targets,
        "covered": file.covered,
        "percent": percent(file.share),
    }


def _missing(missing: Missing) -> Json:
    target, facts = missing.target, missing.facts
    found: dict[str, Json] = (
        {"unreached": facts.reason} if isinstance(facts, Unbuildable) else facts.to_dict()
    )
    return {
        "file": target.place.file,
        "line": target.place.line,
        "column": target.place.column,
        "clause": target.clause,
        "aspect": target.aspect,
        "test": target.test,
        "missing": target.name,
        **found,
    }
