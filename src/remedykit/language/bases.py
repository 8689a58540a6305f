"""Finding the policies that a policy extends, one after the other, and reading their files."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass
from pathlib import Path

from remedykit.diagnostics import Findings, printable
from remedykit.language.folder import (
    MAX_FILES,
    MAX_TOTAL_BYTES,
    folder_beside,
    read_folder,
)
from remedykit.language.names import did_you_mean, listed
from remedykit.language.source import Mapping, Scalar
from remedykit.language.yaml_reader import read_source

DEEPEST = 8  # policies that extend one another, the first among them
SHIPPED = "shipped:"  # begins the names of a shipped policy's files where another one extends it
_KEY = "extends"

Files = Map[str, bytes]
Layers = tuple[Files, ...]


def read_layers(path: str | Path, shipped: Map[str, Path], findings: Findings) -> Layers:
    """Return the files of a policy, then those of the policy that it extends, and so on.

    Args:
        path: the folder of the policy; see `read_folder`.
        shipped: the folders of the policies that are extended by their name alone.
        findings: learns what is wrong.
    """
    folder = Path(path)
    return _Chain(shipped, findings).layers(read_folder(folder, findings), folder)


def layers_of(files: Files, shipped: Map[str, Path], findings: Findings) -> Layers:
    """Return the files of a policy that has no folder, then those of the policies it extends.

    Args:
        files: what stands in them, by name.
        shipped: as for `read_layers`; no others can be extended, as paths begin at a folder.
        findings: learns what is wrong.
    """
    return _Chain(shipped, findings).layers(files, None)


@dataclass(frozen=True, slots=True)
class _Link:
    """What a policy says that it extends: the word, and the folder found for it."""

    word: Scalar
    folder: Path
    prefix: str  # stands in the names of its files in place of the folder; empty for the folder


@dataclass(frozen=True, slots=True)
class _Chain:
    """Follows one chain of policies; every fault ends it.

    Attributes:
        shipped: folders by name.
        findings: learns the faults.
    """

    shipped: Map[str, Path]
    findings: Findings

    def layers(self, files: Files, folder: Path | None) -> Layers:
        layers, links = [files], list[_Link]()
        home = folder
        while (word := self._extends(layers[-1])) is not None:
            link = self._link(word, home)
            if link is None or not self._goes_on(link, links, folder, layers):
                break
            read = self._read(link)
            if not read or not self._fits(word, [*layers, read]):
                break
            layers.append(read)
            links.append(link)
            home = link.folder
        return tuple(layers)

    def _extends(self, files: Files) -> Scalar | None:
        """Return what is written behind `extends`; a fault in it is for the loader to tell."""
        for name in sorted(files):
            # Parsing takes its time, and most files do not have this word. Should it be there in
            # escapes, the loader finds a policy that extends what was not read, and says so.
            if _KEY.encode() not in files[name]:
                continue
            source = read_source(name, files[name], Findings())
            root = source.root if source else None
            entry = root.get(_KEY) if isinstance(root, Mapping) else None
            if source and entry and isinstance(entry.value, Scalar) and entry.value.text.strip():
                self.findings.add_source(name, source.lines)
                return entry.value
        return None

    # --- finding -------------------------------------------------------------------------------

    def _link(self, word: Scalar, home: Path | None) -> _Link | None:
        text = word.text.strip()
        if text in self.shipped:
            return _Link(word, self.shipped[text], f"{SHIPPED}{text}")
        if "/" not in text and text != "..":
            self._unknown(word)
            return None
        if home is None:
            self.findings.error(
                "bad-base",
                word.place,
                "a policy without a folder extends shipped policies only",
                help=f"name one of {listed(sorted(self.shipped))}, or load the policy of a folder",
            )
            return None
        parts = text.split("/")
        if parts[0] != ".." or not parts[1:] or not all(map(_is_plain, parts[1:])):
            self.findings.error(
                "bad-base",
                word.place,
                f"`{text}` is no way to a policy beside this one",
                help="write `../` and the names of folders, such as ../base or ../common/base",
            )
            return None
        folder = folder_beside(home, tuple(parts[1:]), word.place, self.findings)
        return None if folder is None else _Link(word, folder, "")

    def _unknown(self, word: Scalar) -> None:
        text = word.text.strip()
        self.findings.error(
            "bad-base",
            word.place,
            f"no policy of the name `{text}` is shipped",
            help=did_you_mean(
                text, self.shipped, "the folder of a policy beside this one is written ../name"
            ),
        )

    # --- bounds --------------------------------------------------------------------------------

    def _goes_on(
        self, link: _Link, links: list[_Link], first: Path | None, layers: list[Files]
    ) -> bool:
        """Whether a chain may have one more policy; it is no circle, and none is inside another."""
        found = link.folder.resolve()
        begin = [] if first is None else [first]
        for number, folder in enumerate([*begin, *(each.folder for each in links)]):
            met = folder.resolve()
            if met == found:
                self._circle(link, links[number + 1 - len(begin) :], folder)
                return False
            if met.is_relative_to(found) or found.is_relative_to(met):
                self.findings.error(
                    "bad-base",
                    link.word.place,
                    f"of `{_shown(folder)}` and `{_shown(link.folder)}` one is inside the other",
                    help="all files below a folder are one policy; give each a folder beside",
                )
                return False
        if len(layers) < DEEPEST:
            return True
        self.findings.error(
            "base-too-deep",
            link.word.place,
            f"policies that extend one another are more than {DEEPEST}",
            help="join some of them",
        )
        return False

    def _circle(self, link: _Link, between: list[_Link], folder: Path) -> None:
        names = [folder, *(each.folder for each in between), folder]
        self.findings.error(
            "base-cycle",
            link.word.place,
            f"a policy extends itself: {' extends '.join(f'`{_shown(each)}`' for each in names)}",
            help="a base knows nothing of the policies that extend it; take one `extends` out",
            also=(between[0].word.place, "the circle begins here") if between else None,
        )

    def _read(self, link: _Link) -> Files:
        read = read_folder(link.folder, self.findings)
        if not link.prefix:
            return read
        # Wherever remedykit is installed, these files have the same names, and no others have them.
        folder = _shown(link.folder)
        return {f"{link.prefix}{name.removeprefix(folder)}": raw for name, raw in read.items()}

    def _fits(self, word: Scalar, layers: list[Files]) -> bool:
        files = sum(map(len, layers))
        total = sum(len(raw) for layer in layers for raw in layer.values())
        if files <= MAX_FILES and total <= MAX_TOTAL_BYTES:
            return True
        self.findings.error(
            "too-many-files",
            word.place,
            f"with the policies that it extends, the policy has more than {MAX_FILES} files, or"
            f" more than {MAX_TOTAL_BYTES} bytes (16 MiB) in them",
            help="extend a smaller policy",
        )
        return False


def _is_plain(part: str) -> bool:
    """Whether a word can be the name of a folder and nothing else, whatever the system."""
    return bool(part) and not part.startswith(".") and not set(part) & set('\\:*?"<>|')


def _shown(path: Path) -> str:
    return printable(path.as_posix())
