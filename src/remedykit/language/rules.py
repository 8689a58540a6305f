"""Reading `rules` and `limits`: conditions and their effects."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import replace
from typing import Literal

from remedykit.diagnostics import Findings
from remedykit.language.conditions import read_full_condition
from remedykit.language.fields import (
    Fields,
    missing,
    read_choice,
    read_fields,
    read_text,
    read_words,
)
from remedykit.language.hints import for_bad_name
from remedykit.language.marks import MARKS
from remedykit.language.names import is_dotted, is_rule_id, listed
from remedykit.language.periods import PERIOD_KEYS
from remedykit.language.scope import Scope
from remedykit.language.selectors import Kinds, groups_of, read_selector, unknown_kind
from remedykit.language.source import Entry, Mapping, Node, Scalar
from remedykit.language.syntax import (
    Adjust,
    AskApproval,
    Effect,
    Entitle,
    Forbid,
    HandOver,
    Limit,
    Offer,
    Outcome,
    Rule,
    Terms,
    Todo,
)
from remedykit.language.terms import TERM_KEYS, read_money, read_terms
from remedykit.language.texts import read_plain_text, read_template
from remedykit.language.types import BOOL, MONEY, Base, FactType
from remedykit.model.words import BASES, GIVES, PARTS

EFFECTS = ("offer", "entitle", "forbid", "adjust", "ask_approval", "hand_over", "todo")
_CONDITION_KEYS = ("when", "where", "unless", *PERIOD_KEYS)
RULE_KEYS = ("id", *_CONDITION_KEYS, *EFFECTS, "basis", "because", "source", *MARKS)
LIMIT_KEYS = ("id", *_CONDITION_KEYS, "of", "at_most", "over", "why", *MARKS)
Offered = Literal["standard", "goodwill"]
Over = Literal["reduce", "withhold"]
OFFERED: tuple[Offered, ...] = ("standard", "goodwill")
OVER: tuple[Over, ...] = ("reduce", "withhold")
MOST_POINTS = 20
_NO_OVERRIDES = Terms()
BUILT_IN = frozenset(
    {"refused", "money_back", "perk_when", "no_fix", "perk_ceiling", "repeated_apology", "plan"}
)


def scopes_by_effect(kinds: Kinds, scope: Scope) -> Map[str, Scope]:
    """Return what the conditions of rules may read, by effect, and those of limits, by ``limit``.

    Only effects on remedies read ``remedy.*`` names at all, and `forbid` only those that no unknown
    fact can change.
    """
    steady = {
        "remedy.kind": FactType(Base.TEXT, tuple(sorted(kinds))),
        "remedy.part": FactType(Base.TEXT, PARTS),
        "remedy.gives": FactType(Base.TEXT, GIVES),
        "remedy.group": FactType(Base.TEXT, groups_of(kinds)),
        "remedy.refused": BOOL,
        "remedy.refused_value": MONEY,
    }
    every = steady | {
        "remedy.basis": FactType(Base.TEXT, BASES),
        "remedy.value": MONEY,
        "remedy.cost": MONEY,
    }
    on_remedies = replace(scope, remedy=every)
    return dict.fromkeys(EFFECTS, scope) | {
        "forbid": replace(scope, remedy=steady),
        "adjust": on_remedies,
        "ask_approval": on_remedies,
        "limit": on_remedies,
    }


def read_rule(node: Node, kinds: Kinds, scope: Scope, scopes: Map[str, Scope]) -> Rule | None:
    """Return one rule; `scopes` is what conditions may read (see `scopes_by_effect`)."""
    findings = scope.findings
    fields = read_fields(node, RULE_KEYS, "a rule", findings, "{id: ..., when: ..., offer: ...}")
    if fields is None:
        return None
    name = read_id(fields, "a rule", findings)
    written = [entry for entry in fields.entries if entry.key.text in EFFECTS]
    if len(written) != 1:
        _one_effect(fields, written, name, findings)
    effect_name = written[0].key.text if written else "adjust"
    condition = read_full_condition(fields, scopes[effect_name])
    effects = [_effect(entry, fields, kinds, scope) for entry in written]
    because = read_template(fields.node_of("because"), scope)
    source = read_text(fields.node_of("source"), "a source", findings) or ""
    effect = effects[0] if len(effects) == 1 else None
    if name is None or effect is None:
        return None
    return Rule(
        id=name,
        condition=condition.facts,
        remedy_condition=condition.remedy,
        effect=effect,
        because=because,
        source=source,
        place=_id_place(fields).place,
    )


def read_limit(node: Node, kinds: Kinds, scope: Scope, scopes: Map[str, Scope]) -> Limit | None:
    """Return one limit; `scopes` is what conditions may read (see `scopes_by_effect`)."""
    findings = scope.findings
    example = "{id: ..., of: {part: perk}, at_most: 25.00, over: reduce}"
    fields = read_fields(node, LIMIT_KEYS, "a limit", findings, example)
    if fields is None:
        return None
    name = read_id(fields, "a limit", findings)
    what = f"the limit `{name}`" if name else "this limit"
    for key in ("of", "at_most", "over"):
        if fields.node_of(key) is None:
            missing(fields, key, what, f"write {example}", findings)
    condition = read_full_condition(fields, scopes["limit"])
    selector = read_selector(fields.node_of("of"), kinds, findings)
    at_most = read_money(fields.node_of("at_most"), scope)
    over: Over | None = read_choice(fields.node_of("over"), OVER, "value of `over`", findings)
    why = read_plain_text(fields.node_of("why"), "a reason", scope) or ""
    if name is None or selector is None or at_most is None or over is None:
        return None
    return Limit(
        id=name,
        of=selector,
        condition=condition.facts,
        remedy_condition=condition.remedy,
        at_most=at_most,
        over=over,
        why=why,
        place=_id_place(fields).place,
    )


def read_id(fields: Fields, what: str, findings: Findings) -> str | None:
    """Return the id of a rule or a limit."""
    node = fields.node_of("id")
    if node is None:
        missing(fields, "id", what, "write id: a.name.of.its.own", findings)
        return None
    text = node.text if isinstance(node, Scalar) else ""
    if text in BUILT_IN:
        findings.error(
            "bad-name",
            node.place,
            f"`{text}` is what decisions call a built-in reason",
            help=f"choose another id, such as shop.{text}",
        )
        return None
    if is_rule_id(text):
        return text
    otherwise = "use words of letters, digits and _, joined by dots, such as late.refund"
    findings.error(
        "bad-name",
        node.place,
        f"`{text}` is no name" if text else "an id is a name",
        help=for_bad_name(text, is_dotted, otherwise),
    )
    return None


def _id_place(fields: Fields) -> Node:
    return fields.node_of("id") or fields.node


def _one_effect(fields: Fields, written: list[Entry], name: str | None, findings: Findings) -> None:
    what = f"the rule `{name}`" if name else "this rule"
    if not written and fields.misspelt & set(EFFECTS):
        return
    if not written:
        findings.error(
            "missing-key",
            _id_place(fields).place,
            f"{what} has no effect",
            help=f"write one of {listed(EFFECTS)}",
        )
        return
    findings.error(
        "several-effects",
        written[1].key.place,
        f"{what} has several effects",
        help="write one rule for each; they may share a define",
        also=(written[0].key.place, "the first one stands here"),
    )


def _effect(entry: Entry, fields: Fields, kinds: Kinds, scope: Scope) -> Effect | None:
    node, findings = entry.value, scope.findings
    basis = fields.entry("basis")
    if basis is not None and entry.key.text != "offer":
        findings.error(
            "unknown-key",
            basis.key.place,
            f"`basis` is for rules that offer, and this one says `{entry.key.text}`",
            help="leave it out",
        )
    match entry.key.text:
        case "offer":
            outcomes = _outcomes(node, kinds, scope)
            chosen: Offered | None = read_choice(
                fields.node_of("basis"), OFFERED, "basis", findings
            )
            return Offer(outcomes, chosen) if outcomes else None
        case "entitle":
            outcomes = _outcomes(node, kinds, scope)
            return Entitle(outcomes) if outcomes else None
        case "forbid":
            selector = read_selector(node, kinds, findings)
            return Forbid(selector) if selector else None
        case "adjust":
            return _adjust(node, kinds, findings)
        case "ask_approval":
            return _ask_approval(node, kinds, findings)
        case "hand_over":
            to = read_text(node, "who takes over", findings)
            return HandOver(to) if to else None
        case _:
            tasks = read_words(node, "a task", findings)
            return Todo(tuple(sorted({task for task, _ in tasks}))) if tasks else None


def _outcomes(node: Node, kinds: Kinds, scope: Scope) -> tuple[Outcome, ...]:
    """A kind, a list of kinds, or a map of kinds and what this rule overrides."""
    if isinstance(node, Mapping):
        found = [_override(entry, kinds, scope) for entry in node.entries]
        kept = [outcome for outcome in found if outcome is not None]
        if not node.entries:
            scope.findings.error(
                "empty-list", node.place, "this offers nothing", help="name a remedy kind"
            )
        return tuple(sorted(kept, key=lambda outcome: outcome.kind))
    words = read_words(node, "an offer", scope.findings)
    seen: dict[str, Outcome] = {}
    for word, scalar in words:
        if word not in kinds:
            unknown_kind(word, scalar, kinds, scope.findings)
        else:
            seen[word] = Outcome(word, _NO_OVERRIDES, scalar.place)
    return tuple(seen[word] for word in sorted(seen))


def _override(entry: Entry, kinds: Kinds, scope: Scope) -> Outcome | None:
    name = entry.key.text
    if name not in kinds:
        unknown_kind(name, entry.key, kinds, scope.findings)
        return None
    fields = read_fields(entry.value, TERM_KEYS, f"the offer of `{name}`", scope.findings)
    return None if fields is None else Outcome(name, read_terms(fields, scope), entry.key.place)


def _adjust(node: Node, kinds: Kinds, findings: Findings) -> Adjust | None:
    fields = read_fields(node, ("of", "points"), "`adjust`", findings, "{of: reship, points: 5}")
    if fields is None:
        return None
    for key in ("of", "points"):
        if fields.node_of(key) is None:
            missing(fields, key, "`adjust`", "write {of: reship, points: 5}", findings)
    selector = read_selector(fields.node_of("of"), kinds, findings)
    points = _points(fields.node_of("points"), findings)
    return Adjust(selector, points) if selector and points is not None else None


def _points(node: Node | None, findings: Findings) -> int | None:
    if node is None:
        return None
    text = node.text if isinstance(node, Scalar) else ""
    sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text)
    if digits.isascii() and digits.isdigit() and len(digits) <= 2 and int(digits) <= MOST_POINTS:
        return sign * int(digits)
    findings.error(
        "out-of-range",
        node.place,
        f"points are a whole number from -{MOST_POINTS} to {MOST_POINTS}",
        help="write points: 5",
    )
    return None


def _ask_approval(node: Node, kinds: Kinds, findings: Findings) -> AskApproval | None:
    example = "{of: any, by: team_lead}"
    fields = read_fields(node, ("of", "by"), "`ask_approval`", findings, example)
    if fields is None:
        return None
    for key in ("of", "by"):
        if fields.node_of(key) is None:
            missing(fields, key, "`ask_approval`", f"write {example}", findings)
    selector = read_selector(fields.node_of("of"), kinds, findings)
    by = read_text(fields.node_of("by"), "a role", findings)
    return AskApproval(selector, by) if selector and by else None
