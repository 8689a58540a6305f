"""The conformance data are well-formed, and no line is idle."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from remedykit.facts.schema import model_schema
from support.conformance import FOLDER, REMEDY, Line, is_condition, lines

SCHEMA = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
FILES = sorted(FOLDER.glob("*.jsonl"))
LINES = lines()
_OF_MODELS = model_schema()


def told(line: Line) -> Iterator[str]:
    """Yield the names of the facts that the cases of a line tell."""
    for facts, _ in line["cases"]:
        yield from facts


TESTED = [name for name, line in LINES.items() if "cases" in line and any(told(line))]
PATTERNS = [name for name in TESTED if "pattern" in LINES[name]]
CASES = [name for name in TESTED if name not in PATTERNS]


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_line_is_as_the_schema_says(path: Path) -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        faults = [fault.message for fault in validator.iter_errors(json.loads(text))]
        assert faults == [], f"{path.name}:{number}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_two_lines_have_one_name(path: Path) -> None:
    texts = path.read_text(encoding="utf-8").splitlines()
    assert len({json.loads(text)["name"] for text in texts}) == len(texts)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_two_lines_say_the_same(path: Path) -> None:
    said = [json.loads(text) for text in path.read_text(encoding="utf-8").splitlines()]
    without_names = [json.dumps({**line, "name": ""}, sort_keys=True) for line in said]
    assert len(set(without_names)) == len(without_names)


@pytest.mark.parametrize("name", TESTED)
def test_no_two_cases_of_a_line_are_the_same(name: str) -> None:
    cases = [json.dumps(facts, sort_keys=True) for facts, _ in LINES[name]["cases"]]
    assert len(set(cases)) == len(cases)


@pytest.mark.parametrize("name", TESTED)
def test_what_is_expected_depends_on_the_facts(name: str) -> None:
    line = LINES[name]
    results = [json.dumps(result) for _, result in line["cases"]]
    assert len(set(results)) > 1
    if is_condition(line) or "after:" in line.get("pattern", ""):
        assert "true" in results


@pytest.mark.parametrize("name", CASES)
def test_every_fact_that_can_be_unknown_is_so_in_some_case(name: str) -> None:
    line = LINES[name]
    unknown = {fact for facts, _ in line["cases"] for fact in told(line) if facts.get(fact) is None}
    assert {fact for fact in told(line) if not _is_always_known(line, fact)} <= unknown


@pytest.mark.parametrize("name", PATTERNS)
def test_events_are_told_in_order_of_time_and_have_happened(name: str) -> None:
    for timeline, _ in LINES[name]["cases"]:
        times = [event["at"] for event in timeline["events"] or ()]
        assert times == sorted(times)
        assert timeline["at"] is None or all(time <= timeline["at"] for time in times)


def _is_always_known(line: Line, fact: str) -> bool:
    if fact in REMEDY:
        return fact not in {"remedy.value", "remedy.cost", "remedy.refused_value"}
    declaration = _OF_MODELS.find(fact)
    if declaration is None:
        return "default:" in line["policy"]
    return declaration.always_known


def test_the_readme_names_every_file() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for path in FILES:
        assert f"| `{path.name}` |" in readme
