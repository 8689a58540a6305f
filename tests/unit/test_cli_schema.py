"""`remedykit schema`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.command_line import run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_two_schemas_are_written_here_and_the_first_lines_are_shown(folder: Path) -> None:
    ran = run("schema")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "wrote policy.schema.json\n"
        "wrote scenarios.schema.json\n"
        "\n"
        "The first line of a file tells an editor its schema:\n"
        "  # yaml-language-server: $schema=policy.schema.json\n"
        "  # yaml-language-server: $schema=scenarios.schema.json\n"
    )
    assert sorted(path.name for path in folder.iterdir()) == [
        "policy.schema.json",
        "scenarios.schema.json",
    ]


def test_the_names_of_a_policy_are_known(folder: Path) -> None:
    run("new", "mine")

    ran = run("schema", "mine", "--out", "made/here")

    assert ran.code == 0
    assert ran.out.startswith("wrote made/here/policy.schema.json\n")
    text = (folder / "made" / "here" / "policy.schema.json").read_text(encoding="utf-8")
    assert "part_of_the_price" in json.dumps(json.loads(text)["definitions"]["offers"])


def test_the_same_policy_gives_the_same_bytes(folder: Path) -> None:
    run("schema", "nurture", "--out", "a")
    run("schema", "nurture", "--out", "b")

    for name in ("policy.schema.json", "scenarios.schema.json"):
        assert (folder / "a" / name).read_bytes() == (folder / "b" / name).read_bytes()


def test_older_schemas_are_replaced(folder: Path) -> None:
    (folder / "policy.schema.json").write_text("old", encoding="utf-8")

    run("schema")

    assert json.loads((folder / "policy.schema.json").read_text(encoding="utf-8"))


def test_a_policy_that_is_wrong_is_told_of_and_nothing_is_written(folder: Path) -> None:
    (folder / "wrong").mkdir()
    (folder / "wrong" / "policy.yaml").write_text("policy: p\n", encoding="utf-8")

    ran = run("schema", "wrong", "--out", "made")

    assert (ran.code, ran.out) == (1, "")
    assert "missing-key" in ran.err
    assert not (folder / "made").exists()


def test_a_policy_that_there_is_not_is_wrong_usage(folder: Path) -> None:
    assert folder.is_dir()

    ran = run("schema", "nurtur")

    assert ran.code == 2
    assert "did you mean `nurture`?" in ran.err


@pytest.mark.parametrize("out", ["file", "file/below", "a\0b"])
def test_a_folder_that_cannot_be_made_is_wrong_usage(folder: Path, out: str) -> None:
    (folder / "file").write_text("", encoding="utf-8")

    ran = run("schema", "--out", out)

    assert ran.code == 2
    assert "--out" in ran.err
