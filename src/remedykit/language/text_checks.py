"""Texts say only what is known: every fact a text prints, and every event it claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from remedykit.diagnostics import Findings, Place
from remedykit.language.degree import walk
from remedykit.language.fields import read_text
from remedykit.language.knowledge import Names, known_if
from remedykit.language.scope import Scope
from remedykit.language.source import Entry
from remedykit.language.syntax import (
    DefineRead,
    Entitle,
    FactRead,
    Offer,
    Placeholder,
    RemedyKind,
    Rule,
    Template,
    Tested,
)

Words = Mapping[str, str]  # a guarded word -> the fact that a text using it must state


@dataclass(frozen=True, slots=True)
class _Offered:
    """A remedy kind as one rule offers it: whose texts are said, and what is known then."""

    rule: Rule
    kind: RemedyKind
    say: Template | None
    known: Names


def read_guarded_word(entry: Entry, scope: Scope) -> str | None:
    """Return the fact that a text with this word must state."""
    fact = read_text(entry.value, "the fact to state", scope.findings)
    if fact is None or fact in scope.facts:
        return fact
    scope.unknown(fact, entry.value.place)
    return None


def check_texts(
    rules: tuple[Rule, ...], kinds: Mapping[str, RemedyKind], guarded: Words, scope: Scope
) -> None:
    """Report texts that print what may be unknown or claim an event their kind does not state."""
    offered = list(_offers(rules, kinds, scope))
    for item in offered:
        for text in (item.say, item.kind.note):
            when = f" when the rule `{item.rule.id}` offers it"
            _check_known(text, item.known, when, "the kind's `states` or the rule's `when`", scope)
        _check_claims(item.say, item.kind, guarded, scope.findings)
    for rule in rules:
        known = known_if(rule.condition, True, scope.defines)
        when = f" when the rule `{rule.id}` fires"
        _check_known(rule.because, known, when, "the rule's `when`", scope)
    never = set(kinds) - {item.kind.name for item in offered}
    for name, kind in kinds.items():
        if name in never:
            known = _own_knowledge(kind, scope, entitled=False)
            for text in (kind.terms.say, kind.note):
                _check_known(text, known, "", "the kind's `states`", scope)
        for text in (kind.terms.say, kind.note):
            _check_claims(text, kind, guarded, scope.findings)
        _check_title(kind, guarded, scope.findings)


def _offers(
    rules: tuple[Rule, ...], kinds: Mapping[str, RemedyKind], scope: Scope
) -> Iterator[_Offered]:
    for rule in rules:
        if isinstance(rule.effect, Offer | Entitle):
            entitled = isinstance(rule.effect, Entitle)
            for outcome in rule.effect.outcomes:
                kind = kinds[outcome.kind]
                known = known_if(rule.condition, True, scope.defines)
                known |= _own_knowledge(kind, scope, entitled=entitled)
                yield _Offered(rule, kind, outcome.overrides.say or kind.terms.say, known)


def _own_knowledge(kind: RemedyKind, scope: Scope, *, entitled: bool) -> Names:
    """What the kind itself makes known; an entitlement stays while its `needs` are unknown."""
    stated = known_if(kind.states, True, scope.defines)
    return stated if entitled else stated | known_if(kind.needs, True, scope.defines)


def _check_known(text: Template | None, known: Names, when: str, add_to: str, scope: Scope) -> None:
    for piece in text.pieces if text else ():
        if isinstance(piece, Placeholder) and not _is_known(piece, known, scope):
            name = piece.read.name
            scope.findings.error(
                "unknown-in-text",
                piece.read.place,
                f"this text prints `{name}`, which may be unknown{when}",
                help=f"add `{name}: {{known: true}}` to {add_to}",
            )


def _is_known(piece: Placeholder, known: Names, scope: Scope) -> bool:
    match piece.read:
        case FactRead(name=name):
            return name in known or scope.facts[name].always_known
        case DefineRead(name=name):
            reads = scope.defines[name].reads
            return name in known or all(
                fact in known or scope.facts[fact].always_known for fact in reads
            )
        case _:
            return True


def _check_claims(
    text: Template | None, kind: RemedyKind, guarded: Words, findings: Findings
) -> None:
    if text is not None:
        plain = " ".join(piece for piece in text.pieces if isinstance(piece, str))
        _check_words(plain, text.place, kind, guarded, findings)


def _check_title(kind: RemedyKind, guarded: Words, findings: Findings) -> None:
    _check_words(kind.title, kind.place, kind, guarded, findings)


def _check_words(
    text: str, place: Place, kind: RemedyKind, guarded: Words, findings: Findings
) -> None:
    stated = {
        part.subject.name
        for part in walk(kind.states)
        if isinstance(part, Tested) and isinstance(part.subject, FactRead)
    }
    for word, fact in guarded.items():
        if fact not in stated and re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE):
            findings.error(
                "guarded-word",
                place,
                f"`{word}` claims an event, and `{kind.name}` does not state `{fact}`",
                help=f"add `{fact}: ...` to the kind's `states`, or say it without `{word}`",
            )
