"""The short way to the open facts finds what their definition says."""

from collections.abc import Iterator

from hypothesis import given

from remedykit.engine.matching import Evaluation
from remedykit.engine.open_facts import OpenFacts
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.facts.values import Facts
from remedykit.language.degree import parts_of, walk
from remedykit.language.syntax import CheckedPolicy, DefineRead, Expression, FactRead, Limit, Rule
from support.policies import policies
from support.pools import facts


@given(policy=policies(), known=facts())
def test_open_facts_are_those_of_the_unknown_parts(policy: CheckedPolicy, known: Facts) -> None:
    evaluation, tables = ReferenceEvaluation(policy, known), OpenFacts.of(policy)
    for expression in expressions(policy):
        expected = open_facts(expression, evaluation)
        assert tables.behind(expression, evaluation) == expected
        if evaluation.value(expression) is None:
            assert tables.behind_unknown(expression, evaluation) == expected


def open_facts(expression: Expression, evaluation: Evaluation) -> frozenset[str]:
    """Return them by the definition, which asks of every part whether it is known."""
    if evaluation.value(expression) is not None:
        return frozenset()
    match expression:
        case FactRead():
            return frozenset({expression.name})
        case DefineRead():
            (read,) = (d for d in evaluation.policy.defines if d.name == expression.name)
            values = evaluation.facts.values
            return frozenset(name for name in read.reads if values.get(name) is None)
        case _:
            parts = (open_facts(part, evaluation) for part in parts_of(expression))
            return frozenset[str]().union(*parts)


def expressions(policy: CheckedPolicy) -> Iterator[Expression]:
    """Yield every expression of rules, limits and catalogue, and all inside them."""
    clauses: tuple[Rule | Limit, ...] = (*policy.rules, *policy.limits)
    for clause in clauses:
        yield from walk(clause.condition)
        yield from walk(clause.remedy_condition)
    for kind in policy.remedies:
        for each in (kind.needs, kind.states, kind.terms.value, kind.terms.cost, kind.terms.due):
            yield from walk(each) if each is not None else ()
