"""Files that are meant to do harm end in one clear error, in under a second and 200 MB."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from support.hostile_files import FAR_TOO_LONG_S
from support.measuring import ENVIRONMENT

SCRIPT = Path(__file__).parents[1] / "support" / "hostile_files.py"

REFUSED = {
    "900,000 keys": "file-too-large",
    "200,001 nodes": "too-many-nodes",
    "200,001 quoted nodes": "too-many-nodes",
    "500,000 equal keys": "duplicate-key",
    "500,000 equal keys on lines": "duplicate-key",
    "1 MiB of [": "too-deep",
    "1 MiB of {": "too-deep",
    "50,000 levels, closed": "too-deep",
    "1 MiB of - - -": "too-deep",
    "1 MiB of ? ? ?": "too-deep",
    "1,400 levels of indentation": "too-deep",
    "flow in block": "too-deep",
    "billion laughs": "yaml-anchor",
    "300,000 aliases": "yaml-alias",
    "150,000 anchors": "yaml-anchor",
    "150,000 tags": "yaml-tag",
    "50,000 directives": "yaml-directive",
    "directives later": "yaml-directive",
    "200,000 documents": "several-documents",
    "a key of 1 MiB": "yaml-syntax",
    "500,000 comments before a text": "yaml-tag",
    "only quotation marks": "yaml-syntax",
    "only tabs": "tab-indentation",
    "only NUL": "forbidden-character",
    "NUL inside": "forbidden-character",
    "escaped NUL": "forbidden-character",
    "escapes in each of many": "forbidden-character",
    "only bidirectional signs": "forbidden-character",
    "UTF-16": "not-utf8",
    "no UTF-8 at the end": "not-utf8",
}
HARMLESS = {
    "as many keys as fit",
    "a line of 1 MiB",
    "a quoted text of 1 MiB",
    "a folded text of 1 MiB",
    "a block of 1 MiB",
    "130,000 blocks",
    "only blanks",
    "only line ends",
}
LAST = "in.json: incident.order.lines[100000]"
JSON = {
    "100,000 line items": "",
    "equal keys at the end": f"{LAST}.a: the key stands twice",
    "a number of 30 digits at the end": f"{LAST}: `{'9' * 30}` has more than 18 digits",
    "1e9999999": "in.json: a: `1e9999999` has an exponent",
    "a number of 1,000,000 digits": f"in.json: `{'9' * 40}...` has more than 18 digits",
    "16 MiB of [": "in.json: the file has more than 1000000 values",
    "1,000 levels, closed": "in.json: lists and objects are nested more than 64 levels deep",
    "100,000 levels of objects": "in.json: lists and objects are nested more than 64 levels deep",
    "8,000,000 numbers": "in.json: the file has more than 1000000 values",
    "5,000,000 lists": "in.json: the file has more than 1000000 values",
    "500,000 equal keys": "in.json: a: the key stands twice",
    "a text of 16 MiB": "in.json: the file has more than 16777216 bytes",
    "NaN": "in.json: a: `NaN` is no number",
}


def said(kind: str) -> dict[str, str]:
    """Return what is said about each file, after looking at the time and the memory."""
    done = subprocess.run(
        [sys.executable, str(SCRIPT), kind],
        capture_output=True,
        text=True,
        check=True,
        env=ENVIRONMENT,
    )
    measured = json.loads(done.stdout)
    slow = {
        name: seconds
        for name, (seconds, _) in measured["outcomes"].items()
        if seconds > FAR_TOO_LONG_S
    }
    assert slow == {}
    assert measured["memory"] < 200
    return {name: line for name, (_, line) in measured["outcomes"].items()}


@pytest.mark.parametrize("kind", ["policy", "yaml"])
def test_hostile_yaml_is_refused_quickly(kind: str) -> None:
    lines = said(kind)
    codes = {
        name: found[1] for name, line in lines.items() if (found := re.search(r"\[(\S+)\]:", line))
    }
    assert codes == REFUSED
    assert {name for name, line in lines.items() if not line} == HARMLESS


def test_hostile_json_is_refused_quickly() -> None:
    lines = said("json")
    assert lines.keys() == JSON.keys()
    for name, line in lines.items():
        assert line.startswith(JSON[name])
        assert bool(line) == bool(JSON[name])
