"""What a mutant is: a policy with one small change, and where that change can be seen at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from remedykit.diagnostics import Place
from remedykit.engine.open_facts import OpenFacts
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.language.syntax import CheckedPolicy, Expression
from remedykit.language.types import Value

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


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What expressions come to on the facts of an evaluation, and which of these are missing.

    Where two expressions have the same outcome, one can stand for the other: what they are a part
    of has the same outcome, too.
    """

    evaluation: ReferenceEvaluation
    open_facts: OpenFacts

    def of(self, expression: Expression) -> tuple[Value | None, frozenset[str]]:
        """Return the value of an expression, and the facts that leave it unknown."""
        value = self.evaluation.value(expression)
        if value is not None:
            return value, frozenset()
        return None, self.open_facts.behind(expression, self.evaluation)


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
        open_facts: OpenFacts,
    ) -> bool:
        """Return whether a mutant may decide otherwise on the facts of an evaluation.

        A decision also tells which facts are open. So what is unknown before and after comes out
        otherwise, too, if it is left unknown by other facts.

        Args:
            before: what the policy itself makes of these facts.
            after: returns what the mutant makes of them.
            open_facts: of the policy.
        """
        if self.within is not None and before.truth(self.within) is False:
            return False
        here = Outcomes(before, open_facts)
        if any(here.of(old) == here.of(new) for old, new in self.pairs):
            return False
        if not self.readers:
            return True
        there = Outcomes(after(before), open_facts)
        return any(here.of(each) != there.of(each) for each in self.readers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A policy with one small change.

    Attributes:
        clause: what was changed: ``rule:``, ``limit:``, ``needs:``, ``states:``, ``value:``,
            ``define:``, ``param:`` or ``fact:`` (that follows from the timeline) and its name.
        operator: what sort of change it is.
        place: of what is changed.
        change: in words.
        policy: with the change.
        watched: where it can be seen.
        currency: of the decisions in which it can be seen, if an amount in one currency was
            changed and not those in others.
    """

    clause: str
    operator: Operator
    place: Place
    change: str
    policy: CheckedPolicy
    watched: Watched
    currency: str | None = None
