"""Which unknown facts keep an expression from being known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from remedykit.engine.matching import Evaluation
from remedykit.language.degree import parts_of
from remedykit.language.kleene import all_of, any_of, negated
from remedykit.language.syntax import (
    AllOf,
    And,
    Between,
    CheckedPolicy,
    Contains,
    DefineRead,
    EqualTo,
    Expression,
    FactRead,
    IsKnown,
    KnownTest,
    MemberOf,
    NotTest,
    OneOf,
    Or,
    Test,
    Tested,
)
from remedykit.language.types import Truth


@dataclass(frozen=True, slots=True)
class OpenFacts:
    """A policy prepared for the question which facts are open.

    An unknown expression is open by the unknown facts in its unknown parts; parts that are known
    are passed over. Behind an unknown define stand all unknown facts that it reads, also through
    others.

    Attributes:
        reads: the facts that each define reads.
    """

    reads: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, policy: CheckedPolicy) -> OpenFacts:
        """Prepare a policy."""
        return cls({define.name: define.reads for define in policy.defines})

    def behind(self, expression: Expression, evaluation: Evaluation) -> frozenset[str]:
        """Return the unknown facts that leave `expression` unknown; none if it is known."""
        found: set[str] = set()
        self._gather(expression, evaluation, found)
        return frozenset(found)

    def behind_unknown(self, expression: Expression, evaluation: Evaluation) -> frozenset[str]:
        """Return the same for an expression of which it is known already that it is unknown."""
        found: set[str] = set()
        parts = expression.parts if isinstance(expression, And | Or) else (expression,)
        for part in parts:
            self._gather(part, evaluation, found)
        return frozenset(found)

    def _gather(self, expression: Expression, evaluation: Evaluation, found: set[str]) -> None:
        """Add the unknown facts that leave an expression unknown.

        Only `and`, `or` and tests can be known though something in them is not. All else is
        unknown as soon as one part is, so there is no need to ask: what is known has no open
        parts.
        """
        match expression:
            case Tested():
                if _of_unknown(expression.test) is None:
                    self._gather(expression.subject, evaluation, found)
            case FactRead():
                if evaluation.facts.values.get(expression.name) is None:
                    found.add(expression.name)
            case And() | Or():
                # To evaluate costs more than to look for what is open, and mostly nothing is.
                inside = self.behind_unknown(expression, evaluation)
                if not inside <= found and evaluation.truth(expression) is None:
                    found |= inside
            case DefineRead():
                if evaluation.defined(expression.name) is None:
                    values = evaluation.facts.values
                    found.update(
                        fact for fact in self.reads[expression.name] if values.get(fact) is None
                    )
            case IsKnown():
                pass
            case _:
                for part in parts_of(expression):
                    self._gather(part, evaluation, found)


def _of_unknown(test: Test) -> Truth:
    """Return what a test says of an unknown subject, whatever it compares with."""
    match test:
        case EqualTo() | Between() | MemberOf() | Contains():
            return None
        case KnownTest():
            return not test.expected
        case OneOf():
            return any_of(map(_of_unknown, test.tests))
        case AllOf():
            return all_of(map(_of_unknown, test.tests))
        case NotTest():
            return negated(_of_unknown(test.test))
        case _ as unreachable:
            assert_never(unreachable)
