"""Which facts a policy can read at all: a platform need not fetch the others."""

from __future__ import annotations

from remedykit.facts.answered import agreeing_with
from remedykit.language.degree import body_parts, facts_read_by
from remedykit.language.syntax import (
    CheckedPolicy,
    Entitle,
    Expression,
    Offer,
    Rule,
    Template,
    Terms,
)

# What is read for every incident, whatever the policy says: which incident it is, the ceiling of
# money back, what was offered before, and what scores are measured against.
_ALWAYS = frozenset(
    {
        "at",
        "case.apologies_made",
        "customer.predicted_ltv",
        "incident.desired",
        "incident.discovered_at",
        "incident.functional_impact",
        "incident.id",
        "incident.kind",
        "incident.out_of_pocket",
        "incident.self_repaired",
        "incident.trips",
        "incident.value_affected",
        "order.id",
        "order.paid",
        "order.refunded",
        "order.total",
    }
)


def facts_needed(policy: CheckedPolicy) -> tuple[str, ...]:
    """Return the names of all facts that the policy's decisions can depend on, sorted.

    Those from which others of them are derived are among them, and those that must agree with
    them: without these nobody could tell what an answer to a question would change.
    """
    defines = {define.name: define for define in policy.defines}
    read = facts_read_by(_expressions(policy), defines)
    needed = agreeing_with(read | _ALWAYS)
    return tuple(sorted(needed & frozenset(policy.schema.names)))


def _expressions(policy: CheckedPolicy) -> list[Expression]:
    found: list[Expression] = []
    for rule in policy.rules:
        found += _of_rule(rule)
    for limit in policy.limits:
        found += (limit.condition, limit.remedy_condition, limit.at_most)
    for kind in policy.remedies:
        found += (kind.needs, kind.states, *_of_terms(kind.terms), *_of_text(kind.note))
    ranking = policy.ranking
    used = {ranking.loss, ranking.risk, ranking.perk_when}
    for define in policy.defines:
        if define.name in used:
            found += body_parts(define.body)
    return found


def _of_rule(rule: Rule) -> list[Expression]:
    found = [rule.condition, rule.remedy_condition, *_of_text(rule.because)]
    if isinstance(rule.effect, Offer | Entitle):
        for outcome in rule.effect.outcomes:
            found += _of_terms(outcome.overrides)
    return found


def _of_terms(terms: Terms) -> list[Expression]:
    amounts = (terms.value, terms.cost, terms.due)
    return [*(each for each in amounts if each is not None), *_of_text(terms.say)]


def _of_text(text: Template | None) -> list[Expression]:
    return [piece.read for piece in text.pieces if not isinstance(piece, str)] if text else []
