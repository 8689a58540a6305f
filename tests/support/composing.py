"""Policies that extend others, made of texts."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from remedykit.diagnostics import Diagnostic, Findings
from remedykit.errors import PolicyError
from remedykit.facts.schema import model_schema
from remedykit.language.bases import Layers, layers_of, read_layers
from remedykit.language.load import load_policy
from remedykit.language.syntax import CheckedPolicy
from remedykit.policy import shipped_folders

_SCHEMA = model_schema()
SHIPPED = shipped_folders()


def with_shipped(files: Mapping[str, bytes], findings: Findings) -> Layers:
    """Return the files of a policy and of the shipped ones that it extends."""
    return layers_of(files, SHIPPED, findings)


def load_layers(layers: Layers, findings: Findings) -> CheckedPolicy | None:
    """Return the policy, or ``None`` if there is a fault."""
    own, *bases = layers
    with contextlib.suppress(PolicyError):
        return load_policy(own, _SCHEMA, findings, bases)[0]
    return None


def write(root: Path, files: Mapping[str, str]) -> None:
    """Write files below a folder."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def found_in_folders(files: Mapping[str, str], folder: str = "own") -> tuple[Diagnostic, ...]:
    """Return what is found in the policy of a folder, among other folders."""
    return _loaded(files, folder)[1]


def composed(files: Mapping[str, str], folder: str = "own") -> CheckedPolicy:
    """Return the policy of a folder, among other folders; it must have no fault."""
    policy, found = _loaded(files, folder)
    assert policy is not None, "\n\n".join(each.render() for each in found)
    return policy


def _loaded(
    files: Mapping[str, str], folder: str
) -> tuple[CheckedPolicy | None, tuple[Diagnostic, ...]]:
    findings = Findings()
    with TemporaryDirectory() as scratch, contextlib.chdir(scratch):
        write(Path(), files)
        policy = load_layers(read_layers(folder, SHIPPED, findings), findings)
    return policy, findings.sorted()
