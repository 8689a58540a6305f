"""Why a decision is not as expected: which test of which rule came out how, with which value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from remedykit.authoring.scenarios.deciding_tests import DecidingTests
from remedykit.explain.reasons import Reasons
from remedykit.explain.why import RemedyWhy, RuleTrace
from remedykit.explain.why_text import score_line
from remedykit.language.syntax import AskApproval, Forbid, HandOver, Rule, Todo
from remedykit.model.decision import Decision
from remedykit.policy import Policy

_CLAIMS = ("offers", "entitles to")


@dataclass(frozen=True, slots=True)
class Causes:
    """Tells why, about one decision of one policy; every answer is a few short lines."""

    reasons: Reasons

    @classmethod
    def of(cls, policy: Policy, decision: Decision) -> Causes:
        """Run the decision again and keep what it read."""
        return cls(Reasons.of(decision, policy.decider.settle(policy.facts_of(decision))))

    # --- remedies that did not come ------------------------------------------------------------

    def missing(self, kind: str) -> Iterator[str]:
        """Yield why a kind is not offered."""
        why, tests = self._why(kind)
        yield _standing(why)
        if why.standing.startswith("withheld"):
            yield from self._held_back(why, tests)
            return
        claims = [rule for rule in why.rules if rule.does in _CLAIMS]
        for rule in claims:
            yield from _because(f"`{rule.id}` does not act", rule, tests)
        if not claims:
            yield f"no rule offers {kind}"

    def not_in_plan(self, kinds: Iterable[str]) -> Iterator[str]:
        """Yield why kinds are not in the plan, whether they are offered or not."""
        offered = {remedy.kind for remedy in self.reasons.decision.remedies}
        for kind in kinds:
            if kind in offered:
                yield self._ranked(kind)
            else:
                yield from self.missing(kind)

    def order(self, kinds: Iterable[str]) -> Iterator[str]:
        """Yield what places kinds have and why: their scores, or why they are not offered."""
        yield from self.not_in_plan(dict.fromkeys(kinds))

    # --- remedies that came --------------------------------------------------------------------

    def came(self, kinds: Iterable[str]) -> Iterator[str]:
        """Yield why kinds are offered."""
        for kind in kinds:
            why, tests = self._why(kind)
            yield _standing(why)
            for rule in why.rules:
                if rule.does in _CLAIMS and rule.acts:
                    yield from _because(f"`{rule.id}` {rule.does} it", rule, tests)

    def not_withheld(self, kind: str, reason: str) -> Iterator[str]:
        """Yield why a kind is not withheld for a reason."""
        why, tests = self._why(kind)
        if not _is_offered(why):
            yield from self.missing(kind)
        else:
            yield from self.came((kind,))
        if reason == "forbidden":
            yield from self._effects(
                lambda rule: isinstance(rule.effect, Forbid) and kind in rule.effect.of.kinds,
                "forbids",
            )
        if reason in {"infeasible", "entitled_but_infeasible"}:
            for line in tests.lines(why.needs):
                yield f"its preconditions: {line}"

    def value(self, kind: str) -> Iterator[str]:
        """Yield what gave a kind its value."""
        why, _ = self._why(kind)
        yield _standing(why)
        for rule in why.rules:
            if rule.acts and rule.does in {*_CLAIMS, "limits"}:
                yield f"`{rule.id}` {rule.does} {rule.detail or 'it'} ({rule.place})"

    def approval(self, kind: str) -> Iterator[str]:
        """Yield which rules ask for an approval of a kind, and which do not."""
        why, tests = self._why(kind)
        asking = {rule.id for rule in why.rules if rule.does == "asks approval for"}
        for rule in why.rules:
            if rule.id in asking:
                yield from _because(f"`{rule.id}` {rule.does} it {rule.detail}", rule, tests)
        yield from self._effects(
            lambda rule: (
                isinstance(rule.effect, AskApproval)
                and kind in rule.effect.of.kinds
                and rule.id not in asking
            ),
            "asks approval",
        )

    # --- beside the remedies -------------------------------------------------------------------

    def unasked(self, facts: Iterable[str]) -> Iterator[str]:
        """Yield why facts are not asked."""
        unknown = {fact.name for fact in self.reasons.decision.facts if fact.value is None}
        for fact in facts:
            told = "no answer to it would change the decision" if fact in unknown else "it is known"
            yield f"{fact} is not asked: {told}"

    def handed(self, desks: frozenset[str]) -> Iterator[str]:
        """Yield which rules hand over to these, and which do not."""
        for each in self.reasons.decision.hand_over:
            if each.to in desks and not each.rule:
                yield f"{each.to} takes it, because of {each.reason}"
        yield from self._effects(
            lambda rule: isinstance(rule.effect, HandOver) and rule.effect.to in desks, "hands over"
        )

    def tasks(self, tasks: frozenset[str]) -> Iterator[str]:
        """Yield which rules add these to the to-do list, and which do not."""
        yield from self._effects(
            lambda rule: isinstance(rule.effect, Todo) and not tasks.isdisjoint(rule.effect.tasks),
            "adds it",
        )

    # --- parts ---------------------------------------------------------------------------------

    def _why(self, kind: str) -> tuple[RemedyWhy, DecidingTests]:
        why = self.reasons.of_kind(kind)
        return why.remedies[0], DecidingTests(why.defines)

    def _effects(self, fits: Callable[[Rule], bool], does: str) -> Iterator[str]:
        """Yield whether rules act that have an effect, and by which tests."""
        for rule in self.reasons.policy.rules:
            if fits(rule):
                trace = self.reasons.of_rule(rule)
                defines = self.reasons.tracer.defines_behind([rule.condition])
                holds = self.reasons.holds(rule)
                done = f"`{rule.id}` {does}" if holds else f"`{rule.id}` does not act"
                yield from _because(done, trace, DecidingTests(defines))

    def _held_back(self, why: RemedyWhy, tests: DecidingTests) -> Iterator[str]:
        for rule in why.rules:
            if rule.acts and rule.does == "forbids":
                yield from _because(f"`{rule.id}` forbids it", rule, tests)
        if "infeasible" in why.standing or "needs_fact" in why.standing:
            for line in tests.lines(why.needs):
                yield f"its preconditions: {line}"

    def _ranked(self, kind: str) -> str:
        remedy = next(each for each in self.reasons.decision.remedies if each.kind == kind)
        where = "in the plan" if remedy.in_plan else "an alternative"
        score = score_line(remedy.score, remedy.breakdown)
        return f"{kind} is {where}, rank {remedy.rank}, score {score}"


def _standing(why: RemedyWhy) -> str:
    told = f"{why.kind} is {why.standing}"
    return f"{told}: {why.happened}" if why.happened else told


def _is_offered(why: RemedyWhy) -> bool:
    return why.score is not None


def _because(done: str, rule: RuleTrace, tests: DecidingTests) -> Iterator[str]:
    lines = list(tests.lines(rule.tests)) or ["it has no test"]
    yield f"{done} ({rule.place}):"
    yield from (f"  {line}" for line in lines)
