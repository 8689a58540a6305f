"""Reading selectors: which remedies an effect is about."""

from __future__ import annotations

from collections.abc import Mapping as Map

from remedykit.diagnostics import Findings
from remedykit.language.fields import known_fields, read_choice, read_words
from remedykit.language.hints import for_list
from remedykit.language.names import did_you_mean
from remedykit.language.source import Entry, Mapping, Node, Scalar
from remedykit.language.syntax import RemedyKind, Selector
from remedykit.model.words import BASES, PARTS, Basis

Kinds = Map[str, RemedyKind | None]  # all that are declared; none where it has a fault
SELECTOR_KEYS = ("part", "group", "basis")


def groups_of(kinds: Kinds) -> tuple[str, ...]:
    """Return the names of all groups, sorted."""
    return tuple(sorted({kind.group for kind in kinds.values() if kind}))


def read_selector(node: Node | None, kinds: Kinds, findings: Findings) -> Selector | None:
    """Return a kind, a list of kinds, `{part: ...}`, `{group: ...}`, `{basis: ...}` or `any`."""
    if isinstance(node, Mapping):
        return _by_property(node, kinds, findings)
    if isinstance(node, Scalar) and node.text == "any":
        return Selector(frozenset(kinds))
    words = read_words(node, "a selector", findings)
    for word, place_of in words:
        if word not in kinds:
            unknown_kind(word, place_of, kinds, findings)
    chosen = frozenset(word for word, _ in words if word in kinds)
    return Selector(chosen) if chosen else None


def unknown_kind(word: str, node: Scalar, kinds: Kinds, findings: Findings) -> None:
    """Report that the catalogue has no kind of this name."""
    findings.error(
        "unknown-kind",
        node.place,
        f"the catalogue has no remedy kind `{word}`",
        help=for_list(word) or did_you_mean(word, kinds, "declare it under `remedies`"),
    )


def _by_property(node: Mapping, kinds: Kinds, findings: Findings) -> Selector | None:
    fields = known_fields(node, SELECTOR_KEYS, "a selector", findings)
    if len(fields.entries) != 1:
        if len(node.entries) == len(fields.entries):
            findings.error(
                "wrong-shape",
                node.place,
                "a selector names one of part, group and basis",
                help="write {part: perk}, {group: make_whole} or {basis: goodwill}",
            )
        return None
    entry = fields.entries[0]
    good = [kind for kind in kinds.values() if kind]
    match entry.key.text:
        case "part":
            part = read_choice(entry.value, PARTS, "part", findings)
            chosen = frozenset(kind.name for kind in good if kind.part == part)
            if part and not chosen and len(good) == len(kinds):
                _without_effect(entry, findings)
            return Selector(chosen)
        case "group":
            group = read_choice(entry.value, groups_of(kinds), "group", findings)
            return Selector(frozenset(kind.name for kind in good if kind.group == group))
        case _:
            basis: Basis | None = read_choice(entry.value, BASES, "basis", findings)
            return Selector(frozenset(kinds), basis) if basis else None


def _without_effect(entry: Entry, findings: Findings) -> None:
    findings.warning(
        "no-effect",
        entry.value.place,
        "the catalogue has no remedy kind of this part, so nothing is selected",
        help="declare one under `remedies`, or leave this out",
    )
