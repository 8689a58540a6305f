"""Reading what a scenario expects: every word is known to the policy, and nothing is empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar, get_args

from remedykit.authoring.scenarios.contradictions import report_contradictions
from remedykit.authoring.scenarios.expectations import (
    NONE,
    Expectation,
    ExpectedApproval,
    ExpectedPayer,
    ExpectedReason,
    ExpectedText,
    ExpectedValue,
)
from remedykit.authoring.scenarios.vocabulary import Vocabulary
from remedykit.diagnostics import Findings
from remedykit.language.fields import (
    Fields,
    missing,
    read_choice,
    read_entries,
    read_fields,
    read_scalar,
    read_text,
    read_words,
    stray_comma,
)
from remedykit.language.names import did_you_mean, listed, use_one_of
from remedykit.language.source import Entry, Mapping, Node, Scalar, Sequence
from remedykit.model.currencies import MINOR_DIGITS
from remedykit.model.exact import decimal_of
from remedykit.model.words import WithheldReason

EXPECT = (
    "first", "order", "plan", "offers", "not_offered", "withheld", "asks", "value", "says",
    "approval", "pays", "hand_over", "todo", "nothing",
)  # fmt: skip

_REASONS: tuple[WithheldReason, ...] = get_args(WithheldReason)
_AT_LEAST_ONE = f"expect at least one of {', '.join(EXPECT)}"

Expected = TypeVar("Expected")


@dataclass(frozen=True, slots=True)
class ExpectationReader:
    """Reads expectations in the words of one policy."""

    words: Vocabulary
    findings: Findings

    def read(self, node: Node) -> Expectation | None:
        """Return what is expected; ``None`` if nothing is."""
        fields = read_fields(node, EXPECT, "`expect`", self.findings)
        if fields is None:
            return None
        if not fields.entries:
            if not fields.has_unknown:
                self._empty(node, "the scenario expects nothing", _AT_LEAST_ONE)
            return None
        expectation = Expectation(
            first=self._first(fields),
            order=self._kinds(fields, "order"),
            plan=self._plan(fields),
            offers=self._kinds(fields, "offers"),
            not_offered=self._kinds(fields, "not_offered"),
            withheld=self._by_kind(fields, "withheld", self._reason),
            asks=self._asks(fields),
            value=self._by_kind(fields, "value", self._value),
            says=self._by_kind(fields, "says", self._text),
            approval=self._by_kind(fields, "approval", self._approval),
            pays=self._by_kind(fields, "pays", self._payer),
            hand_over=self._whole(fields, "hand_over", "desk", self.words.desks),
            todo=self._whole(fields, "todo", "to-do", self.words.tasks),
            nothing=self._nothing(fields),
        )
        report_contradictions(fields, expectation, self.words, self.findings)
        return expectation

    # --- kinds ---------------------------------------------------------------------------------

    def _first(self, fields: Fields) -> str | None:
        fixes = self.words.fixes
        return read_choice(fields.node_of("first"), fixes, "fix of this policy", self.findings)

    def _kinds(self, fields: Fields, key: str) -> tuple[str, ...]:
        """Return kinds among others: an empty list would expect nothing, and is reported."""
        words = read_words(fields.node_of(key), "a remedy kind", self.findings)
        return tuple(word for word, node in words if self._is_kind(word, node))

    def _plan(self, fields: Fields) -> tuple[str, ...] | None:
        node = fields.node_of("plan")
        if node is None:
            return None
        return () if _is_none(node) else self._kinds(fields, "plan")

    def _is_kind(self, word: str, node: Scalar) -> bool:
        if word in self.words.kinds:
            return True
        self.findings.error(
            "unknown-kind",
            node.place,
            f"the policy has no remedy kind `{word}`",
            help=did_you_mean(word, self.words.kinds, f"it has {listed(self.words.kinds)}"),
        )
        return False

    # --- maps by kind --------------------------------------------------------------------------

    def _by_kind(
        self, fields: Fields, key: str, read: Callable[[str, Node], Expected | None]
    ) -> tuple[Expected, ...]:
        node = fields.node_of(key)
        if node is None:
            return ()
        entries = read_entries(node, f"`{key}`", self.findings)
        if not entries and isinstance(node, Mapping):
            self._empty(node, f"`{key}` expects nothing", "name a remedy kind, or leave it out")
        found = (read(entry.key.text, entry.value) for entry in entries if self._names_kind(entry))
        return tuple(each for each in found if each is not None)

    def _names_kind(self, entry: Entry) -> bool:
        kind = entry.key.text
        is_rest = kind not in self.words.kinds and stray_comma(entry, self.findings)
        return not is_rest and self._is_kind(kind, entry.key)

    def _reason(self, kind: str, node: Node) -> ExpectedReason | None:
        reason: WithheldReason | None = read_choice(
            node, _REASONS, "reason to withhold", self.findings
        )
        return None if reason is None else ExpectedReason(kind, reason)

    def _value(self, kind: str, node: Node) -> ExpectedValue | None:
        scalar = read_scalar(node, "an amount", "an amount, such as 12.50", self.findings)
        if scalar is None:
            return None
        number, _, currency = scalar.text.partition(" ")
        try:
            amount = decimal_of(number)
        except ValueError:
            amount = None
        if amount is None or amount < 0 or (currency and currency not in MINOR_DIGITS):
            self.findings.error(
                "wrong-cell",
                scalar.place,
                f"`{scalar.text}` is no amount" if scalar.text else "this is an amount",
                help="write 12.50, or 12.50 USD to name the currency, too",
            )
            return None
        return ExpectedValue(kind, amount, currency)

    def _text(self, kind: str, node: Node) -> ExpectedText | None:
        if not isinstance(node, Mapping):
            text = read_text(node, "what a message says", self.findings)
            return None if text is None else ExpectedText(kind, text)
        fields = read_fields(node, ("exactly",), "what a message says", self.findings)
        if fields is None:
            return None
        if fields.node_of("exactly") is None:
            missing(fields, "exactly", "the message", "write {exactly: a text}", self.findings)
        text = read_text(fields.node_of("exactly"), "the whole message", self.findings)
        return None if text is None else ExpectedText(kind, text, whole=True)

    def _approval(self, kind: str, node: Node) -> ExpectedApproval | None:
        roles = self._words_of(node, "role that approves", self.words.roles)
        return ExpectedApproval(kind, roles)

    def _payer(self, kind: str, node: Node) -> ExpectedPayer | None:
        what = "payer of this policy"
        payer = read_choice(node, self.words.payers, what, self.findings)
        return None if payer is None else ExpectedPayer(kind, payer)

    # --- beside the remedies -------------------------------------------------------------------

    def _whole(
        self, fields: Fields, key: str, what: str, options: tuple[str, ...]
    ) -> tuple[str, ...] | None:
        node = fields.node_of(key)
        return None if node is None else self._words_of(node, f"{what} of a rule", options)

    def _words_of(self, node: Node, what: str, options: tuple[str, ...]) -> tuple[str, ...]:
        """Return words that some rule has; none where the list is empty, or says so."""
        if _is_none(node):
            return ()
        found = read_words(node, f"a {what}", self.findings)
        for word, place in found:
            if word not in options:
                self._unknown("unknown-value", place, f"`{word}` is no {what}", options)
        return tuple(word for word, _ in found)

    def _asks(self, fields: Fields) -> tuple[str, ...] | None:
        node = fields.node_of("asks")
        if node is None:
            return None
        if isinstance(node, Scalar) and node.text == NONE:
            return ()
        found = read_words(node, "a fact", self.findings)
        for word, place in found:
            if word not in self.words.facts:
                told = f"there is no fact `{word}`"
                self._unknown("unknown-fact", place, told, self.words.facts)
            elif word not in self.words.reads:
                self.findings.error(
                    "contradictory-expectation",
                    place.place,
                    f"no rule or value of this policy reads `{word}`, so it never asks for it",
                    help=f"it reads {listed(sorted(self.words.reads), most=6)}",
                )
        return tuple(word for word, _ in found) or None

    def _nothing(self, fields: Fields) -> bool:
        node = fields.node_of("nothing")
        if node is None:
            return False
        if isinstance(node, Scalar) and node.text == "true":
            return True
        self.findings.error(
            "wrong-cell",
            node.place,
            "`nothing` is true, or is left out",
            help="write `nothing: true`, or say what is expected",
        )
        return False

    def _unknown(self, code: str, node: Scalar, message: str, options: Iterable[str]) -> None:
        known = tuple(options)
        self.findings.error(
            code, node.place, message, help=did_you_mean(node.text, known, use_one_of(known))
        )

    def _empty(self, node: Node, message: str, help_: str) -> None:
        self.findings.error("empty-list", node.place, message, help=help_)


def _is_none(node: Node) -> bool:
    """Return whether a list that is expected as a whole is expected to be empty."""
    if isinstance(node, Sequence):
        return not node.items
    return isinstance(node, Scalar) and node.text == NONE
