"""What scenarios share: named situations that others build on, and how the parts are merged.

Nodes are merged, not values: each value keeps the place where it was written, in whatever file.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import dataclass, field

from remedykit.authoring.given import GIVEN, where_given
from remedykit.diagnostics import Findings, Place
from remedykit.language.fields import (
    Fields,
    read_entries,
    read_fields,
    read_text,
    twice,
)
from remedykit.language.names import did_you_mean, is_identifier, listed
from remedykit.language.source import Entry, Mapping, Node, Scalar, Sequence

GIVEN_KEYS = ("base", *GIVEN)
BASE_KEYS = (*GIVEN_KEYS, "at")
_EXAMPLE = "{base: late_parcel, incident: {days_late: 7}}"

Step = Scalar | int  # a key, or the place in a list, from 0


@dataclass(frozen=True, slots=True)
class Situation:
    """What is given to be decided, with all that its bases give, and the moment they name."""

    given: Mapping
    at: Node | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenScenario:
    """A scenario with all that it takes from elsewhere, not yet held against a policy.

    Attributes:
        place: of its name, or of its row.
    """

    name: str
    place: Place
    situation: Situation
    expect: Node
    xfail: Node | None


@dataclass(frozen=True, slots=True)
class _Base:
    """A base as it is written: its name, and its keys."""

    name: Scalar
    fields: Fields


@dataclass(slots=True)
class Bases:
    """The bases of all scenario files of one policy, and which of them something builds on."""

    findings: Findings
    by_name: Map[str, _Base]
    used: set[str] = field(default_factory=set[str])
    _whole: dict[str, Mapping] = field(default_factory=dict[str, Mapping])
    _broken: set[str] = field(default_factory=set[str])  # builds on what is not there

    @classmethod
    def of(cls, sections: Iterable[Node], findings: Findings) -> Bases:
        """Read the ``bases`` of several files, and report what is wrong with each."""
        by_name: dict[str, _Base] = {}
        for section in sections:
            entries = read_entries(section, "`bases`", findings)
            if not entries and isinstance(section, Mapping):
                findings.error(
                    "empty-list", section.place, "`bases` has no base", help="leave it out"
                )
            for entry in entries:
                base = _read_base(entry, findings)
                first = by_name.setdefault(entry.key.text, base)
                if first is not base:
                    twice(entry.key.text, entry.key, first.name, findings)
        bases = cls(findings, by_name)
        for name in by_name:
            bases._whole_of(name)  # so that faults are found where nothing uses it
        return bases

    def situation(self, node: Node) -> Situation | None:
        """Return what a ``given`` gives, with what its bases give; ``None`` if it is wrong."""
        fields = read_fields(node, GIVEN_KEYS, "`given`", self.findings, _EXAMPLE, _hint)
        if fields is None:
            return None
        base = self._base_of(fields)
        whole = _over(None if base is None else self._whole_of(base.name.text), fields)
        at = whole.get("at")
        given = tuple(entry for entry in whole.entries if entry.key.text in GIVEN)
        sound = [self._is_map(entry) for entry in given]
        lacking = {"incident", "customer"} - {entry.key.text for entry in given}
        # what a base that was refused would have given is not missed as well
        broken = self._broken if base else fields.by_key
        is_told = (base.name.text if base else "base") in broken
        for key in sorted(lacking - fields.misspelt) if not is_told else ():
            self.findings.error(
                "missing-key",
                node.place,
                f"neither `given` nor a base of it has `{key}`",
                help=f"write `{key}: {{...}}`",
            )
        if lacking or not all(sound):
            return None
        return Situation(Mapping(given, whole.place), None if at is None else at.value)

    def report_unused(self) -> None:
        """Report each base that nothing builds on."""
        for name, base in self.by_name.items():
            if name not in self.used:
                self.findings.error(
                    "unused-scenario-base",
                    base.name.place,
                    f"nothing builds on the base `{name}`",
                    help="build a scenario on it, or remove it",
                )

    def _is_map(self, entry: Entry) -> bool:
        if isinstance(entry.value, Mapping):
            return True
        self.findings.error(
            "wrong-shape",
            entry.key.place,
            f"`{entry.key.text}` is written as a map of fields",
            help=f"write `{entry.key.text}: {{...}}`, or leave it out",
        )
        return False

    def _base_of(self, fields: Fields) -> _Base | None:
        """Return the base that is built on; ``None`` without one, and if there is no such base."""
        node = fields.node_of("base")
        name = None if node is None else read_text(node, "the name of a base", self.findings)
        if node is None or name is None:
            return None
        if name not in self.by_name:
            known = f"the bases are {listed(self.by_name)}" if self.by_name else "write it there"
            self.findings.error(
                "unknown-name",
                node.place,
                f"there is no base `{name}` under `bases`",
                help=did_you_mean(name, self.by_name, known),
            )
            return None
        self.used.add(name)
        return self.by_name[name]

    def _whole_of(self, name: str) -> Mapping | None:
        """Return all that a base gives, with what it builds on."""
        chain: dict[str, _Base] = {}
        base: _Base | None = self.by_name[name]
        below: Mapping | None = None
        while base is not None and below is None:  # no recursion: a chain may be as long as a file
            if base.name.text in chain:
                self._report_cycle(base, [*chain])
                self._broken.update(chain)
                break
            below = self._whole.get(base.name.text)
            if below is None:
                chain[base.name.text] = base
            if base.name.text in self._broken:
                self._broken.update(chain)
            base = self._next(base)
        for each in reversed(chain.values()):
            below = self._whole[each.name.text] = _over(below, each.fields)
        return below

    def _next(self, base: _Base) -> _Base | None:
        """Return what a base builds on; where that is not there, the base is broken."""
        found = self._base_of(base.fields)
        if found is None and "base" in base.fields.by_key:
            self._broken.add(base.name.text)
        return found

    def _report_cycle(self, base: _Base, chain: list[str]) -> None:
        circle = chain[chain.index(base.name.text) :]
        told = " -> ".join(f"`{name}`" for name in (*circle, circle[0]))
        self.findings.error(
            "scenario-base-cycle",
            base.name.place,
            f"bases build on each other in a circle: {told}",
            help="let one of them give everything itself",
        )


def _hint(key: str) -> str:
    return "write `at` beside `given`" if key == "at" else where_given(key)


def _read_base(entry: Entry, findings: Findings) -> _Base:
    name = entry.key
    if not is_identifier(name.text):
        findings.error(
            "bad-name",
            name.place,
            f"`{name.text}` cannot be the name of a base",
            help="a name is one word of letters, digits and `_`, such as late_parcel",
        )
    fields = read_fields(entry.value, BASE_KEYS, "a base", findings, hint=where_given)
    if fields is not None and not fields.entries and not fields.has_unknown:
        findings.error(
            "empty-value",
            name.place,
            f"the base `{name.text}` gives nothing",
            help=f"give at least one of {listed(BASE_KEYS)}",
        )
    return _Base(name, fields or Fields({}, Mapping((), name.place)))


def _over(below: Mapping | None, fields: Fields) -> Mapping:
    """Return what is written, over what its base gives."""
    own = tuple(entry for entry in fields.entries if entry.key.text != "base")
    over = Mapping(own, fields.node.place)
    return over if below is None else _merged(below, over)


def _merged(below: Mapping, over: Mapping) -> Mapping:
    """Return one map over another: maps in both are merged, all else is replaced."""
    above = {entry.key.text: entry for entry in over.entries}
    entries: list[Entry] = []
    for entry in below.entries:
        upper = above.pop(entry.key.text, entry)
        if isinstance(entry.value, Mapping) and isinstance(upper.value, Mapping):
            upper = Entry(upper.key, _merged(entry.value, upper.value))
        entries.append(upper)
    return Mapping((*entries, *above.values()), over.place)


def with_value(node: Node | None, steps: tuple[Step, ...], value: Node) -> Node | None:
    """Return a node with a value put where the steps lead; maps that are missing are made.

    ``None`` if a step leads to a place that a list does not have, or into what is no map.
    """
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(step, int):
        if not isinstance(node, Sequence) or step >= len(node.items):
            return None
        item = with_value(node.items[step], rest, value)
        if item is None:
            return None
        return Sequence((*node.items[:step], item, *node.items[step + 1 :]), node.place)
    around = Mapping((), step.place) if node is None else node
    if not isinstance(around, Mapping):
        return None
    before = around.get(step.text)
    inside = with_value(None if before is None else before.value, rest, value)
    if inside is None:
        return None
    others = tuple(entry for entry in around.entries if entry is not before)
    return Mapping((*others, Entry(step, inside)), around.place)
