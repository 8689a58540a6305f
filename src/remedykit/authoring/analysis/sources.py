"""The files of a policy, and their lines, so that findings can quote them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from remedykit.diagnostics import Findings, printable
from remedykit.language.bases import Files, read_layers
from remedykit.language.folder import read_folder
from remedykit.language.source import lines_of
from remedykit.policy import shipped_folders


def own_files(folder: Path) -> Mapping[str, str]:
    """Return the names of a policy's own files: as places name them, and within the folder.

    What it inherits from other policies is none of them.

    Args:
        folder: from which it was loaded, as it was given.
    """
    before = f"{printable(folder.as_posix())}/"  # nothing comes before what is in "."
    return {name: name.removeprefix(before) for name in read_folder(folder, Findings())}


def sources_in(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Return the lines of the files of a policy that was loaded from a folder, by name."""
    return _lines(read_folder(folder, Findings()))


def sources_with_bases(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Return the same together with the files of the policies that it extends."""
    layers = read_layers(folder, shipped_folders(), Findings())
    return {name: lines for layer in layers for name, lines in _lines(layer).items()}


def _lines(files: Files) -> Mapping[str, tuple[str, ...]]:
    return {
        name: lines_of(raw.decode(errors="replace").removeprefix("\ufeff"))
        for name, raw in files.items()
    }
