"""Reading the facts that follow from the timeline: what has happened, and what has not since.

They stand among the facts that are handed in, and their keys tell them from these. They are read
twice: first what declares them, as params and defines may read them; then their patterns, which
name params and remedy kinds.
"""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TypeGuard

from remedykit.diagnostics import Findings
from remedykit.language.cells import read_value
from remedykit.language.fields import (
    known_fields,
    missing,
    read_choice,
    read_scalar,
    read_text,
    read_words,
)
from remedykit.language.names import is_identifier, listed
from remedykit.language.own_facts import FACT_KEYS
from remedykit.language.scope import Scope
from remedykit.language.selectors import Kinds, unknown_kind
from remedykit.language.source import Entry, Mapping, Node, Scalar
from remedykit.language.syntax import (
    Absence,
    Constant,
    DefineRead,
    EventCount,
    EventPattern,
    ParamRead,
    Same,
    TimelineFact,
)
from remedykit.language.types import BOOL, DURATION, INT, FactDeclaration
from remedykit.model.event import EVENT_FORMS
from remedykit.model.words import EVENT_TYPES, PARTIES, EventType, Party

TIMELINE = "timeline"  # the origin of these facts
ABSENCE_KEYS = ("after", "without", "same", "for", "means", "unit")
COUNT_KEYS = ("count", "within", "means", "unit")
EVENT_KEYS = ("event", "by", "kind")
SAME: tuple[Same, ...] = ("parcel", "kind", "by")

_ROOT = "case."
_EXAMPLE = "[scanned, delivered]"
_OF_ABSENCE = frozenset(ABSENCE_KEYS).difference(COUNT_KEYS)
_OF_COUNT = frozenset(COUNT_KEYS).difference(ABSENCE_KEYS)
_NEEDED: Map[str, str] = {
    "after": "say after which event, such as `after: label_created`",
    "without": "say which event has not come since, such as `without: scanned`",
    "for": "say for how long, such as `for: 48 hours`",
    "count": "say which events are counted, such as `count: contact`",
    "means": "say in one line what it means",
}


def follows_from_timeline(node: Node) -> TypeGuard[Mapping]:
    """Return whether a fact is declared as one that nobody hands in."""
    return isinstance(node, Mapping) and any(
        entry.key.text in _OF_ABSENCE | _OF_COUNT for entry in node.entries
    )


# --- declaring ----------------------------------------------------------------------------------


def declare_timeline_fact(name: Scalar, node: Mapping, scope: Scope) -> FactDeclaration | None:
    """Return the declaration of a fact that follows from the timeline; its pattern is read later.

    Args:
        name: a name that facts may have.
        node: what is said of it.
        scope: where faults are reported.
    """
    findings = scope.findings
    if not name.text.startswith(_ROOT):
        findings.error(
            "bad-name",
            name.place,
            f"`{name.text}` follows from the timeline, and such a fact begins with `{_ROOT}`",
            help=f"write `{_ROOT}{name.text.partition('.')[2]}`",
        )
        return None
    is_count = _OF_ABSENCE.isdisjoint(entry.key.text for entry in node.entries)
    allowed = COUNT_KEYS if is_count else ABSENCE_KEYS
    if _is_mixed(node, allowed, findings):
        return None
    what = f"the fact `{name.text}`"
    fields = known_fields(node, allowed, what, findings)
    for key in allowed:
        if key in _NEEDED and fields.node_of(key) is None:
            missing(fields, key, what, _NEEDED[key], findings)
    return FactDeclaration(
        name=name.text,
        type=INT if is_count else BOOL,
        means=read_text(fields.node_of("means"), "a meaning", findings) or "",
        unit=read_text(fields.node_of("unit"), "a unit", findings) or "",
        at_least=Fraction(0) if is_count else None,
        origin=TIMELINE,
    )


def _is_mixed(node: Mapping, allowed: tuple[str, ...], findings: Findings) -> bool:
    """Report, once a fact, keys that belong to facts of another sort."""
    others = {*FACT_KEYS, *ABSENCE_KEYS, *COUNT_KEYS}.difference(allowed)
    keys = [entry.key for entry in node.entries]
    foreign = [key for key in keys if key.text in others]
    if not foreign:
        return False
    first = foreign[0]
    if first.text in _OF_COUNT:
        message = f"`{first.text}` is for a fact that counts, and this one is true or false"
        help_text = "declare two facts: `after`, `without` and `for` in one, `count` in the other"
    else:
        message = f"`{first.text}` is for a fact that is handed in, and nobody hands in this one"
        help_text = f"leave out {listed(f'`{key.text}`' for key in foreign)}"
    own = next(key for key in keys if key.text in _OF_ABSENCE | _OF_COUNT and key not in foreign)
    also = (own.place, "it follows from the timeline by this")
    findings.error("mixed-fact", first.place, message, help=help_text, also=also)
    return True


# --- patterns -----------------------------------------------------------------------------------


