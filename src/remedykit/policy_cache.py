"""Checked policies kept in a folder, by what they were made from, so that loading again is fast."""

from __future__ import annotations

import hashlib
import json
import secrets
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from zoneinfo import TZPATH

from remedykit.diagnostics import Diagnostic, Findings
from remedykit.language.load import load_policy
from remedykit.language.node_table import DamagedError
from remedykit.language.stored_policy import PolicyCodec
from remedykit.language.syntax import CheckedPolicy
from remedykit.language.types import Schema

_FRAMES = 6  # from a warning up to who called `Policy.load`

Loaded = tuple[CheckedPolicy, tuple[Diagnostic, ...]]


def load_cached(
    files: Mapping[str, bytes],
    schema: Schema,
    findings: Findings,
    folder: Path,
    bases: Sequence[Mapping[str, bytes]] = (),
) -> Loaded:
    """Return what `load_policy` returns, out of the folder if the same was loaded before.

    What is not in the folder is put there, and the folder is made if there is none. An entry that
    is not exactly as it was written is not used but replaced.

    Args:
        files: as for `load_policy`.
        schema: as for `load_policy`.
        findings: as for `load_policy`.
        folder: the cache. Whoever can write there can change what is decided, as with the files of
            the policy.
        bases: as for `load_policy`.

    Raises:
        PolicyError: with every fault found; such a policy is not kept.
    """
    entry = None if findings.errors else _entry((files, *bases), schema, findings, folder)
    loaded = entry.read() if entry else None
    if loaded is None:
        loaded = load_policy(files, schema, findings, bases)
        if entry:
            entry.write(loaded)
    return loaded


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file of three lines of JSON: the head, the time zone that was read, and the policy.

    Attributes:
        folder: where it is.
        key: what the policy is made from, as a SHA-256 in hexadecimal.
        codec: reads and writes the policy.
    """

    folder: Path
    key: str
    codec: PolicyCodec

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / f"{self.key}.jsonl"

    def read(self) -> Loaded | None:
        """Return what was written; ``None`` if there is nothing, or it has changed since."""
        try:
            head, _, body = self.path.read_bytes().partition(b"\n")
        except OSError:  # if it is not just missing, writing it will fail and tell
            return None
        if head != self._head(body):
            return None
        zone, _, text = body.partition(b"\n")
        try:
            loaded = self.codec.policy_from_json(text.decode("ascii"))
        except (DamagedError, UnicodeDecodeError):
            return None
        return loaded if zone == _zone(loaded[0].timezone) else None

    def write(self, loaded: Loaded) -> None:
        """Put it there at once for all who read; who writes the same at the same time may win."""
        text = self.codec.policy_to_json(*loaded).encode("ascii")
        body = _zone(loaded[0].timezone) + b"\n" + text
        unfinished = self.folder / f"{self.key}.{secrets.token_hex(8)}.tmp"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                unfinished.write_bytes(self._head(body) + b"\n" + body)
                unfinished.replace(self.path)
            finally:
                unfinished.unlink(missing_ok=True)
        except OSError as error:
            _warn(
                f"the policy was loaded, but not kept in {self.folder}: {error.strerror or error}"
            )

    def _head(self, body: bytes) -> bytes:
        # Against accidents: a disk that was full, a copy that broke off, an editor.
        return _json({"key": self.key, "sha256": hashlib.sha256(body).hexdigest()})


def _entry(
    layers: Sequence[Mapping[str, bytes]], schema: Schema, findings: Findings, folder: Path
) -> _Entry | None:
    try:
        version = metadata.version("remedykit")
    except metadata.PackageNotFoundError:
        _warn(f"{folder} is not used: this copy of remedykit was not installed, has no version")
        return None
    codec = PolicyCodec.from_classes()
    made_from = {
        "remedykit": version,
        "layout": codec.layout,
        "given": codec.given_to_json(schema, findings.sorted()),
        "files": [
            {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}
            for files in layers
        ],
    }
    return _Entry(folder, hashlib.sha256(_json(made_from)).hexdigest(), codec)


def _zone(name: str | None) -> bytes:
    """Return what tells one state of a time zone from the next: times in the rules hang on it."""
    if name is None:
        return _json(None)
    for folder in TZPATH:
        file = Path(folder, name)
        if file.is_file():
            return _json({name: hashlib.sha256(file.read_bytes()).hexdigest()})
    try:
        return _json({name: metadata.version("tzdata")})
    except metadata.PackageNotFoundError:  # the zone is not here; the entry is from elsewhere
        return _json({name: None})


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("ascii")


def _warn(message: str) -> None:
    warnings.warn(message, RuntimeWarning, stacklevel=_FRAMES)
