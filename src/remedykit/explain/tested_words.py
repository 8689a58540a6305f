"""Which texts matter where a policy tests a free text or a free list of texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from remedykit.engine.matching import Evaluation
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.explain.comparisons import conditions_of
from remedykit.facts.values import Facts
from remedykit.language.degree import facts_read, walk
from remedykit.language.operands import operands_of, words_in
from remedykit.language.syntax import CheckedPolicy, Compare, Define, Expression, In, Tested


def words_tested(policy: CheckedPolicy, facts: Facts, fact: str) -> tuple[str, ...]:
    """Return the texts that a fact is compared with, also through defines, sorted.

    They stand in the policy, or are those of another fact.
    """
    evaluation = ReferenceEvaluation(policy, facts)
    defines = {define.name: define for define in policy.defines}
    found = {
        word
        for condition in conditions_of(policy)
        for node in walk(condition)
        for word in _beside(node, fact, defines, evaluation)
    }
    return tuple(sorted(found))


def _beside(
    node: Expression, fact: str, defines: Mapping[str, Define], evaluation: Evaluation
) -> Iterator[str]:
    match node:
        case Tested(subject=subject, test=test) if fact in facts_read(subject, defines):
            yield from words_in(test)
            for operand in operands_of(test):
                yield from _words(operand, evaluation)
        case Compare(left=one, right=other) | In(item=one, members=other):
            if fact in facts_read(one, defines):
                yield from _words(other, evaluation)
            if fact in facts_read(other, defines):
                yield from _words(one, evaluation)
        case _:
            pass


def _words(side: Expression, evaluation: Evaluation) -> tuple[str, ...]:
    """Return the texts that one side of a comparison holds."""
    held = evaluation.value(side)
    return held if isinstance(held, tuple) else (held,) if isinstance(held, str) else ()
