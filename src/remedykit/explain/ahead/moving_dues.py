"""Due times that are reckoned from the moment of decision: they move with it all the time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from remedykit.engine.reference import ReferenceEvaluation
from remedykit.explain.ahead.alone import alone
from remedykit.explain.wording import worded
from remedykit.facts.values import Facts
from remedykit.language.degree import walk
from remedykit.language.syntax import CheckedPolicy, Entitle, Expression, FactRead, Offer
from remedykit.model.decision import Decision, Remedy

ANY_CURRENCY = "USD"  # two expressions read the same in one currency if they do in another


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with the facts on which it was made."""

    facts: Facts
    decision: Decision


@dataclass(frozen=True, slots=True)
class MovingDues:
    """The due times of a policy that are reckoned from the moment of decision.

    Attributes:
        by_kind: those of each remedy kind that has any.
        alone: the policy with what they read, and nothing else.
    """

    by_kind: Mapping[str, tuple[Expression, ...]]
    alone: CheckedPolicy

    @classmethod
    def of(cls, policy: CheckedPolicy) -> MovingDues:
        """Return those of a policy."""
        found = {
            kind: tuple(filter(moves_evenly, dues)) for kind, dues in dues_by_kind(policy).items()
        }
        by_kind = {kind: dues for kind, dues in found.items() if dues}
        return cls(by_kind, alone(policy, (due for dues in by_kind.values() for due in dues)))

    def may_be_in(self, decision: Decision) -> bool:
        """Return whether a remedy of a decision may have such a due time."""
        return any(each.due is not None and each.kind in self.by_kind for each in decision.remedies)

    def moved(self, before: Decided, after: Decided) -> Decision:
        """Return a decision with the due times of a later one where these have only moved.

        That is where one expression tells the due time of both: which rule's due stands does not
        matter, for what is due when it would have been anyway is no change.
        """
        then = {each.kind: each for each in after.decision.remedies}
        pairs = ((each, then.get(each.kind)) for each in before.decision.remedies)
        moving = {
            each.kind: other.due
            for each, other in pairs
            if other is not None and self._may_move(each, other)
        }
        if not moving:
            return before.decision
        sides = [ReferenceEvaluation(self.alone, each.facts) for each in (before, after)]
        dues = {each.kind: each.due for each in before.decision.remedies}
        moved = {
            kind
            for kind, due in moving.items()
            for reckoned in self.by_kind[kind]
            if [side.value(reckoned) for side in sides] == [dues[kind], due]
        }
        remedies = tuple(
            replace(each, due=moving[each.kind]) if each.kind in moved else each
            for each in before.decision.remedies
        )
        return replace(before.decision, remedies=remedies)

    def _may_move(self, remedy: Remedy, other: Remedy) -> bool:
        is_known = remedy.due is not None and other.due is not None
        return is_known and remedy.due != other.due and remedy.kind in self.by_kind


def moves_evenly(expression: Expression) -> bool:
    """Return whether a time or duration is reckoned from the moment of decision.

    No value of a define is: there ``at`` is in conditions only.
    """
    return any(isinstance(node, FactRead) and node.name == "at" for node in walk(expression))


def dues_by_kind(policy: CheckedPolicy) -> dict[str, tuple[Expression, ...]]:
    """Return all due times that each remedy kind may have, each once."""
    found: dict[str, dict[str, Expression]] = {kind.name: {} for kind in policy.remedies}
    named = [(kind.name, kind.terms) for kind in policy.remedies]
    for rule in policy.rules:
        if isinstance(rule.effect, Offer | Entitle):
            named += [(each.kind, each.overrides) for each in rule.effect.outcomes]
    for kind, terms in named:
        if terms.due is not None:
            found[kind][worded(terms.due, ANY_CURRENCY)] = terms.due
    return {kind: tuple(dues.values()) for kind, dues in found.items()}