def read_timeline(entries: Map[str, Entry], kinds: Kinds, scope: Scope) -> tuple[TimelineFact, ...]:
    """Return the facts that follow from the timeline, sorted by name.

    Args:
        entries: all facts that the policy declares; a fault in the declaration is reported already.
        kinds: the remedy kinds, which patterns may name.
        scope: has these facts, and the params, which may tell how long.
    """
    reader = _Reader(kinds, scope)
    found: list[TimelineFact] = []
    for name, entry in sorted(entries.items()):
        declared, node = scope.facts.get(name), entry.value
        if declared and declared.origin == TIMELINE and follows_from_timeline(node):
            pattern = reader.absence(node) if declared.type == BOOL else reader.count(node)
            if pattern is not None:
                found.append(TimelineFact(name=name, pattern=pattern, place=entry.key.place))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads patterns; that a key is unknown or missing was told with the declaration."""

    kinds: Kinds
    scope: Scope

    def absence(self, node: Mapping) -> Absence | None:
        after, without = self._events(node.get("after")), self._events(node.get("without"))
        lasting = self._length(node.get("for"))
        same = self._same(node.get("same"), (after, without))
        if after is None or without is None or lasting is None:
            return None
        return Absence(after=after, without=without, same=same, lasting=lasting)

    def count(self, node: Mapping) -> EventCount | None:
        of, within = self._events(node.get("count")), self._length(node.get("within"))
        return None if of is None else EventCount(of=of, within=within)

    # --- which events ---------------------------------------------------------------------------

    def _events(self, entry: Entry | None) -> EventPattern | None:
        """Return a type of events, a list of types, or a map that says more of them."""
        if entry is None:
            return None
        if not isinstance(entry.value, Mapping):
            types = self._types(entry.value)
            return EventPattern(types=types) if types else None
        findings, what = self.scope.findings, f"`{entry.key.text}`"
        fields = known_fields(entry.value, EVENT_KEYS, what, findings)
        events = fields.node_of("event")
        if events is None:
            missing(fields, "event", what, "write {event: contact, by: customer}", findings)
            return None
        types = self._types(events)
        by: Party | None = read_choice(fields.node_of("by"), PARTIES, "party", findings)
        kind = self._kind(fields.entry("kind"), types)
        return EventPattern(types=types, by=by, kind=kind) if types else None

    def _types(self, node: Node) -> tuple[EventType, ...]:
        findings = self.scope.findings
        words = read_words(node, "an event type", findings, example=_EXAMPLE)
        named = {read_choice(cell, EVENT_TYPES, "event type", findings) for _, cell in words}
        return tuple(each for each in EVENT_TYPES if each in named)

    def _kind(self, entry: Entry | None, types: tuple[EventType, ...]) -> str | None:
        if entry is None:
            return None
        cell = read_scalar(entry.value, "a remedy kind", "one word", self.scope.findings)
        if cell is None:
            return None
        if cell.text not in self.kinds:
            unknown_kind(cell.text, cell, self.kinds, self.scope.findings)
        self._check_told("kind", types, entry)
        return cell.text

    def _same(self, entry: Entry | None, sides: tuple[EventPattern | None, ...]) -> Same | None:
        if entry is None:
            return None
        same: Same | None = read_choice(entry.value, SAME, "value of `same`", self.scope.findings)
        if same is not None:
            types: tuple[EventType, ...] = tuple(
                each for side in sides if side for each in side.types
            )
            self._check_told(same, types, entry)
        return same

    def _check_told(self, field: str, types: tuple[EventType, ...], entry: Entry) -> None:
        """Report events of a type of which nobody tells what a pattern asks."""
        lacking = [each for each in types if field not in EVENT_FORMS[each].fields]
        if lacking:
            having = listed(each for each in EVENT_TYPES if field in EVENT_FORMS[each].fields)
            self.scope.findings.error(
                "field-of-other-event",
                entry.value.place,
                f"an event `{lacking[0]}` has no {field}",
                help=f"leave `{entry.key.text}` out, or name events that have one: {having}",
            )

    # --- how long -------------------------------------------------------------------------------

    def _length(self, entry: Entry | None) -> Constant | ParamRead | None:
        """Return a duration above 0, written out or as the name of a param."""
        findings = self.scope.findings
        if entry is None:
            return None
        key = entry.key.text
        cell = read_scalar(entry.value, f"`{key}`", "48 hours", findings)
        if cell is None:
            return None
        found = self._param(cell) if is_identifier(cell.text) else self._written(cell)
        if found is None:
            return None
        length = found.value if isinstance(found, Constant) else self.scope.params[found.name].value
        if isinstance(length, timedelta) and length <= timedelta(0):
            findings.error(
                "out-of-range",
                cell.place,
                f"`{key}` is a duration above 0",
                help="write a duration such as `48 hours` or `7 days`",
            )
        return found

    def _written(self, cell: Scalar) -> Constant | None:
        value = read_value(cell.text, DURATION, cell.place, self.scope)
        return None if value is None else Constant(value, DURATION, cell.place)

    def _param(self, cell: Scalar) -> ParamRead | None:
        name, place = cell.text, cell.place
        found = self.scope.read(name, place)
        if found is None or (isinstance(found, ParamRead) and found.type == DURATION):
            return found
        has_periods = name in self.scope.params and isinstance(found, DefineRead)
        self.scope.findings.error(
            "not-a-duration-param",
            place,
            f"`{name}` has a value for each period, and one is read here"
            if has_periods
            else f"`{name}` is no param of type duration",
            help="declare a param without periods for it"
            if has_periods
            else "declare it under `params`, such as `patience: {value: 48 hours, type: duration}`",
        )
        return None
