"""Golden decisions: written beside the rules, compared, and told where they differ."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from remedykit import Policy
from remedykit.authoring import GoldenDifference, compare_golden, golden_files, update_golden
from remedykit.cli.main import app

_RULES = """
policy: parcels
version: "1"
currencies: [USD]
remedies:
  credit: {part: fix, title: C, gives: money_now, value: 5.00, say: x}
rules:
  - {id: late, when: {incident.days_late: 3..}, offer: credit}
"""

_OUTLET = """
policy: outlet
version: "1"
extends: ../house
rules:
  - {id: early, when: {incident.days_late: 2..}, offer: credit}
"""
_WRITTEN = "# What is decided around each threshold of"
OLD = f"{_WRITTEN} gone.yaml."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "policy.yaml").write_text(_RULES)
    return tmp_path


def _run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["golden", *arguments])
    return result.exit_code, result.output


def test_a_golden_file_has_a_line_for_each_boundary(folder: Path) -> None:
    (file,) = golden_files(Policy.load(folder), folder)
    assert file.name == "policy.golden"
    assert [line.partition(" | ")[0] for line in file.lines] == [
        "rule:late incident.days_late below 3 does not hold",
        "rule:late incident.days_late at 3 holds",
        "rule:late incident.days_late above 3 holds",
        "rule:late incident.days_late unknown is open",
    ]
    assert file.lines[1].endswith("| plan credit 5.00; hand over person (no_adequate_fix)")
    assert file.lines[3].endswith("asks incident.days_late")


def test_what_was_written_is_as_it_was(folder: Path) -> None:
    files = golden_files(Policy.load(folder), folder)
    update_golden(files, folder)
    assert compare_golden(files, folder) == ()


def test_the_command_tells_the_lines_that_differ_and_how_to_write_them_anew(folder: Path) -> None:
    assert _run(str(folder), "--update-golden")[0] == 0
    (folder / "policy.yaml").write_text(_RULES.replace("value: 5.00", "value: 6.00"))
    code, told = _run(str(folder))
    assert code == 1
    assert "- expected: rule:late incident.days_late at 3 holds | plan credit 5.00" in told
    assert "+ got:      rule:late incident.days_late at 3 holds | plan credit 6.00" in told
    assert "--update-golden" in told
    assert _run(str(folder), "--update-golden")[0] == 0
    assert _run(str(folder))[0] == 0


def test_where_there_is_no_golden_file_yet_it_says_so_and_how_to_write_it(folder: Path) -> None:
    code, told = _run(str(folder))
    assert code == 1
    assert "policy.golden: there is no such golden file yet" in told
    assert "there is no golden file yet; write it with --update-golden and review it" in told
    assert "+ got:" not in told
    assert "differ" not in told


def test_beside_a_file_that_is_missing_lines_that_differ_are_told(folder: Path) -> None:
    (folder / "more.yaml").write_text(
        "rules:\n  - {id: m, when: {customer.tier: gold}, todo: [x]}\n"
    )
    assert _run(str(folder), "--update-golden")[0] == 0
    (folder / "policy.yaml").write_text(_RULES.replace("value: 5.00", "value: 6.00"))
    (folder / "more.golden").unlink()
    code, told = _run(str(folder))
    assert code == 1
    assert "+ got:      rule:late incident.days_late at 3 holds | plan credit 6.00" in told
    assert "more.golden: there is no such golden file yet" in told
    assert "golden lines differ" in told


def test_a_golden_file_to_which_nothing_belongs_differs_and_goes(folder: Path) -> None:
    files = golden_files(Policy.load(folder), folder)
    update_golden(files, folder)
    stray = folder / "gone.golden"
    stray.write_text(OLD)
    assert compare_golden(files, folder) == (GoldenDifference("gone.golden", (OLD,), ()),)
    update_golden(files, folder)
    assert not stray.exists()


def test_what_it_did_not_write_is_left_alone(folder: Path) -> None:
    other = folder / "other-tool.golden"
    other.write_text("mine\n")
    files = golden_files(Policy.load(folder), folder)
    update_golden(files, folder)
    assert compare_golden(files, folder) == ()
    assert other.read_text() == "mine\n"


def test_a_table_in_a_file_of_its_own_has_golden_lines_of_its_own(folder: Path) -> None:
    (folder / "worth.csv").write_text("incident.days_late,value\n..<3,0\n3..,2\n")
    (folder / "worth.yaml").write_text(
        "define:\n  worth: {type: money, first: worth.csv, else: 0}\n"
        "rules:\n  - {id: more, when: {incident.kind: damaged}, offer: {credit: {value: worth}}}\n"
        "limits:\n  - {id: most, of: any, at_most: 9.00, over: reduce, why: x}\n"
    )
    files = {file.name: file for file in golden_files(Policy.load(folder), folder)}
    assert sorted(files) == ["policy.golden", "worth.csv.golden", "worth.golden"]
    assert files["worth.csv.golden"].text.startswith(f"{_WRITTEN} worth.csv. ")
    assert files["worth.golden"].text.startswith(f"{_WRITTEN} worth.yaml. ")


def test_what_a_policy_inherits_has_no_golden_lines_in_its_folder(tmp_path: Path) -> None:
    for name, text in (("house", _RULES), ("outlet", _OUTLET)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "policy.yaml").write_text(text)
    outlet = tmp_path / "outlet"
    assert _run(str(outlet), "--update-golden")[0] == 0
    assert [path.name for path in tmp_path.rglob("*.golden")] == ["policy.golden"]
    lines = (outlet / "policy.golden").read_text().splitlines()
    assert {line.partition(" ")[0] for line in lines[1:]} == {"rule:early"}
    assert _run(str(outlet))[0] == 0


def test_in_the_folder_itself_it_does_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _run(str(folder), "--update-golden")[0] == 0
    monkeypatch.chdir(folder)
    assert _run(".")[0] == 0
