#!/usr/bin/env bash
# Writes constraints.txt anew: the newest versions that pyproject.toml allows, for the oldest
# supported Python, which has all packages (durable-rules is not for the newest); it needs a C
# compiler. Run ./check --slow afterwards, and read the diff.
#   PYTHON=/path/to/python3.11 tools/refresh-constraints.sh
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/bootstrap.sh

python=$(find_python)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$python" -m venv "$scratch"
"$scratch/bin/python" -m pip install --quiet --upgrade pip
# pytest-xdist 3.8 groups no tests with pytest 9.2, so that costly fixtures are made several times.
"$scratch/bin/python" -m pip install --quiet --editable . --group dev 'pytest<9.2'
{
    printf '# The versions that ./check and ./try install. Made by tools/refresh-constraints.sh.\n'
    "$scratch/bin/python" -m pip freeze --all --exclude-editable --exclude setuptools
} >"$scratch/constraints.txt"
mv "$scratch/constraints.txt" constraints.txt
