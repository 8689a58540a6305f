"""Where expressions stand in a policy, besides its conditions and defines."""

from __future__ import annotations

from collections.abc import Iterator

from remedykit.language.syntax import (
    Absence,
    CheckedPolicy,
    Constant,
    Entitle,
    EventCount,
    Expression,
    Offer,
    ParamRead,
    Template,
    Terms,
)


def conditions_on_remedies(policy: CheckedPolicy) -> Iterator[Expression]:
    """Yield the conditions that may read ``remedy.*``: those of rules, then those of limits."""
    yield from (rule.remedy_condition for rule in policy.rules)
    yield from (limit.remedy_condition for limit in policy.limits)


def amounts_and_placeholders(policy: CheckedPolicy) -> Iterator[Expression]:
    """Yield every amount, every due date, and what every placeholder in a text reads."""
    for terms in terms_of(policy):
        yield from (each for each in (terms.value, terms.cost, terms.due) if each is not None)
    yield from (limit.at_most for limit in policy.limits)
    yield from amounts_of_ranking(policy)
    yield from placeholders(policy)


def placeholders(policy: CheckedPolicy) -> Iterator[Expression]:
    """Yield what every placeholder in a text reads."""
    for terms in terms_of(policy):
        yield from _of_text(terms.say)
    for kind in policy.remedies:
        yield from _of_text(kind.note)
    for rule in policy.rules:
        yield from _of_text(rule.because)


def amounts_of_ranking(policy: CheckedPolicy) -> Iterator[Expression]:
    """Yield the amounts that only the ranking reads."""
    ranking = policy.ranking
    amounts = (
        ranking.trip_cost,
        ranking.small_loss,
        ranking.assumed_order_total,
        ranking.assumed_lifetime_value,
    )
    yield from (each for each in amounts if each is not None)


def length_of(pattern: Absence | EventCount) -> Constant | ParamRead | None:
    """Return how long the events of a pattern have to lie back, or may; ``None`` for no matter."""
    return pattern.lasting if isinstance(pattern, Absence) else pattern.within


def defines_of_ranking(policy: CheckedPolicy) -> frozenset[str]:
    """Return the names of the defines that the ranking reads."""
    ranking = policy.ranking
    named = (ranking.loss, ranking.risk, ranking.perk_when)
    return frozenset(name for name in named if name is not None)


def terms_of(policy: CheckedPolicy) -> Iterator[Terms]:
    """Yield the terms of every remedy kind, then those that rules put in their place."""
    yield from (kind.terms for kind in policy.remedies)
    for rule in policy.rules:
        if isinstance(rule.effect, Offer | Entitle):
            yield from (outcome.overrides for outcome in rule.effect.outcomes)


def _of_text(text: Template | None) -> Iterator[Expression]:
    yield from (piece.read for piece in text.pieces if not isinstance(piece, str)) if text else ()
