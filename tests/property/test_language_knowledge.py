"""What a condition makes known is known: texts and questions rely on it."""

from hypothesis import given

from remedykit.engine.matching import clauses
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.facts.values import Facts
from remedykit.language.degree import body_parts, walk
from remedykit.language.knowledge import Knowledge, Names
from remedykit.language.syntax import CheckedPolicy, Expression
from support.policies import policies
from support.pools import facts


@given(policy=policies(), known=facts())
def test_what_a_condition_makes_known_is_known_wherever_it_comes_out_that_way(
    policy: CheckedPolicy, known: Facts
) -> None:
    knowledge = Knowledge({define.name: define for define in policy.defines})
    evaluation = ReferenceEvaluation(policy, known)
    for expression in _expressions(policy):
        truth = evaluation.truth(expression)
        if truth is not None:
            _check(knowledge.known_if(expression, truth), evaluation)


@given(policy=policies(), known=facts())
def test_what_a_value_makes_known_is_known_wherever_there_is_one(
    policy: CheckedPolicy, known: Facts
) -> None:
    knowledge = Knowledge({define.name: define for define in policy.defines})
    evaluation = ReferenceEvaluation(policy, known)
    for expression in _expressions(policy):
        if evaluation.value(expression) is not None:
            _check(knowledge.known_with(expression), evaluation)


def _expressions(policy: CheckedPolicy) -> list[Expression]:
    tops = [clause.condition for clause in clauses(policy)]
    tops += [part for define in policy.defines for part in body_parts(define.body)]
    return [part for top in tops for part in walk(top)]


def _check(names: Names, evaluation: ReferenceEvaluation) -> None:
    defines = {define.name for define in evaluation.policy.defines}
    for name in names:
        if name in defines:
            assert evaluation.defined(name) is not None
        else:
            assert evaluation.facts.values[name] is not None
