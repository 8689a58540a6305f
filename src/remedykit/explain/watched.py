"""What a policy looks at that may come out otherwise as time passes: tests, and amounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from remedykit.explain.comparisons import conditions_of
from remedykit.explain.wording import worded
from remedykit.language.degree import body_parts, facts_read_by, walk
from remedykit.language.occurrences import terms_of
from remedykit.language.operands import params_of
from remedykit.language.syntax import (
    CheckedPolicy,
    Compare,
    Define,
    DefineRead,
    Entitle,
    Expression,
    In,
    IsKnown,
    Offer,
    ParamRead,
    Tested,
)

_ANY_CURRENCY = "USD"  # two expressions read the same in one currency if they do in another


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A test or an amount that reads facts which move with time.

    Attributes:
        expression: what is watched.
        alone: the policy with the params and defines that it reads, and nothing else.
        defines: these defines by name.
        moving: the names of all facts that may move with time.
        reads: those of them that it reads.
    """

    expression: Expression
    alone: CheckedPolicy
    defines: Mapping[str, Define]
    moving: frozenset[str]
    reads: frozenset[str]

    def moves(self, expression: Expression) -> bool:
        """Return whether a part of what is watched may move with time."""
        return not self.moving.isdisjoint(facts_read_by([expression], self.defines))


def all_watched(policy: CheckedPolicy, moving: frozenset[str]) -> tuple[Watched, ...]:
    """Return everything in a policy that may come out otherwise as facts move, each once."""
    defines = {define.name: define for define in policy.defines}
    found = (*_tests(policy), *_amounts(policy, defines))
    reading = (each for each in found if not moving.isdisjoint(facts_read_by([each], defines)))
    different = {worded(each, _ANY_CURRENCY): each for each in reading}.values()
    return tuple(_watched(policy, each, defines, moving) for each in different)


def what_they_read(policy: CheckedPolicy, watched: Iterable[Watched]) -> CheckedPolicy:
    """Return a policy with the params and defines that watched things read, and nothing else."""
    return _alone(policy, [each.expression for each in watched])


def reckoned_dues(policy: CheckedPolicy) -> frozenset[tuple[str, str]]:
    """Return the rules and remedy kinds whose due time is reckoned from the moment of decision."""
    defines = {define.name: define for define in policy.defines}
    kinds = {kind.name: kind.terms.due for kind in policy.remedies}
    return frozenset(
        (rule.id, outcome.kind)
        for rule in policy.rules
        if isinstance(rule.effect, Offer | Entitle)
        for outcome in rule.effect.outcomes
        if (due := outcome.overrides.due or kinds[outcome.kind]) is not None
        and "at" in facts_read_by([due], defines)
    )


def _tests(policy: CheckedPolicy) -> Iterator[Expression]:
    for condition in conditions_of(policy):
        for node in walk(condition):
            if isinstance(node, Tested | Compare | In | IsKnown):
                yield node


def _amounts(policy: CheckedPolicy, defines: Mapping[str, Define]) -> Iterator[Expression]:
    """Yield what remedies are worth and until when they are due, and what the ranking measures.

    Left out are due times that are reckoned from the moment of decision.
    """
    for terms in terms_of(policy):
        yield from (each for each in (terms.value, terms.cost) if each is not None)
        if terms.due is not None and "at" not in facts_read_by([terms.due], defines):
            yield terms.due
    yield from (limit.at_most for limit in policy.limits)
    ranking = policy.ranking
    for name in (ranking.loss, ranking.risk, ranking.perk_when):
        if name is not None:
            define = defines[name]
            yield DefineRead(name, define.type, define.place)


def _watched(
    policy: CheckedPolicy,
    expression: Expression,
    defines: Mapping[str, Define],
    moving: frozenset[str],
) -> Watched:
    alone = _alone(policy, [expression])
    return Watched(
        expression=expression,
        alone=alone,
        defines={each.name: each for each in alone.defines},
        moving=moving,
        reads=moving & facts_read_by([expression], defines),
    )


def _alone(policy: CheckedPolicy, expressions: Iterable[Expression]) -> CheckedPolicy:
    read, params = _names_in(expressions, {define.name: define for define in policy.defines})
    return replace(
        policy,
        params=tuple(each for each in policy.params if each.name in params),
        defines=tuple(each for each in policy.defines if each.name in read),
        rules=(),
        limits=(),
        remedies=(),
    )


def _names_in(
    expressions: Iterable[Expression], defines: Mapping[str, Define]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of the defines that expressions read, through others too, and params."""
    read, params = set[str](), set[str]()
    pending = list(expressions)
    while pending:
        for node in walk(pending.pop()):
            if isinstance(node, DefineRead) and node.name not in read:
                read.add(node.name)
                pending += body_parts(defines[node.name].body)
            if isinstance(node, ParamRead):
                params.add(node.name)
            if isinstance(node, Tested):
                params.update(each.name for each in params_of(node.test))
    return frozenset(read), frozenset(params)
