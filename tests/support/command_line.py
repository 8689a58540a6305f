"""Running the command line in tests: in this process, or as a program of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from remedykit.cli.main import app

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
PROGRAM = (sys.executable, "-c", "from remedykit.cli.main import main; main()")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str


def run(
    *arguments: str | Path, stdin: str | bytes = "", env: Mapping[str, str] | None = None
) -> Ran:
    """Run a command in this process; an exception that it lets through fails the test."""
    result = CliRunner().invoke(
        app, [str(argument) for argument in arguments], input=stdin, env=env
    )
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(result.exit_code, result.stdout, result.stderr)


def run_program(
    *arguments: str | Path, stdin: bytes = b"", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a program."""
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)], input=stdin, capture_output=True, check=False, env=env
    )
