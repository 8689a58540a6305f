"""What rules offer, and what must hold for a decision to show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from remedykit.authoring.situations.goals import Goal
from remedykit.language.syntax import CheckedPolicy, Entitle, Expression, Offer, RemedyKind, Rule
from remedykit.model.decision import Decision

Goals = tuple[Goal, ...]


@dataclass(frozen=True, slots=True)
class Offering:
    """A remedy kind as one rule offers it."""

    rule: Rule
    kind: RemedyKind
    basis: str
    value: Expression | None
    cost: Expression | None


@dataclass(frozen=True, slots=True)
class Shown:
    """Goals with which a decision shows whether a condition holds.

    Attributes:
        goals: of what must hold beside it.
        offered: the kind that must be offered for it, whatever the condition is; or empty.
        fixed: whether there must be a fix in the plan for it.
    """

    goals: Goals
    offered: str = ""
    fixed: bool = False

    def beside(self, goals: Goals) -> Shown:
        """Return the same with further goals, which go first."""
        return replace(self, goals=(*goals, *self.goals))

    def is_met_by(self, decision: Decision) -> bool:
        """Return whether a decision has the remedies that there must be."""
        offered = any(each.kind == self.offered for each in decision.remedies)
        fixed = any(each.part == "fix" for each in decision.remedies)
        return (offered or not self.offered) and (fixed or not self.fixed)


def offerings_of(policy: CheckedPolicy) -> Iterator[Offering]:
    """Yield the remedy kinds that the rules of a policy offer, in the order of the rules."""
    kinds: Mapping[str, RemedyKind] = {kind.name: kind for kind in policy.remedies}
    for rule in policy.rules:
        if not isinstance(rule.effect, Offer | Entitle):
            continue
        told = rule.effect.basis if isinstance(rule.effect, Offer) else "entitlement"
        for outcome in rule.effect.outcomes:
            kind, terms = kinds[outcome.kind], outcome.overrides
            value = terms.value or kind.terms.value
            yield Offering(rule, kind, told or kind.basis, value, terms.cost or kind.terms.cost)
