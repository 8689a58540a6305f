"""Which clauses read a param or a define, wherever in them it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from remedykit.language.names_used import names_used
from remedykit.language.occurrences import amounts_and_placeholders
from remedykit.language.syntax import CheckedPolicy, Entitle, Offer, Rule


def clauses_reading(policy: CheckedPolicy, names: frozenset[str]) -> Iterator[str]:
    """Yield the clauses that read some params and defines, and these defines.

    A rule also reads what the catalogue says of the kinds that it offers.

    Args:
        policy: whose clauses they are.
        names: with those of the defines through which others are read.
    """
    for rule in policy.rules:
        conditions = rule.condition, rule.remedy_condition
        if names_used((*conditions, *amounts_and_placeholders(_alone(policy, rule)))) & names:
            yield f"rule:{rule.id}"
    for limit in policy.limits:
        if names_used((limit.condition, limit.remedy_condition, limit.at_most)) & names:
            yield f"limit:{limit.id}"
    for kind in policy.remedies:
        for word, condition in (("needs", kind.needs), ("states", kind.states)):
            if names_used([condition]) & names:
                yield f"{word}:{kind.name}"
    yield from (f"define:{define.name}" for define in policy.defines if define.name in names)


def _alone(policy: CheckedPolicy, rule: Rule) -> CheckedPolicy:
    """Return a policy of one rule, with the kinds that it offers."""
    effect = rule.effect
    outcomes = effect.outcomes if isinstance(effect, Offer | Entitle) else ()
    offered = {outcome.kind for outcome in outcomes}
    kinds = tuple(kind for kind in policy.remedies if kind.name in offered)
    return replace(policy, rules=(rule,), limits=(), remedies=kinds)
