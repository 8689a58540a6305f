"""Reading `remedies`: the catalogue of what can be done."""

from __future__ import annotations

from collections.abc import Mapping as Map
from typing import Literal

from remedykit.language.conditions import read_tests
from remedykit.language.fields import (
    Fields,
    missing,
    read_choice,
    read_fields,
    read_flag,
    read_text,
)
from remedykit.language.marks import MARKS
from remedykit.language.names import listed
from remedykit.language.scope import Scope
from remedykit.language.source import Entry, Node
from remedykit.language.syntax import And, Apology, Expression, RemedyKind
from remedykit.language.terms import TERM_KEYS, read_terms
from remedykit.language.texts import read_plain_text, read_remedy_text
from remedykit.model.words import EXPLAINS, GIVES, PARTS, Gives, Part

KIND_KEYS = (
    "part",
    "title",
    "gives",
    "restores",
    "needs",
    "states",
    "group",
    "basis",
    "note",
    "apology",
    "explains",
    *TERM_KEYS,
    *MARKS,
)
APOLOGY_KEYS = (
    "responsibility",
    "regret",
    "repentance",
    "named_owner",
    "empathy",
    "repair_offer",
)
REQUIRED: Map[Part, tuple[str, ...]] = {  # beside `part`
    "apology": ("say",),
    "explanation": ("say", "explains"),
    "fix": ("gives", "value", "say"),
    "perk": ("gives", "value", "say"),
}
Offered = Literal["standard", "goodwill"]
OFFERED: tuple[Offered, ...] = ("standard", "goodwill")


def read_kind(entry: Entry, scope: Scope) -> RemedyKind | None:
    """Return one remedy kind."""
    name, findings = entry.key.text, scope.findings
    what = f"the remedy kind `{name}`"
    fields = read_fields(entry.value, KIND_KEYS, what, findings, "{part: fix, title: ..., ...}")
    if fields is None:
        return None
    part: Part | None = read_choice(fields.node_of("part"), PARTS, "part", findings)
    if fields.node_of("part") is None:
        missing(fields, "part", what, f"write `part:` and one of {listed(PARTS)}", findings)
    elif part is not None:
        _require(fields, what, part, scope)
    words = part in {"apology", "explanation"}
    gives: Gives | None = read_choice(fields.node_of("gives"), GIVES, "value of `gives`", findings)
    basis: Offered | None = read_choice(fields.node_of("basis"), OFFERED, "basis", findings)
    kind = RemedyKind(
        name=name,
        part=part or "fix",
        title=read_plain_text(fields.node_of("title"), "a title", scope) or name,
        gives=gives or "psychological",
        restores=read_flag(fields.node_of("restores"), findings),
        needs=_tests(fields.node_of("needs"), entry, scope),
        states=_tests(fields.node_of("states"), entry, scope),
        group=read_text(fields.node_of("group"), "a group", findings)
        or (part if part and words else name),
        basis=basis or "standard",
        terms=read_terms(fields, scope),
        note=read_remedy_text(fields.node_of("note"), scope),
        apology=_apology(fields.node_of("apology"), part or "", scope),
        explains=read_choice(fields.node_of("explains"), EXPLAINS, "explanation", findings),
        place=entry.key.place,
    )
    return kind if part is not None else None


def _tests(node: Node | None, entry: Entry, scope: Scope) -> Expression:
    return And((), entry.key.place) if node is None else read_tests(node, scope)


def _require(fields: Fields, what: str, part: Part, scope: Scope) -> None:
    """Report what this part cannot do without."""
    needed = REQUIRED[part]
    for key in needed:
        if fields.node_of(key) is None:
            help_text = f"what a kind of the part {part} must have is {listed(needed)}"
            missing(fields, key, what, help_text, scope.findings)
    for key, only in (("apology", "apology"), ("explains", "explanation")):
        entry = fields.entry(key)
        if entry is not None and part != only:
            scope.findings.error(
                "unknown-key",
                entry.key.place,
                f"`{key}` is for kinds of the part {only}, and this one is of the part {part}",
                help="leave it out, or change the part",
            )


def _apology(node: Node | None, part: str, scope: Scope) -> Apology | None:
    if part != "apology":
        return None
    if node is None:
        return Apology()
    fields = read_fields(node, APOLOGY_KEYS, "an apology", scope.findings, "{regret: true}")
    if fields is None:
        return None
    said = {key: read_flag(fields.node_of(key), scope.findings) for key in APOLOGY_KEYS}
    return Apology(**said)
