"""Params and defines that nothing reads."""

from __future__ import annotations

from itertools import chain

from remedykit.authoring.analysis.report import Report
from remedykit.engine.matching import clauses
from remedykit.language.degree import body_parts
from remedykit.language.names_used import names_used
from remedykit.language.occurrences import (
    amounts_and_placeholders,
    conditions_on_remedies,
    defines_of_ranking,
    length_of,
    terms_of,
)
from remedykit.language.syntax import CheckedPolicy


def report_unused(report: Report) -> None:
    """Report params and defines that no decision and no text reads, also through others."""
    policy = report.material.checked
    used = used_names(policy)
    named = [("param", each.name, each.place) for each in policy.params]
    named += [("define", each.name, each.place) for each in policy.defines]
    for sort, name, place in named:
        if name not in used:
            report.warning(
                "unused-name",
                place,
                f"the {sort} `{name}` is never used",
                help="delete it, or use it where it was meant",
            )


def used_names(policy: CheckedPolicy) -> frozenset[str]:
    """Return the params and defines that a decision or a text reads, also through others."""
    bodies = {each.name: body_parts(each.body) for each in policy.defines}
    expressions = chain(
        (clause.condition for clause in clauses(policy)),
        conditions_on_remedies(policy),
        amounts_and_placeholders(policy),
    )
    pending = set(names_used(expressions))
    pending |= names_used(length_of(fact.pattern) for fact in policy.timeline)
    pending |= defines_of_ranking(policy)
    pending |= {name for terms in terms_of(policy) for name in terms.measure_params}
    used: set[str] = set()
    while pending:
        name = pending.pop()
        if name not in used:
            used.add(name)
            pending |= names_used(bodies.get(name, ()))
    return frozenset(used)
