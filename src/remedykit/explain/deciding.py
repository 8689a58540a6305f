"""From facts to a decision: match, effects, ranking, and the decision written out in words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from remedykit.effects.candidates import Candidate, Candidates
from remedykit.effects.layers import effects
from remedykit.effects.properties import properties_of
from remedykit.effects.setting import Setting
from remedykit.effects.tables import EffectTables
from remedykit.engine.matching import Engine, Evaluation
from remedykit.explain.messages import rendered
from remedykit.explain.printing import Style
from remedykit.explain.reads import facts_needed
from remedykit.explain.stored import stored_facts, stored_offers
from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy, Template
from remedykit.model.decision import (
    Contribution,
    Decision,
    Plan,
    PolicyRef,
    Remedy,
)
from remedykit.model.json_text import write_json
from remedykit.model.money import Money
from remedykit.model.words import PARTS
from remedykit.ranking.rank import rank
from remedykit.ranking.result import Ranked, Scored

_KEY_LENGTH = 32  # hexadecimal digits: 128 bits, as in a UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """A policy with all that can be made ready before any facts are known.

    Attributes:
        policy: the checked policy.
        engine: evaluates it.
        reads: names of the facts that its decisions can depend on; a decision keeps these and no
            others.
    """

    policy: CheckedPolicy
    engine: Engine
    reads: tuple[str, ...]
    effect_tables: EffectTables

    @classmethod
    def of(cls, policy: CheckedPolicy, engine: Engine) -> Decider:
        """Make a policy ready."""
        return cls(
            policy=policy,
            engine=engine,
            reads=facts_needed(policy),
            effect_tables=EffectTables.of(policy),
        )

    def settle(self, facts: Facts) -> Setting:
        """Return facts with what the engine makes of them: the ground of a decision."""
        return Setting.of(self.effect_tables, self.engine.evaluate(facts))

    def decide(self, facts: Facts) -> Decision:
        """Return the decision on facts; the same facts give the same decision."""
        setting = self.settle(facts)
        found = effects(setting)
        return _written(self, setting, found, rank(self.policy, facts, setting.evaluation, found))


def _written(decider: Decider, setting: Setting, found: Candidates, ranked: Ranked) -> Decision:
    policy, facts = setting.policy, setting.facts
    writer = _Writer(policy, facts, setting.evaluation, Style.of(policy, facts.currency))
    incident_id, at = facts.values.get("incident.id"), facts.values.get("at")
    return Decision(
        incident_id=incident_id if isinstance(incident_id, str) else None,
        remedies=tuple(writer.remedy(scored) for scored in ranked.remedies),
        plan=writer.plan(ranked),
        withheld=tuple(
            sorted(found.withheld + ranked.withheld, key=lambda each: (each.kind, each.reason))
        ),
        open_facts=tuple(sorted({*found.open_facts, *ranked.open_facts})),
        hand_over=found.hand_over + ranked.hand_over,
        todo=found.todo,
        overridden_desire=ranked.overridden_desire,
        policy=reference_to(policy),
        at=at if isinstance(at, datetime) else None,
        currency=facts.currency,
        facts=stored_facts(facts, policy.schema, decider.reads),
        offers=stored_offers(facts),
    )


def reference_to(policy: CheckedPolicy) -> PolicyRef:
    """Return a policy's name, version and digest."""
    return PolicyRef(name=policy.name, version=policy.version, digest=policy.digest)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes out what was ranked."""

    policy: CheckedPolicy
    facts: Facts
    evaluation: Evaluation
    style: Style

    def remedy(self, scored: Scored) -> Remedy:
        candidate = scored.candidate
        kind = candidate.kind
        return Remedy(
            kind=kind.name,
            part=kind.part,
            title=kind.title,
            rank=scored.rank,
            rank_in_part=scored.rank_in_part,
            in_plan=scored.in_plan,
            adequate=scored.adequate,
            basis=candidate.basis,
            value=None if _is_mere_word(candidate) else self._money(candidate.value),
            cost=self._money(candidate.cost),
            cost_is_estimated=candidate.cost_is_estimated,
            score=points(scored.score),
            breakdown=tuple(Contribution(name, points(each)) for name, each in scored.breakdown),
            assumptions=scored.assumptions,
            resolved_in_days=candidate.resolved_in_days,
            effort_0_to_5=candidate.effort_0_to_5,
            message=self._message(candidate),
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

    def plan(self, ranked: Ranked) -> Plan:
        planned = [scored.candidate for scored in ranked.plan]
        covered = {candidate.kind.part for candidate in planned}
        return Plan(
            remedies=tuple(candidate.kind.name for candidate in planned),
            value=self._money(sum(candidate.value for candidate in planned)),
            cost=self._money(sum(candidate.cost for candidate in planned)),
            score=points(ranked.score),
            message=self._whole_message(planned),
            approval=tuple(sorted({role for each in planned for role in each.approval})),
            adequate=ranked.adequate,
            missing_parts=tuple(part for part in PARTS if part not in covered),
        )

    def _whole_message(self, planned: Iterable[Candidate]) -> str:
        spoken = sorted(planned, key=lambda candidate: PARTS.index(candidate.kind.part))
        messages = dict.fromkeys(self._message(candidate) for candidate in spoken)
        return "\n".join(message for message in messages if message)

    def _message(self, candidate: Candidate) -> str:
        return self._text(candidate.say, candidate)

    def _text(self, template: Template | None, candidate: Candidate) -> str:
        about = self.evaluation.about(properties_of(candidate, self.facts).values)
        return rendered(template, about, self.style)

    def _money(self, minor: int) -> Money:
        return Money.of_minor(minor, self.facts.currency)

    def _key(self, kind: str) -> str:
        values = self.facts.values
        own = "incident.id" if values.get("incident.id") is not None else "order.id"
        incident = (own, values.get(own), values.get("incident.kind"))
        text = write_json([*map(str, incident), kind, self.policy.digest])
        return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:_KEY_LENGTH]


def points(thousandths: int) -> Decimal:
    """Return thousandths as points, with one decimal place."""
    digits = tuple(map(int, str(abs(thousandths))))
    return Decimal((int(thousandths < 0), digits, -1))


def _is_mere_word(candidate: Candidate) -> bool:
    return candidate.kind.part in {"apology", "explanation"} and candidate.value == 0
