"""An evaluation by all installed engines at once, for tests of what an expression means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from remedykit.engine.matching import Evaluation, Matches
from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy, Expression
from remedykit.language.types import Truth, Value
from support.engines import INSTALLED

Answer = TypeVar("Answer")


class AllEngines:
    """Gives what the engines answer; fails where one answers otherwise."""

    def __init__(self, evaluations: tuple[Evaluation, ...]) -> None:
        self._evaluations = evaluations

    @classmethod
    def of(cls, policy: CheckedPolicy, facts: Facts) -> AllEngines:
        """Evaluate a policy."""
        return cls(tuple(make(policy).evaluate(facts) for make in INSTALLED.values()))

    @property
    def policy(self) -> CheckedPolicy:
        return self._evaluations[0].policy

    @property
    def facts(self) -> Facts:
        return self._evaluations[0].facts

    @property
    def matches(self) -> Matches:
        return _agreed([each.matches for each in self._evaluations])

    def value(self, expression: Expression) -> Value | None:
        return self._asked(lambda each: each.value(expression))

    def truth(self, expression: Expression) -> Truth:
        return self._asked(lambda each: each.truth(expression))

    def defined(self, name: str) -> Value | None:
        return self._asked(lambda each: each.defined(name))

    def about(self, remedy: Mapping[str, Value | None]) -> AllEngines:
        return AllEngines(tuple(each.about(remedy) for each in self._evaluations))

    def _asked(self, question: Callable[[Evaluation], Answer]) -> Answer:
        return _agreed([question(each) for each in self._evaluations])


def _agreed(answers: Sequence[Answer]) -> Answer:
    first = answers[0]
    assert all(type(each) is type(first) and each == first for each in answers), answers
    return first
