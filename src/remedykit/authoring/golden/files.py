"""Golden decisions: what a policy decides around its thresholds, kept in files to be reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path, PurePosixPath

from remedykit.authoring.analysis.sources import own_files
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
        about: the name of the file whose thresholds they are about, within the policy's folder.
        lines: one a boundary, in the order in which the tests stand in the file.
    """

    about: str
    lines: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of its own file: ``parcels.golden``, or for a table ``money.csv.golden``."""
        return f"{self.about.removesuffix('.yaml')}{SUFFIX}"

    @property
    def text(self) -> str:
        """What stands in the file."""
        header = _HEADER.format(PurePosixPath(self.about).name)
        return "\n".join([header, *self.lines, ""])


@dataclass(frozen=True, slots=True)
class GoldenDifference:
    """Lines of a golden file that are no longer so, and what came instead."""

    file: str
    expected: tuple[str, ...]
    got: tuple[str, ...]


def golden_files(policy: Policy, folder: Path) -> tuple[GoldenFile, ...]:
    """Return the golden decisions of a policy, one file for each of its own, sorted by name.

    Args:
        policy: as it was read from the folder. What it inherits from others has no golden files
            here.
        folder: from which it was read.
    """
    found, own = boundary_situations(policy), own_files(folder)
    lines: dict[str, list[tuple[int, str]]] = {}
    told: tuple[Boundary | Unreached, ...] = (*found.reached, *found.unreached)
    for each in told:
        if each.place.file in own:
            beside = lines.setdefault(own[each.place.file], [])
            beside.append((each.place.line, _line(policy, each)))
    return tuple(
        GoldenFile(about, tuple(line for _, line in sorted(lines[about], key=_by_place)))
        for about in sorted(lines)
    )


def compare_golden(files: tuple[GoldenFile, ...], folder: Path) -> tuple[GoldenDifference, ...]:
    """Return where the golden files in a folder say something else; nothing is written.

    A golden file that is missing, or that no file of the policy belongs to, differs too. What
    `update_golden` did not write is left alone.
    """
    wanted = {file.name: file.text for file in files}
    return tuple(
        difference
        for name in sorted({*wanted, *_there(folder)})
        for difference in _differences(name, _read(folder / name), wanted.get(name, ""))
    )


def update_golden(files: tuple[GoldenFile, ...], folder: Path) -> None:
    """Write golden files into a folder, and delete those to which nothing belongs any more."""
    for name in {*_there(folder)} - {file.name for file in files}:
        (folder / name).unlink()
    for file in files:
        (folder / file.name).write_bytes(file.text.encode())


def _there(folder: Path) -> Iterator[str]:
    """Yield the names of the golden files that were written here before, by their first line."""
    begin = _HEADER.partition("{")[0]
    for path in folder.rglob(f"*{SUFFIX}"):
        if _read(path).startswith(begin):
            yield path.relative_to(folder).as_posix()


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
