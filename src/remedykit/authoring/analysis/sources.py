"""The lines of a policy's files, so that findings can quote them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from remedykit.diagnostics import Findings
from remedykit.language.folder import read_folder
from remedykit.language.source import lines_of


def sources_in(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Return the lines of the files of a policy that was loaded from a folder, by name."""
    files = read_folder(folder, Findings())
    return {
        name: lines_of(raw.decode(errors="replace").removeprefix("\ufeff"))
        for name, raw in files.items()
    }
