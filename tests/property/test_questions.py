"""What a question announces is what its answer gives, handed in as any other fact."""

from typing import Any

import pytest
from hypothesis import assume, given, settings

from remedykit import Decision
from remedykit.explain.changes import changes_between
from remedykit.model.decision import Answer
from strategies.handed_in import POLICIES, decided, situations, with_answer


def announced(before: Decision, after: Decision, answer: Answer) -> None:
    now, then = ({remedy.kind for remedy in each.remedies} for each in (before, after))
    assert set(answer.offers) == then - now
    assert set(answer.withdraws) == now - then
    assert answer.plan == after.plan.remedies
    assert answer.changes == changes_between(before, after)


@pytest.mark.parametrize("name", POLICIES)
@settings(max_examples=max(5, settings().max_examples // 4))  # each decides some 50 times
@given(given_=situations())
def test_handing_in_an_answer_gives_what_the_question_announced(
    name: str, given_: dict[str, Any]
) -> None:
    policy = POLICIES[name]
    try:
        before = decided(policy, given_)
    except ValueError:  # times that contradict each other
        assume(False)
        raise
    for question in policy.questions(before):
        assert any(each.offers or each.withdraws or each.changes for each in question.answers)
        for answer in question.answers:
            after = decided(policy, with_answer(policy, given_, question.fact, answer.value))
            announced(before, after, answer)
