"""Mutants of params: a constant that is one unit lower or higher, wherever it is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from remedykit.authoring.mutation.mutant import Mutant, Operator, Watched
from remedykit.authoring.mutation.rebuilding import replaced, without
from remedykit.authoring.mutation.timeline_mutants import read_of
from remedykit.authoring.mutation.values import Beside
from remedykit.authoring.mutation.whole_numbers import are_whole_numbers
from remedykit.engine.matching import clauses
from remedykit.explain.comparisons import conditions_of
from remedykit.explain.wording import worded_value
from remedykit.language.degree import walk
from remedykit.language.names_used import names_used, with_their_readers
from remedykit.language.occurrences import (
    amounts_and_placeholders,
    conditions_on_remedies,
    defines_of_ranking,
    length_of,
)
from remedykit.language.syntax import (
    CheckedPolicy,
    Compare,
    DefineRead,
    Expression,
    Param,
    ParamRead,
    RemedyRead,
    Shifted,
    Tested,
    TimelineFact,
)
from remedykit.language.types import INT, MONEY, NUMBER, Base, FactType, Value


def param_mutants(policy: CheckedPolicy, beside: Beside) -> Iterator[Mutant]:
    """Yield the mutants of a policy's params; of one that nothing reads there are none."""
    for number, param in enumerate(policy.params):
        readers = _readers(policy, param.name)
        if not readers:
            continue
        known = not any(isinstance(part, RemedyRead) for each in readers for part in walk(each))
        watched = Watched(readers=readers if known else ())
        of = INT if param.type == NUMBER and _counts(policy, param.name) else param.type
        for each in _changed(param, of, beside):
            yield Mutant(
                clause=f"param:{param.name}",
                operator=each.operator,
                place=param.place,
                change=each.told,
                policy=replace(policy, params=replaced(policy.params, number, each.param)),
                watched=watched,
                currency=each.currency,
            )


class _Changed(NamedTuple):
    """A param with another value; `currency` if it is one of its amounts that is another one."""

    operator: Operator
    param: Param
    told: str
    currency: str | None = None


def _changed(param: Param, of: FactType, beside: Beside) -> Iterator[_Changed]:
    """Yield a param with each other value; its steps are those of the type `of`."""
    for number, (currency, amount) in enumerate(param.by_currency):
        before = worded_value(amount, Base.MONEY, currency)
        for step in _steps(amount, MONEY, beside):
            if isinstance(step, int):
                pairs = replaced(param.by_currency, number, (currency, step))
                after = worded_value(step, Base.MONEY, currency)
                told = f"{before} -> {after} {currency}"
                yield _Changed("value", replace(param, by_currency=pairs), told, currency)
    value = param.value
    if isinstance(value, tuple):
        for number, word in enumerate(value if len(value) > 1 else ()):
            fewer = replace(param, value=without(value, number))
            yield _Changed("word", fewer, f"without {word}")
    elif isinstance(value, bool):
        told = f"{str(value).lower()} -> {str(not value).lower()}"
        yield _Changed("value", replace(param, value=not value), told)
    elif value is not None:
        for step in _steps(value, of, beside):
            before, after = (
                worded_value(each, param.type.base, beside.currency) for each in (value, step)
            )
            yield _Changed("value", replace(param, value=step), f"{before} -> {after}")


def _steps(value: Value, of: FactType, beside: Beside) -> Iterator[Value]:
    """Yield the values one unit below and above; below 0 only what is so already."""
    for step in beside.steps(value, of):
        if not _is_negative(step) or _is_negative(value):
            yield step


def _is_negative(value: Value) -> bool:
    return isinstance(value, int | Fraction) and value < 0


def _counts(policy: CheckedPolicy, name: str) -> bool:
    """Return whether a number is somewhere compared with whole ones, or counts days or hours."""
    names = with_their_readers(frozenset({name}), policy.defines)
    for condition in (*conditions_of(policy), *amounts_and_placeholders(policy)):
        for node in walk(condition):
            match node:
                case Tested(subject=subject) if names_used([node]) & names:
                    compared: tuple[Expression, ...] = (subject,)
                case Compare(left=left, right=right) if names_used([node]) & names:
                    compared = (left, right)
                case Shifted(count=count) if names_used([count]) & names:
                    return True
                case _:
                    continue
            if are_whole_numbers(compared, policy):
                return True
    return False


def _readers(policy: CheckedPolicy, name: str) -> tuple[Expression, ...]:
    """Return the expressions that read a param, directly or through defines."""
    names = with_their_readers(frozenset({name}), policy.defines)
    ranked_by = defines_of_ranking(policy)
    expressions: list[Expression] = [
        *(clause.condition for clause in clauses(policy)),
        *conditions_on_remedies(policy),
        *amounts_and_placeholders(policy),
        *(
            DefineRead(each.name, each.type, each.place)
            for each in policy.defines
            if each.name in ranked_by
        ),
    ]
    timed = [fact for fact in policy.timeline if _length(fact) == name]
    return (
        *(each for each in expressions if names_used([each]) & names),
        *(read_of(fact) for fact in timed),
    )


def _length(fact: TimelineFact) -> str | None:
    """Return the param that tells how long the events of a fact have to lie back, or may."""
    length = length_of(fact.pattern)
    return length.name if isinstance(length, ParamRead) else None
