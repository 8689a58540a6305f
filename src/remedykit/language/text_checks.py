"""Texts say only what is known: every fact a text prints, and every event it claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from remedykit.diagnostics import Findings, Place
from remedykit.language.degree import body_parts, walk
from remedykit.language.fields import read_text
from remedykit.language.knowledge import NOTHING, Knowledge, Names
from remedykit.language.scope import Scope
from remedykit.language.source import Entry
from remedykit.language.syntax import (
    Adjust,
    Cases,
    Define,
    DefineRead,
    Entitle,
    Expression,
    FactRead,
    KnownTest,
    Offer,
    Outcome,
    Placeholder,
    RemedyKind,
    RemedyRead,
    Rule,
    Shifted,
    Template,
    Tested,
    Todo,
)
from remedykit.language.types import BOOL

Words = Mapping[str, str]  # a guarded word -> the fact that a text using it must state
MOST_WORDS = 5  # of a guarded expression such as `on its way`
_WORD = re.compile(r"\w+")


def read_guarded_word(entry: Entry, scope: Scope) -> str | None:
    """Return the fact that a text with this word, or these few words, must state."""
    if not 1 <= len(_words(entry.key.text)) <= MOST_WORDS:
        scope.findings.error(
            "bad-name",
            entry.key.place,
            f"`{entry.key.text}` is not a word, nor up to {MOST_WORDS} words",
            help="write what a text may say, such as `shipped` or `on its way`",
        )
    fact = read_text(entry.value, "the fact to state", scope.findings)
    if fact is None or fact in scope.facts:
        return fact
    scope.unknown(fact, entry.value.place)
    return None


def check_texts(
    rules: tuple[Rule, ...], kinds: Mapping[str, RemedyKind], guarded: Words, scope: Scope
) -> None:
    """Report texts that print what may be unknown or claim an event their kind does not state."""
    knowledge = Knowledge(scope.defines)
    words = {_words(word): (word, fact) for word, fact in guarded.items()}
    guard, printing = _Guard(words, knowledge, scope.findings), _Printing(knowledge, scope)
    offered: set[str] = set()
    for rule in rules:
        for outcome in _outcomes(rule):
            kind, say = kinds[outcome.kind], outcome.overrides.say
            printing.check_offer(rule, outcome, kind)
            if say is not None:  # those of the kinds are checked once a kind, below
                guard.check(say, kind)
            offered.add(kind.name)
    for rule in rules:
        when = f" when the rule `{rule.id}` acts"
        conditions = (rule.condition,) if _acts_surely(rule) else ()
        printing.check(rule.because, conditions, when, "the rule's `when`")
    for name, kind in kinds.items():
        for text in (kind.terms.say, kind.note) if name not in offered else ():
            printing.check(text, (kind.states, kind.needs), "", "the kind's `states`")
        for text in (kind.terms.say, kind.note):
            guard.check(text, kind)
        guard.check_words(kind.title, kind.place, kind)


def _outcomes(rule: Rule) -> tuple[Outcome, ...]:
    return rule.effect.outcomes if isinstance(rule.effect, Offer | Entitle) else ()


def _acts_surely(rule: Rule) -> bool:
    """Whether a rule acts only when it is definitely true; the others act unless it is false."""
    return isinstance(rule.effect, Offer | Entitle | Adjust | Todo)


@dataclass(frozen=True, slots=True)
class _Printing:
    """Checks that what a text prints is known wherever the text is said.

    Attributes:
        knowledge: tells what is known where a condition holds.
        scope: the names that texts print.
        doubtful: what a text prints that could be unknown, by the identity of the text; most print
            nothing of that kind, and what is known does not matter to them.
        known: what is known where a condition holds, by its identity.
    """

    knowledge: Knowledge
    scope: Scope
    doubtful: dict[int, tuple[Placeholder, ...]] = field(
        default_factory=dict[int, tuple[Placeholder, ...]]
    )
    known: dict[int, Names] = field(default_factory=dict[int, Names])

    def check_offer(self, rule: Rule, outcome: Outcome, kind: RemedyKind) -> None:
        """Check the texts of a remedy kind as a rule offers it.

        An entitlement stays while the `needs` of its kind are unknown.
        """
        entitled = isinstance(rule.effect, Entitle)
        own = (kind.states,) if entitled else (kind.states, kind.needs)
        has_value = (outcome.overrides.value or kind.terms.value) is not None
        when = f" when the rule `{rule.id}` offers it"
        for text in (outcome.overrides.say or kind.terms.say, kind.note):
            if not has_value:
                self._check_value(text, kind)
            add_to = "the kind's `states` or the rule's `when`"
            self.check(text, (rule.condition, *own), when, add_to)

    def check(
        self, text: Template | None, conditions: tuple[Expression, ...], when: str, add_to: str
    ) -> None:
        """Report what a text prints that may be unknown though all these conditions hold."""
        doubtful = self._doubtful(text) if text is not None else ()
        known = NOTHING.union(*map(self._known_if, conditions)) if doubtful else NOTHING
        for piece in doubtful:
            if not _is_known(piece, known, self.scope):
                name = piece.read.name
                self.scope.findings.error(
                    "unknown-in-text",
                    piece.read.place,
                    f"this text prints `{name}`, which may be unknown{when}",
                    help=f"add `{name}: {{known: true}}` to {add_to}",
                )

    def _check_value(self, text: Template | None, kind: RemedyKind) -> None:
        """Report a text that prints the value of what has none."""
        for piece in _placeholders(text) if text else ():
            if isinstance(piece.read, RemedyRead):
                self.scope.findings.error(
                    "unknown-in-text",
                    piece.read.place,
                    f"this text prints `{piece.read.name}`, and `{kind.name}` has no value",
                    help="leave it out, or give the kind a `value`",
                )

    def _doubtful(self, text: Template) -> tuple[Placeholder, ...]:
        found = self.doubtful.get(id(text))
        if found is None:
            pieces = _placeholders(text)
            found = tuple([each for each in pieces if not _is_known(each, NOTHING, self.scope)])
            self.doubtful[id(text)] = found
        return found

    def _known_if(self, condition: Expression) -> Names:
        known = self.known.get(id(condition))
        if known is None:
            known = self.known[id(condition)] = self.knowledge.known_if(condition, True)
        return known


def _placeholders(text: Template) -> tuple[Placeholder, ...]:
    return tuple([piece for piece in text.pieces if isinstance(piece, Placeholder)])


def _is_known(piece: Placeholder, known: Names, scope: Scope) -> bool:
    match piece.read:
        case FactRead(name=name):
            return name in known or scope.facts[name].always_known
        case DefineRead(name=name):
            define = scope.defines[name]
            facts_known = all(
                fact in known or scope.facts[fact].always_known for fact in define.reads
            )
            return name in known or (facts_known and _is_total(define, scope))
        case _:
            return True


def _is_total(define: Define, scope: Scope) -> bool:
    """Whether a define is surely known where all the facts it reads are.

    Rows that must be unique may differ, and a time may be moved by a part of a day.
    """
    pending, seen = [define.name], {define.name}  # each define once, however often it is read
    while pending:
        body = scope.defines[pending.pop()].body
        if isinstance(body, Cases) and body.op == "unique":
            return False
        parts = [part for outer in body_parts(body) for part in walk(outer)]
        if any(isinstance(part, Shifted) for part in parts):
            return False
        read = {part.name for part in parts if isinstance(part, DefineRead)} - seen
        pending.extend(read)
        seen |= read
    return True


@dataclass(frozen=True, slots=True)
class _Guard:
    """Checks that who uses a guarded word states its fact.

    Attributes:
        words: a guarded expression as `_words` -> as it is written, and its fact.
    """

    words: Mapping[tuple[str, ...], tuple[str, str]]
    knowledge: Knowledge
    findings: Findings

    def check(self, text: Template | None, kind: RemedyKind) -> None:
        if text is not None:
            plain = " ".join(piece for piece in text.pieces if isinstance(piece, str))
            self.check_words(plain, text.place, kind)

    def check_words(self, text: str, place: Place, kind: RemedyKind) -> None:
        for word, fact in self._claims(text):
            if fact not in self._stated(kind):
                self.findings.error(
                    "guarded-word",
                    self._place_of(word, place),
                    f"`{word}` claims an event, and `{kind.name}` does not state `{fact}`",
                    help=f"add `{fact}: ...` to the kind's `states`, or say it without `{word}`",
                )

    def _claims(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield each guarded word of a text with its fact; a lookup a word, however many."""
        said = _words(text)
        for length in {len(words) for words in self.words}:
            for start in range(len(said) - length + 1):
                found = self.words.get(said[start : start + length])
                if found is not None:
                    yield found

    def _stated(self, kind: RemedyKind) -> Names:
        """The facts that `states` tests, and that are known where it holds.

        That a yes-or-no fact is known states nothing: it may be known not to have happened.
        """
        tested = {
            part.subject.name
            for part in walk(kind.states)
            if isinstance(part, Tested)
            and isinstance(part.subject, FactRead)
            and not (part.subject.type == BOOL and isinstance(part.test, KnownTest))
        }
        return self.knowledge.known_if(kind.states, True) & tested

    def _place_of(self, word: str, place: Place) -> Place:
        """Return where a word stands within a text; the text itself if it is folded in between."""
        pattern = re.compile(r"\W+".join(map(re.escape, word.split())), re.IGNORECASE)
        lines = self.findings.sources.get(place.file, ())[place.line - 1 : place.end_line]
        for number, line in enumerate(lines, start=place.line):
            first = place.column - 1 if number == place.line else 0
            found = pattern.search(line, first)
            if found:
                return Place(place.file, number, found.start() + 1, number, found.end() + 1)
        return place


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a text, whatever their case and whatever stands between them."""
    return tuple(_WORD.findall(text.casefold()))
