"""Which unknown facts are worth asking for: each possible answer is decided again."""

from __future__ import annotations

from collections.abc import Iterator

from remedykit.explain.answers import possible_answers
from remedykit.explain.deciding import decide_facts
from remedykit.explain.thresholds import with_fact
from remedykit.explain.wording import worded_value
from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy
from remedykit.language.types import ORDERED, FactDeclaration
from remedykit.model.decision import Answer, Decision, Question


def find_questions(policy: CheckedPolicy, facts: Facts, decision: Decision) -> tuple[Question, ...]:
    """Return the questions of a decision: those that unlock most first, then by name.

    One fact is varied at a time; an answer that only together with another would change anything
    shows once the other is known.
    """
    open_facts = [policy.schema.find(name) for name in decision.open_facts]
    found = [_question(policy, facts, decision, fact) for fact in open_facts if fact]
    asked = [question for question in found if question]
    return tuple(sorted(asked, key=lambda each: (-len(each.unlocks), each.fact)))


def _question(
    policy: CheckedPolicy, facts: Facts, decision: Decision, fact: FactDeclaration
) -> Question | None:
    answers = tuple(_answers(policy, facts, decision, fact))
    plan = set(decision.plan.remedies)
    if not any(each.offers or each.withdraws or set(each.plan) != plan for each in answers):
        return None
    return Question(
        fact=fact.name,
        means=fact.means,
        unlocks=tuple(sorted({kind for answer in answers for kind in answer.offers})),
        answers=answers,
    )


def _answers(
    policy: CheckedPolicy, facts: Facts, decision: Decision, fact: FactDeclaration
) -> Iterator[Answer]:
    """Yield what each answer changes; of ordered answers only the first that changes the same."""
    now = _offered(decision)
    reads = tuple(each.name for each in decision.facts)
    before: Answer | None = None
    for value in possible_answers(policy, facts, fact):
        other = decide_facts(policy, with_fact(facts, fact.name, value), reads)
        then = _offered(other)
        answer = Answer(
            value=worded_value(value, fact.type.base, facts.currency),
            offers=tuple(sorted(then - now)),
            withdraws=tuple(sorted(now - then)),
            plan=other.plan.remedies,
        )
        if fact.type.base not in ORDERED or before is None or _changes(before) != _changes(answer):
            yield answer
        before = answer


def _changes(answer: Answer) -> tuple[tuple[str, ...], ...]:
    return answer.offers, answer.withdraws, answer.plan


def _offered(decision: Decision) -> frozenset[str]:
    return frozenset(remedy.kind for remedy in decision.remedies)
