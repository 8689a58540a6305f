"""A policy that was loaded before comes out of the cache, or else out of its files."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import warnings
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Annotated, NoReturn

import pytest

from remedykit import Incident, Policy, PolicyError, policy_cache
from remedykit.language.stored_policy import PolicyCodec
from remedykit.model import Fact
from support.tiny_policy import TEXT, customer, incident


class Parcel(Incident):
    """An incident with one more fact."""

    wet: Annotated[bool | None, Fact("whether the parcel is wet")] = None


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """The folder of a policy with a warning: the second file is not read."""
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "tiny.yaml").write_text(TEXT, encoding="utf-8")
    (folder / "more.yml").write_text("", encoding="utf-8")
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A folder that is not there yet."""
    return tmp_path / "some" / "cache"


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From its call on, no policy is read from its files."""

    def refuse(*_: object) -> NoReturn:
        raise AssertionError("the files were read")

    return lambda: monkeypatch.setattr(policy_cache, "load_policy", refuse)


def entries(cache: Path) -> list[Path]:
    return sorted(cache.iterdir())


def the_entry(cache: Path) -> Path:
    (entry,) = entries(cache)
    return entry


def with_head(key: str, body: bytes) -> bytes:
    """Return an entry whose checksum is right, whatever stands in it."""
    head = {"key": key, "sha256": hashlib.sha256(body).hexdigest()}
    return json.dumps(head, separators=(",", ":")).encode() + b"\n" + body


# --- loading again -----------------------------------------------------------------------------


def test_the_second_load_gives_the_same_without_reading_the_rules(
    rules: Path, cache: Path, unread: Callable[[], None]
) -> None:
    first = Policy.load(rules, cache=cache)
    unread()
    second = Policy.load(rules, cache=cache)
    assert second.checked == first.checked
    assert second.digest == first.digest
    assert [warning.code for warning in second.warnings] == ["file-not-read"]
    assert second.warnings == first.warnings
    asked, known = incident(days_late=None), customer()
    decision = second.decide(asked, known)
    assert decision.to_json() == first.decide(asked, known).to_json()
    assert second.questions(decision) == first.questions(decision)
    assert str(second.why(decision)) == str(first.why(decision))


def test_what_is_loaded_with_a_cache_is_what_is_loaded_without(rules: Path, cache: Path) -> None:
    plain = Policy.load(rules)
    for _ in range(2):
        kept = Policy.load(rules, cache=str(cache))
        assert (kept.checked, kept.warnings) == (plain.checked, plain.warnings)


def test_an_entry_is_written_once(rules: Path, cache: Path) -> None:
    Policy.load(rules, cache=cache)
    before = the_entry(cache).stat()
    Policy.load(rules, cache=cache)
    after = the_entry(cache).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_without_a_cache_nothing_is_written(rules: Path, cache: Path) -> None:
    Policy.load(rules)
    assert not cache.exists()


def test_a_faulty_policy_is_refused_each_time_and_not_kept(rules: Path, cache: Path) -> None:
    (rules / "tiny.yaml").write_text(TEXT.replace("part: fix", "part: fox"), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(PolicyError, match="fox"):
            Policy.load(rules, cache=cache)
    assert not cache.exists()


def test_a_folder_that_is_no_policy_is_refused_as_without_a_cache(cache: Path) -> None:
    with pytest.raises(PolicyError, match="no such folder"):
        Policy.load(cache, cache=cache)
    assert not cache.exists()


# --- what an entry belongs to ------------------------------------------------------------------


def change_a_byte(rules: Path) -> None:
    with (rules / "tiny.yaml").open("a", encoding="utf-8") as file:
        file.write("#")


def change_a_name(rules: Path) -> None:
    (rules / "tiny.yaml").rename(rules / "small.yaml")


def add_a_file(rules: Path) -> None:
    (rules / "empty.yaml").write_text("", encoding="utf-8")


def add_a_file_that_is_not_read(rules: Path) -> None:
    (rules / "other.yml").write_text("", encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [change_a_byte, change_a_name, add_a_file, add_a_file_that_is_not_read],
    ids=lambda change: change.__name__,
)
def test_changed_files_are_read_again(
    change: Callable[[Path], None], rules: Path, cache: Path
) -> None:
    Policy.load(rules, cache=cache)
    change(rules)
    kept, plain = Policy.load(rules, cache=cache), Policy.load(rules)
    assert (kept.checked, kept.warnings) == (plain.checked, plain.warnings)
    assert len(entries(cache)) == 2


def test_another_class_of_incidents_has_an_entry_of_its_own(rules: Path, cache: Path) -> None:
    Policy.load(rules, cache=cache)
    policy = Policy.load(rules, incident=Parcel, cache=cache)
    assert policy.schema.find("incident.wet") is not None
    assert len(entries(cache)) == 2


def test_another_version_of_remedykit_reads_the_files_again(
    rules: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Policy.load(rules, cache=cache)
    monkeypatch.setattr(metadata, "version", lambda _: "999")
    Policy.load(rules, cache=cache)
    assert len(entries(cache)) == 2


def test_other_classes_of_nodes_read_the_files_again(
    rules: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Policy.load(rules, cache=cache)
    monkeypatch.setattr(PolicyCodec, "layout", "another")
    Policy.load(rules, cache=cache)
    assert len(entries(cache)) == 2


def test_a_copy_that_was_not_installed_uses_no_cache(
    rules: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(name: str) -> NoReturn:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", unknown)
    with pytest.warns(RuntimeWarning, match="was not installed"):
        Policy.load(rules, cache=cache)
    assert not cache.exists()


# --- time zones --------------------------------------------------------------------------------


def test_another_state_of_the_time_zone_reads_the_files_again(
    rules: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zone = tmp_path / "zones" / "America" / "New_York"
    zone.parent.mkdir(parents=True)
    monkeypatch.setattr(policy_cache, "TZPATH", (str(tmp_path), str(tmp_path / "zones")))
    written: list[bytes] = []
    for state in (b"old", b"old", b"new"):
        zone.write_bytes(state)
        Policy.load(rules, cache=cache)
        written.append(the_entry(cache).read_bytes())
    assert written[0] == written[1] != written[2]


def test_without_files_the_package_with_the_time_zones_tells_their_state(
    rules: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = {"remedykit": "1", "tzdata": "2026.1"}
    monkeypatch.setattr(policy_cache, "TZPATH", ())
    monkeypatch.setattr(metadata, "version", versions.__getitem__)
    Policy.load(rules, cache=cache)
    before = the_entry(cache).read_bytes()
    versions["tzdata"] = "2026.2"
    Policy.load(rules, cache=cache)
    assert b'{"America/New_York":"2026.1"}' in before
    assert b'{"America/New_York":"2026.2"}' in the_entry(cache).read_bytes()


def test_an_entry_from_where_the_time_zone_was_known_is_not_used_where_it_is_not(
    rules: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def version(name: str) -> str:
        if name == "tzdata":
            raise metadata.PackageNotFoundError(name)
        return "1"

    monkeypatch.setattr(metadata, "version", version)
    Policy.load(rules, cache=cache)
    assert b"null" not in the_entry(cache).read_bytes().split(b"\n")[1]
    monkeypatch.setattr(policy_cache, "TZPATH", ())
    Policy.load(rules, cache=cache)
    assert b'\n{"America/New_York":null}\n' in the_entry(cache).read_bytes()


def test_a_policy_without_a_time_zone_hangs_on_none(
    rules: Path, cache: Path, unread: Callable[[], None]
) -> None:
    text = 'policy: small\nversion: "1"\ncurrencies: [USD]\n'
    (rules / "tiny.yaml").write_text(text, encoding="utf-8")
    first = Policy.load(rules, cache=cache)
    unread()
    assert Policy.load(rules, cache=cache).checked == first.checked


# --- damage ------------------------------------------------------------------------------------


def cut(entry: Path) -> None:
    entry.write_bytes(entry.read_bytes()[:-1])


def cut_to_the_head(entry: Path) -> None:
    entry.write_bytes(entry.read_bytes().partition(b"\n")[0])


def empty(entry: Path) -> None:
    entry.write_bytes(b"")


def lengthen(entry: Path) -> None:
    entry.write_bytes(entry.read_bytes() + b"\n")


def edit(entry: Path) -> None:
    entry.write_bytes(entry.read_bytes().replace(b"Send it again", b"Send it twice"))


def edit_the_head(entry: Path) -> None:
    entry.write_bytes(entry.read_bytes().replace(b'"key"', b'"Key"'))


def fill_with_noise(entry: Path) -> None:
    entry.write_bytes(bytes(range(256)) * 10)


def take_from_elsewhere(entry: Path) -> None:
    entry.write_bytes(with_head("0" * 64, entry.read_bytes().partition(b"\n")[2]))


def forge(text: bytes) -> Callable[[Path], None]:
    """Return what writes an entry whose checksum is right around something else."""

    def damage(entry: Path) -> None:
        zone = entry.read_bytes().split(b"\n")[1]
        entry.write_bytes(with_head(entry.stem, zone + b"\n" + text))

    return damage


DAMAGE: dict[str, Callable[[Path], None]] = {
    "cut": cut,
    "cut to the head": cut_to_the_head,
    "empty": empty,
    "lengthened": lengthen,
    "edited": edit,
    "edited head": edit_the_head,
    "noise": fill_with_noise,
    "of another policy": take_from_elsewhere,
    "no JSON": forge(b"["),
    "no ASCII": forge(b'["\xff"]'),
    "no policy": forge(b'[["atoms",["gold"]]]'),
    "a class that is no node": forge(b'[["atoms",["echo"]],["os.system",[0]]]'),
    "a pickle": forge(b"cos\nsystem\n(S'echo'\ntR."),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_a_damaged_entry_is_not_used_but_replaced(what: str, rules: Path, cache: Path) -> None:
    first = Policy.load(rules, cache=cache)
    entry = the_entry(cache)
    whole = entry.read_bytes()
    DAMAGE[what](entry)
    assert entry.read_bytes() != whole
    again = Policy.load(rules, cache=cache)
    assert (again.checked, again.warnings) == (first.checked, first.warnings)
    assert the_entry(cache).read_bytes() == whole


# --- folders that cannot be used ---------------------------------------------------------------


def test_a_file_in_place_of_the_folder_is_told_and_the_policy_loaded(
    rules: Path, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    with pytest.warns(RuntimeWarning, match=r"not kept in .*file: .+") as told:
        policy = Policy.load(rules, cache=file)
    assert policy.name == "tiny"
    assert [Path(each.filename) for each in told] == [Path(__file__)]


def test_a_folder_in_place_of_an_entry_is_told_and_left(rules: Path, cache: Path) -> None:
    Policy.load(rules, cache=cache)
    entry = the_entry(cache)
    entry.unlink()
    (entry / "inside").mkdir(parents=True)
    with pytest.warns(RuntimeWarning, match="not kept"):
        policy = Policy.load(rules, cache=cache)
    assert policy.name == "tiny"
    assert entries(cache) == [entry]


def test_a_full_disk_is_told_and_leaves_nothing_half_written(
    rules: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> NoReturn:
        with path.open("wb") as file:
            file.write(content[:100])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.warns(RuntimeWarning, match="No space left on device"):
        policy = Policy.load(rules, cache=cache)
    assert policy.name == "tiny"
    assert entries(cache) == []


def test_a_cache_that_works_warns_of_nothing(rules: Path, cache: Path) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        for _ in range(2):
            Policy.load(rules, cache=cache)
    assert told == []


# --- at the same time --------------------------------------------------------------------------

SCRIPT = """
import sys
from remedykit import Policy
for _ in range(5):
    print(Policy.load(sys.argv[1], cache=sys.argv[2]).digest)
"""


def test_processes_that_load_at_the_same_time_get_the_same(rules: Path, cache: Path) -> None:
    command = [sys.executable, "-c", SCRIPT, str(rules), str(cache)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ) for _ in range(3)]
    told = [process.communicate()[0].decode().split() for process in running]
    assert [process.returncode for process in running] == [0, 0, 0]
    assert told == [[Policy.load(rules).digest] * 5] * 3
    assert the_entry(cache).suffix == ".jsonl"
