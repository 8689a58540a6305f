"""Golden decisions: what a policy decides around its thresholds, kept in files to be reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path, PurePosixPath

from remedykit.authoring.boundaries.boundary import Boundary, Unreached
from remedykit.authoring.boundaries.finding import boundary_situations
from remedykit.authoring.golden.lines import golden_line, unreached_line
from remedykit.policy import Policy

SUFFIX = ".golden"

_HEADER = "# What is decided around each threshold of {}. Written by `remedykit golden`: review it."


@dataclass(frozen=True, slots=True)
class GoldenFile:
    """The golden decisions of one file of a policy.

    Attributes:
        name: of the file, beside the one whose thresholds they are about: ``parcels.golden``.
        lines: one a boundary, in the order in which the tests stand in the file.
    """

    name: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """What stands in the file."""
        header = _HEADER.format(PurePosixPath(self.name).with_suffix(".yaml").name)
        return "\n".join([header, *self.lines, ""])


@dataclass(frozen=True, slots=True)
class GoldenDifference:
    """Lines of a golden file that are no longer so, and what came instead."""

    file: str
    expected: tuple[str, ...]
    got: tuple[str, ...]


def golden_files(policy: Policy, folder: str) -> tuple[GoldenFile, ...]:
    """Return the golden decisions of a policy, one file for each of its own, sorted by name.

    Args:
        policy: as it was read from the folder.
        folder: with which the names of its files begin; the golden ones are told without it.
    """
    found = boundary_situations(policy)
    lines: dict[str, list[tuple[int, str]]] = {}
    told: tuple[Boundary | Unreached, ...] = (*found.reached, *found.unreached)
    for each in told:
        name = PurePosixPath(each.place.file.removeprefix(folder).lstrip("/"))
        beside = lines.setdefault(name.with_suffix(SUFFIX).as_posix(), [])
        beside.append((each.place.line, _line(policy, each)))
    return tuple(
        GoldenFile(name, tuple(line for _, line in sorted(lines[name], key=_by_place)))
        for name in sorted(lines)
    )


def compare_golden(files: tuple[GoldenFile, ...], folder: Path) -> tuple[GoldenDifference, ...]:
    """Return where the golden files in a folder say something else; nothing is written.

    A golden file that is missing, or that no file of the policy belongs to, differs too.
    """
    wanted = {file.name: file.text for file in files}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob(f"*{SUFFIX}")}
    return tuple(
        difference
        for name in sorted(wanted.keys() | there)
        for difference in _differences(name, _read(folder / name), wanted.get(name, ""))
    )


def update_golden(files: tuple[GoldenFile, ...], folder: Path) -> None:
    """Write golden files into a folder, and delete those to which nothing belongs any more."""
    names = {file.name for file in files}
    for path in folder.rglob(f"*{SUFFIX}"):
        if path.relative_to(folder).as_posix() not in names:
            path.unlink()
    for file in files:
        (folder / file.name).write_bytes(file.text.encode())


def _line(policy: Policy, each: Boundary | Unreached) -> str:
    return golden_line(policy, each) if isinstance(each, Boundary) else unreached_line(each)


def _by_place(placed: tuple[int, str]) -> int:
    return placed[0]


def _read(path: Path) -> str:
    return path.read_bytes().decode(errors="replace") if path.exists() else ""


def _differences(name: str, expected: str, got: str) -> Iterator[GoldenDifference]:
    before, after = expected.splitlines(), got.splitlines()
    # Without "autojunk" no line counts as too common to be compared.
    for tag, low, high, first, last in SequenceMatcher(
        a=before, b=after, autojunk=False
    ).get_opcodes():
        if tag != "equal":
            yield GoldenDifference(name, tuple(before[low:high]), tuple(after[first:last]))
