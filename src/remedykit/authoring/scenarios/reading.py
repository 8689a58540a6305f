"""Reading the scenarios that stand beside a policy's rules, in files ``*.scenarios.yaml``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from remedykit.authoring.given import given_at, read_moment
from remedykit.authoring.scenarios.bases import Bases, Situation, WrittenScenario
from remedykit.authoring.scenarios.expectation_reading import ExpectationReader
from remedykit.authoring.scenarios.scenario import Scenario
from remedykit.authoring.scenarios.tables import TableReader
from remedykit.authoring.scenarios.vocabulary import Vocabulary
from remedykit.diagnostics import Diagnostic, Findings, Place, TooManyFindings, printable
from remedykit.errors import InputError, PolicyError
from remedykit.language.fields import Fields, missing, read_fields, read_items, read_text
from remedykit.language.hints import SCENARIO_SECTIONS, is_yes_or_no
from remedykit.language.names import listed
from remedykit.language.plain import plain_of
from remedykit.language.source import Mapping, Node, Sequence
from remedykit.language.yaml_reader import MAX_BYTES, read_source
from remedykit.policy import Policy

SUFFIX = ".scenarios.yaml"

SECTIONS = SCENARIO_SECTIONS
SCENARIO_KEYS = ("name", "given", "at", "expect", "xfail")
# what else is taken for yes or no, or for nothing, beside true and false
_NO_REASONS = frozenset({"-", "~", "0", "1", "n", "nil", "none", "null", "y"})


def read_scenarios(policy: Policy, folder: str | Path) -> tuple[Scenario, ...]:
    """Return the scenarios beside a policy's rules, in the order of file and line.

    What is given is checked when a scenario runs, everything else here.

    Args:
        policy: the policy, whose remedy kinds, roles and facts they may name.
        folder: where its files are; folders below it are read too, links are not followed.

    Raises:
        PolicyError: if a scenario is not written as it must be: a key that is not known, a kind
            that the policy does not have, an expectation that expects nothing or cannot be met, a
            base that is missing or not used.
        InputError: if a file cannot be read.
    """
    findings = Findings()
    found: list[Scenario] = []
    with suppress(TooManyFindings):  # what was found until then is raised below
        files = [fields for file in _files(Path(folder)) for fields in _sections(file, findings)]
        sections = (fields.node_of("bases") for fields in files)
        bases = Bases.of([each for each in sections if each is not None], findings)
        reader = _Reader(bases, ExpectationReader(Vocabulary.of(policy), findings), findings)
        for fields in files:
            found.extend(sorted(reader.scenarios(fields), key=lambda each: each.place))
        _check_names(found, findings)
        if not findings.errors:  # else who builds on it may be what is wrong
            bases.report_unused()
    if findings.errors:
        raise PolicyError(findings.errors)
    return tuple(found)


def unread_files(policy: Policy) -> tuple[Diagnostic, ...]:
    """Return the warnings about files of a policy that nobody reads; some may hold scenarios."""
    return tuple(each for each in policy.warnings if each.code == "file-not-read")


def base_names(folder: str | Path) -> tuple[str, ...]:
    """Return the names of the bases in the scenario files beside a policy, sorted.

    What is wrong with the files is not told here.

    Args:
        folder: where the policy's files are.

    Raises:
        InputError: if a file cannot be read.
    """
    findings = Findings()
    names: set[str] = set()
    with suppress(TooManyFindings):
        for file in _files(Path(folder)):
            for fields in _sections(file, findings):
                bases = fields.node_of("bases")
                if isinstance(bases, Mapping):
                    names.update(entry.key.text for entry in bases.entries)
    return tuple(sorted(names))


def _check_names(scenarios: list[Scenario], findings: Findings) -> None:
    first: dict[str, Scenario] = {}
    for scenario in scenarios:
        before = first.setdefault(scenario.name, scenario)
        if before is not scenario:
            findings.error(
                "duplicate-name",
                scenario.place,
                f"two scenarios have the name `{scenario.name}`",
                help="each scenario has a name of its own",
                also=(before.place, "it is used here too"),
            )


def _files(folder: Path) -> list[Path]:
    found = [
        file
        for file in folder.rglob(f"*{SUFFIX}")
        if not any(part.startswith(".") for part in file.relative_to(folder).parts)
    ]
    return sorted(found, key=lambda file: file.relative_to(folder).as_posix())


def _sections(file: Path, findings: Findings) -> Iterator[Fields]:
    """Yield the sections of a file, if it can be read and has some."""
    name = printable(file.as_posix())
    source = read_source(name, _bytes(file, name), findings)
    if source is None:
        return
    if source.root is None:
        help_ = f"begin it with one of {', '.join(f'`{key}:`' for key in SECTIONS)}"
        findings.error("empty-value", Place(name, 1, 1, 1, 2), "the file is empty", help=help_)
        return
    fields = read_fields(source.root, SECTIONS, "a file of scenarios", findings)
    if fields is not None:
        yield fields


def _bytes(file: Path, name: str) -> bytes:
    if file.is_symlink() or not file.is_file():  # a pipe could be read for ever
        raise InputError(name, "is no regular file; put the file itself into the folder")
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(name, f"cannot be read: {error.strerror or error}") from None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the scenarios of one policy."""

    bases: Bases
    expectations: ExpectationReader
    findings: Findings

    def scenarios(self, fields: Fields) -> Iterator[Scenario]:
        """Yield the scenarios of one file, those of its tables last."""
        written = [self._written(node) for node in self._items(fields, "scenarios")]
        tables = TableReader(self.bases, self.findings)
        rows = (row for node in self._items(fields, "tables") for row in tables.rows(node))
        for each in (*written, *rows):
            scenario = None if each is None else self._scenario(each)
            if scenario is not None:
                yield scenario

    def _items(self, fields: Fields, section: str) -> tuple[Node, ...]:
        node = fields.node_of(section)
        if node is None:
            return ()
        items = read_items(node, f"`{section}`", self.findings)
        if not items and isinstance(node, Sequence):
            told = f"`{section}` has no {section.removesuffix('s')}"
            self.findings.error("empty-list", node.place, told, help="write one, or leave it out")
        return items

    def _written(self, node: Node) -> WrittenScenario | None:
        fields = read_fields(node, SCENARIO_KEYS, "a scenario", self.findings)
        if fields is None:
            return None
        for key in ("name", "given", "expect"):
            if fields.node_of(key) is None:
                missing(
                    fields,
                    key,
                    "the scenario",
                    f"its keys are {listed(SCENARIO_KEYS)}",
                    self.findings,
                )
        name = fields.node_of("name")
        text = read_text(name, "the name of a scenario", self.findings)
        given, expect, at = (fields.node_of(key) for key in ("given", "expect", "at"))
        situation = None if given is None else self.bases.situation(given)
        if name is None or text is None or situation is None or expect is None:
            if expect is not None:
                self.expectations.read(expect)  # so that its faults are told, too
            return None
        return WrittenScenario(
            name=text,
            place=name.place,
            situation=situation if at is None else Situation(situation.given, at),
            expect=expect,
            xfail=fields.node_of("xfail"),
        )

    def _scenario(self, written: WrittenScenario) -> Scenario | None:
        expect = self.expectations.read(written.expect)
        at = written.situation.at
        moment = None if at is None else self._moment(at)
        xfail = self._reason_to_fail(written.xfail)
        given = given_at(written.situation.given, str(written.place), self.findings)
        if expect is None:
            return None
        return Scenario(
            name=written.name,
            place=written.place,
            given=given,
            at=moment,
            expect=expect,
            xfail=xfail,
        )

    def _reason_to_fail(self, node: Node | None) -> str:
        """Return why a scenario is known to fail; empty if it must pass, or after a fault."""
        text = read_text(node, "why it is known to fail", self.findings)
        if node is None or text is None:
            return ""
        if is_yes_or_no(text) or text.lower() in _NO_REASONS:
            self.findings.error(
                "wrong-cell",
                node.place,
                f"`{text}` is no reason",
                help="`xfail` is the reason why it fails; "
                'leave it out (`"-"` in a cell) where it must pass',
            )
            return ""
        return text

    def _moment(self, node: Node) -> datetime | None:
        try:
            return read_moment(plain_of(node, self.findings))
        except ValueError as error:
            self.findings.error(
                "wrong-input",
                node.place,
                f"at: {error}",
                help="write a moment with its zone, such as 2026-11-20T19:00:00-05:00",
            )
            return None
