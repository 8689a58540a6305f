"""The golden cases of diagnostics: what is read, and the text that is compared.

A case is a policy file ``tests/golden/errors/<code>.yaml`` or ``<code>.<variant>.yaml``, or one of
the cases made here, which are too large or too strange to be kept as files. Cases of the code
``wrong-input`` are read as what is decided about, not as policies.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from remedykit.diagnostics import Diagnostic, Findings, printable
from remedykit.errors import InputError, PolicyError
from remedykit.facts.schema import model_schema
from remedykit.language import plain
from remedykit.language.folder import MAX_FILES, read_folder
from remedykit.language.load import load_policy
from remedykit.language.yaml_reader import MAX_BYTES
from remedykit.language.yaml_refusals import MAX_NODES

FOLDER = Path(__file__).parent.parent / "golden" / "errors"
HEADER = 'policy: golden\nversion: "1"\ncurrencies: [USD]\n'
_SCHEMA = model_schema()


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
    with contextlib.suppress(PolicyError):
        load_policy(files, _SCHEMA, findings)
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
    return tuple(sorted(cases, key=lambda case: case.name))


def _case(name: str, raw: bytes) -> ErrorCase:
    file = f"{name}.yaml"
    if name.partition(".")[0] == "wrong-input":
        return ErrorCase(name, lambda: found_in_input(raw, file))
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


# --- several files -----------------------------------------------------------------------------

_SEVERAL: Mapping[str, Mapping[str, str]] = {
    "duplicate-name.section-in-two-files": {
        "a.yaml": HEADER,
        "b.yaml": "policy: other\n",
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
