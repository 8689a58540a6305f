"""Which files of a folder are a policy."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from remedykit.diagnostics import Findings
from remedykit.language import folder as folder_module
from remedykit.language.folder import read_folder


def write(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, encoding="utf-8")


def codes(findings: Findings) -> list[str]:
    return [each.code for each in findings.sorted()]


def test_all_yaml_files_below_the_folder_are_read_by_name(tmp_path: Path) -> None:
    write(tmp_path, "b.yaml", "a.yaml", "more/deep/c.yaml", "notes.md")
    findings = Findings()
    found = read_folder(tmp_path, findings)
    assert found == {
        f"{tmp_path.as_posix()}/{name}": name.encode()
        for name in ("a.yaml", "b.yaml", "more/deep/c.yaml")
    }
    assert codes(findings) == []


def test_a_path_that_no_folder_can_have_is_told() -> None:
    findings = Findings()
    assert read_folder("a" * 5_000, findings) == {}
    (found,) = findings.errors
    assert (found.code, found.message) == (
        "unreadable-file",
        "it cannot be read: file name too long",
    )


def test_scenarios_and_hidden_things_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "a.scenarios.yaml", ".hidden.yaml", ".git/b.yaml")
    assert list(read_folder(tmp_path, Findings())) == [f"{tmp_path.as_posix()}/a.yaml"]


def test_names_begin_with_the_folder_as_it_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "rules/a.yaml")
    monkeypatch.chdir(tmp_path)
    assert list(read_folder("rules", Findings())) == ["rules/a.yaml"]
    assert list(read_folder("./rules/", Findings())) == ["rules/a.yaml"]


def test_a_folder_may_itself_be_reached_by_a_link(tmp_path: Path) -> None:
    write(tmp_path, "rules/a.yaml")
    (tmp_path / "link").symlink_to(tmp_path / "rules")
    assert len(read_folder(tmp_path / "link", Findings())) == 1


@pytest.mark.parametrize("target", ["../outside/x.yaml", "a.yaml", "../outside", "nowhere.yaml"])
def test_a_link_below_the_folder_is_refused(tmp_path: Path, target: str) -> None:
    write(tmp_path, "rules/a.yaml", "outside/x.yaml")
    (tmp_path / "rules" / "b.yaml").symlink_to(target)
    findings = Findings()
    found = read_folder(tmp_path / "rules", findings)
    assert list(found) == [f"{(tmp_path / 'rules').as_posix()}/a.yaml"]
    (diagnostic,) = findings.sorted()
    assert diagnostic.code == "symbolic-link"
    assert diagnostic.place.file.endswith("rules/b.yaml")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere", "there is no such folder"),
        ("a.yaml", "this is a file, not a folder"),
        ("empty", "the folder has no policy file"),
    ],
)
def test_a_folder_that_is_no_policy_is_told(tmp_path: Path, name: str, message: str) -> None:
    write(tmp_path, "a.yaml", "empty/notes.md")
    findings = Findings()
    assert read_folder(tmp_path / name, findings) == {}
    (diagnostic,) = findings.sorted()
    assert (diagnostic.code, diagnostic.message) == ("no-such-policy", message)
    assert str(diagnostic.place) == f"{(tmp_path / name).as_posix()}:1:1"


@pytest.mark.parametrize(("name", "better"), [("a.yml", "a.yaml"), ("B.YAML", "B.yaml")])
def test_a_file_whose_name_ends_otherwise_is_not_read_but_told(
    tmp_path: Path, name: str, better: str
) -> None:
    write(tmp_path, "policy.yaml", name)
    findings = Findings()
    assert len(read_folder(tmp_path, findings)) == 1
    (diagnostic,) = findings.sorted()
    assert (diagnostic.code, diagnostic.severity) == ("file-not-read", "warning")
    assert diagnostic.help == f"rename it to `{better}`"


def test_of_a_large_file_no_more_is_read_than_needed_to_refuse_it(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"x" * (3 * 1024 * 1024))
    (raw,) = read_folder(tmp_path, Findings()).values()
    assert len(raw) == 1024 * 1024 + 1


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    findings = Findings()
    assert read_folder(tmp_path, findings) == {}
    (diagnostic,) = findings.sorted()
    assert (diagnostic.code, diagnostic.message) == (
        "unreadable-file",
        "it cannot be read: it is no regular file",
    )


@pytest.mark.parametrize("name", ["a.yaml", "inner"])
def test_what_may_not_be_read_is_told(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.yaml", "inner/b.yaml")

    def refusing(function: Callable[..., object]) -> Callable[..., object]:
        def call(path: Path, *arguments: object) -> object:
            if path.name == name:
                raise PermissionError(13, "Permission denied")
            return function(path, *arguments)

        return call

    monkeypatch.setattr(Path, "open", refusing(Path.open))
    monkeypatch.setattr(Path, "iterdir", refusing(Path.iterdir))
    findings = Findings()
    assert len(read_folder(tmp_path, findings)) == 1
    (diagnostic,) = findings.sorted()
    assert diagnostic.message == "it cannot be read: permission denied"
    assert diagnostic.place.file.endswith(name)


def test_more_files_than_allowed_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_module, "MAX_FILES", 3)
    write(tmp_path, "a.yaml", "b.yaml", "c.yaml")
    assert len(read_folder(tmp_path, Findings())) == 3
    write(tmp_path, "d/d.yaml", "e/e.yaml", "f/f.yaml")
    findings = Findings()
    assert read_folder(tmp_path, findings) == {}
    assert codes(findings) == ["too-many-files"]


def test_more_bytes_than_allowed_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_module, "MAX_TOTAL_BYTES", 12)
    write(tmp_path, "a.yaml", "b.yaml")
    assert len(read_folder(tmp_path, Findings())) == 2
    write(tmp_path, "c.yaml")
    findings = Findings()
    assert read_folder(tmp_path, findings) == {}
    assert codes(findings) == ["too-many-files"]


def test_hundreds_of_links_end_the_reading(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / f"{number}.yaml").symlink_to("nowhere")
    findings = Findings()
    assert read_folder(tmp_path, findings) == {}
    assert set(codes(findings)) == {"symbolic-link"}


def test_a_name_that_could_hide_something_is_shown_escaped(tmp_path: Path) -> None:
    write(tmp_path, "a\u202eb.yaml")
    assert list(read_folder(tmp_path, Findings())) == [f"{tmp_path.as_posix()}/a\\u202eb.yaml"]


def test_tables_are_read_as_policy_files_are(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "t.csv", "more/u.csv", "x.scenarios.csv", "W.CSV")
    (tmp_path / "link.csv").symlink_to(tmp_path / "t.csv")
    findings = Findings()

    found = read_folder(tmp_path, findings)

    names = {name.removeprefix(f"{tmp_path.as_posix()}/") for name in found}
    assert names == {"a.yaml", "t.csv", "more/u.csv"}
    told = {item.code: item.help for item in findings.sorted()}
    assert told.keys() == {"file-not-read", "symbolic-link"}
    assert told["file-not-read"] == "rename it to `W.csv`"


def test_tables_alone_are_no_policy(tmp_path: Path) -> None:
    write(tmp_path, "t.csv")
    findings = Findings()

    read_folder(tmp_path, findings)

    assert codes(findings) == ["no-such-policy"]
