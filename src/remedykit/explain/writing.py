"""The decision written out: what was ranked, with its texts, amounts, points and keys."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from operator import attrgetter

from remedykit.effects.candidates import Candidate, Candidates
from remedykit.engine.matching import Evaluation
from remedykit.explain.messages import rendered
from remedykit.explain.printing import Style
from remedykit.explain.stored import StoredFact, facts_to_store, stored_facts, stored_offers
from remedykit.explain.stored_events import stored_events
from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy, Template
from remedykit.model.decision import Contribution, Decision, Plan, PolicyRef, Remedy
from remedykit.model.json_text import write_json
from remedykit.model.money import Money
from remedykit.model.words import PARTS, Part
from remedykit.ranking.result import Ranked, Scored
from remedykit.ranking.weighed import Worth

_KEY_LENGTH = 32  # hexadecimal digits: 128 bits, as in a UUID
_ENCODING = ("utf-8", "backslashreplace")
_PLACES: Mapping[Part, int] = {part: place for place, part in enumerate(PARTS)}
_WORDS: frozenset[Part] = frozenset({"apology", "explanation"})
_BY_KIND_AND_REASON = attrgetter("kind", "reason")


def _points(thousandths: int) -> Decimal:
    whole, tenth = divmod(abs(thousandths), 10)
    return Decimal(f"{'-' if thousandths < 0 else ''}{whole}.{tenth}")


# Numbers of points are written by the dozen in every decision, so the usual ones are there.
_USUAL = 1_000  # thousandths: 100 points
_POINTS = tuple([_points(each) for each in range(-_USUAL, _USUAL + 1)])


def points(thousandths: int) -> Decimal:
    """Return thousandths as points, with one decimal place."""
    if -_USUAL <= thousandths <= _USUAL:
        return _POINTS[thousandths + _USUAL]
    return _points(thousandths)


# Most summands of a score are nothing.
_SUMMANDS = tuple([(name, Contribution(name, points(0))) for name in Worth._fields])


def _breakdown(worth: Worth) -> tuple[Contribution, ...]:
    return tuple(
        [
            Contribution(name, points(thousandths)) if thousandths else nothing
            for (name, nothing), thousandths in zip(_SUMMANDS, worth, strict=True)
        ]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingTables:
    """What the writing of a policy's decisions needs that does not depend on the facts.

    Attributes:
        policy: the policy that decides.
        reference: its name, version and digest, as decisions give them.
        kept: the facts that a decision keeps.
        key_ends: the end of the text of an idempotency key, by remedy kind.
    """

    policy: CheckedPolicy
    reference: PolicyRef
    kept: tuple[StoredFact, ...]
    key_ends: Mapping[str, bytes]

    @classmethod
    def of(cls, policy: CheckedPolicy, reads: Iterable[str]) -> WritingTables:
        """Prepare a policy.

        Args:
            policy: the checked policy.
            reads: names of the facts that its decisions can depend on.
        """
        digest = write_json(policy.digest)
        return cls(
            policy=policy,
            reference=PolicyRef(name=policy.name, version=policy.version, digest=policy.digest),
            kept=facts_to_store(policy.schema, reads),
            key_ends={
                kind.name: f",{write_json(kind.name)},{digest}]".encode(*_ENCODING)
                for kind in policy.remedies
            },
        )

    def written(self, evaluation: Evaluation, found: Candidates, ranked: Ranked) -> Decision:
        """Return the decision: what the effects found and the ranking ranked, written out.

        Args:
            evaluation: of the facts that decided.
            found: what the effects found.
            ranked: what the ranking made of it.
        """
        facts = evaluation.facts
        writer = _Writer(
            tables=self,
            evaluation=evaluation,
            style=Style.of(self.policy, facts.currency),
            currency=facts.currency,
            key_begin=_key_begin(facts),
        )
        remedies = tuple([writer.remedy(scored) for scored in ranked.remedies])
        incident_id, at = facts.values.get("incident.id"), facts.values.get("at")
        return Decision(
            incident_id=incident_id if isinstance(incident_id, str) else None,
            remedies=remedies,
            plan=writer.plan(ranked, remedies),
            withheld=tuple(sorted(found.withheld + ranked.withheld, key=_BY_KIND_AND_REASON)),
            open_facts=tuple(sorted({*found.open_facts, *ranked.open_facts})),
            hand_over=found.hand_over + ranked.hand_over,
            todo=found.todo,
            overridden_desire=ranked.overridden_desire,
            policy=self.reference,
            at=at if isinstance(at, datetime) else None,
            currency=facts.currency,
            facts=stored_facts(facts, self.kept),
            offers=stored_offers(facts),
            events=stored_events(facts),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writer:
    """Writes out what was ranked in one decision."""

    tables: WritingTables
    evaluation: Evaluation
    style: Style
    currency: str
    key_begin: bytes

    def remedy(self, scored: Scored) -> Remedy:
        candidate = scored.candidate
        kind = candidate.kind
        is_mere_word = candidate.value == 0 and kind.part in _WORDS
        return Remedy(
            kind=kind.name,
            part=kind.part,
            title=kind.title,
            rank=scored.rank,
            rank_in_part=scored.rank_in_part,
            in_plan=scored.in_plan,
            adequate=scored.adequate,
            basis=candidate.basis,
            value=None if is_mere_word else Money.of_minor(candidate.value, self.currency),
            cost=Money.of_minor(candidate.cost, self.currency),
            cost_is_estimated=candidate.cost_is_estimated,
            score=points(scored.score),
            breakdown=_breakdown(scored.breakdown),
            assumptions=scored.assumptions,
            resolved_in_days=candidate.resolved_in_days,
            effort_0_to_5=candidate.effort_0_to_5,
            message=self._text(candidate.say, candidate),
            note=self._text(candidate.note, candidate),
            rules=candidate.rules,
            source=candidate.source,
            pays=candidate.pays,
            due=candidate.due,
            approval=candidate.approval,
            to_confirm=candidate.to_confirm,
            choice_of=scored.choice_of,
            idempotency_key=self._key(kind.name),
        )

    def plan(self, ranked: Ranked, remedies: Iterable[Remedy]) -> Plan:
        planned = [scored.candidate for scored in ranked.plan]
        covered = {candidate.kind.part for candidate in planned}
        said = {remedy.kind: remedy.message for remedy in remedies}
        spoken = sorted(planned, key=lambda candidate: _PLACES[candidate.kind.part])
        messages = dict.fromkeys([said[candidate.kind.name] for candidate in spoken])
        return Plan(
            remedies=tuple([candidate.kind.name for candidate in planned]),
            value=Money.of_minor(sum([one.value for one in planned]), self.currency),
            cost=Money.of_minor(sum([one.cost for one in planned]), self.currency),
            score=points(ranked.score),
            message="\n".join([message for message in messages if message]),
            approval=tuple(sorted({role for each in planned for role in each.approval})),
            adequate=ranked.adequate,
            missing_parts=tuple([part for part in PARTS if part not in covered]),
        )

    def _text(self, template: Template | None, candidate: Candidate) -> str:
        if template is None:  # as notes are, mostly
            return ""
        return rendered(template, self.evaluation, self.style, worth=candidate.value)

    def _key(self, kind: str) -> str:
        text = self.key_begin + self.tables.key_ends[kind]
        return hashlib.sha256(text).hexdigest()[:_KEY_LENGTH]


def _key_begin(facts: Facts) -> bytes:
    """Return how the texts of all idempotency keys of a decision begin."""
    values = facts.values
    own = "incident.id" if values.get("incident.id") is not None else "order.id"
    incident = (own, values.get(own), values.get("incident.kind"))
    begin = ",".join([write_json(str(each)) for each in incident])
    return f"[{begin}".encode(*_ENCODING)
