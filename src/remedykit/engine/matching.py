"""What every engine answers: which conditions of a policy hold surely, and which may hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from remedykit.facts.values import Facts
from remedykit.language.syntax import CheckedPolicy, Expression


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition that an engine decides, and its name among all of a policy.

    Attributes:
        id: ``rule:<id>``, ``limit:<id>``, ``needs:<kind>`` or ``states:<kind>``.
        condition: reads facts, params and defines, never ``remedy.*``.
    """

    id: str
    condition: Expression


@dataclass(frozen=True, slots=True)
class Matches:
    """The clauses that hold.

    Attributes:
        definite: ids of the clauses that are definitely true.
        possible: ids of those that are not definitely false; contains `definite`.
    """

    definite: frozenset[str]
    possible: frozenset[str]

    def truth(self, clause: str) -> bool | None:
        """Return whether a clause holds; ``None`` if that is unknown."""
        if clause in self.definite:
            return True
        return None if clause in self.possible else False


class Engine(Protocol):
    """Decides every clause of one policy; all engines give the same answer."""

    def match(self, facts: Facts) -> Matches:
        """Return the clauses that hold for `facts`."""
        ...


def clauses(policy: CheckedPolicy) -> tuple[Clause, ...]:
    """Return every condition that an engine decides, in the order rules, limits, remedy kinds."""
    return (
        *(Clause(f"rule:{rule.id}", rule.condition) for rule in policy.rules),
        *(Clause(f"limit:{limit.id}", limit.condition) for limit in policy.limits),
        *(Clause(f"needs:{kind.name}", kind.needs) for kind in policy.remedies),
        *(Clause(f"states:{kind.name}", kind.states) for kind in policy.remedies),
    )
