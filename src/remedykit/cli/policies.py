"""Finding the policy that a command names: a shipped one, or a folder."""

from __future__ import annotations

from pathlib import Path

import typer

from remedykit.diagnostics import Findings, printable
from remedykit.engine.engines import DEFAULT_ENGINE
from remedykit.engine.matching import EngineName
from remedykit.language.bases import Layers, read_layers
from remedykit.language.names import did_you_mean
from remedykit.policy import Policy, rules_folder, shipped_folders, shipped_names


def folder_of(name: str, hint: str = "--policy") -> Path:
    """Return the folder of a policy; the name of a shipped one goes before a folder of that name.

    Args:
        name: of a shipped policy, or the path of a folder.
        hint: the argument or option that names it.

    Raises:
        typer.BadParameter: if there is neither.
    """
    shipped = shipped_names()
    if name in shipped:
        return rules_folder() / name
    if _is_folder(name):
        return Path(name)
    known = f"remedykit comes with {', '.join(shipped)}; another one is named by its folder"
    raise typer.BadParameter(
        f"there is no policy {printable(name)}; {did_you_mean(name, shipped, known)}",
        param_hint=hint,
    )


def _is_folder(name: str) -> bool:
    try:
        return bool(name) and Path(name).is_dir()  # an empty path would be the folder one is in
    except OSError:  # such as a name that is too long
        return False


def find_policy(name: str, engine: EngineName = DEFAULT_ENGINE) -> Policy:
    """Return the policy that ``--policy`` names, decided by the engine that ``--engine`` names.

    Raises:
        PolicyError: if something is wrong with its files.
        typer.BadParameter: if there is none, or the engine is not installed.
    """
    if name in shipped_names():  # whose files are named without the folder of this installation
        return decided_by(Policy.shipped(name), engine)
    return decided_by(Policy.load(folder_of(name)), engine)


def decided_by(policy: Policy, engine: EngineName) -> Policy:
    """Return a policy, decided by the engine that ``--engine`` names.

    Raises:
        typer.BadParameter: if the engine is not installed.
    """
    if policy.engine == engine:
        return policy
    try:
        return policy.with_engine(engine)
    except ModuleNotFoundError as error:
        raise typer.BadParameter(str(error), param_hint="--engine") from None


def layers_named(name: str, findings: Findings) -> Layers:
    """Return the files of the policy that a command names, and of those that it extends.

    Args:
        name: of a shipped policy, or the path of a folder, as an argument ``DIR``.
        findings: learns what is wrong.

    Raises:
        typer.BadParameter: if there is none.
    """
    return read_layers(folder_of(name, "DIR"), shipped_folders(), findings)
