"""Finds out why a decision is as it is: runs effects and engine again and keeps what they read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import assert_never

from remedykit.effects.candidates import Candidates
from remedykit.effects.properties import Properties, properties_of, properties_of_kind
from remedykit.effects.setting import Setting
from remedykit.explain.messages import rendered
from remedykit.explain.printing import Style
from remedykit.explain.tracing import Tracer
from remedykit.explain.why import Does, RemedyWhy, RuleTrace, Why
from remedykit.language.syntax import (
    Adjust,
    AskApproval,
    Entitle,
    Forbid,
    HandOver,
    Limit,
    Offer,
    RemedyKind,
    Rule,
    Template,
    Todo,
)
from remedykit.model.decision import Decision, Remedy, Withheld

NOT_OFFERED = "not offered: no rule that acts offers it"


@dataclass(frozen=True, slots=True)
class Reasons:
    """Answers «why?» for one decision.

    Attributes:
        found: what the effects stage made of the same facts.
    """

    decision: Decision
    setting: Setting
    found: Candidates
    tracer: Tracer

    @classmethod
    def of(cls, decision: Decision, setting: Setting, found: Candidates) -> Reasons:
        """Return the reasons behind a decision that was made in this setting."""
        style = Style.of(setting.policy, decision.currency)
        return cls(decision, setting, found, Tracer.of(setting.policy, setting.evaluation, style))

    def of_everything(self) -> Why:
        """Return the traces of all that was offered or withheld, and of the rules that acted.

        Rules that do not act are told only of what is withheld.
        """
        names = [remedy.kind for remedy in self.decision.remedies]
        names += [withheld.kind for withheld in self.decision.withheld]
        remedies = [self._remedy(name) for name in dict.fromkeys(names)]
        acting = [
            _only_acting(remedy) if remedy.score is not None else remedy for remedy in remedies
        ]
        others = tuple(
            self._rule(rule, None)
            for rule in self.setting.policy.rules
            if isinstance(rule.effect, HandOver | Todo) and self._acts(rule, None)
        )
        return self._why(acting, others)

    def of_kind(self, name: str) -> Why:
        """Return the traces of one remedy kind, with the rules that could offer it but do not."""
        return self._why([self._remedy(name)], ())

    def _why(self, remedies: Iterable[RemedyWhy], others: tuple[RuleTrace, ...]) -> Why:
        told = tuple(remedies)
        shown = {rule.id for remedy in told for rule in remedy.rules} | {each.id for each in others}
        clauses = self.setting.policy.rules + self.setting.policy.limits
        conditions = [clause.condition for clause in clauses if clause.id in shown]
        kinds = {remedy.kind for remedy in told if remedy.needs}
        for kind in self.setting.policy.remedies:
            conditions += [kind.needs, kind.states] if kind.name in kinds else []
        return Why(
            policy=self.decision.policy,
            remedies=told,
            others=others,
            defines=self.tracer.defines_behind(conditions),
        )

    # --- one remedy ----------------------------------------------------------------------------

    def _remedy(self, name: str) -> RemedyWhy:
        kind = next(kind for kind in self.setting.policy.remedies if kind.name == name)
        remedy = next((each for each in self.decision.remedies if each.kind == name), None)
        withheld = next((each for each in self.decision.withheld if each.kind == name), None)
        about = self._properties(kind)
        clauses: tuple[Rule | Limit, ...] = self.setting.policy.rules + self.setting.policy.limits
        return RemedyWhy(
            kind=name,
            part=kind.part,
            title=kind.title,
            standing=_standing(remedy, withheld),
            score=remedy.score if remedy else None,
            breakdown=remedy.breakdown if remedy else (),
            assumptions=remedy.assumptions if remedy else (),
            needs=self.tracer.tests(kind.needs) + self.tracer.tests(kind.states),
            rules=tuple(self._rule(each, about) for each in clauses if self._concerns(each, about)),
        )

    def _properties(self, kind: RemedyKind) -> Properties:
        for candidate in self.found.candidates:
            if candidate.kind.name == kind.name:
                return properties_of(candidate, self.setting.facts)
        return properties_of_kind(kind, kind.basis, self.setting.facts)

    def _concerns(self, clause: Rule | Limit, about: Properties) -> bool:
        """Return whether a clause offers this kind, acting or not, or acts on it otherwise."""
        if isinstance(clause, Rule) and isinstance(clause.effect, Offer | Entitle):
            return any(outcome.kind == about.kind for outcome in clause.effect.outcomes)
        if isinstance(clause, Rule) and isinstance(clause.effect, HandOver | Todo):
            return False
        return self._acts(clause, about)

    # --- one rule ------------------------------------------------------------------------------

    def _rule(self, clause: Rule | Limit, about: Properties | None) -> RuleTrace:
        does, detail = self._effect(clause)
        tests = self.tracer.tests(clause.condition)
        if about is not None:
            remedy = self.tracer.about(self.setting.evaluation.about(about.values))
            tests += remedy.tests(clause.remedy_condition)
        because = clause.because if isinstance(clause, Rule) else None
        return RuleTrace(
            id=clause.id,
            does=does,
            detail=detail,
            acts=self._acts(clause, about),
            place=str(clause.place),
            because=self._because(because) if isinstance(clause, Rule) else clause.why,
            source=clause.source if isinstance(clause, Rule) else "",
            tests=tests,
        )

    def _because(self, because: Template | None) -> str:
        tracer = self.tracer
        return rendered(because, tracer.evaluation, tracer.style, hidden=tracer.personal)

    def _acts(self, clause: Rule | Limit, about: Properties | None) -> bool:
        """Return whether a clause acts: what hinders does so unless it is definitely false."""
        if isinstance(clause, Limit):
            return about is not None and self.setting.applies(clause, clause.of, about) is not False
        match clause.effect:
            case Offer() | Entitle() | Todo():
                return self.setting.matches.truth(f"rule:{clause.id}") is True
            case HandOver():
                return self.setting.matches.truth(f"rule:{clause.id}") is not False
            case Adjust(of=of):
                return about is not None and self.setting.applies(clause, of, about) is True
            case Forbid(of=of) | AskApproval(of=of):
                return about is not None and self.setting.applies(clause, of, about) is not False
            case _ as unreachable:
                assert_never(unreachable)

    def _effect(self, clause: Rule | Limit) -> tuple[Does, str]:
        if isinstance(clause, Limit):
            return "limits", f"to at most {self.tracer.amount(clause.at_most)}"
        match clause.effect:
            case Offer():
                return "offers", ""
            case Entitle():
                return "entitles to", ""
            case Forbid():
                return "forbids", ""
            case Adjust(points=points):
                return "adjusts", f"by {points:+} points"
            case AskApproval(by=role):
                return "asks approval for", f"by {role}"
            case HandOver(to=to):
                return "hands over", f"to {to}"
            case Todo(tasks=tasks):
                return "adds to-do", ", ".join(tasks)
            case _ as unreachable:
                assert_never(unreachable)


def _only_acting(remedy: RemedyWhy) -> RemedyWhy:
    return replace(remedy, rules=tuple(rule for rule in remedy.rules if rule.acts))


def _standing(remedy: Remedy | None, withheld: Withheld | None) -> str:
    if remedy is not None:
        where = "in the plan" if remedy.in_plan else "an alternative"
        confirm = ", to confirm" if remedy.to_confirm else ""
        return f"{where}, rank {remedy.rank}, {remedy.basis}{confirm}"
    if withheld is not None:
        facts = f"; unknown: {', '.join(withheld.facts)}" if withheld.facts else ""
        return f"withheld, {withheld.reason} ({withheld.rule}){facts}"
    return NOT_OFFERED
