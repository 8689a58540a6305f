"""What the meaning must keep over random policies and facts."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from remedykit.engine.matching import clauses
from remedykit.engine.open_facts import OpenFacts
from remedykit.engine.reference import ReferenceEngine, ReferenceEvaluation
from remedykit.engine.traces import Trace, trace, trace_define
from remedykit.facts.values import Facts
from remedykit.language.syntax import (
    Absolute,
    Arithmetic,
    CheckedPolicy,
    Constant,
    Expression,
    Extreme,
    FactRead,
    Negative,
    Rounded,
)
from remedykit.language.types import INT, MONEY, NUMBER, Value
from support.agreement import every_part
from support.build import HERE, arithmetic, const, fact, money
from support.build import facts as some_facts
from support.build import policy as build_policy
from support.policies import policies
from support.pools import each_hidden, facts, hidden


@given(policy=policies(known=False), known=facts(), data=st.data())
def test_what_is_known_stays_the_same_when_an_unknown_is_filled_in(
    policy: CheckedPolicy, known: Facts, data: st.DataObject
) -> None:
    more = ReferenceEvaluation(policy, known)
    for fewer in (data.draw(hidden(known)), *each_hidden(known)):
        less = ReferenceEvaluation(policy, fewer)
        for _, expression in every_part(policy):
            value = less.value(expression)
            assert value is None or value == more.value(expression)
        for define in policy.defines:
            assert less.defined(define.name) in (None, more.defined(define.name))


@given(policy=policies(), known=facts())
def test_what_is_open_depends_on_facts_that_are_unknown(
    policy: CheckedPolicy, known: Facts
) -> None:
    evaluation = ReferenceEvaluation(policy, known)
    for _, expression in every_part(policy):
        found = OpenFacts.of(policy).behind(expression, evaluation)
        assert all(known.values[name] is None for name in found)
        assert not (found and evaluation.value(expression) is not None)


@given(policy=policies(), known=facts())
def test_the_engine_answers_as_the_truth_of_each_clause(
    policy: CheckedPolicy, known: Facts
) -> None:
    evaluation = ReferenceEngine(policy).evaluate(known)
    matches = evaluation.matches
    assert matches.definite & ~matches.possible == 0
    for number, clause in enumerate(clauses(policy)):
        assert evaluation.truth(clause.condition) is matches.truth(number)


@given(policy=policies(), known=facts())
def test_traces_tell_the_truth(policy: CheckedPolicy, known: Facts) -> None:
    evaluation = ReferenceEvaluation(policy, known)
    traces = [trace(clause.condition, evaluation) for clause in clauses(policy)]
    traces += [trace_define(define, evaluation) for define in policy.defines]
    for found in traces:
        _check(found, evaluation, known)


def _check(found: Trace, evaluation: ReferenceEvaluation, known: Facts) -> None:
    for reading in found.reads:
        if reading.name in known.values:
            assert known.values[reading.name] == reading.value
    for part in found.parts:
        assert not part.parts or not part.reads
        _check(part, evaluation, known)


# --- arithmetic --------------------------------------------------------------------------------

_VALUES: dict[str, Value | None] = {"x": 3, "y": Fraction(-7, 2), "z": 10**17}
_LEAVES: st.SearchStrategy[Expression] = st.sampled_from(
    (
        *(fact(name, NUMBER) for name in _VALUES),
        const(0),
        const(Fraction(1, 3)),
        const(-2),
        money(1999),
    )
)
_STEPS = st.sampled_from((const(1), const(5), const(Fraction(1, 4))))


def _larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.one_of(
        st.builds(arithmetic, inner, st.sampled_from(("+", "-", "*")), inner, st.just(MONEY)),
        st.builds(arithmetic, inner, st.just("/"), _STEPS, st.just(MONEY)),
        st.builds(Negative, inner, st.just(NUMBER), st.just(HERE)),
        st.builds(Absolute, inner, st.just(NUMBER), st.just(HERE)),
        st.builds(
            Extreme,
            st.sampled_from(("min", "max")),
            st.lists(inner, min_size=2, max_size=4).map(tuple),
            st.just(NUMBER),
            st.just(HERE),
        ),
        st.builds(
            Rounded, st.sampled_from(("up", "down")), inner, _STEPS, st.just(INT), st.just(HERE)
        ),
    )


def oracle(expression: Expression) -> Fraction:
    """Return what Python's fractions make of an expression, by other means where there are some."""
    match expression:
        case Constant(value=int() | Fraction() as value):
            return Fraction(value)
        case FactRead(name=name):
            found = _VALUES[name]
            assert isinstance(found, int | Fraction)
            return Fraction(found)
        case Arithmetic(op=op, left=left, right=right):
            a, b = oracle(left), oracle(right)
            return {"+": a + b, "-": a - b, "*": a * b, "/": a * (1 / b) if b else a}[op]
        case Negative(operand=operand):
            return oracle(operand) * -1
        case Absolute(operand=operand):
            return max(oracle(operand), -oracle(operand))
        case Extreme(op=op, items=items):
            ordered = sorted(oracle(item) for item in items)
            return ordered[0 if op == "min" else -1]
        case Rounded(direction=direction, operand=operand, step=step):
            size = oracle(step)
            down = oracle(operand) // size * size
            return down if direction == "down" or down == oracle(operand) else down + size
        case _:
            raise AssertionError(expression)


@given(expression=st.recursive(_LEAVES, _larger, max_leaves=12))
def test_arithmetic_is_that_of_exact_fractions(expression: Expression) -> None:
    evaluation = ReferenceEvaluation(build_policy(), some_facts(_VALUES))
    assert oracle(expression) == evaluation.value(expression)
