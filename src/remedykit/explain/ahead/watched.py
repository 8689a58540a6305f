"""What a policy looks at that may come out otherwise as time passes: tests, and amounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from remedykit.explain.ahead.moving_dues import ANY_CURRENCY, dues_by_kind, moves_evenly
from remedykit.explain.comparisons import conditions_of
from remedykit.explain.wording import worded
from remedykit.language.degree import facts_read_by, walk, walk_through
from remedykit.language.occurrences import conditions_on_remedies, terms_of
from remedykit.language.syntax import (
    CheckedPolicy,
    Compare,
    Define,
    DefineRead,
    Expression,
    In,
    IsKnown,
    Shifted,
    Tested,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A test or an amount that reads facts which move with time.

    Attributes:
        expression: what is watched.
        reads: the facts that may move with time, of those that it reads.
        in_clauses_only: whether it matters for nothing but which clauses of the policy hold.
    """

    expression: Expression
    reads: frozenset[str]
    in_clauses_only: bool


def all_watched(policy: CheckedPolicy, moving: frozenset[str]) -> tuple[Watched, ...]:
    """Return everything in a policy that may come out otherwise as facts move, each once."""
    defines = {define.name: define for define in policy.defines}
    amounts = tuple(_amounts(policy, defines))
    found = (*_tests(policy), *amounts)
    reading = (each for each in found if not moving.isdisjoint(facts_read_by([each], defines)))
    different = {worded(each, ANY_CURRENCY): each for each in reading}
    # What matters besides for which clauses hold.
    beyond = walk_through((*conditions_on_remedies(policy), *amounts), defines)
    words_beyond = {worded(each, ANY_CURRENCY) for each in beyond}
    return tuple(
        Watched(
            expression=each,
            reads=moving & facts_read_by([each], defines),
            in_clauses_only=words not in words_beyond,
        )
        for words, each in different.items()
    )


def _tests(policy: CheckedPolicy) -> Iterator[Expression]:
    for condition in conditions_of(policy):
        for node in walk(condition):
            if isinstance(node, Tested | Compare | In | IsKnown):
                yield node


def _amounts(policy: CheckedPolicy, defines: Mapping[str, Define]) -> Iterator[Expression]:
    """Yield what remedies are worth and until when they are due, and what the ranking measures."""
    for terms in terms_of(policy):
        yield from (each for each in (terms.value, terms.cost) if each is not None)
    yield from _of_dues(policy, defines)
    yield from (limit.at_most for limit in policy.limits)
    ranking = policy.ranking
    for name in (ranking.loss, ranking.risk, ranking.perk_when):
        if name is not None:
            define = defines[name]
            yield DefineRead(name, define.type, define.place)


def _of_dues(policy: CheckedPolicy, defines: Mapping[str, Define]) -> Iterator[Expression]:
    """Yield the due times of remedies.

    Those that are reckoned from the moment of decision move all the time, and that is no change.
    But another due of the kind may come before one, and it may be unknown beyond a calendar.
    """
    for dues in dues_by_kind(policy).values():
        for due in dues:
            if not moves_evenly(due):
                yield due
            elif _may_be_unknown(due, defines):
                yield _compared(due, "==", due)
        for one, other in combinations(dues, 2):
            if moves_evenly(one) or moves_evenly(other):
                yield _compared(one, "<", other)


def _may_be_unknown(due: Expression, defines: Mapping[str, Define]) -> bool:
    shifts = (each for each in walk(due) if isinstance(each, Shifted))
    return facts_read_by([due], defines) != frozenset({"at"}) or any(
        each.calendar for each in shifts
    )


def _compared(left: Expression, op: Literal["<", "=="], right: Expression) -> Compare:
    return Compare(op, left, right, left.place)
