"""Running a script in a Python of its own, with warnings as errors."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_SCRIPTS = Path(__file__).resolve().parent


def started(script: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a script of this folder; it imports what its caller can.

    Args:
        script: its file.
        arguments: what it gets.
        variables: of its environment, besides those there are.
    """
    return subprocess.run(
        [sys.executable, "-X", "faulthandler", "-W", "error", _SCRIPTS / script, *arguments],
        env={**os.environ, **variables, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )


def python(script: str, *arguments: str, **variables: str) -> str:
    """Return what a script prints; one that fails or crashes fails the test."""
    done = started(script, *arguments, **variables)
    assert done.returncode == 0, f"ended with {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout
