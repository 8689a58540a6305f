"""The golden cases of diagnostics: what is read, and the text that is compared.

A case is a policy file ``tests/golden/errors/<code>.yaml`` or ``<code>.<variant>.yaml``, or one of
the cases made here, which are too large or too strange to be kept as files. Cases of the code
``wrong-input`` are read as what is decided about, and files ``*.of-scenarios.yaml`` as scenarios
of a small policy, not as policies.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from remedykit.diagnostics import Diagnostic, Findings, printable
from remedykit.errors import InputError
from remedykit.language import plain
from remedykit.language.calendars import warn_of_ends
from remedykit.language.folder import MAX_FILES, read_folder
from remedykit.language.yaml_reader import MAX_BYTES
from remedykit.language.yaml_refusals import MAX_NODES
from support.analysing import found_in_whole, is_analysed
from support.composed_cases import COMPOSED
from support.composing import found_in_folders, load_layers, with_shipped
from support.scenario_policy import found_in_scenarios

FOLDER = Path(__file__).parent.parent / "golden" / "errors"
OF_SCENARIOS = ".of-scenarios"  # ends the names of cases that are files of scenarios
HEADER = 'policy: golden\nversion: "1"\ncurrencies: [USD]\n'


@dataclass(frozen=True, slots=True)
class ErrorCase:
    """One golden case.

    Attributes:
        name: the code, and after a dot what is particular about this case.
        find: reads it and returns what was found.
    """

    name: str
    find: Callable[[], tuple[Diagnostic, ...]]

    @property
    def code(self) -> str:
        """The code that the case is about."""
        return self.name.partition(".")[0]

    @property
    def recording(self) -> Path:
        """The file with the text that is expected."""
        return FOLDER / f"{self.name}.txt"


def text_of(found: tuple[Diagnostic, ...]) -> str:
    """Return what is recorded: the underlined words of each diagnostic, then all as shown."""
    underlined = "".join(f"underlined: {printable(item.underlined)}\n" for item in found)
    return underlined + "\n" + "\n\n".join(item.render() for item in found) + "\n"


def found_in(files: Mapping[str, bytes]) -> tuple[Diagnostic, ...]:
    """Return every error and warning that loading finds."""
    findings = Findings()
    load_layers(with_shipped(files, findings), findings)
    return findings.sorted()


def found_on_a_day(files: Mapping[str, bytes]) -> tuple[Diagnostic, ...]:
    """Return what loading finds, and the calendars that end within a year of 22 November 2026."""
    findings = Findings()
    policy = load_layers((files,), findings)
    warn_of_ends(policy.calendars if policy else (), date(2026, 11, 22), findings)
    return findings.sorted()


def found_in_input(raw: bytes, name: str) -> tuple[Diagnostic, ...]:
    """Return every error that reading an input finds."""
    findings = Findings()
    with (
        mock.patch.object(plain, "Findings", return_value=findings),
        contextlib.suppress(InputError),
    ):
        plain.read_yaml_input(raw, name)
    return findings.sorted()


def error_cases() -> tuple[ErrorCase, ...]:
    """Return all cases, sorted by name."""
    files = {path.name.removesuffix(".yaml"): path.read_bytes() for path in FOLDER.glob("*.yaml")}
    cases = [_case(name, raw) for name, raw in [*files.items(), *_made()]]
    cases.extend(ErrorCase(name, _in_files(texts)) for name, texts in _SEVERAL.items())
    cases.extend(ErrorCase(name, _in_folder(*how)) for name, how in _FOLDERS.items())
    cases.extend(ErrorCase(name, _in_folders(texts)) for name, texts in COMPOSED.items())
    return tuple(sorted(cases, key=lambda case: case.name))


def _case(name: str, raw: bytes) -> ErrorCase:
    file = f"{name}.yaml"
    if name.partition(".")[0] == "wrong-input":
        return ErrorCase(name, lambda: found_in_input(raw, file))
    if name.endswith(OF_SCENARIOS):
        return ErrorCase(name, lambda: found_in_scenarios(raw.decode()))
    if name == "calendar-ends":
        return ErrorCase(name, lambda: found_on_a_day({file: raw}))
    if is_analysed(name):
        return ErrorCase(name, lambda: found_in_whole(raw.decode()))
    return ErrorCase(name, lambda: found_in({file: raw}))


def _made() -> Iterator[tuple[str, bytes]]:
    chain = "".join(f"  d{number}: d{number + 1} + order.total\n" for number in range(10, 43))
    long = " + ".join(["order.total"] * 144)
    yield "define-too-deep", f"{HEADER}define:\n{chain}  d43: order.total\n".encode()
    yield "expression-too-large.characters", f"{HEADER}define:\n  total: {long}\n".encode()
    yield "file-too-large", f"{HEADER}#{'x' * MAX_BYTES}\n".encode()
    yield "not-utf8", f"{HEADER}# Grüße\n".encode("latin-1")
    yield "forbidden-character.line-ends", HEADER.replace("\n", "\r").encode()
    faults = "".join(f"  d{number}: 5.\n" for number in range(150))
    yield "too-many-faults.policy", f"{HEADER}define:\n{faults}".encode()
    yield "too-many-nodes", f"{HEADER}define: [{'1, ' * MAX_NODES}1]\n".encode()
    yield "table-unproved.many-rows", _table("unique", 1_501, "else: 0")
    yield "table-unproved.many-combinations", _table("first", 1_500, "complete: true")


def _table(hit_policy: str, rows: int, more: str) -> bytes:
    header = "[incident.days_late, incident.trips, value]"
    written = "".join(f"      - [{row}, {row}, 1]\n" for row in range(rows))
    text = f"define:\n  d:\n    {hit_policy}:\n      - {header}\n{written}    {more}\n"
    return f"{HEADER}{text}".encode()


# --- several files -----------------------------------------------------------------------------

_SHARE = "define:\n  share: {first: bands.csv, else: 0}\n"
_LATE = "remedies:\n  money: {part: fix, gives: money_now, value: 5, say: Here it is.}\n"


def _with_share(table: str) -> Mapping[str, str]:
    return {"policy.yaml": f"{HEADER}{_SHARE}", "bands.csv": table}


def _with_rules(table: str) -> Mapping[str, str]:
    rules = "rules:\n  - {id: late, table: late.csv}\n"
    return {"policy.yaml": f"{HEADER}{_LATE}{rules}", "late.csv": table}


_SEVERAL: Mapping[str, Mapping[str, str]] = {
    "csv-delimiter": _with_share("customer.tier;incident.days_late,value\ngold;3..;1\n"),
    "csv-delimiter.tabs": _with_share("customer.tier\tvalue\ngold\t1\n"),
    "csv-delimiter.all": _with_share("customer.tier;incident.trips,value\ta\ngold;1;1\n"),
    "csv-delimiter.excel": _with_share("sep=;\ncustomer.tier;value\ngold;1\n"),
    "csv-syntax.not-closed": _with_share('customer.tier,value\ngold,1\n"[gold, vip],2\nvip,3\n'),
    "csv-syntax.after-quote": _with_share('customer.tier,value\ngold,1\n"gold" ,2\n'),
    "csv-syntax.long-cell": _with_share(f"customer.tier,value\n{'x' * 131_073},1\n"),
    "too-many-nodes.cells": _with_share(f"customer.tier,value\n{',' * MAX_NODES}\n"),
    "file-not-read.table": {**_with_share("customer.tier,value\ngold,1\n"), "b.csv": "a,b\n1,2\n"},
    "no-such-table": {"policy.yaml": f"{HEADER}{_SHARE}"},
    "no-such-table.above": {
        "own/policy.yaml": f"{HEADER}{_SHARE.replace('bands', '../bands')}",
        "own/bands.csv": "a,b\n1,2\n",
    },
    "no-such-table.similar": {"policy.yaml": f"{HEADER}{_SHARE}", "band.csv": "a,b\n1,2\n"},
    "yaml-syntax.cell": _with_share('customer.tier,value\n"[gold, vip",1\n'),
    "duplicate-key.cell": _with_share('customer.tier,value\n"{not: a, not: b}",1\n'),
    "thousands-comma.cell": _with_share("customer.tier;incident.days_late;value\n-;12,5..;1\n"),
    "thousands-comma.rule": _with_rules('customer.tier,offer,value\ngold,money,"12,50"\n'),
    "wrong-shape.cells-of-csv": _with_share("customer.tier,value\ngold,12,50\n"),
    "empty-value.cell": _with_rules("id,customer.tier,offer\n,gold,money\n"),
    "unknown-value.cell": _with_rules('customer.tier,offer\n"[gold, ""vipp""]",money\n'),
    "forbidden-character.csv": _with_share("customer.tier,value\ngold,\u200b1\n"),
    "duplicate-name.policy-in-two-files": {
        "a.yaml": HEADER,
        "b.yaml": "policy: other\n",
    },
    "duplicate-name.section-in-two-files": {
        "a.yaml": f"{HEADER}timezone: America/New_York\n",
        "b.yaml": "timezone: Europe/Berlin\n",
    },
    "duplicate-name.rule-in-two-files": {
        "a.yaml": f"{HEADER}rules:\n  - {{id: late, hand_over: desk}}\n",
        "b.yaml": "rules:\n  - {id: late, todo: call}\n",
    },
    "wrong-type.param-of-another-file": {
        "params.yaml": "params:\n  dear: {value: 100, unit: money}\n",
        "policy.yaml": f"{HEADER}define:\n  late: {{incident.days_late: dear..}}\n",
    },
}


def _in_files(texts: Mapping[str, str]) -> Callable[[], tuple[Diagnostic, ...]]:
    files = {name: text.encode() for name, text in texts.items()}
    return lambda: found_in(files)


def _in_folders(texts: Mapping[str, str]) -> Callable[[], tuple[Diagnostic, ...]]:
    return lambda: found_in_folders(texts)


# --- folders -----------------------------------------------------------------------------------


def _in_folder(make: Callable[[Path], None], refused: str) -> Callable[[], tuple[Diagnostic, ...]]:
    """Return a case that makes a folder and reads it; the system refuses the call `refused`."""

    def find() -> tuple[Diagnostic, ...]:
        findings = Findings()
        refusal = PermissionError(errno.EACCES, "Permission denied")
        with TemporaryDirectory() as scratch, contextlib.chdir(scratch):
            make(Path("rules"))
            # who runs the tests as root is refused nothing by the system itself
            patch = mock.patch.object(Path, refused, side_effect=refusal)
            with patch if refused else contextlib.nullcontext():
                read_folder("rules", findings)
        return findings.sorted()

    return find


def _nothing(_: Path) -> None: ...


def _with_files(*names: str) -> Callable[[Path], None]:
    def make(folder: Path) -> None:
        folder.mkdir()
        for name in names:
            (folder / name).write_text(HEADER)

    return make


def _with_link(folder: Path) -> None:
    folder.mkdir()
    Path("elsewhere.yaml").write_text(HEADER)
    (folder / "policy.yaml").symlink_to(Path("elsewhere.yaml").resolve())


def _with_pipe(folder: Path) -> None:
    folder.mkdir()
    os.mkfifo(folder / "policy.yaml")


_FOLDERS: Mapping[str, tuple[Callable[[Path], None], str]] = {
    "file-not-read": (_with_files("policy.yaml", "rules.yml"), ""),
    "no-such-policy": (_nothing, ""),
    "no-such-policy.file": (Path.touch, ""),
    "no-such-policy.empty": (Path.mkdir, ""),
    "symbolic-link": (_with_link, ""),
    "too-many-files": (_with_files(*(f"{number}.yaml" for number in range(MAX_FILES + 1))), ""),
    "unreadable-file": (_with_files("policy.yaml"), "open"),
    "unreadable-file.folder": (Path.mkdir, "iterdir"),
    "unreadable-file.no-look": (Path.mkdir, "exists"),
    "unreadable-file.pipe": (_with_pipe, ""),
}
