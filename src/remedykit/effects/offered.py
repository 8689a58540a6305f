"""Which rules claim which remedies: on what basis, on what terms, and for how much."""

from __future__ import annotations

from dataclasses import dataclass

from remedykit.effects.obstacles import Obstacle, waiting_for
from remedykit.effects.setting import MOST_MINOR_UNITS, Setting
from remedykit.language.syntax import Entitle, Offer, Outcome, RemedyKind, Rule, Terms
from remedykit.model.words import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One rule's word that a remedy be offered.

    Attributes:
        terms: the catalogue's with the rule's overrides.
        certain: whether the rule definitely holds; otherwise it may hold.
        value: minor units; 0 for words without a value, ``None`` if unknown.
    """

    kind: RemedyKind
    rule: Rule
    basis: Basis
    terms: Terms
    certain: bool
    value: int | None

    @property
    def entitled(self) -> bool:
        """Whether the customer has a right to it."""
        return self.basis == "entitlement"

    @property
    def is_right_of_unknown_value(self) -> bool:
        """Whether the customer surely has a right to it, but not known to how much."""
        return self.entitled and self.certain and self.value is None

    @property
    def worth(self) -> int:
        """The value where it is known; no claim of unknown value stands."""
        return self.value or 0


def claims_by_kind(setting: Setting) -> dict[str, tuple[Claim, ...]]:
    """Return what the rules that hold, or may hold, claim of each remedy kind; sorted by rule."""
    kinds = {kind.name: kind for kind in setting.policy.remedies}
    found: dict[str, list[Claim]] = {name: [] for name in kinds}
    for rule in setting.policy.rules:
        truth = setting.holds(f"rule:{rule.id}")
        if truth is not False and isinstance(rule.effect, Offer | Entitle):
            for outcome in rule.effect.outcomes:
                claim = _claim(rule, outcome, kinds[outcome.kind], setting, certain=truth is True)
                found[outcome.kind].append(claim)
    return {name: tuple(claims) for name, claims in found.items()}


def undecided(claim: Claim, setting: Setting) -> Obstacle | None:
    """A rule that only may hold offers nothing: an unknown fact never unlocks anything."""
    if claim.certain:
        return None
    return waiting_for(setting.open_facts(claim.rule.condition), claim.rule.id)


def worthless(claim: Claim, setting: Setting) -> Obstacle | None:
    """What is to have a value must be known to have one, above 0 and not beyond all amounts."""
    if claim.terms.value is None:
        return None
    if claim.value is None:
        return waiting_for(setting.open_facts(claim.terms.value), claim.rule.id)
    return None if 0 < claim.value <= MOST_MINOR_UNITS else Obstacle("no_value", claim.rule.id)


def _claim(
    rule: Rule, outcome: Outcome, kind: RemedyKind, setting: Setting, *, certain: bool
) -> Claim:
    match rule.effect:
        case Offer(basis=override):
            basis: Basis = override or kind.basis
        case _:
            basis = "entitlement"
    terms = _merged(outcome.overrides, kind.terms)
    value = 0 if terms.value is None else setting.amount(terms.value)
    return Claim(kind=kind, rule=rule, basis=basis, terms=terms, certain=certain, value=value)


def _merged(overrides: Terms, catalogue: Terms) -> Terms:
    days, effort = overrides.resolved_in_days, overrides.effort_0_to_5  # 0 overrides, too
    return Terms(
        value=overrides.value or catalogue.value,
        cost=overrides.cost or catalogue.cost,
        resolved_in_days=catalogue.resolved_in_days if days is None else days,
        effort_0_to_5=catalogue.effort_0_to_5 if effort is None else effort,
        say=overrides.say or catalogue.say,
        pays=overrides.pays or catalogue.pays,
        due=overrides.due or catalogue.due,
    )
