"""Prints the oldest version that pyproject.toml allows of each dependency: pydantic==2.11 ...

Installers take the newest that is allowed, so that nobody would notice if the oldest no longer
works. Nothing is printed of what has no lower bound.
"""

import re
import sys
import tomllib
from pathlib import Path

_LOWER_BOUND = re.compile(r"([A-Za-z0-9._-]+)>=([0-9.]+)")

_ROOT = Path(__file__).resolve().parents[1]
project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
bounds = [found.groups() for each in project["dependencies"] if (found := _LOWER_BOUND.match(each))]
sys.stdout.write(" ".join(f"{name}=={version}" for name, version in bounds) + "\n")
