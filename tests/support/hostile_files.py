"""Files that are meant to do harm; run as a script it reads them all and prints what it took."""

import json
import sys
import time
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import TypeVar

from remedykit.diagnostics import Findings
from remedykit.errors import InputError
from remedykit.language.plain import read_json_input, read_yaml_input
from remedykit.language.yaml_reader import read_source
from support.measuring import peak_megabytes

T = TypeVar("T")

MIB = 1024 * 1024

# Seconds of the processor. A file is refused within one (see docs/design/reading-files.md), but a
# busy machine takes several times as long; what is not linear takes far longer than this.
FAR_TOO_LONG_S = 4


def keys(count: int) -> bytes:
    """Return a mapping of so many keys."""
    written = BytesIO()
    written.writelines(b"k%d: 1\n" % number for number in range(count))
    return written.getvalue()


YAML: dict[str, Callable[[], bytes]] = {
    "900,000 keys": lambda: keys(900_000),
    "as many keys as fit": lambda: keys(95_000),
    "200,001 nodes": lambda: b"[" + b"a," * 200_000 + b"]",
    "200,001 quoted nodes": lambda: b"[" + b"''," * 200_000 + b"]",
    "500,000 equal keys": lambda: b"{" + b"a," * 500_000 + b"}",
    "500,000 equal keys on lines": lambda: b"a:\n" * 340_000,
    "1 MiB of [": lambda: b"[" * MIB,
    "1 MiB of {": lambda: b"{" * MIB,
    "50,000 levels, closed": lambda: b"[" * 50_000 + b"]" * 50_000,
    "1 MiB of - - -": lambda: b"- " * (MIB // 2),
    "1 MiB of ? ? ?": lambda: b"? " * (MIB // 2),
    "1,400 levels of indentation": lambda: b"".join(
        b" " * depth + b"a:\n" for depth in range(1400)
    ),
    "flow in block": lambda: (
        b"".join(b" " * depth + b"a:\n" for depth in range(60)) + b" " * 60 + b"[" * 100_000
    ),
    "billion laughs": lambda: (
        b"a: &a [x, x]\n"
        + b"".join(b"b%d: &b%d [*a, *a, *a, *a, *a]\n" % (each, each) for each in range(1000))
    ),
    "300,000 aliases": lambda: b"[" + b"*a," * 300_000 + b"]",
    "150,000 anchors": lambda: b"[" + b"&a x," * 150_000 + b"]",
    "150,000 tags": lambda: b"[" + b"!a x," * 150_000 + b"]",
    "50,000 directives": lambda: b"".join(b"%%TAG !a%d! x\n" % number for number in range(50_000)),
    "directives later": lambda: (
        b"a: 1\n...\n" + b"".join(b"%%TAG !a%d! x\n" % number for number in range(50_000))
    ),
    "200,000 documents": lambda: b"---\n" * 200_000,
    "a line of 1 MiB": lambda: b"a: " + b"x" * (MIB - 3),
    "a key of 1 MiB": lambda: b"x" * (MIB - 3) + b": 1",
    "a quoted text of 1 MiB": lambda: b'a: "' + b"\\n" * (MIB // 2 - 3) + b'"',
    "a folded text of 1 MiB": lambda: b"a: '" + b"x\n " * 300_000 + b"'",
    "a block of 1 MiB": lambda: b"a: |\n" + b"  x\n" * 200_000,
    "130,000 blocks": lambda: b"- |\n a\n" * 130_000,
    "only quotation marks": lambda: b"'" * (MIB - 1),
    "500,000 comments before a text": lambda: b"a: !b\n" + b"#\n" * 500_000 + b" c\n",
    "only blanks": lambda: b" " * MIB,
    "only tabs": lambda: b"\t" * MIB,
    "only line ends": lambda: b"\n" * MIB,
    "only NUL": lambda: b"\0" * MIB,
    "NUL inside": lambda: b"a: b\0c\n",
    "escaped NUL": lambda: b'a: "' + b"\\0" * (MIB // 2 - 3) + b'"',
    "escapes in each of many": lambda: b"[" + b'"\\u200b",' * 100_000 + b"]",
    "only bidirectional signs": lambda: "\u202e".encode() * (MIB // 3),
    "UTF-16": lambda: "a: 1\n".encode("utf-16") * 1000,
    "no UTF-8 at the end": lambda: b"a" * (MIB - 1) + b"\xff",
}

ITEM = '{"sku": "x", "title": "A lamp", "quantity": 1, "price": {"amount": "9.50"}}'
ITEMS = f'{{"incident": {{"order": {{"lines": [{", ".join([ITEM] * 100_000)}, %s]}}}}}}'

JSON: dict[str, Callable[[], str]] = {
    "100,000 line items": lambda: ITEMS % "1",
    "equal keys at the end": lambda: ITEMS % '{"a": 1, "a": 2}',
    "a number of 30 digits at the end": lambda: ITEMS % ("9" * 30),
    "1e9999999": lambda: '{"a": 1e9999999}',
    "a number of 1,000,000 digits": lambda: "9" * 1_000_000,
    "16 MiB of [": lambda: "[" * (16 * MIB),
    "1,000 levels, closed": lambda: "[" * 1000 + "]" * 1000,
    "100,000 levels of objects": lambda: '{"a":' * 100_000,
    "8,000,000 numbers": lambda: f"[{','.join(['1'] * 8_000_000)}]",
    "5,000,000 lists": lambda: f"[{','.join(['[]'] * 5_000_000)}]",
    "500,000 equal keys": lambda: "{" + ",".join(['"a": 1'] * 500_000) + "}",
    "a text of 16 MiB": lambda: f'"{"x" * (16 * MIB)}"',
    "NaN": lambda: '{"a": NaN}',
}


def read_policy(raw: bytes) -> str:
    """Return what is said about a policy file."""
    findings = Findings()
    read_source("p.yaml", raw, findings)
    return "\n".join(each.render() for each in findings.errors)


def read_yaml(raw: bytes) -> str:
    """Return what is said about an input file in YAML."""
    try:
        read_yaml_input(raw, "in.yaml")
    except InputError as error:
        return str(error)
    return ""


def read_json(text: str) -> str:
    """Return what is said about an input file in JSON."""
    try:
        read_json_input(text, "in.json")
    except InputError as error:
        return str(error)
    return ""


def measured(read: Callable[[T], str], content: T) -> tuple[float, str]:
    """Return the seconds of the processor that reading took, and the first line of what is said."""
    began = time.process_time()
    said = read(content)
    return time.process_time() - began, said.partition("\n")[0]


def outcomes(
    read: Callable[[T], str], files: Mapping[str, Callable[[], T]]
) -> dict[str, tuple[float, str]]:
    """Read every file; one that takes long is read again, because a neighbour may be busy."""
    found: dict[str, tuple[float, str]] = {}
    for name, make in files.items():
        found[name] = measured(read, make())
        for _ in range(3):
            if found[name][0] > 1:
                found[name] = min(found[name], measured(read, make()))
    return found


def main() -> None:
    """Read all files of one kind; print time and outcome of each, and the memory of all in MB."""
    match sys.argv[1]:
        case "policy":
            found = outcomes(read_policy, YAML)
        case "yaml":
            found = outcomes(read_yaml, YAML)
        case _:
            found = outcomes(read_json, JSON)
    sys.stdout.write(json.dumps({"outcomes": found, "memory": peak_megabytes()}))


if __name__ == "__main__":
    main()
