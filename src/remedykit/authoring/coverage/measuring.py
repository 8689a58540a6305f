"""Measuring: which targets of a policy a decision shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from remedykit.authoring.coverage.coverage import Coverage
from remedykit.authoring.coverage.probes import look
from remedykit.authoring.coverage.watched import Watched, WatchedClause, WatchedRows
from remedykit.effects.candidates import Candidate
from remedykit.effects.offered import claims_by_kind
from remedykit.effects.properties import Properties, properties_of, properties_of_kind
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.explain.course import Course, Layers
from remedykit.language.syntax import AskApproval, Forbid, Limit, Rule
from remedykit.model.decision import Decision, PolicyRef
from remedykit.model.words import WithheldReason
from remedykit.policy import Policy

_OVER_LIMIT: WithheldReason = "over_limit"  # only limits withhold for it, whatever rules are called


def measured(policy: Policy, decisions: Iterable[Decision]) -> Coverage:
    """Return what of a policy some decisions have shown.

    Args:
        policy: which decided.
        decisions: of its scenarios, say.

    Raises:
        InputError: if another policy decided.
    """
    return Meter.of(policy).measured(decisions)


@dataclass(frozen=True, slots=True)
class Meter:
    """Measures decisions of one policy; make one with `of` and use it many times."""

    policy: Policy
    watched: Watched

    @classmethod
    def of(cls, policy: Policy) -> Meter:
        """Return what measures the decisions of a policy."""
        return cls(policy, Watched.of(policy.checked))

    def measured(self, decisions: Iterable[Decision]) -> Coverage:
        """Return what decisions have shown together.

        Raises:
            InputError: if another policy decided.
        """
        seen = count = 0
        for decision in decisions:
            seen |= self.seen_by(decision)
            count += 1
        return self.coverage(seen, count)

    def coverage(self, seen: int, decisions: int) -> Coverage:
        """Return the coverage of so many decisions that have shown targets, a set of bits."""
        checked = self.policy.checked
        return Coverage(
            policy=PolicyRef(name=checked.name, version=checked.version, digest=checked.digest),
            targets=self.watched.targets,
            seen=seen,
            decisions=decisions,
        )

    def seen_by(self, decision: Decision) -> int:
        """Return the targets that a decision shows: bit `n` is ``watched.targets[n]``.

        Tests are told by the reference engine on the facts that the decision keeps.

        Raises:
            InputError: if another policy decided.
        """
        facts = self.policy.facts_of(decision)
        evaluation = ReferenceEvaluation(self.policy.checked, facts)
        setting = self.policy.decider.settle(facts)
        claimed = sorted(claims_by_kind(setting))
        courses: tuple[Course, ...] = ()
        if self.watched.about_remedies:
            layers = Layers.of(setting)
            courses = tuple(layers.course(self.watched.kinds[name].kind) for name in claimed)
        seen = self._offered(decision) | self._conditions(claimed, evaluation)
        for clause in self.watched.clauses:
            seen |= _seen_of(clause, evaluation, courses)
        return seen | self._reached(decision, courses)

    def _offered(self, decision: Decision) -> int:
        seen = 0
        for remedy in decision.remedies:
            kind = self.watched.kinds[remedy.kind]
            seen |= kind.offered | (kind.first if remedy.rank_in_part == 1 else 0)
        return seen

    def _conditions(self, claimed: Sequence[str], evaluation: ReferenceEvaluation) -> int:
        """Return what is seen of defines, and of what remedies need that some rule claims."""
        seen = 0
        for define in self.watched.defines:
            if isinstance(define, WatchedRows):
                seen |= _chosen(define, evaluation)
            else:
                seen |= look(define, evaluation).seen
        for name in claimed:
            seen |= look(self.watched.kinds[name].conditions, evaluation).seen
        return seen

    def _reached(self, decision: Decision, courses: tuple[Course, ...]) -> int:
        """Return the limits that a remedy exceeds, by itself or with the others of the plan.

        What is held back until a fact is known exceeds nothing yet.
        """
        limits = {each.clause.id: each.reached for each in self.watched.clauses if each.reached}
        if not limits:
            return 0
        held = [each.rule for each in decision.withheld if each.reason == _OVER_LIMIT]
        held += [
            hold.limit
            for course in courses
            for _, hold in course.exceeded()
            if hold.obstacle.reason == _OVER_LIMIT
        ]
        seen = 0
        for limit in held:
            seen |= limits.get(limit, 0)
        return seen


def _chosen(define: WatchedRows, evaluation: ReferenceEvaluation) -> int:
    """Return which rows match; of a table that takes the first, no row after a match is looked at.

    A row is chosen where it surely matches, and no row that would go before it may.
    """
    seen, is_open, matched = 0, False, False
    for probe, row in define.rows:
        truth, tests = look(probe, evaluation)
        seen |= tests
        if truth is True and not (define.is_first and is_open):
            seen |= row
        matched, is_open = matched or truth is True, is_open or truth is None
        if matched and define.is_first:
            break
    return seen if matched or is_open else seen | define.otherwise


def _seen_of(
    watched: WatchedClause, evaluation: ReferenceEvaluation, courses: tuple[Course, ...]
) -> int:
    """Return what is seen of a rule or limit."""
    truth, seen = look(watched.on_facts, evaluation)
    if truth is True:
        seen |= watched.fires
    of = watched.of
    if of is None or truth is False:
        return seen
    for remedy in _remedies_for(watched.clause, courses):
        if remedy.kind in of.kinds and of.basis in (None, remedy.basis):
            on_remedy = look(watched.on_remedy, evaluation.about(remedy.values))
            seen |= on_remedy.seen
            if truth is True and on_remedy.truth is True:
                seen |= watched.applies
    return seen


def _remedies_for(clause: Rule | Limit, courses: tuple[Course, ...]) -> Iterator[Properties]:
    """Yield the remedies that a clause could act on, as it sees them."""
    for course in courses:
        facts = course.layers.setting.facts
        match clause:
            case Rule(effect=Forbid()):
                for claim in course.claims:
                    if not claim.entitled:
                        yield properties_of_kind(course.kind, claim.basis, facts)
            case _:
                for candidate in _versions_for(clause, course):
                    yield properties_of(candidate, facts)


def _versions_for(clause: Rule | Limit, course: Course) -> Iterator[Candidate]:
    versions = course.unlimited if isinstance(clause, Limit) else course.limited
    rights_too = isinstance(clause, Rule) and not isinstance(clause.effect, AskApproval)
    yield from (each for each in versions if rights_too or not each.owed)
