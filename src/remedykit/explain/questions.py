"""Which unknown facts are worth asking for: each possible answer is decided again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from remedykit.errors import InputError
from remedykit.explain.answers import answer_text, possible_answers
from remedykit.explain.changes import changes_between
from remedykit.explain.deciding import Decider
from remedykit.facts.answered import answered
from remedykit.facts.derived import can_be_given
from remedykit.facts.patterns import PatternMatcher
from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy
from remedykit.language.types import ORDERED, FactDeclaration, Value
from remedykit.model.decision import Answer, Decision, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What may be asked about one decision.

    Attributes:
        policy: that decided.
        decide: makes its decisions.
        facts: those of the decision.
        decision: made on them.
        timeline: tells what follows from the timeline by the policy.
    """

    policy: CheckedPolicy
    decide: Callable[[Facts], Decision]
    facts: Facts
    decision: Decision
    timeline: PatternMatcher

    @classmethod
    def of(cls, decider: Decider, facts: Facts, decision: Decision) -> Asking:
        """Return what may be asked about a decision that a policy's decider made on facts."""
        return cls(
            policy=decider.policy,
            decide=decider.decide,
            facts=facts,
            decision=decision,
            timeline=decider.timeline,
        )

    def questions(self) -> tuple[Question, ...]:
        """Return the questions of the decision: those that unlock most first, then by name.

        One fact is varied at a time; an answer that only together with another would change
        anything shows once the other is known. What only follows from other facts is not asked,
        and neither is the moment of decision.
        """
        found = [self._question(fact) for fact in self._open()]
        asked = [question for question in found if question]
        return tuple(sorted(asked, key=lambda each: (-len(each.unlocks), each.fact)))

    def asked(self) -> Iterator[str]:
        """Yield the names of the facts that are asked for, each as soon as that is clear."""
        return (fact.name for fact in self._open() if self._is_asked(fact))

    def asks(self, name: str) -> bool:
        """Return whether there is a question about a fact."""
        return any(self._is_asked(fact) for fact in self._open() if fact.name == name)

    def _open(self) -> Iterator[FactDeclaration]:
        for name in self.decision.open_facts:
            fact = self.policy.schema.find(name)
            if fact is not None and can_be_given(fact):
                yield fact

    def _is_asked(self, fact: FactDeclaration) -> bool:
        return any(_changes_anything(answer) for answer in self._answers(fact))

    def _question(self, fact: FactDeclaration) -> Question | None:
        answers = tuple(self._telling(fact))
        if not any(_changes_anything(each) for each in answers):
            return None
        return Question(
            fact=fact.name,
            means=fact.means,
            unlocks=tuple(sorted({kind for answer in answers for kind in answer.offers})),
            answers=answers,
        )

    def _telling(self, fact: FactDeclaration) -> Iterator[Answer]:
        """Yield the answers; of ordered ones only the first that changes the same."""
        before: Answer | None = None
        for answer in self._answers(fact):
            ordered = fact.type.base in ORDERED
            if not ordered or before is None or _effect(before) != _effect(answer):
                yield answer
            before = answer

    def _answers(self, fact: FactDeclaration) -> Iterator[Answer]:
        """Yield each answer that can be given beside what is known, with what it changes."""
        for value in possible_answers(self.policy, self.facts, fact):
            try:
                facts = answered(self.facts, fact.name, value, self.timeline)
            except InputError:
                continue
            yield self._answer(fact, value, self.decide(facts))

    def _answer(self, fact: FactDeclaration, value: Value, other: Decision) -> Answer:
        now, then = _offered(self.decision), _offered(other)
        return Answer(
            value=answer_text(value, fact, self.facts, self.policy.schema),
            offers=tuple(sorted(then - now)),
            withdraws=tuple(sorted(now - then)),
            plan=other.plan.remedies,
            changes=changes_between(self.decision, other),
        )


def _changes_anything(answer: Answer) -> bool:
    return bool(answer.offers or answer.withdraws or answer.changes)


def _effect(answer: Answer) -> tuple[tuple[str, ...], ...]:
    return answer.offers, answer.withdraws, answer.plan, answer.changes


def _offered(decision: Decision) -> frozenset[str]:
    return frozenset(remedy.kind for remedy in decision.remedies)
