"""The policies whose scenarios a pytest run collects: each is found and loaded once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from remedykit.authoring.scenarios.reading import SUFFIX, read_scenarios, unread_files
from remedykit.authoring.scenarios.scenario import Scenario
from remedykit.diagnostics import Diagnostic, printable
from remedykit.errors import InputError
from remedykit.policy import Policy

_HEAD = b"policy:"
_MOST_BYTES = 1024 * 1024  # of a policy file; a longer one is refused when the policy is loaded


@dataclass(frozen=True, slots=True)
class Scenarios:
    """A policy with the scenarios beside it.

    Attributes:
        folder: from which both were read.
    """

    folder: Path
    policy: Policy
    scenarios: tuple[Scenario, ...]

    def of_file(self, file: Path) -> tuple[Scenario, ...]:
        """Return those that stand in a file."""
        name = printable(_shown(file).as_posix())
        return tuple(each for each in self.scenarios if each.place.file == name)


@dataclass(slots=True)
class Policies:
    """The policies of one pytest run, by their folders; filled while files are collected.

    Attributes:
        top: the folder above which no policy is looked for.
        untold: warnings about files of these policies that are not read, until `told` gives them.
    """

    top: Path
    untold: list[Diagnostic] = field(default_factory=list[Diagnostic])
    _by_folder: dict[Path, Scenarios | None] = field(default_factory=dict[Path, "Scenarios | None"])

    def scenarios_of(self, file: Path) -> Scenarios | None:
        """Return the policy of a file of scenarios; ``None`` if it was refused before.

        Raises:
            PolicyError: if something is wrong with the policy or its scenarios.
            InputError: if there is no policy, or a file cannot be read.
        """
        folder = _shown(self._folder_of(file))
        if folder not in self._by_folder:
            self._by_folder[folder] = None  # told once, not for each of its files
            policy = Policy.load(folder)
            self.untold += unread_files(policy)
            self._by_folder[folder] = Scenarios(folder, policy, read_scenarios(policy, folder))
        return self._by_folder[folder]

    def told(self) -> tuple[Diagnostic, ...]:
        """Return the warnings that are not told yet; the next time, these are."""
        told = tuple(self.untold)
        self.untold.clear()
        return told

    def _folder_of(self, file: Path) -> Path:
        """Return the nearest folder above a file in which a policy says ``policy: name``."""
        for folder in file.parents:
            if any(map(_has_head, sorted(folder.glob("*.yaml")))):
                return folder
            if folder == self.top:
                break
        raise InputError(
            printable(_shown(file).as_posix()),
            "there is no policy beside it or in a folder above; "
            "one of its `*.yaml` files says `policy: name`",
        )


def _shown(path: Path) -> Path:
    """Return a path as messages show it: short where it is below the folder one is in."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _has_head(file: Path) -> bool:
    if file.name.endswith(SUFFIX) or not file.is_file():
        return False
    try:
        with file.open("rb") as stream:
            return any(line.startswith(_HEAD) for line in stream.read(_MOST_BYTES).splitlines())
    except OSError:
        return False
