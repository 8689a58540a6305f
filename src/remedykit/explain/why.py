"""Why a decision came out as it did, as data: rules, tests, values, scores."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from remedykit.explain.why_html import why_html
from remedykit.explain.why_text import why_text
from remedykit.model.decision import Contribution, PolicyRef
from remedykit.model.words import Part

Does = Literal[
    "offers", "entitles to", "forbids", "adjusts", "asks approval for", "hands over", "adds to-do",
    "limits",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadValue:
    """A name that was read and its value in words; personal facts are not shown."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TestTrace:
    """A condition, what became of it, and the values that made it so.

    Attributes:
        text: in the rule language.
        truth: whether it holds; ``None`` if that is unknown.
        place: where it stands, ``file:line:column``.
        values: what it read itself.
        parts: the conditions it consists of.
    """

    text: str
    truth: bool | None
    place: str
    values: tuple[ReadValue, ...] = ()
    parts: tuple[TestTrace, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTrace:
    """A rule or limit and its condition.

    Attributes:
        id: the rule's.
        does: what it does when it acts.
        detail: more about that, such as the points or who must approve.
        acts: whether it acts: an offer when it is definitely true, a hindrance unless it is
            definitely false.
        place: where it stands.
        because: the author's reason, for the agent.
        source: such as a paragraph of a law.
        tests: its condition, and what it asks of the remedy.
    """

    id: str
    does: Does
    detail: str
    acts: bool
    place: str
    because: str
    source: str
    tests: tuple[TestTrace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DefineTrace:
    """A define that was read, its value in words, and how it came to it."""

    name: str
    value: str
    place: str
    tests: tuple[TestTrace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyWhy:
    """Why one remedy kind stands where it does.

    Attributes:
        standing: in words, such as ``in the plan, rank 1`` or ``withheld, forbidden (no.perk)``.
        happened: what held it back or cut it, in one sentence with the numbers; empty if nothing
            did.
        score: its points; ``None`` if it was not scored.
        breakdown: the summands of the score.
        assumptions: what was assumed for the score where a fact is unknown.
        needs: the kind's own preconditions and what it states, where it has any.
        rules: the rules and limits about it, by id.
    """

    kind: str
    part: Part
    title: str
    standing: str
    happened: str
    score: Decimal | None
    breakdown: tuple[Contribution, ...]
    assumptions: tuple[str, ...]
    needs: tuple[TestTrace, ...]
    rules: tuple[RuleTrace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The answer to «why?»; ``str`` and notebooks show it.

    Attributes:
        remedies: one entry a remedy kind asked about, in the order of the decision.
        others: rules that acted without being about a remedy: hand-over and to-do.
        defines: every define that stands behind what is shown, by name.
    """

    policy: PolicyRef
    remedies: tuple[RemedyWhy, ...]
    others: tuple[RuleTrace, ...]
    defines: tuple[DefineTrace, ...]

    def __str__(self) -> str:
        """Return it as plain text."""
        return why_text(self)

    def _repr_html_(self) -> str:
        """Return it as small HTML, everything escaped."""
        return why_html(self)
