"""Which unknown facts keep an expression from being known."""

from __future__ import annotations

from remedykit.engine.matching import Evaluation
from remedykit.language.degree import parts_of
from remedykit.language.syntax import DefineRead, Expression, FactRead


def open_facts(expression: Expression, evaluation: Evaluation) -> frozenset[str]:
    """Return the unknown facts that leave `expression` unknown; none if it is known.

    Parts that are known are passed over. Behind an unknown define stand all unknown facts that it
    reads, also through others.
    """
    if evaluation.value(expression) is not None:
        return frozenset()
    match expression:
        case FactRead():
            return frozenset({expression.name})
        case DefineRead():
            return _behind(expression.name, evaluation)
        case _:
            return frozenset[str]().union(
                *(open_facts(part, evaluation) for part in parts_of(expression))
            )


def _behind(define: str, evaluation: Evaluation) -> frozenset[str]:
    values = evaluation.facts.values
    return frozenset(
        fact
        for item in evaluation.policy.defines
        if item.name == define
        for fact in item.reads
        if values.get(fact) is None
    )
