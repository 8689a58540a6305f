"""What every engine answers: which conditions of a policy hold, surely or perhaps, and values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol, Self

from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy, Expression
from remedykit.language.types import Truth, Value

EngineName = Literal["durable", "indexed", "reference"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition that an engine decides, and its name among all of a policy.

    Attributes:
        id: ``rule:<id>``, ``limit:<id>``, ``needs:<kind>`` or ``states:<kind>``.
        condition: reads facts, params and defines, never ``remedy.*``.
    """

    id: str
    condition: Expression


def clauses(policy: CheckedPolicy) -> tuple[Clause, ...]:
    """Return every condition that an engine decides; the place of each is its number.

    They stand in the order rules, limits, needs of each remedy kind, states of each: so the
    number of a rule is its place among the policy's rules.
    """
    return (
        *(Clause(f"rule:{rule.id}", rule.condition) for rule in policy.rules),
        *(Clause(f"limit:{limit.id}", limit.condition) for limit in policy.limits),
        *(Clause(f"needs:{kind.name}", kind.needs) for kind in policy.remedies),
        *(Clause(f"states:{kind.name}", kind.states) for kind in policy.remedies),
    )


class Matches(NamedTuple):
    """The clauses that hold, as sets of their numbers: bit `n` stands for clause `n`.

    Attributes:
        definite: the clauses that are definitely true.
        possible: those that are not definitely false; contains `definite`.
    """

    definite: int
    possible: int

    def truth(self, number: int) -> Truth:
        """Return whether a clause holds; ``None`` if that is unknown."""
        if self.definite >> number & 1:
            return True
        return None if self.possible >> number & 1 else False


def set_of(numbers: Iterable[int]) -> int:
    """Return numbers as a set of bits.

    >>> bin(set_of([1, 2, 4]))
    '0b10110'
    """
    bits = 0
    for number in numbers:
        bits |= 1 << number
    return bits


def members(numbers: int) -> Iterator[int]:
    """Yield the numbers in a set of bits, ascending.

    >>> list(members(0b10110))
    [1, 2, 4]
    """
    while numbers:
        lowest = numbers & -numbers
        yield lowest.bit_length() - 1
        numbers ^= lowest


class Evaluation(Protocol):
    """What an engine makes of one policy and the facts of one decision.

    A fact that is missing from `facts` is unknown, and so is a param that has no amount in the
    decision's currency. ``None`` is unknown.
    """

    @property
    def policy(self) -> CheckedPolicy:
        """What is evaluated."""
        ...

    @property
    def facts(self) -> Facts:
        """What it is evaluated for."""
        ...

    @property
    def matches(self) -> Matches:
        """The clauses that hold."""
        ...

    def value(self, expression: Expression) -> Value | None:
        """Return the exact value of an expression of the policy."""
        ...

    def truth(self, expression: Expression) -> Truth:
        """Return whether a condition of the policy holds."""
        ...

    def defined(self, name: str) -> Value | None:
        """Return the value of the define `name`."""
        ...

    def about(self, remedy: Mapping[str, Value | None]) -> Self:
        """Return the same evaluation with values for ``remedy.*``; elsewhere they are unknown."""
        ...


class Engine(Protocol):
    """Evaluates one policy; all engines give the same answers."""

    @property
    def name(self) -> EngineName:
        """The name by which it is chosen."""
        ...

    def evaluate(self, facts: Facts) -> Evaluation:
        """Return what the policy says about `facts`."""
        ...
