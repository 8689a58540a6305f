"""What a process took, also when it was started by one that is large itself.

A process counts the memory of who started it as its own peak until it has replaced its program;
test runs are large. So a script asks the kernel for the peak of its own program, and a program
that cannot be asked is started by a small process, this module run as a script.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_TESTS = Path(__file__).parents[1]
# For scripts that import the library and what tests share.
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(_TESTS)}


@dataclass(frozen=True, slots=True)
class Run:
    """A program that has ended."""

    seconds: float  # of the processor
    megabytes: int
    code: int
    out: str
    err: str


def peak_megabytes() -> int:
    """Return the most memory that this program has held so far."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return int(lines["VmHWM"].split()[0]) // 1024


def measured_run(command: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Run a program from a small process and return what it took."""
    done = subprocess.run(
        [sys.executable, "-S", __file__, *command],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    return Run(**json.loads(done.stdout))


def main() -> None:
    """Run the command that is given, and print what it took as JSON."""
    done = subprocess.run(sys.argv[1:], capture_output=True, text=True, check=False, env=os.environ)
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds, megabytes = usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024
    sys.stdout.write(
        json.dumps(
            {
                "seconds": seconds,
                "megabytes": megabytes,
                "code": done.returncode,
                "out": done.stdout,
                "err": done.stderr,
            }
        )
    )


if __name__ == "__main__":
    main()
