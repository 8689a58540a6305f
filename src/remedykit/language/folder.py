"""Reading the files of a policy's folder: the only place of the language that touches files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from remedykit.diagnostics import Findings, Place, TooManyFindings, printable
from remedykit.language.names import did_you_mean
from remedykit.language.yaml_reader import MAX_BYTES

MAX_FILES = 2_000
MAX_TOTAL_BYTES = 16 * 1024 * 1024  # of all files together

_SUFFIX = ".yaml"
_SUFFIXES = (_SUFFIX, ".csv")  # the policy, and tables that it names
_SCENARIOS = ".scenarios"  # given, expected: read by tests, no part of the policy


def read_folder(path: str | Path, findings: Findings) -> dict[str, bytes]:
    """Return what stands in the files of a policy, by name; faults are reported to `findings`.

    Read are the files ``*.yaml`` and ``*.csv`` in the folder and in the folders below it, but for
    ``*.scenarios.yaml`` and for whatever has a name that begins with a dot. A symbolic link below
    the folder is refused and never followed. Of a file with more than `MAX_BYTES` no more than
    one byte more is read, so that the reader can refuse it.

    Args:
        path: the folder; names begin with it as it is given.
        findings: learns what is wrong.
    """
    folder = Path(path)
    try:
        is_there, is_folder = folder.exists(), folder.is_dir()
    except OSError as error:
        _unreadable(folder, str(error.strerror).lower(), findings)
        return {}
    if not is_folder:
        findings.error(
            "no-such-policy",
            _place(folder),
            "this is a file, not a folder" if is_there else "there is no such folder",
            help="name the folder in which the policy's `*.yaml` files are",
        )
        return {}
    try:
        return _read_all(folder, findings)
    except TooManyFindings:
        return {}  # what was found until then is enough to refuse the policy


def folder_beside(
    folder: Path, names: tuple[str, ...], place: Place, findings: Findings
) -> Path | None:
    """Return a folder below the one in which `folder` stands, or ``None`` with a fault reported.

    Each name must be that of a folder exactly, letter by letter, whatever the system takes for the
    same; no link is followed on the way.

    Args:
        folder: where the way begins: at the folder that holds it.
        names: of the folders on the way down; neither empty nor dots, and without separators.
        place: where the way is written.
        findings: learns what is wrong.
    """
    found = _parent(folder)
    for name in names:
        inside = {each.name: each for each in _entries(found, findings) if each.is_dir()}
        entry = inside.get(name)
        if entry is None:
            findings.error(
                "bad-base",
                place,
                f"no folder of the name `{name}` stands there",
                help=did_you_mean(name, inside, "name the folder of a policy"),
            )
            return None
        if _is_link(entry, findings):
            return None
        found = entry
    return found


def _parent(folder: Path) -> Path:
    if folder.is_symlink():  # what stands beside the policy stands where its files are
        return folder.resolve().parent
    return folder / ".." if folder.name in {"", ".."} else folder.parent


def _read_all(folder: Path, findings: Findings) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    total = 0
    for file in sorted(_files(folder, findings)):
        raw = _read(file, findings)
        if raw is not None:
            contents[_name(file)] = raw
            total += len(raw)
        if len(contents) > MAX_FILES or total > MAX_TOTAL_BYTES:
            findings.error(
                "too-many-files",
                _place(folder),
                f"the folder has more than {MAX_FILES} policy files, or more than"
                f" {MAX_TOTAL_BYTES} bytes (16 MiB) in them",
                help="name the folder of one policy",
            )
            return {}
    if not any(name.endswith(_SUFFIX) for name in contents) and not findings.errors:
        findings.error(
            "no-such-policy",
            _place(folder),
            "the folder has no policy file",
            help="a policy is one or more files whose names end in `.yaml`",
        )
    return contents


def _files(folder: Path, findings: Findings) -> Iterator[Path]:
    """Give the policy files below a folder, at most one more than are allowed."""
    found = 0
    folders = [folder]
    while folders and found <= MAX_FILES:
        for entry in _entries(folders.pop(), findings):
            if entry.is_dir() and not _is_link(entry, findings):
                folders.append(entry)
            elif _is_policy_file(entry, findings) and not _is_link(entry, findings):
                found += 1
                yield entry


def _entries(folder: Path, findings: Findings) -> list[Path]:
    try:
        return [entry for entry in folder.iterdir() if not entry.name.startswith(".")]
    except OSError as error:
        _unreadable(folder, str(error.strerror).lower(), findings)
        return []


def _is_policy_file(entry: Path, findings: Findings) -> bool:
    suffix = _SUFFIX if entry.suffix.lower() == ".yml" else entry.suffix.lower()
    if entry.suffix not in _SUFFIXES and suffix in _SUFFIXES:
        findings.warning(
            "file-not-read",
            _place(entry),
            f"the file is not read, because its name ends in `{entry.suffix}`",
            help=f"rename it to `{_stem(entry)}{suffix}`",
        )
    is_policy = entry.suffix in _SUFFIXES and not entry.stem.endswith(_SCENARIOS)
    return is_policy and not entry.is_dir()


def _stem(entry: Path) -> str:
    """Return the name of a file without its ending, and with that of scenarios in small letters."""
    is_of_scenarios = entry.stem.lower().endswith(_SCENARIOS)
    return f"{entry.stem[: -len(_SCENARIOS)]}{_SCENARIOS}" if is_of_scenarios else entry.stem


def _is_link(entry: Path, findings: Findings) -> bool:
    # a junction of Windows is no symbolic link, but leads elsewhere as well
    link = entry.is_symlink() or entry.resolve() != entry.parent.resolve() / entry.name
    if link:
        findings.error(
            "symbolic-link",
            _place(entry),
            "the name is a link to another place, which is not followed",
            help="put the file itself into the folder",
        )
    return link


def _read(file: Path, findings: Findings) -> bytes | None:
    if not file.is_file():  # a pipe or a device could be read for ever
        _unreadable(file, "it is no regular file", findings)
        return None
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        _unreadable(file, str(error.strerror).lower(), findings)
        return None


def _unreadable(path: Path, reason: str, findings: Findings) -> None:
    findings.error(
        "unreadable-file",
        _place(path),
        f"it cannot be read: {reason}",
        help="give the right to read it, or take it out of the folder",
    )


def _place(path: Path) -> Place:
    return Place(_name(path), 1, 1, 1, 2)


def _name(path: Path) -> str:
    return printable(path.as_posix())
