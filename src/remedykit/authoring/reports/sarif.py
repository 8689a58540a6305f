"""What a check found as SARIF 2.1.0, the format that code scanners exchange."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from urllib.parse import quote

from remedykit.authoring.doc_texts import CodeText, code_texts
from remedykit.authoring.reports.problems import (
    FAILED,
    UNDECIDED,
    Problem,
    relative_file,
    title_of,
    whole_message,
)
from remedykit.diagnostics import Place
from remedykit.model.json_text import Json, write_json

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_OF_SCENARIOS = {
    FAILED: CodeText(
        "A scenario does not come out as it says.",
        "Read what was expected and what came instead; mend the rules, or the expectation.",
    ),
    UNDECIDED: CodeText(
        "What a scenario gives cannot be decided on.", "Mend what stands under `given`."
    ),
}


def sarif_report(problems: Sequence[Problem], version: str) -> str:
    """Return a SARIF log of one run.

    Args:
        problems: what was found.
        version: of remedykit.
    """
    codes = sorted({problem.code for problem in problems})
    driver: dict[str, Json] = {
        "name": "remedykit",
        "semanticVersion": version,
        "rules": _rules(codes),
    }
    run: dict[str, Json] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes.index(problem.code)) for problem in problems],
    }
    return write_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"


def _rules(codes: Sequence[str]) -> list[Json]:
    texts = {**code_texts(), **_OF_SCENARIOS}
    return [
        {
            "id": code,
            "shortDescription": {"text": texts[code].says},
            "help": {"text": texts[code].mend, "markdown": texts[code].mend},
        }
        for code in codes
    ]


def _result(problem: Problem, rule: int) -> Json:
    title = f"{title_of(problem)}: " if problem.scenario else ""
    result: dict[str, Json] = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity,
        "message": {"text": f"{title}{whole_message(problem)}"},
        "locations": [_location(problem.place)],
    }
    if problem.also is not None:
        place, label = problem.also
        related: dict[str, Json] = {"id": 1, **_location(place)}
        if label:
            related["message"] = {"text": label}
        result["relatedLocations"] = [related]
    return result


def _location(place: Place) -> dict[str, Json]:
    region: dict[str, Json] = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return {"physicalLocation": {"artifactLocation": _artifact(place.file), "region": region}}


def _artifact(file: str) -> dict[str, Json]:
    path = PurePosixPath(relative_file(file))
    if path.is_absolute():
        return {"uri": f"file://{quote(path.as_posix())}"}
    # A colon before the first slash would be taken for a scheme, as in `shipped:nurture/x.yaml`.
    return {"uri": quote(path.as_posix()), "uriBaseId": "%SRCROOT%"}
