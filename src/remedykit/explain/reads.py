"""Which facts a policy can read at all: a platform need not fetch the others."""

from __future__ import annotations

from collections.abc import Iterator

from remedykit.engine.matching import clauses
from remedykit.facts.answered import agreeing_with
from remedykit.language.degree import body_parts, facts_read_by
from remedykit.language.occurrences import (
    amounts_and_placeholders,
    conditions_on_remedies,
    defines_of_ranking,
)
from remedykit.language.syntax import CheckedPolicy, Expression

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


def _expressions(policy: CheckedPolicy) -> Iterator[Expression]:
    yield from (clause.condition for clause in clauses(policy))
    yield from conditions_on_remedies(policy)
    yield from amounts_and_placeholders(policy)
    ranked_by = defines_of_ranking(policy)
    for define in policy.defines:
        if define.name in ranked_by:
            yield from body_parts(define.body)
