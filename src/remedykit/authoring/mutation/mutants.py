"""All mutants of a policy: every small change at every place of its rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from remedykit.authoring.mutation.mutant import Mutant
from remedykit.authoring.mutation.param_mutants import param_mutants
from remedykit.authoring.mutation.rebuilding import replaced
from remedykit.authoring.mutation.timeline_mutants import timeline_mutants
from remedykit.authoring.mutation.values import Beside
from remedykit.authoring.mutation.variants import Node, Variant, Variants
from remedykit.authoring.situations.search import first_currency
from remedykit.language.canonical import form_of
from remedykit.language.syntax import CheckedPolicy
from remedykit.policy import Policy


@dataclass(frozen=True, slots=True)
class ChosenMutants:
    """Which mutants of a policy there are; a process makes them itself.

    Attributes:
        policy: which is changed.
        files: the names of those whose rules are changed, without what the policy inherits from
            elsewhere; ``None``: all.
        clause: change only the clause of this name, such as the id of a rule; if empty, all.
    """

    policy: Policy
    files: frozenset[str] | None = None
    clause: str = ""

    def mutants(self) -> tuple[Mutant, ...]:
        """Return every mutant, each once, in the order of their places.

        One that means what the policy or another mutant of the same place means is left out,
        however it would be written.
        """
        policy = self.policy.checked
        currency = first_currency(policy)
        beside = Beside(policy, currency)
        found = (
            *_of_clauses(policy, currency),
            *param_mutants(policy, beside),
            *timeline_mutants(policy, beside),
        )
        chosen = (each for each in found if self._is_chosen(each))
        return tuple(sorted(chosen, key=lambda each: each.place))

    def _is_chosen(self, mutant: Mutant) -> bool:
        name = mutant.clause.partition(":")[2]
        own = self.files is None or mutant.place.file in self.files
        return own and self.clause in ("", name)


def _of_clauses(policy: CheckedPolicy, currency: str) -> Iterator[Mutant]:
    variants = Variants.of(policy, currency)
    for number, rule in enumerate(policy.rules):
        for each in _different(rule, variants.of_rule(rule)):
            yield _mutant(each, replace(policy, rules=replaced(policy.rules, number, each.node)))
    for number, limit in enumerate(policy.limits):
        for other in _different(limit, variants.of_limit(limit)):
            limits = replaced(policy.limits, number, other.node)
            yield _mutant(other, replace(policy, limits=limits))
    yield from _of_kinds(policy, variants)
    yield from _of_defines(policy, variants)


def _of_kinds(policy: CheckedPolicy, variants: Variants) -> Iterator[Mutant]:
    for number, kind in enumerate(policy.remedies):
        for each in _different(kind, variants.of_kind(kind)):
            remedies = replaced(policy.remedies, number, each.node)
            yield _mutant(each, replace(policy, remedies=remedies))


def _of_defines(policy: CheckedPolicy, variants: Variants) -> Iterator[Mutant]:
    for number, define in enumerate(policy.defines):
        for each in _different(define, variants.of_define(define)):
            defines = replaced(policy.defines, number, each.node)
            yield _mutant(each, replace(policy, defines=defines))


def _different(node: Node, variants: Iterable[Variant[Node]]) -> Iterator[Variant[Node]]:
    """Yield the variants that mean something else than the node, and than each other."""
    seen = {form_of(node)}
    for each in variants:
        form = form_of(each.node)
        if form not in seen:
            seen.add(form)
            yield each


def _mutant(variant: Variant[Node], policy: CheckedPolicy) -> Mutant:
    return Mutant(
        clause=variant.clause,
        operator=variant.operator,
        place=variant.place,
        change=variant.change,
        policy=policy,
        watched=variant.watched,
    )
