"""`remedykit test`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.command_line import run
from support.scenario_policy import PARCEL, POLICY

SCENARIOS = f"""\
{PARCEL}
scenarios:
  - name: sent again
    given: {{base: parcel}}
    expect: {{first: again}}
  - name: Paid Back
    given: {{base: parcel}}
    expect: {{first: back}}
"""
KNOWN = SCENARIOS.replace("first: back}", "first: back}\n    xfail: not yet")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, name: str, scenarios: str, policy: str = POLICY) -> None:
    (folder / name).mkdir()
    (folder / name / "policy.yaml").write_text(policy, encoding="utf-8")
    if scenarios:
        (folder / name / "first.scenarios.yaml").write_text(scenarios, encoding="utf-8")


@pytest.mark.parametrize("policy", ["nurture", "transactional"])
def test_the_scenarios_of_shipped_policies_pass(policy: str) -> None:
    ran = run("test", policy)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"{policy} ")
    assert ran.out.endswith(" scenarios, 0 failed\n")


def test_a_failure_is_shown_with_its_cause_and_ends_with_1(folder: Path) -> None:
    write(folder, "shop", SCENARIOS)

    ran = run("test", "shop")

    assert (ran.code, ran.err) == (1, "")
    assert "shop/first.scenarios.yaml:15:11: scenario «Paid Back» failed\n" in ran.out
    assert "  first: expected back, got again\n    back is an alternative, rank 3" in ran.out
    assert ran.out.endswith("small 1: 2 scenarios, 1 failed\n")


def test_what_is_known_to_fail_is_counted_apart(folder: Path) -> None:
    write(folder, "shop", KNOWN)

    ran = run("test", "shop")

    assert (ran.code, ran.out) == (0, "small 1: 2 scenarios, 0 failed, 1 known to fail\n")


def test_only_scenarios_of_some_name_are_run(folder: Path) -> None:
    write(folder, "shop", SCENARIOS)

    assert run("test", "shop", "--only", "again").out == "small 1: 1 scenario, 0 failed\n"
    assert run("test", "shop", "--only", "paid back").code == 1


def test_a_name_that_no_scenario_has_is_wrong_usage(folder: Path) -> None:
    write(folder, "shop", SCENARIOS)

    ran = run("test", "shop", "--only", "sent agian")

    assert ran.code == 2
    assert "no scenario has a name that contains `sent agian`" in ran.err


def test_a_scenario_that_cannot_be_decided_is_a_failure_beside_the_others(folder: Path) -> None:
    write(folder, "shop", SCENARIOS.replace("{base: parcel}", "{base: parcel, case: {x: 1}}", 1))

    ran = run("test", "shop")

    assert ran.code == 1
    assert "scenario «sent again» cannot be decided\n" in ran.out
    assert "small 1: 2 scenarios, 2 failed\n" in ran.out


def test_a_wrong_policy_is_told_and_the_next_one_runs(folder: Path) -> None:
    write(folder, "wrong", SCENARIOS, POLICY.replace("offer: extra", "offer: extar"))
    write(folder, "shop", KNOWN)

    ran = run("test", "wrong", "shop")

    assert ran.code == 1
    assert "did you mean `extra`?" in ran.out
    assert "\n\nwrong: no scenario was run\nsmall 1: 2 scenarios" in ran.out


def test_a_policy_without_scenarios_is_no_success(folder: Path) -> None:
    write(folder, "shop", "")

    ran = run("test", "shop")

    assert ran.code == 1
    assert ran.out.startswith("shop: there are no scenarios; write them beside the rules")


@pytest.mark.parametrize(
    ("name", "renamed"),
    [
        ("late.scenarios.yml", "late.scenarios.yaml"),
        ("late.scenarios.YAML", "late.scenarios.yaml"),
        ("late.Scenarios.YML", "late.scenarios.yaml"),
    ],
)
def test_a_file_that_is_not_read_is_told_before_the_scenarios_that_ran(
    folder: Path, name: str, renamed: str
) -> None:
    write(folder, "shop", KNOWN)
    (folder / "shop" / name).write_text(SCENARIOS, encoding="utf-8")

    ran = run("test", "shop")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"shop/{name}:1:1: warning[file-not-read]: ")
    assert f"rename it to `{renamed}`\n\nsmall 1: 2 scenarios, 0 failed" in ran.out


def test_a_file_that_is_not_read_is_told_where_there_are_no_other_scenarios(folder: Path) -> None:
    write(folder, "shop", "")
    (folder / "shop" / "late.scenarios.yml").write_text(SCENARIOS, encoding="utf-8")

    ran = run("test", "shop")

    assert ran.code == 1
    assert "late.scenarios.yml:1:1: warning[file-not-read]" in ran.out
    assert "shop: there are no scenarios" in ran.out


def test_as_json_a_file_that_is_not_read_is_told_apart(folder: Path) -> None:
    write(folder, "shop", KNOWN)
    (folder / "shop" / "late.scenarios.yml").write_text(SCENARIOS, encoding="utf-8")

    ran = run("test", "shop", "--json")

    assert len(json.loads(ran.out)) == 2
    assert ran.err.startswith("shop/late.scenarios.yml:1:1: warning[file-not-read]: ")


@pytest.mark.parametrize(
    ("name", "renamed"),
    [
        ("scenarios.yaml", "tests.scenarios.yaml"),
        ("late.scenario.yaml", "late.scenarios.yaml"),
        ("late.Scenarios.yaml", "late.scenarios.yaml"),
        ("late.yaml", "late.scenarios.yaml"),
    ],
)
def test_a_file_of_scenarios_with_another_name_is_told_once(
    folder: Path, name: str, renamed: str
) -> None:
    write(folder, "shop", KNOWN)
    (folder / "shop" / name).write_text(SCENARIOS, encoding="utf-8")

    ran = run("test", "shop")

    assert ran.code == 1
    assert ran.out.count("error[") == 1
    assert f"shop/{name}:1:1: error[unknown-key]: a policy file has no key `bases`" in ran.out
    assert f"`*.scenarios.yaml`; rename it to `{renamed}`" in ran.out


def test_as_json_each_scenario_is_an_object(folder: Path) -> None:
    write(folder, "shop", SCENARIOS.replace("{base: parcel}", "{base: parcel, case: {x: 1}}", 1))

    ran = run("test", "shop", "--json")

    wrong, failed = json.loads(ran.out)
    assert ran.code == 1
    assert (wrong["scenario"], wrong["verdict"]) == ("sent again", "error")
    assert "first.scenarios.yaml:13:" in wrong["error"]
    assert (failed["file"], failed["line"]) == ("shop/first.scenarios.yaml", 15)
    assert (failed["verdict"], failed["xfail"]) == ("failed", "")
    (difference,) = failed["differences"]
    assert [difference[key] for key in ("about", "expected", "got")] == ["first", "back", "again"]
    assert difference["why"][1].startswith("again is in the plan, rank 1, score ")


def test_as_json_a_wrong_policy_is_an_object(folder: Path) -> None:
    write(folder, "shop", SCENARIOS.replace("first: back", "frist: back"))

    (error,) = json.loads(run("test", "shop", "--json").out)

    assert (error["folder"], error["verdict"]) == ("shop", "error")
    assert "did you mean `first`?" in error["error"]


def test_rule_coverage_is_printed_after_the_scenarios(folder: Path) -> None:
    write(folder, "shop", KNOWN)

    ran = run("test", "shop", "--rule-cov")

    assert (ran.code, ran.err) == (0, "")
    assert "known to fail\n\nrule coverage of small 1: " in ran.out
    assert "\nmissing:\n" in ran.out


def test_too_little_coverage_ends_with_1(folder: Path) -> None:
    write(folder, "shop", KNOWN)

    assert run("test", "shop", "--rule-cov-fail-under", "5").code == 0
    ran = run("test", "shop", "--rule-cov-fail-under", "90")
    assert ran.code == 1
    assert ran.out.endswith(" %, and at least 90 % is asked for\n")


def test_a_wrong_percentage_is_wrong_usage(folder: Path) -> None:
    write(folder, "shop", KNOWN)

    ran = run("test", "shop", "--rule-cov-fail-under", "101")
    assert ran.code == 2
    assert "101 is no percentage" in ran.err


def test_rule_coverage_is_written_as_a_page_and_as_json(folder: Path) -> None:
    write(folder, "shop", KNOWN)

    run("test", "shop", "--rule-cov-html", "page.html", "--rule-cov-json", "coverage.json")

    assert "shop/policy.yaml" in (folder / "page.html").read_text(encoding="utf-8")
    (small,) = json.loads((folder / "coverage.json").read_text(encoding="utf-8"))
    assert small["policy"]["name"] == "small"


def test_json_has_the_coverage_after_the_scenarios(folder: Path) -> None:
    write(folder, "shop", KNOWN)

    *scenarios, coverage = json.loads(run("test", "shop", "--json", "--rule-cov").out)
    assert [each["verdict"] for each in scenarios] == ["passed", "xfailed"]
    assert coverage["rule_coverage"]["scenarios"] == 2


def test_a_policy_that_cannot_be_loaded_has_no_coverage(folder: Path) -> None:
    write(folder, "shop", KNOWN, POLICY.replace("offer: extra", "offer: extar"))

    ran = run("test", "shop", "--rule-cov")
    assert ran.code == 1
    assert "rule coverage: no scenario was decided" in ran.out
