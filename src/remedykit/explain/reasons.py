"""Finds out why a decision is as it is: runs effects and engine again and keeps what they read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from remedykit.effects.setting import Setting
from remedykit.explain.course import Course, Layers
from remedykit.explain.happened import Teller
from remedykit.explain.messages import rendered
from remedykit.explain.printing import Style
from remedykit.explain.tracing import Tracer
from remedykit.explain.why import Does, RemedyWhy, RuleTrace, Why
from remedykit.language.syntax import (
    Adjust,
    AskApproval,
    CheckedPolicy,
    DefineRead,
    Entitle,
    Expression,
    Forbid,
    HandOver,
    Limit,
    Offer,
    Rule,
    Selector,
    Template,
    Todo,
)
from remedykit.language.types import Truth
from remedykit.model.decision import Decision, Remedy, Withheld
from remedykit.ranking.caps import PERK_CEILING
from remedykit.ranking.perks import PERK_WHEN

NOT_OFFERED = "not offered: no rule that acts offers it"


@dataclass(frozen=True, slots=True)
class Reasons:
    """Answers «why?» for one decision.

    Attributes:
        layers: what became of each remedy on the same facts, layer by layer.
    """

    decision: Decision
    layers: Layers
    tracer: Tracer

    @classmethod
    def of(cls, decision: Decision, setting: Setting) -> Reasons:
        """Return the reasons behind a decision that was made in this setting."""
        style = Style.of(setting.policy, decision.currency)
        tracer = Tracer.of(setting.policy, setting.evaluation, style)
        return cls(decision, Layers.of(setting), tracer)

    @property
    def policy(self) -> CheckedPolicy:
        """The policy that decided."""
        return self.layers.setting.policy

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
            for rule in self.policy.rules
            if isinstance(rule.effect, HandOver | Todo) and self._acts(rule)
        )
        return self._why(acting, others)

    def of_kind(self, name: str) -> Why:
        """Return the traces of one remedy kind, with the rules that could offer it but do not."""
        return self._why([self._remedy(name)], ())

    def of_rule(self, rule: Rule) -> RuleTrace:
        """Return the trace of one rule, apart from any remedy, whether it acts or not."""
        return self._rule(rule, None)

    def _why(self, remedies: Iterable[RemedyWhy], others: tuple[RuleTrace, ...]) -> Why:
        told = tuple(remedies)
        return Why(
            policy=self.decision.policy,
            remedies=told,
            others=others,
            defines=self.tracer.defines_behind(self._read(told, others)),
        )

    def _read(
        self, remedies: tuple[RemedyWhy, ...], others: tuple[RuleTrace, ...]
    ) -> Iterator[Expression]:
        """Yield every expression behind what is told."""
        shown = {rule.id for remedy in remedies for rule in remedy.rules}
        shown |= {rule.id for rule in others}
        for clause in self.policy.rules + self.policy.limits:
            if clause.id in shown:
                yield clause.condition
                yield from (clause.at_most,) if isinstance(clause, Limit) else ()
        kinds = {remedy.kind for remedy in remedies if remedy.needs}
        for kind in self.policy.remedies:
            yield from (kind.needs, kind.states) if kind.name in kinds else ()
        told = {remedy.kind for remedy in remedies}
        ranking = self.policy.ranking
        named = {PERK_WHEN: ranking.perk_when, PERK_CEILING: ranking.loss}
        wanted = {named.get(each.rule) for each in self.decision.withheld if each.kind in told}
        for define in self.policy.defines:
            if define.name in wanted:
                yield DefineRead(define.name, define.type, define.place)

    # --- one remedy ----------------------------------------------------------------------------

    def _remedy(self, name: str) -> RemedyWhy:
        kind = next(kind for kind in self.policy.remedies if kind.name == name)
        remedy = next((each for each in self.decision.remedies if each.kind == name), None)
        withheld = next((each for each in self.decision.withheld if each.kind == name), None)
        course = self.layers.course(kind)
        clauses: tuple[Rule | Limit, ...] = self.policy.rules + self.policy.limits
        return RemedyWhy(
            kind=name,
            part=kind.part,
            title=kind.title,
            standing=standing_of(remedy, withheld),
            happened=Teller(self.layers, self.tracer).told(course),
            score=remedy.score if remedy else None,
            breakdown=remedy.breakdown if remedy else (),
            assumptions=remedy.assumptions if remedy else (),
            needs=self.tracer.tests(kind.needs) + self.tracer.tests(kind.states),
            rules=tuple(
                self._rule(clause, course)
                for clause in clauses
                if _claims(clause, name) or course.acted_on_by(clause) is not None
            ),
        )

    # --- one rule ------------------------------------------------------------------------------

    def _rule(self, clause: Rule | Limit, course: Course | None) -> RuleTrace:
        does, detail = self._effect(clause, course)
        tests = self.tracer.tests(clause.condition)
        seen = None if course is None else course.acted_on_by(clause)
        if seen is not None:
            remedy = self.tracer.about(self.layers.setting.evaluation.about(seen.values))
            tests += remedy.tests(clause.remedy_condition)
        because = clause.because if isinstance(clause, Rule) else None
        return RuleTrace(
            id=clause.id,
            does=does,
            detail=detail,
            acts=seen is not None or self._acts(clause),
            place=str(clause.place),
            because=self._because(because) if isinstance(clause, Rule) else clause.why,
            source=clause.source if isinstance(clause, Rule) else "",
            tests=tests,
        )

    def _because(self, because: Template | None) -> str:
        tracer = self.tracer
        return rendered(because, tracer.evaluation, tracer.style, hidden=tracer.personal)

    def _acts(self, clause: Rule | Limit) -> bool:
        """Return whether a rule that is not about a remedy at hand acts: a hand-over may."""
        match clause:
            case Rule(effect=Offer() | Entitle() | Todo()):
                return self.holds(clause) is True
            case Rule(effect=HandOver()):
                return self.holds(clause) is not False
            case _:
                return False

    def holds(self, rule: Rule) -> Truth:
        """Return whether the condition of a rule holds; ``None`` if that is unknown."""
        setting = self.layers.setting
        return setting.matches.truth(setting.tables.rule_numbers[rule.id])

    def _effect(self, clause: Rule | Limit, course: Course | None) -> tuple[Does, str]:
        if isinstance(clause, Limit):
            amount = f"to at most {self.tracer.amount(clause.at_most)}"
            return "limits", f"{_of_basis(clause.of)}{amount}"
        match clause.effect:
            case Offer(basis=override):
                basis = override or ("standard" if course is None else course.kind.basis)
                return "offers", "" if basis == "standard" else f"as {basis}"
            case Entitle():
                return "entitles to", ""
            case Forbid(of=of):
                return "forbids", _of_basis(of).rstrip()
            case Adjust(of=of, points=points):
                return "adjusts", f"{_of_basis(of)}by {points:+} points"
            case AskApproval(of=of, by=role):
                return "asks approval for", f"{_of_basis(of)}by {role}"
            case HandOver(to=to):
                return "hands over", f"to {to}"
            case Todo(tasks=tasks):
                return "adds to-do", ", ".join(tasks)
            case _ as unreachable:
                assert_never(unreachable)


def _claims(clause: Rule | Limit, kind: str) -> bool:
    """Return whether a rule offers a kind, or entitles to it, when it acts."""
    match clause:
        case Rule(effect=Offer(outcomes=outcomes) | Entitle(outcomes=outcomes)):
            return any(outcome.kind == kind for outcome in outcomes)
        case _:
            return False


def _of_basis(of: Selector) -> str:
    return f"what is {of.basis} " if of.basis else ""


def _only_acting(remedy: RemedyWhy) -> RemedyWhy:
    return replace(remedy, rules=tuple(rule for rule in remedy.rules if rule.acts))


def standing_of(remedy: Remedy | None, withheld: Withheld | None) -> str:
    """Return where a remedy kind stands: offered, withheld, or neither."""
    if remedy is not None:
        where = "in the plan" if remedy.in_plan else "an alternative"
        confirm = ", to confirm" if remedy.to_confirm else ""
        return f"{where}, rank {remedy.rank}, {remedy.basis}{confirm}"
    if withheld is not None:
        facts = f"; unknown: {', '.join(withheld.facts)}" if withheld.facts else ""
        return f"withheld, {withheld.reason} ({withheld.rule}){facts}"
    return NOT_OFFERED
