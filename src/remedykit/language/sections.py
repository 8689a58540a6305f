"""Collecting the sections of a policy from its files, whatever their order."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import TypeGuard

from remedykit.diagnostics import Findings, Place
from remedykit.language.fields import (
    Fields,
    declared_twice,
    read_entries,
    read_fields,
    read_items,
)
from remedykit.language.hints import SCENARIO_SECTIONS, for_bad_name
from remedykit.language.names import RESERVED, is_identifier
from remedykit.language.source import Entry, Mapping, Node, Scalar, SourceFile

_ONCE = ("policy", "version", "extends", "currencies", "timezone", "dated_by", "covers", "ranking")
NAMED = ("facts", "calendars", "params", "define", "remedies", "guarded_words")
ONE_SPACE = frozenset({"calendars", "params", "define"})  # expressions name these by one word
_LISTED = ("rules", "limits", "without")
SECTIONS = (*_ONCE, *NAMED, *_LISTED)
_NAMES = {"extends": "the name of a policy", "timezone": "a name such as America/New_York"}
_ENDING = re.compile(r"([._-]?scenarios?)?\.yaml\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sections:
    """What stands in the files: single sections, named entries and lists, joined over the files."""

    once: Map[str, Entry]
    named: Map[str, Map[str, Entry]]
    listed: Map[str, deque[Node]]  # the loader takes each out when it reads it
    start: Place
    has_unknown: bool  # whether some section has a name that is none
    misspelt: frozenset[str]  # the sections that those most likely mean
    refused: Map[str, frozenset[str]]  # by section: names that were refused

    def node(self, name: str) -> Node | None:
        """Return the value of a section that stands once, or ``None``."""
        entry = self.once.get(name)
        return entry.value if entry else None


@dataclass(slots=True)
class _Collector:
    findings: Findings
    once: dict[str, Entry] = field(default_factory=dict[str, Entry])
    named: dict[str, dict[str, Entry]] = field(default_factory=dict[str, dict[str, Entry]])
    listed: dict[str, deque[Node]] = field(default_factory=dict[str, deque[Node]])
    names: dict[str, Entry] = field(default_factory=dict[str, Entry])
    refused: dict[str, set[str]] = field(default_factory=dict[str, set[str]])

    def add(self, fields: Fields) -> None:
        for entry in fields.entries:
            section = entry.key.text
            if isinstance(entry.value, Scalar) and entry.value == _nothing(entry.value):
                self._empty(entry)
                continue
            if section in _ONCE:
                self._add_once(section, entry)
            elif section in NAMED:
                for named in read_entries(entry.value, f"the section `{section}`", self.findings):
                    self._add_named(section, named)
            else:
                items = read_items(entry.value, f"the section `{section}`", self.findings)
                self.listed.setdefault(section, deque()).extend(items)

    def _empty(self, entry: Entry) -> None:
        """Report a section that is named and left empty where more than nothing must be meant."""
        section = entry.key.text
        if section in _NAMES:
            self.findings.error(
                "empty-value",
                entry.key.place,
                f"`{section}` is left empty",
                help=f"write {_NAMES[section]}, or leave the line out",
            )

    def _add_once(self, section: str, entry: Entry) -> None:
        first = self.once.setdefault(section, entry)
        if first is not entry:
            self._twice(section, entry, first)

    def _add_named(self, section: str, entry: Entry) -> None:
        """Calendars, params and defines share a namespace; facts and kinds have their own."""
        name = entry.key.text
        if section in {*ONE_SPACE, "remedies"} and not self._is_free(section, entry):
            return
        space = "names" if section in ONE_SPACE else section
        first = self.names.setdefault(f"{space} {name}", entry)
        if first is not entry:
            self._twice(name, entry, first)
            return
        self.named.setdefault(section, {})[name] = entry

    def _is_free(self, section: str, entry: Entry) -> bool:
        name = entry.key.text
        reserved = name in RESERVED and section != "remedies"
        if is_identifier(name) and not reserved:
            return True
        otherwise = "use one word of letters, digits and _ that begins with a letter"
        self.findings.error(
            "bad-name",
            entry.key.place,
            f"`{name}` is a word of the rule language" if reserved else f"`{name}` is no name",
            help="choose another name"
            if reserved
            else for_bad_name(name, is_identifier, otherwise),
        )
        self.refused.setdefault(section, set()).add(name)
        return False

    def _twice(self, name: str, entry: Entry, first: Entry) -> None:
        places = entry.key.place, first.key.place
        declared_twice(name, *places, "keep one of them", self.findings)


def _nothing(scalar: Scalar) -> Scalar:
    return Scalar("", "plain", *scalar.place)


def _is_of_scenarios(root: Node) -> TypeGuard[Mapping]:
    """Return whether a file of a policy holds what files of scenarios hold, and nothing else."""
    keys = {entry.key.text for entry in root.entries} if isinstance(root, Mapping) else set[str]()
    return bool(keys) and keys <= {*SCENARIO_SECTIONS}


def _misnamed(file: str, root: Mapping, findings: Findings) -> None:
    """Report a file of scenarios that is read as a policy's, because of its name."""
    stem = _ENDING.sub("", file.rpartition("/")[2]) or "tests"
    key = root.entries[0].key
    findings.error(
        "unknown-key",
        key.place,
        f"a policy file has no key `{key.text}`, a file of scenarios has",
        help=f"scenarios stand in files `*.scenarios.yaml`; rename it to `{stem}.scenarios.yaml`",
    )


def report_two_policies(files: tuple[SourceFile, ...], findings: Findings) -> None:
    """Report files of which two begin a policy: all else would be declared twice, too."""
    roots = [file.root for file in sorted(files, key=lambda file: file.name)]
    heads = [each.get("policy") for each in roots if isinstance(each, Mapping)]
    places = [head.key.place for head in heads if head is not None]
    if len(places) > 1:
        findings.error(
            "duplicate-name",
            places[1],
            "two policies stand in this folder",
            help="give each a folder of its own, and name one of them; the files of one policy"
            " say `policy:` once",
            also=(places[0], "the other one begins here"),
        )


def collect(files: tuple[SourceFile, ...], findings: Findings) -> Sections:
    """Return the sections of all files together."""
    collector = _Collector(findings)
    has_unknown = False
    misspelt: set[str] = set()
    for file in sorted(files, key=lambda file: file.name):
        if file.root is not None and _is_of_scenarios(file.root):
            _misnamed(file.name, file.root, findings)
            has_unknown = True
        elif file.root is not None:
            fields = read_fields(
                file.root, SECTIONS, "a policy file", findings, "policy: my_policy"
            )
            if fields is None:  # whatever it was meant to hold is not missing
                has_unknown, misspelt = True, {*SECTIONS}
            else:
                collector.add(fields)
                has_unknown = has_unknown or fields.has_unknown
                misspelt |= fields.misspelt
    name = min((file.name for file in files), default="")
    return Sections(
        collector.once,
        collector.named,
        collector.listed,
        Place(name, 1, 1, 1, 2),
        has_unknown,
        frozenset(misspelt),
        {section: frozenset(names) for section, names in collector.refused.items()},
    )
