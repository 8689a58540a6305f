"""Checks of rules that need the whole policy: protected facts, and effects without effect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from remedykit.language.degree import facts_read_by
from remedykit.language.scope import Scope
from remedykit.language.syntax import (
    Adjust,
    AskApproval,
    Entitle,
    Expression,
    Forbid,
    Limit,
    Offer,
    RemedyKind,
    Rule,
    Selector,
)

Kinds = Mapping[str, RemedyKind]


def check_rules(
    rules: tuple[Rule, ...], limits: tuple[Limit, ...], kinds: Kinds, scope: Scope
) -> None:
    """Report goodwill and scoring decided by a protected fact, and effects on entitlements."""
    for rule in rules:
        _check_protected(rule, tuple(_decides(rule, kinds)), scope)
        if isinstance(rule.effect, Forbid | AskApproval):
            _check_selector(rule, rule.effect.of, scope)
        if isinstance(rule.effect, Offer | Entitle):
            costs = (outcome.overrides.cost for outcome in rule.effect.outcomes)
            _check_protected(rule, tuple(cost for cost in costs if cost), scope)
    for kind in kinds.values():
        if kind.terms.cost is not None:  # a cost does nothing but rank
            _check_protected(kind, (kind.terms.cost,), scope)
    for limit in limits:
        goodwill = (limit.condition, limit.at_most) if _touches_goodwill(limit.of, kinds) else ()
        _check_protected(limit, goodwill, scope)
        _check_selector(limit, limit.of, scope)


def _check_protected(
    clause: Rule | Limit | RemedyKind, decided_by: tuple[Expression, ...], scope: Scope
) -> None:
    read = facts_read_by(decided_by, scope.defines)
    protected = sorted([name for name in read if scope.facts[name].protected])
    name = clause.name if isinstance(clause, RemedyKind) else clause.id
    if protected:
        scope.findings.error(
            "protected-fact",
            clause.place,
            f"`{name}` decides about goodwill or ranking by `{protected[0]}`, which is protected",
            help="decide it without this fact, or make it an entitlement with its source",
        )


def _check_selector(clause: Rule | Limit, of: Selector, scope: Scope) -> None:
    if of.basis == "entitlement":
        scope.findings.error(
            "no-effect",
            clause.place,
            f"`{clause.id}` is about entitlements, which nothing forbids, caps or holds up",
            help="leave it out, or name the goodwill or standard remedies that it is about",
        )


def _decides(rule: Rule, kinds: Kinds) -> Iterator[Expression]:
    """Give what decides about goodwill or scores: whether, which, and how much."""
    match rule.effect:
        case Adjust():
            yield rule.condition
        case Forbid(of=of) | AskApproval(of=of):
            if _touches_goodwill(of, kinds):
                yield rule.condition
        case Offer(outcomes=outcomes, basis=basis):
            offered = [(each, kinds[each.kind]) for each in outcomes]
            goodwill = [each for each in offered if (basis or each[1].basis) == "goodwill"]
            if goodwill:
                yield rule.condition
            for outcome, kind in goodwill:
                value = outcome.overrides.value or kind.terms.value
                yield from (kind.needs, kind.states)
                yield from (value,) if value else ()
        case _:
            pass


def _touches_goodwill(of: Selector, kinds: Kinds) -> bool:
    if of.basis is not None:
        return of.basis == "goodwill"
    return any(kinds[name].basis == "goodwill" for name in of.kinds)
