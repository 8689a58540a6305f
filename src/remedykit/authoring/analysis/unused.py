"""Params and defines that nothing reads."""

from __future__ import annotations

from collections.abc import Iterator

from remedykit.authoring.analysis.report import Report
from remedykit.language.degree import body_parts
from remedykit.language.names_used import names_used
from remedykit.language.syntax import (
    CheckedPolicy,
    Entitle,
    Expression,
    Offer,
    Rule,
    Template,
    Terms,
)


def report_unused(report: Report) -> None:
    """Report params and defines that no decision and no text reads, also through others."""
    policy = report.material.checked
    used = _used(policy)
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


def _used(policy: CheckedPolicy) -> frozenset[str]:
    bodies = {each.name: body_parts(each.body) for each in policy.defines}
    ranking = policy.ranking
    pending = set(names_used(_expressions(policy)))
    pending |= {each for each in (ranking.loss, ranking.risk, ranking.perk_when) if each}
    pending |= {name for terms in _terms(policy) for name in terms.measure_params}
    used: set[str] = set()
    while pending:
        name = pending.pop()
        if name not in used:
            used.add(name)
            pending |= names_used(bodies.get(name, ()))
    return frozenset(used)


def _expressions(policy: CheckedPolicy) -> Iterator[Expression | None]:
    for rule in policy.rules:
        yield from (rule.condition, rule.remedy_condition, *_of_text(rule.because))
    for limit in policy.limits:
        yield from (limit.condition, limit.remedy_condition, limit.at_most)
    for kind in policy.remedies:
        yield from (kind.needs, kind.states, *_of_text(kind.note))
    for terms in _terms(policy):
        yield from (terms.value, terms.cost, terms.due, *_of_text(terms.say))
    ranking = policy.ranking
    yield from (
        ranking.trip_cost,
        ranking.small_loss,
        ranking.assumed_order_total,
        ranking.assumed_lifetime_value,
    )


def _terms(policy: CheckedPolicy) -> Iterator[Terms]:
    yield from (kind.terms for kind in policy.remedies)
    for rule in policy.rules:
        yield from _overrides(rule)


def _overrides(rule: Rule) -> tuple[Terms, ...]:
    if isinstance(rule.effect, Offer | Entitle):
        return tuple(outcome.overrides for outcome in rule.effect.outcomes)
    return ()


def _of_text(text: Template | None) -> Iterator[Expression]:
    pieces = text.pieces if text else ()
    yield from (piece.read for piece in pieces if not isinstance(piece, str))
