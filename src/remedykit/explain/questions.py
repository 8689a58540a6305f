"""Which unknown facts are worth asking for: each possible answer is decided again."""

from __future__ import annotations

from collections.abc import Iterator

from remedykit.errors import InputError
from remedykit.explain.answers import answer_text, possible_answers
from remedykit.explain.changes import changes_between
from remedykit.explain.deciding import Decider
from remedykit.facts.answered import answered
from remedykit.facts.derived import can_be_given
from remedykit.facts.values import Facts
from remedykit.language.types import ORDERED, FactDeclaration, Value
from remedykit.model.decision import Answer, Decision, Question


def find_questions(decider: Decider, facts: Facts, decision: Decision) -> tuple[Question, ...]:
    """Return the questions of a decision: those that unlock most first, then by name.

    One fact is varied at a time; an answer that only together with another would change anything
    shows once the other is known. What only follows from other facts is not asked, and neither is
    the moment of decision.
    """
    open_facts = [decider.policy.schema.find(name) for name in decision.open_facts]
    found = [
        _question(decider, facts, decision, fact)
        for fact in open_facts
        if fact is not None and can_be_given(fact)
    ]
    asked = [question for question in found if question]
    return tuple(sorted(asked, key=lambda each: (-len(each.unlocks), each.fact)))


def _question(
    decider: Decider, facts: Facts, decision: Decision, fact: FactDeclaration
) -> Question | None:
    answers = tuple(_answers(decider, facts, decision, fact))
    if not any(each.offers or each.withdraws or each.changes for each in answers):
        return None
    return Question(
        fact=fact.name,
        means=fact.means,
        unlocks=tuple(sorted({kind for answer in answers for kind in answer.offers})),
        answers=answers,
    )


def _answers(
    decider: Decider, facts: Facts, decision: Decision, fact: FactDeclaration
) -> Iterator[Answer]:
    """Yield what each answer changes; of ordered answers only the first that changes the same."""
    before: Answer | None = None
    for value in possible_answers(decider.policy, facts, fact):
        answer = _answer(decider, facts, decision, fact, value)
        if answer is None:
            continue
        if fact.type.base not in ORDERED or before is None or _effect(before) != _effect(answer):
            yield answer
        before = answer


def _answer(
    decider: Decider, facts: Facts, decision: Decision, fact: FactDeclaration, value: Value
) -> Answer | None:
    """Return what one answer changes; ``None`` if it cannot be given beside what is known."""
    try:
        other = decider.decide(answered(facts, fact.name, value))
    except InputError:
        return None
    now, then = _offered(decision), _offered(other)
    return Answer(
        value=answer_text(value, fact, facts, decider.policy.schema),
        offers=tuple(sorted(then - now)),
        withdraws=tuple(sorted(now - then)),
        plan=other.plan.remedies,
        changes=changes_between(decision, other),
    )


def _effect(answer: Answer) -> tuple[tuple[str, ...], ...]:
    return answer.offers, answer.withdraws, answer.plan, answer.changes


def _offered(decision: Decision) -> frozenset[str]:
    return frozenset(remedy.kind for remedy in decision.remedies)
