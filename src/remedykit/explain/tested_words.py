"""Which texts a policy names where it tests a free text or a free list of texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from remedykit.explain.operands import operands_of, words_in
from remedykit.explain.thresholds import conditions_of
from remedykit.language.degree import walk
from remedykit.language.syntax import (
    CheckedPolicy,
    Compare,
    Constant,
    Expression,
    FactRead,
    In,
    ParamRead,
    Tested,
)
from remedykit.language.types import Value


def words_tested(policy: CheckedPolicy, fact: str) -> tuple[str, ...]:
    """Return the texts that a fact is directly compared with, sorted."""
    params = {param.name: param.value for param in policy.params}
    found = {
        word
        for condition in conditions_of(policy)
        for node in walk(condition)
        for word in _beside(node, fact, params)
    }
    return tuple(sorted(found))


def _beside(node: Expression, fact: str, params: Mapping[str, Value | None]) -> Iterator[str]:
    match node:
        case Tested(subject=FactRead(name=name), test=test) if name == fact:
            yield from words_in(test)
            for operand in operands_of(test):
                yield from _words(operand, params)
        case Compare(left=one, right=other) | In(item=one, members=other):
            if any(isinstance(side, FactRead) and side.name == fact for side in (one, other)):
                yield from _words(one, params)
                yield from _words(other, params)
        case _:
            pass


def _words(side: Expression, params: Mapping[str, Value | None]) -> tuple[str, ...]:
    """Return the texts that a constant or a param holds; other expressions hold none."""
    match side:
        case Constant(value=value):
            held: Value | None = value
        case ParamRead(name=name):
            held = params.get(name)
        case _:
            held = None
    return held if isinstance(held, tuple) else (held,) if isinstance(held, str) else ()
