"""Golden decisions: written beside the rules, compared, and told where they differ."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from remedykit import Policy
from remedykit.authoring import GoldenDifference, compare_golden, golden_files, update_golden
from remedykit.cli.main import app
from remedykit.policy import rules_folder

_RULES = """
policy: parcels
version: "1"
currencies: [USD]
remedies:
  credit: {part: fix, title: C, gives: money_now, value: 5.00, say: x}
rules:
  - {id: late, when: {incident.days_late: 3..}, offer: credit}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "policy.yaml").write_text(_RULES)
    return tmp_path


def _run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["golden", *arguments])
    return result.exit_code, result.output


def test_a_golden_file_has_a_line_for_each_boundary(folder: Path) -> None:
    (file,) = golden_files(Policy.load(folder), folder.as_posix())
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
    files = golden_files(Policy.load(folder), folder.as_posix())
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


def test_a_golden_file_that_is_missing_differs(folder: Path) -> None:
    code, told = _run(str(folder))
    assert code == 1
    assert "policy.golden" in told


def test_a_golden_file_to_which_nothing_belongs_differs_and_goes(folder: Path) -> None:
    files = golden_files(Policy.load(folder), folder.as_posix())
    update_golden(files, folder)
    stray = folder / "gone.golden"
    stray.write_text("# old\n")
    assert compare_golden(files, folder) == (GoldenDifference("gone.golden", ("# old",), ()),)
    update_golden(files, folder)
    assert not stray.exists()


@pytest.mark.parametrize("name", ["transactional", pytest.param("nurture", marks=pytest.mark.slow)])
def test_a_shipped_policy_decides_as_its_golden_files_say(name: str, tmp_path: Path) -> None:
    copied = shutil.copytree(rules_folder() / name, tmp_path / name)
    files = golden_files(Policy.load(copied), copied.as_posix())
    assert compare_golden(files, copied) == ()
