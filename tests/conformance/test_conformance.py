"""Every engine says what the conformance data say, wherever in a policy it is said."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache

import pytest

from remedykit.engine.arithmetic import half_up, less
from remedykit.engine.engines import ENGINES, engine_named
from remedykit.engine.matching import Engine, EngineName, Evaluation, clauses
from remedykit.language.kleene import all_of, negated
from remedykit.language.syntax import CheckedPolicy, Define
from remedykit.language.types import ORDERED, Base, Truth, Value
from support import conformance
from support.conformance import Line, cell, facts_of, is_condition, loaded, read, remedy_of
from support.engines import with_engine

LINES = conformance.lines()
CONDITIONS = [name for name, line in LINES.items() if is_condition(line) and "cases" in line]
VALUES = [name for name, line in LINES.items() if "value" in line and "cases" in line]
AMOUNTS = [name for name, line in LINES.items() if "amount" in line]
MOMENTS = [name for name, line in LINES.items() if "due" in line]
CLAUSES = [
    name
    for name, line in LINES.items()
    if "cases" in line
    and line.keys().isdisjoint({"when", "where", "unless", "value", "pattern"})
    and name not in {*AMOUNTS, *MOMENTS}
]
DIAGNOSTICS = [name for name, line in LINES.items() if "diagnostics" in line]


def by_engine(names: list[str]) -> pytest.MarkDecorator:
    """Run a test for each of some lines with each engine."""
    both = [with_engine(engine, name) for name in names for engine in ENGINES]
    return pytest.mark.parametrize(("name", "engine"), both)


@by_engine(CONDITIONS)
def test_a_condition_holds_when_it_is_said_to(name: str, engine: EngineName) -> None:
    line = LINES[name]
    policy = _policy(name, *_placements(line))
    used = engine_named(engine, policy)

    for told, expected in line["cases"]:
        evaluation = _evaluated(line, used, policy, told)
        assert _truths(evaluation) == _expected(policy, expected), told


@by_engine(VALUES)
def test_an_expression_is_worth_what_it_is_said_to(name: str, engine: EngineName) -> None:
    line = LINES[name]
    result_of = _result_of(_policy(name))
    base = result_of.type.base
    results = {str(said): read(said, base, conformance.currency(line)) for _, said in line["cases"]}
    # Of what multiplies two facts there are no conditions.
    linear = result_of.degree < 2
    policy = _policy(name, _comparisons(line, base, results)) if linear else _policy(name)
    used = engine_named(engine, policy)

    for told, said in line["cases"]:
        evaluation = _evaluated(line, used, policy, told)
        result = results[str(said)]
        _assert_same(evaluation.defined("result"), result, told)
        assert _truths(evaluation) == {
            clause: _compared(clause, result, results) for clause in _truths(evaluation)
        }, told


@by_engine(AMOUNTS)
def test_an_amount_is_rounded_where_it_is_paid(name: str, engine: EngineName) -> None:
    line = LINES[name]
    policy = _policy(name)
    used = engine_named(engine, policy)
    amount = policy.remedies[0].terms.value
    assert amount is not None

    for told, said in line["cases"]:
        value = _evaluated(line, used, policy, told).value(amount)
        paid = half_up(value) if isinstance(value, int | Fraction) else None
        assert paid == read(said, Base.MONEY, conformance.currency(line)), told


@by_engine(MOMENTS)
def test_a_due_date_is_when_it_is_said_to_be(name: str, engine: EngineName) -> None:
    line = LINES[name]
    policy = _policy(name)
    used = engine_named(engine, policy)
    due = policy.remedies[0].terms.due
    assert due is not None

    for told, said in line["cases"]:
        expected = read(said, Base.TIME, conformance.currency(line))
        _assert_same(_evaluated(line, used, policy, told).value(due), expected, told)


@by_engine(CLAUSES)
def test_the_clauses_hold_that_are_said_to(name: str, engine: EngineName) -> None:
    line = LINES[name]
    policy = _policy(name)
    used = engine_named(engine, policy)

    for told, expected in line["cases"]:
        truths = _truths(_evaluated(line, used, policy, told))
        assert {clause: truths[clause] for clause in expected} == expected, told


@pytest.mark.parametrize("name", DIAGNOSTICS)
def test_a_fault_is_found_with_its_code_and_its_words(name: str) -> None:
    line = LINES[name]

    found = [
        {"code": item.code, "underlined": item.underlined, "severity": item.severity}
        for item in conformance.diagnostics_of(line)
    ]

    assert found == [{"severity": "error", **told} for told in line["diagnostics"]]


# --- where a condition stands -------------------------------------------------------------------


def _placements(line: Line) -> Iterator[str]:
    """Yield files in which the condition of a line stands wherever a condition can."""
    if "remedy." in str(line.get("when")):
        return
    condition = conformance.condition(line, 0)
    inside = textwrap.indent(condition, "    ")
    yield f"define:\n  asked:\n{inside}" + textwrap.dedent("""\
        rules:
          - {id: defined, when: {asked: true}, todo: call}
          - {id: defined.false, when: {asked: false}, todo: call}
          - {id: defined.unless, unless: {asked: true}, todo: call}
          - {id: defined.where, where: asked, todo: call}
          - {id: defined.known, when: {asked: {known: true}}, todo: call}
          - {id: defined.beside, where: asked and asked, when: {asked: true}, todo: call}
        """)
    yield f"limits:\n  - id: tested\n    of: any\n    at_most: 0\n    over: reduce\n{inside}"
    if line.keys() & {"when", "where", "unless"} == {"when"}:
        tests = textwrap.indent(str(line["when"]), "      ")
        yield (
            "remedies:\n  tested:\n    part: explanation\n    explains: status\n    say: Done.\n"
            f"    needs:\n{tests}\n    states:\n{tests}\n"
        )


def _expected(policy: CheckedPolicy, truth: Truth) -> dict[str, Truth]:
    """Return how the clauses of `_placements` must come out where the condition is `truth`."""
    others: dict[str, Truth] = {
        "rule:defined.false": negated(truth),
        "rule:defined.unless": negated(truth),
        "rule:defined.known": truth is not None,
    }
    of_the_policy = {
        f"{what}:{kind.name}" for what in ("needs", "states") for kind in policy.remedies
    }
    others |= dict.fromkeys(of_the_policy - {"needs:tested", "states:tested"}, True)
    return {clause.id: others.get(clause.id, truth) for clause in clauses(policy)}


def _truths(evaluation: Evaluation) -> dict[str, Truth]:
    """Return how the clauses come out, as sets of bits and asked one by one."""
    policy, matches = evaluation.policy, evaluation.matches
    rules = {f"rule:{rule.id}": rule.remedy_condition for rule in policy.rules}
    truths: dict[str, Truth] = {}
    for number, clause in enumerate(clauses(policy)):
        assert evaluation.truth(clause.condition) is matches.truth(number), clause.id
        parts: list[Truth] = [matches.truth(number)]
        if clause.id in rules:
            parts.append(evaluation.truth(rules[clause.id]))
        truths[clause.id] = all_of(parts)
    return truths


# --- what a value is compared with ---------------------------------------------------------------

_TESTS = {
    "equal": "'{}'",
    "not_equal": "{{not: '{}'}}",
    "at_least": "'{}..'",
    "at_most": "'..{}'",
    "above": "'{}<..'",
    "below": "'..<{}'",
}


def _comparisons(line: Line, base: Base, results: Mapping[str, Value | None]) -> str:
    """Return rules that compare the result with each of the results that are expected."""
    rules = ["- {id: known, when: {result: {known: true}}, todo: call}"]
    literal = base is not Base.MONEY or len(conformance.currencies(line)) == 1
    for number, value in enumerate(results.values()):
        if value is None or not literal:
            continue
        text = cell(value, base, conformance.currency(line))
        for test, form in _TESTS.items() if base in ORDERED else list(_TESTS.items())[:2]:
            if text is not None:
                asked = form.format(text)
                rules.append(f"- {{id: {test}.n{number}, when: {{result: {asked}}}, todo: call}}")
    return "rules:\n" + textwrap.indent("\n".join(rules), "  ")


def _compared(clause: str, result: Value | None, results: Mapping[str, Value | None]) -> Truth:
    """Return how a rule of `_comparisons` must come out where the expression is worth `result`."""
    test, _, number = clause.removeprefix("rule:").partition(".n")
    if test == "known":
        return result is not None
    if result is None:
        return None
    other = list(results.values())[int(number)]
    assert other is not None
    match test:
        case "equal":
            return result == other
        case "not_equal":
            return result != other
        case "at_least":
            return not less(result, other)
        case "at_most":
            return not less(other, result)
        case "above":
            return less(other, result)
        case _:
            return less(result, other)


# --- the rest -----------------------------------------------------------------------------------


@cache
def _policy(name: str, *more: str) -> CheckedPolicy:
    return loaded(LINES[name], *more)


def _evaluated(
    line: Line, engine: Engine, policy: CheckedPolicy, told: Mapping[str, object]
) -> Evaluation:
    evaluation = engine.evaluate(facts_of(line, told, policy.schema))
    remedy = remedy_of(line, told)
    return evaluation.about(remedy) if remedy else evaluation


def _result_of(policy: CheckedPolicy) -> Define:
    return next(define for define in policy.defines if define.name == "result")


def _assert_same(found: Value | None, expected: Value | None, told: Mapping[str, object]) -> None:
    assert found == expected, told
    assert isinstance(found, bool) == isinstance(expected, bool), told
