"""Reading the scenarios that stand beside a policy's rules, in files ``*.scenarios.yaml``."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast, get_args

from remedykit.authoring.given import located, read_given, read_moment
from remedykit.authoring.scenarios import Expectation, Scenario
from remedykit.diagnostics import Findings, TooManyFindings, printable
from remedykit.errors import InputError, PolicyError
from remedykit.language.fields import (
    Fields,
    missing,
    read_choice,
    read_entries,
    read_fields,
    read_items,
    read_text,
    read_words,
)
from remedykit.language.names import did_you_mean, listed
from remedykit.language.plain import PlainDocument, read_yaml_input
from remedykit.language.plain_json import Plain
from remedykit.language.source import Node, Scalar
from remedykit.language.yaml_reader import MAX_BYTES
from remedykit.model.words import WithheldReason
from remedykit.policy import Policy

SUFFIX = ".scenarios.yaml"

_REASONS: tuple[WithheldReason, ...] = get_args(WithheldReason)
_KEYS = ("name", "given", "at", "expect")
_EXPECT = ("first", "plan", "withheld")


def read_scenarios(policy: Policy, folder: str | Path) -> tuple[Scenario, ...]:
    """Return the scenarios beside a policy's rules, in the order of file and line.

    What is given is checked when a scenario runs, everything else here.

    Args:
        policy: the policy, whose remedy kinds they may name.
        folder: where its files are; folders below it are read too, links are not followed.

    Raises:
        PolicyError: if a scenario is not written as it must be: a key that is not known, a kind
            that the policy does not have, an expectation that expects nothing.
        InputError: if a file cannot be read, or a moment or what is given is no such thing.
    """
    findings = Findings()
    reader = _Reader(tuple(kind.name for kind in policy.checked.remedies), _fixes(policy), findings)
    found: list[Scenario] = []
    with suppress(TooManyFindings):  # what was found until then is raised below
        for file in _files(Path(folder)):
            found.extend(reader.file(file))
        _check_names(found, findings)
    if findings.errors:
        raise PolicyError(findings.errors)
    return tuple(found)


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


def _fixes(policy: Policy) -> tuple[str, ...]:
    return tuple(kind.name for kind in policy.checked.remedies if kind.part == "fix")


def _files(folder: Path) -> list[Path]:
    found = [
        file
        for file in folder.rglob(f"*{SUFFIX}")
        if not any(part.startswith(".") for part in file.relative_to(folder).parts)
    ]
    return sorted(found, key=lambda file: file.relative_to(folder).as_posix())


def _document(file: Path) -> PlainDocument:
    name = printable(file.as_posix())
    if file.is_symlink() or not file.is_file():  # a pipe could be read for ever
        raise InputError(name, "is no regular file; put the file itself into the folder")
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(name, f"cannot be read: {error.strerror or error}") from None
    return read_yaml_input(raw, name)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads scenarios of one policy: its kinds, those of them that are fixes."""

    kinds: tuple[str, ...]
    fixes: tuple[str, ...]
    findings: Findings

    def file(self, file: Path) -> list[Scenario]:
        document = _document(file)
        source = document.source
        if source is None or source.root is None:
            raise InputError(document.name, "has no scenarios; it begins with `scenarios:`")
        self.findings.add_source(document.name, source.lines)
        fields = read_fields(source.root, ("scenarios",), "a file of scenarios", self.findings)
        if fields is None:
            return []
        node = fields.node_of("scenarios")
        if node is None:
            missing(fields, "scenarios", "the file", "begin with `scenarios:`", self.findings)
            return []
        items = read_items(node, "`scenarios`", self.findings)
        if not items:
            self._nothing(node, "`scenarios` has no scenario")
        read = (self._scenario(item, index, document) for index, item in enumerate(items))
        return [scenario for scenario in read if scenario is not None]

    def _scenario(self, node: Node, index: int, document: PlainDocument) -> Scenario | None:
        fields = read_fields(node, _KEYS, "a scenario", self.findings)
        if fields is None:
            return None
        for key in ("name", "given", "expect"):
            if fields.node_of(key) is None:
                missing(fields, key, "the scenario", f"its keys are {listed(_KEYS)}", self.findings)
        name = read_text(fields.node_of("name"), "the name of a scenario", self.findings)
        expect = self._expectation(fields.node_of("expect"))
        if name is None or expect is None or fields.node_of("given") is None:
            return None
        path = f"scenarios[{index}]"
        tree = _tree(document, index)
        return Scenario(
            name=name,
            place=(fields.node_of("name") or node).place,
            given=read_given(document, tree.get("given"), f"{path}.given"),
            at=_moment(document, tree.get("at"), path) if fields.node_of("at") else None,
            expect=expect,
        )

    def _expectation(self, node: Node | None) -> Expectation | None:
        if node is None:
            return None
        fields = read_fields(node, _EXPECT, "`expect`", self.findings)
        if fields is None:
            return None
        if not fields.node.entries:
            self._nothing(node, "the scenario expects nothing")
            return None
        return Expectation(
            first=self._first(fields), plan=self._plan(fields), withheld=self._withheld(fields)
        )

    def _first(self, fields: Fields) -> str | None:
        return read_choice(fields.node_of("first"), self.fixes, "fix of this policy", self.findings)

    def _plan(self, fields: Fields) -> tuple[str, ...] | None:
        node = fields.node_of("plan")
        if node is None:
            return None
        if not isinstance(node, Scalar) and not read_items(node, "`plan`", self.findings):
            return ()  # the plan must be empty
        words = read_words(node, "a remedy kind", self.findings)
        return tuple(word for word, place in words if self._is_kind(word, place))

    def _withheld(self, fields: Fields) -> tuple[tuple[str, WithheldReason], ...]:
        node = fields.node_of("withheld")
        if node is None:
            return ()
        found: list[tuple[str, WithheldReason]] = []
        entries = read_entries(node, "`withheld`", self.findings)
        if not entries:
            self._nothing(node, "`withheld` expects nothing")
        for entry in entries:
            reason: WithheldReason | None = read_choice(
                entry.value, _REASONS, "reason to withhold", self.findings
            )
            if self._is_kind(entry.key.text, entry.key) and reason is not None:
                found.append((entry.key.text, reason))
        return tuple(found)

    def _is_kind(self, word: str, node: Scalar) -> bool:
        if word in self.kinds:
            return True
        self.findings.error(
            "unknown-kind",
            node.place,
            f"the policy has no remedy kind `{word}`",
            help=did_you_mean(word, self.kinds, f"it has {listed(self.kinds)}"),
        )
        return False

    def _nothing(self, node: Node, message: str) -> None:
        self.findings.error(
            "empty-list", node.place, message, help=f"expect at least one of {', '.join(_EXPECT)}"
        )


def _tree(document: PlainDocument, index: int) -> dict[str, Plain]:
    """Return what stands in one scenario; its nodes were found to be a map in a list."""
    tree = cast("dict[str, list[dict[str, Plain]]]", document.tree)
    return tree["scenarios"][index]


def _moment(document: PlainDocument, written: object, path: str) -> datetime:
    try:
        return read_moment(written)
    except ValueError as error:
        raise located(document, path, InputError("at", str(error))) from None
