"""What every engine of the comparison is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from remedykit.engine.matching import Clause, clauses
from remedykit.facts.values import Facts
from remedykit.language.syntax import And, CheckedPolicy
from remedykit.language.types import Value

Plain = bool | int | float | str | list[str] | None


@dataclass(frozen=True, slots=True)
class Task:
    """The conditions that an engine decides, and the policy whose defines and params they read.

    Attributes:
        policy: where the conditions stand.
        clauses: rules, limits, needs and states, but for those without any test.
    """

    policy: CheckedPolicy
    clauses: tuple[Clause, ...]

    @classmethod
    def of(cls, policy: CheckedPolicy) -> Task:
        """Return all of a policy's clauses that test anything."""
        return cls(policy, tuple(each for each in clauses(policy) if not is_empty(each)))


@dataclass(frozen=True, slots=True)
class Answer:
    """The ids of the clauses that definitely hold, and of those that possibly do.

    An engine without a third truth value has but one set; it is asked about known facts only.
    """

    definite: frozenset[str]
    possible: frozenset[str]

    @classmethod
    def of(cls, ids: Iterable[str]) -> Answer:
        """Return the answer of an engine that knows true and false."""
        found = frozenset(ids)
        return cls(found, found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """An engine that has read the rules; only `match` is timed.

    What `form` returns, `match` takes; what `match` returns, `answer` takes. Each engine has its
    own types for both: nothing is spent on making them alike while the clock runs.

    Attributes:
        form: brings facts into the form that the engine reads.
        match: decides all clauses.
        answer: brings what came out into a form that can be compared.
    """

    form: Callable[[Facts], Any]
    match: Callable[[Any], Any]
    answer: Callable[[Any], Answer]


def is_empty(clause: Clause) -> bool:
    """Return whether a clause tests nothing, and so always holds."""
    return isinstance(clause.condition, And) and not clause.condition.parts


def plain(facts: Facts) -> dict[str, Plain]:
    """Return facts as any engine reads them: exact, because all fractions here are quarters."""
    return {name: _plain(value) for name, value in facts.values.items()}


def floats(facts: Mapping[str, Plain]) -> dict[str, Plain]:
    """Return facts with all numbers as floats, for engines that never compare int and float."""
    return {
        name: float(value) if isinstance(value, int) and not isinstance(value, bool) else value
        for name, value in facts.items()
    }


def _plain(value: Value | None) -> Plain:
    match value:
        case None | bool() | int() | str():
            return value
        case Fraction():
            return float(value)
        case datetime():
            return int(value.timestamp())
        case tuple():
            return list(value)
        case _:
            raise TypeError(f"no engine here was taught to read {value!r}")
