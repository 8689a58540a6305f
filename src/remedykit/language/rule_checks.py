"""Checks of rules that need the whole policy: what protected facts may not decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from remedykit.language.degree import facts_read
from remedykit.language.scope import Scope
from remedykit.language.syntax import Adjust, Expression, Offer, RemedyKind, Rule


def check_rules(rules: tuple[Rule, ...], kinds: Mapping[str, RemedyKind], scope: Scope) -> None:
    """Report goodwill and scoring that depend on a protected fact."""
    for rule in rules:
        goodwill = tuple(_goodwill(rule, kinds))
        if goodwill or isinstance(rule.effect, Adjust):
            decided_by = (rule.condition, *(part for item in goodwill for part in item))
            read = frozenset[str]().union(*(facts_read(item, scope.defines) for item in decided_by))
            protected = [name for name in sorted(read) if scope.facts[name].protected]
            if protected:
                scope.findings.error(
                    "protected-fact",
                    rule.place,
                    f"`{rule.id}` decides about goodwill or ranking by `{protected[0]}`, "
                    "which is protected",
                    help="decide it without this fact, or make it an entitlement with its source",
                )


def _goodwill(rule: Rule, kinds: Mapping[str, RemedyKind]) -> Iterator[tuple[Expression, ...]]:
    """Give what decides whether and how much, for each goodwill remedy that a rule offers."""
    if isinstance(rule.effect, Offer):
        for outcome in rule.effect.outcomes:
            kind = kinds[outcome.kind]
            if (rule.effect.basis or kind.basis) == "goodwill":
                value = outcome.overrides.value or kind.terms.value
                yield (kind.needs, kind.states, *((value,) if value else ()))
