"""What the effects of a policy need that does not depend on the facts: made once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from remedykit.engine.matching import clauses
from remedykit.language.syntax import CheckedPolicy


@dataclass(frozen=True, slots=True)
class EffectTables:
    """A policy prepared for its effects.

    Attributes:
        numbers: the number of each clause by its id.
    """

    policy: CheckedPolicy
    numbers: Mapping[str, int]

    @classmethod
    def of(cls, policy: CheckedPolicy) -> EffectTables:
        """Prepare a policy."""
        return cls(policy, {each.id: number for number, each in enumerate(clauses(policy))})
