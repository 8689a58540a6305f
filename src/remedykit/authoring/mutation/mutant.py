"""What a mutant is: a policy with one small change, and where that change can be seen at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from remedykit.diagnostics import Place
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.language.syntax import CheckedPolicy, Expression

Operator = Literal[
    "threshold", "comparison", "word", "dropped", "negated", "any-all", "kind", "effect", "value"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One small change of an expression.

    Attributes:
        operator: what sort of change it is.
        place: of what is changed.
        change: in words: ``incident.days_late: 3.. -> 4..``.
        old: the smallest part that is another one.
        new: what stands there instead.
        whole: the whole expression with it.
    """

    operator: Operator
    place: Place
    change: str
    old: Expression
    new: Expression
    whole: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """Where a change can be seen at all: what is left out here is the same before and after.

    Attributes:
        pairs: expressions before and after; each of them must come out otherwise.
        within: must not be false; ``None`` is no condition.
        readers: what reads a name with another value; one of them must come out otherwise.
    """

    pairs: tuple[tuple[Expression, Expression], ...] = ()
    within: Expression | None = None
    readers: tuple[Expression, ...] = ()

    def may_show(
        self,
        before: ReferenceEvaluation,
        after: Callable[[ReferenceEvaluation], ReferenceEvaluation],
    ) -> bool:
        """Return whether a mutant may decide otherwise on the facts of an evaluation.

        Args:
            before: what the policy itself makes of these facts.
            after: returns what the mutant makes of them.
        """
        if self.within is not None and before.truth(self.within) is False:
            return False
        if any(before.value(old) == before.value(new) for old, new in self.pairs):
            return False
        if not self.readers:
            return True
        mutated = after(before)
        return any(before.value(each) != mutated.value(each) for each in self.readers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A policy with one small change.

    Attributes:
        clause: what was changed: ``rule:``, ``limit:``, ``needs:``, ``states:``, ``value:``,
            ``define:`` or ``param:`` and its name.
        operator: what sort of change it is.
        place: of what is changed.
        change: in words.
        policy: with the change.
        watched: where it can be seen.
    """

    clause: str
    operator: Operator
    place: Place
    change: str
    policy: CheckedPolicy
    watched: Watched
