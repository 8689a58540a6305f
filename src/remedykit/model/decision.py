"""What `Policy.decide` returns: remedies, plan, what was withheld and why, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from remedykit.errors import InputError
from remedykit.model.decision_html import decision_html
from remedykit.model.decision_rows import Row, decision_rows
from remedykit.model.json_codec import (
    PlainValue,
    decode,
    decode_fields,
    encode,
    encode_record,
    record_of,
    shape_of,
)
from remedykit.model.json_text import Json, read_json, write_json
from remedykit.model.money import Money
from remedykit.model.past_event import PastEvent
from remedykit.model.upcoming import UPCOMING_SHAPE, Upcoming
from remedykit.model.words import Basis, Part, WithheldReason

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Contribution:
    """One summand of a score, in points: they add up to the score exactly."""

    name: str  # distributive | interactional | procedural | cost | risk | adjustments
    points: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One remedy kind offered in one decision.

    Attributes:
        rank: place in ``Decision.remedies``, from 1.
        rank_in_part: place among the remedies of its part, from 1.
        in_plan: whether the plan contains it; the others are alternatives.
        adequate: whether with it the customer is made whole: function restored or loss covered
            by money given now (always true for words and perks).
        value: worth to the customer; ``None`` for words.
        cost: cost to who pays.
        cost_is_estimated: the cost is unknown and was counted as the value.
        score: points (thousandths / 10); what it adds to the plan at its place.
        breakdown: summands of the score.
        assumptions: what was assumed for the score where a fact is unknown.
        rules: ids of the rules that offer it, sorted.
        source: sources those rules name, such as a paragraph of a law.
        to_confirm: it is not known yet what the customer has a right to: an entitlement whose
            preconditions are unknown, or an offer beside an entitlement of unknown value.
        choice_of: the kind in the plan that this entitlement may be chosen instead of (or, for an
            adequate member that stands in for it in the plan, the other way round).
        idempotency_key: the same for the same incident, kind and policy digest; pay once a key.
            Without ``incident.id`` it is made of the order's id and the kind of incident, so two
            incidents of one kind in one order share it: give incidents an id.
    """

    kind: str
    part: Part
    title: str
    rank: int
    rank_in_part: int
    in_plan: bool
    adequate: bool
    basis: Basis
    value: Money | None
    cost: Money
    cost_is_estimated: bool
    score: Decimal
    breakdown: tuple[Contribution, ...]
    assumptions: tuple[str, ...]
    resolved_in_days: Fraction
    effort_0_to_5: Fraction
    message: str
    note: str
    rules: tuple[str, ...]
    source: tuple[str, ...]
    pays: str
    due: datetime | None
    approval: tuple[str, ...]
    to_confirm: bool
    choice_of: str | None
    idempotency_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The remedies to carry out together: at most one of each group.

    Attributes:
        remedies: kinds, in the order of scoring.
        value: what the customer gets, in money.
        cost: what it costs.
        score: the sum of its remedies' scores.
        message: what to say, in the order apology, explanation, fix, perk.
        approval: roles that must approve before it is carried out, sorted.
        adequate: whether the customer is made whole.
        missing_parts: parts of a good recovery that it lacks.
    """

    remedies: tuple[str, ...]
    value: Money
    cost: Money
    score: Decimal
    message: str
    approval: tuple[str, ...]
    adequate: bool
    missing_parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A remedy kind that a rule would offer, and why it is not.

    Attributes:
        rule: the rule, limit or test that holds it back, such as ``no.perk.at.risk``.
        facts: for ``needs_fact``: the facts whose answer could free it, sorted.
    """

    kind: str
    part: Part
    reason: WithheldReason
    rule: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Who must take the incident, and why.

    Attributes:
        to: the role or desk; ``person`` where the policy names none.
        reason: ``rule``, ``no_fix`` or ``no_adequate_fix``.
        rule: the rule's id, or an empty text.
    """

    to: str
    reason: str
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRef:
    """Which policy decided; `digest` identifies its meaning."""

    name: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class FactValue:
    """A fact that the decision read, as plain JSON data; ``None`` is unknown."""

    name: str
    value: PlainValue


@dataclass(frozen=True, slots=True)
class PastOffer:
    """A remedy that was offered before, as the decision read it."""

    kind: str
    value: Money | None
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Everything that `Policy.decide` returns.

    Attributes:
        remedies: entitlements, then the rest of the plan, then alternatives.
        open_facts: unknown facts that a rule, a value or a score wanted to read, sorted.
        hand_over: who must take it; several where several rules say so.
        todo: the merchant's own work, never shown to the customer.
        overridden_desire: what the customer asked for where the plan gives something else.
        at: the moment of decision, if one was given.
        currency: the one currency of the decision.
        facts: every fact that the policy's decisions can depend on, sorted by name: enough to
            decide again, and no more of the customer's data than that.
        offers: what was offered before.
        events: what had happened in the case by then, in order of time; ``None`` if nobody told.
    """

    incident_id: str | None
    remedies: tuple[Remedy, ...]
    plan: Plan
    withheld: tuple[Withheld, ...]
    open_facts: tuple[str, ...]
    hand_over: tuple[HandOver, ...]
    todo: tuple[str, ...]
    overridden_desire: str | None
    policy: PolicyRef
    at: datetime | None
    currency: str
    facts: tuple[FactValue, ...]
    offers: tuple[PastOffer, ...]
    events: tuple[PastEvent, ...] | None
    schema_version: int = field(default=SCHEMA_VERSION)

    def to_dict(self) -> dict[str, Json]:
        """Return the decision as JSON data: exact, every field, in a fixed order."""
        return encode_record(DECISION_SHAPE, self)

    def to_json(
        self,
        *,
        questions: tuple[Question, ...] | None = None,
        upcoming: tuple[Upcoming, ...] | None = None,
    ) -> str:
        """Return the one JSON text of this decision: the same decision, the same bytes.

        What is given besides is added at the end; `from_json` checks it and leaves it out.

        Args:
            questions: what `Policy.questions` found, added as ``questions``.
            upcoming: what `Policy.upcoming` found, added as ``upcoming``.
        """
        data = self.to_dict()
        if questions is not None:
            data["questions"] = encode(QUESTIONS_SHAPE, questions)
        if upcoming is not None:
            data["upcoming"] = encode(UPCOMING_SHAPE, upcoming)
        return write_json(data)

    @classmethod
    def from_json(cls, text: str) -> Decision:
        """Return the decision that `to_json` wrote.

        Raises:
            InputError: if the text is not such a decision; names the place.
        """
        data = read_json(text, "decision")
        if isinstance(data, dict):
            version = data.get("schema_version")
            if version != SCHEMA_VERSION:
                raise InputError(
                    "decision.schema_version", f"is {version}; expected {SCHEMA_VERSION}"
                )
            for name, shape in (("questions", QUESTIONS_SHAPE), ("upcoming", UPCOMING_SHAPE)):
                if name in data:
                    decode(shape, data.pop(name), f"decision.{name}")
        return cls(**decode_fields(DECISION_SHAPE, data, "decision"))

    def to_rows(self) -> list[Row]:
        """Return one flat row a remedy, in the order of `remedies`, for tables and data frames."""
        return decision_rows(self)

    def _repr_html_(self) -> str:
        """Return the decision as a small HTML table, everything escaped."""
        return decision_html(self)


@dataclass(frozen=True, slots=True)
class Answer:
    """One possible answer to a question, and what it would change.

    Attributes:
        value: the answer, as it can be handed in.
        offers: remedy kinds that it would offer, sorted.
        withdraws: remedy kinds that it would take away, sorted.
        plan: the kinds of the plan that it would give.
        changes: what else would be different, in short and stable words, such as ``value of
            refund: 10.00 USD -> 100.00 USD``, ``approval of refund: lead`` or ``hand over to
            retention_desk``.
    """

    value: str
    offers: tuple[str, ...]
    withdraws: tuple[str, ...]
    plan: tuple[str, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An unknown fact whose answer would change the decision; each answer was decided again.

    ``at`` is never asked: the moment of decision is the caller's to give.

    Attributes:
        fact: its name.
        means: what it means, from its declaration.
        unlocks: remedy kinds that some answer would offer, sorted.
        answers: what each answer would change.
    """

    fact: str
    means: str
    unlocks: tuple[str, ...]
    answers: tuple[Answer, ...]


DECISION_SHAPE = record_of(Decision)
QUESTIONS_SHAPE = shape_of(tuple[Question, ...])
