"""Which clauses read a param, a define or a fact, wherever in them it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from remedykit.language.degree import facts_read_by
from remedykit.language.names_used import names_used
from remedykit.language.occurrences import amounts_and_placeholders
from remedykit.language.syntax import CheckedPolicy, Entitle, Expression, Offer, Rule


def clauses_reading(policy: CheckedPolicy, names: frozenset[str]) -> Iterator[str]:
    """Yield the clauses that read some params and defines, and these defines.

    A rule also reads what the catalogue says of the kinds that it offers.

    Args:
        policy: whose clauses they are.
        names: with those of the defines through which others are read.
    """
    for clause, expressions in _clauses(policy):
        if names_used(expressions) & names:
            yield clause
    yield from (f"define:{define.name}" for define in policy.defines if define.name in names)


def clauses_reading_facts(policy: CheckedPolicy, facts: frozenset[str]) -> Iterator[str]:
    """Yield the clauses and defines that read some facts, also through defines."""
    defines = {define.name: define for define in policy.defines}
    for clause, expressions in _clauses(policy):
        if facts_read_by(expressions, defines) & facts:
            yield clause
    yield from (f"define:{define.name}" for define in policy.defines if define.reads & facts)


def _clauses(policy: CheckedPolicy) -> Iterator[tuple[str, tuple[Expression, ...]]]:
    """Yield the clauses with all that they read."""
    for rule in policy.rules:
        amounts = amounts_and_placeholders(_alone(policy, rule))
        yield f"rule:{rule.id}", (rule.condition, rule.remedy_condition, *amounts)
    for limit in policy.limits:
        yield f"limit:{limit.id}", (limit.condition, limit.remedy_condition, limit.at_most)
    for kind in policy.remedies:
        yield f"needs:{kind.name}", (kind.needs,)
        yield f"states:{kind.name}", (kind.states,)


def _alone(policy: CheckedPolicy, rule: Rule) -> CheckedPolicy:
    """Return a policy of one rule, with the kinds that it offers."""
    effect = rule.effect
    outcomes = effect.outcomes if isinstance(effect, Offer | Entitle) else ()
    offered = {outcome.kind for outcome in outcomes}
    kinds = tuple(kind for kind in policy.remedies if kind.name in offered)
    return replace(policy, rules=(rule,), limits=(), remedies=kinds)
