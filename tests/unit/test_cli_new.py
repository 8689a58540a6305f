"""`remedykit new`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from remedykit import Policy
from support.command_line import run


def test_a_new_policy_loads_without_warnings_and_passes_its_scenarios(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    assert run("new", folder).code == 0
    assert Policy.load(folder).warnings == ()
    checked = run("check", folder)
    assert checked.code == 0
    assert "3 scenarios, 0 failed" in checked.out


def test_a_new_policy_answers_its_example_with_all_four_parts(tmp_path: Path) -> None:
    run("new", tmp_path)
    ran = run("decide", tmp_path / "incident.json", "--policy", tmp_path, "--json")
    assert ran.code == 0
    assert json.loads(ran.out)["plan"]["missing_parts"] == []


def test_what_to_do_next_is_told(tmp_path: Path) -> None:
    ran = run("new", tmp_path)
    assert f"remedykit check {tmp_path}\n" in ran.out
    assert (tmp_path / "policy.yaml").is_file()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    ran = run("new", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "not empty" in ran.err
    assert [each.name for each in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("name", ["file", "file/below", "\0"])
def test_a_folder_that_cannot_be_made_is_wrong_usage(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("mine")
    ran = run("new", f"{tmp_path}/{name}")
    assert (ran.code, ran.out) == (2, "")
    assert "DIR" in ran.err
