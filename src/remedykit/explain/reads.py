"""Which facts a policy can read at all: a platform need not fetch the others."""

from __future__ import annotations

from collections.abc import Iterator

from remedykit.facts.answered import agreeing_with
from remedykit.language.degree import body_parts, facts_read
from remedykit.language.syntax import (
    CheckedPolicy,
    Entitle,
    Expression,
    Limit,
    Offer,
    RemedyKind,
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
    read = {name for each in _expressions(policy) for name in facts_read(each, defines)}
    needed = agreeing_with(read | _ALWAYS)
    return tuple(sorted(needed & frozenset(policy.schema.names)))


def _expressions(policy: CheckedPolicy) -> Iterator[Expression]:
    for rule in policy.rules:
        yield from _of_rule(rule)
    for limit in policy.limits:
        yield from _of_limit(limit)
    for kind in policy.remedies:
        yield from _of_kind(kind)
    ranking = policy.ranking
    used = {ranking.loss, ranking.risk, ranking.perk_when}
    for define in policy.defines:
        if define.name in used:
            yield from body_parts(define.body)


def _of_rule(rule: Rule) -> Iterator[Expression]:
    yield rule.condition
    yield rule.remedy_condition
    yield from _of_text(rule.because)
    if isinstance(rule.effect, Offer | Entitle):
        for outcome in rule.effect.outcomes:
            yield from _of_terms(outcome.overrides)


def _of_limit(limit: Limit) -> Iterator[Expression]:
    yield limit.condition
    yield limit.remedy_condition
    yield limit.at_most


def _of_kind(kind: RemedyKind) -> Iterator[Expression]:
    yield kind.needs
    yield kind.states
    yield from _of_terms(kind.terms)
    yield from _of_text(kind.note)


def _of_terms(terms: Terms) -> Iterator[Expression]:
    yield from (each for each in (terms.value, terms.cost, terms.due) if each is not None)
    yield from _of_text(terms.say)


def _of_text(text: Template | None) -> Iterator[Expression]:
    for piece in text.pieces if text else ():
        if not isinstance(piece, str):
            yield piece.read
