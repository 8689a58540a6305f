"""Which policies a policy extends, and that nothing leads out of where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from remedykit import Policy, PolicyError
from remedykit.diagnostics import Findings
from remedykit.language import bases
from remedykit.language.bases import read_layers
from support.composed_cases import BASE, OWN
from support.composing import SHIPPED, write

HEAD = 'policy: own\nversion: "2"\n'


def layers(path: str | Path) -> list[list[str]]:
    """Return the names of the files of a policy and of those that it extends."""
    findings = Findings()
    read = read_layers(path, SHIPPED, findings)
    assert findings.sorted() == ()
    return [list(files) for files in read]


def codes(path: str | Path) -> list[str]:
    findings = Findings()
    read_layers(path, SHIPPED, findings)
    return [each.code for each in findings.sorted()]


@pytest.fixture
def shops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which policies stand: `own` extends `base`."""
    write(tmp_path, {"shops/own/policy.yaml": OWN, "shops/base/policy.yaml": BASE})
    monkeypatch.chdir(tmp_path / "shops")
    return tmp_path / "shops"


def test_files_of_a_base_are_named_by_the_way_to_it(shops: Path) -> None:
    assert layers("own") == [["own/policy.yaml"], ["base/policy.yaml"]]
    assert layers(shops / "own") == [
        [f"{shops.as_posix()}/own/policy.yaml"],
        [f"{shops.as_posix()}/base/policy.yaml"],
    ]


def test_a_base_is_found_from_inside_the_folder(
    shops: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shops / "own")
    assert layers(".") == [["policy.yaml"], ["../base/policy.yaml"]]
    assert layers("../own") == [["../own/policy.yaml"], ["../base/policy.yaml"]]


def test_a_base_stands_beside_the_folder_itself_where_that_is_reached_by_a_link(
    shops: Path, tmp_path: Path
) -> None:
    (tmp_path / "link").symlink_to(shops / "own")
    own, base = layers(tmp_path / "link")
    assert own == [f"{tmp_path.as_posix()}/link/policy.yaml"]
    assert base == [f"{shops.as_posix()}/base/policy.yaml"]


def test_a_base_may_stand_deeper_and_extend_one_beside_it(shops: Path) -> None:
    deeper = {
        "own/policy.yaml": f"{HEAD}extends: ../common/first\n",
        "common/first/a.yaml": f"{HEAD}extends: ../second\n",
        "common/second/b.yaml": HEAD,
    }
    write(shops, deeper)
    assert layers("own") == [["own/policy.yaml"], ["common/first/a.yaml"], ["common/second/b.yaml"]]


def test_a_shipped_base_has_names_that_no_folder_gives(shops: Path) -> None:
    write(shops, {"nurture/policy.yaml": f"{HEAD}extends: nurture\n"})
    own, base = layers("nurture")
    assert own == ["nurture/policy.yaml"]
    assert "shipped:nurture/policy.yaml" in base
    assert all(name.startswith("shipped:nurture/") for name in base)


def test_what_is_extended_may_stand_in_any_file_of_the_policy(shops: Path) -> None:
    write(shops, {"own/policy.yaml": HEAD, "own/more/z.yaml": "extends: ../base\n"})
    assert layers("own")[1:] == [["base/policy.yaml"]]


def test_the_word_alone_extends_nothing(shops: Path) -> None:
    write(
        shops, {"own/policy.yaml": f"{HEAD}# extends: ../base\nrules: [{{id: extends, todo: x}}]\n"}
    )
    assert len(layers("own")) == 1


@pytest.mark.parametrize("word", ["../link", "../link/base", "../inner/base"])
def test_no_link_is_followed_on_the_way(shops: Path, tmp_path: Path, word: str) -> None:
    write(tmp_path, {"outside/base/policy.yaml": BASE, "outside/policy.yaml": BASE})
    (shops / "link").symlink_to(tmp_path / "outside")
    (shops / "inner").mkdir()
    (shops / "inner" / "base").symlink_to(shops / "base")
    write(shops, {"own/policy.yaml": f"{HEAD}extends: {word}\n"})
    assert codes("own") == ["symbolic-link"]


def test_a_link_among_the_files_of_a_base_is_refused(shops: Path, tmp_path: Path) -> None:
    write(tmp_path, {"outside.yaml": "rules: []\n"})
    (shops / "base" / "more.yaml").symlink_to(tmp_path / "outside.yaml")
    assert codes("own") == ["symbolic-link"]


@pytest.mark.parametrize(
    "word",
    [
        *("/", "//base", "../", "..//base", "../base/", "../base/.", "../base/..", "./base"),
        *("../../shops/base", "base/", "../.git", "..\\base", "../a\\b", "C:/base", "../c:base"),
        *("../ba*e", '"../base\\t"', '"../base/\\n"', "file:///base", "..", "....", "../..."),
    ],
)
def test_no_other_path_is_taken(shops: Path, word: str) -> None:
    write(shops, {"own/policy.yaml": f"{HEAD}extends: {word}\n"})
    expected = [] if word == '"../base\\t"' else ["bad-base"]  # blanks around a word are none of it
    assert codes("own") == expected


@pytest.mark.parametrize("word", ["../BASE", "../Base", "Nurture", "NURTURE"])
def test_case_counts_whatever_the_system_thinks(shops: Path, word: str) -> None:
    write(shops, {"own/policy.yaml": f"{HEAD}extends: {word}\n"})
    findings = Findings()
    read_layers("own", SHIPPED, findings)
    (found,) = findings.errors
    assert (found.code, found.underlined) == ("bad-base", word)
    assert found.help == f"did you mean `{word.removeprefix('../').lower()}`?"


def test_a_shipped_policy_that_is_loaded_by_its_folder_does_not_extend_itself(
    tmp_path: Path,
) -> None:
    write(tmp_path, {"own/policy.yaml": f"{HEAD}extends: own\n"})
    findings = Findings()
    read_layers(tmp_path / "own", {"own": tmp_path / "own"}, findings)
    assert [each.code for each in findings.errors] == ["base-cycle"]


def test_a_policy_that_is_a_text_extends_no_folder(shops: Path) -> None:
    with pytest.raises(PolicyError, match="extends shipped policies only"):
        Policy.from_text(OWN)
    assert (shops / "base").is_dir()


def test_a_circle_among_shipped_policies_is_told(tmp_path: Path) -> None:
    shipped = {name: tmp_path / name for name in ("a", "b")}
    write(tmp_path, {"a/x.yaml": f"{HEAD}extends: b\n", "b/x.yaml": f"{HEAD}extends: a\n"})
    findings = Findings()
    bases.layers_of({"policy.yaml": f"{HEAD}extends: a\n".encode()}, shipped, findings)
    (found,) = findings.errors
    assert (found.code, found.place.file) == ("base-cycle", "shipped:b/x.yaml")
    assert found.also is not None
    assert found.also.place.file == "shipped:a/x.yaml"


def test_eight_policies_may_extend_one_another(tmp_path: Path) -> None:
    names = [f"p{number}" for number in range(bases.DEEPEST)]
    for name, base in zip(names, [*names[1:], ""], strict=True):
        write(tmp_path, {f"{name}/a.yaml": HEAD + (f"extends: ../{base}\n" if base else "")})
    assert len(layers(tmp_path / "p0")) == bases.DEEPEST
