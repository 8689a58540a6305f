"""What rules and limits do, taken apart, so that two of them can be compared."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from fractions import Fraction
from typing import NamedTuple, assert_never

from remedykit.authoring.analysis.identity import identity
from remedykit.authoring.analysis.material import Acting, Material
from remedykit.effects.tables import ClaimRow
from remedykit.language.syntax import (
    Adjust,
    AskApproval,
    Constant,
    Entitle,
    Expression,
    Forbid,
    HandOver,
    Limit,
    Offer,
    ParamRead,
    Todo,
)


class Deed(NamedTuple):
    """One thing that a rule or limit does.

    Attributes:
        key: equal for what is the same but for its worth.
        worth: value and cost of what is offered.
        amount: the value where it is constant: of two offers of a kind the higher one stands.
        adds_up: whether doing it twice is more than doing it once.
    """

    key: Hashable
    worth: Hashable = None
    amount: int | Fraction | None = None
    adds_up: bool = False

    def is_done_by(self, other: Deed) -> bool:
        """Return whether nothing is left to do where the other is done."""
        if self.adds_up or self.key != other.key:
            return False
        if self.worth == other.worth:
            return True
        return self.amount is not None and other.amount is not None and self.amount < other.amount


def deeds_of(acting: Acting, material: Material) -> frozenset[Deed]:
    """Return everything that a rule or limit does when it acts."""
    return frozenset(_deeds(acting, material))


def _deeds(acting: Acting, material: Material) -> Iterator[Deed]:
    clause = acting.clause
    about = identity(clause.remedy_condition)
    if isinstance(clause, Limit):
        cap = (clause.of.kinds, clause.of.basis, identity(clause.at_most), clause.over)
        yield Deed(("limit", *cap, about))
        return
    effect = clause.effect
    match effect:
        case Offer() | Entitle():
            for row in material.tables.claims[acting.number]:
                yield _claim(row, material)
        case Forbid(of=of):
            yield from (Deed(("forbid", kind, of.basis, about)) for kind in of.kinds)
        case AskApproval(of=of, by=by):
            yield from (Deed(("ask", kind, of.basis, by, about)) for kind in of.kinds)
        case Adjust(of=of, points=points):
            for kind in of.kinds:
                yield Deed(("adjust", kind, of.basis, points, about), adds_up=True)
        case HandOver(to=to):
            yield Deed(("hand over", to))
        case Todo(tasks=tasks):
            yield from (Deed(("todo", task)) for task in tasks)
        case _ as unreachable:
            assert_never(unreachable)


def _claim(row: ClaimRow, material: Material) -> Deed:
    terms = (row.resolved_in_days, row.effort_0_to_5, row.pays)
    texts = (identity(row.say), identity(row.due))
    return Deed(
        ("claim", row.of.claimed, *terms, *texts),
        (identity(row.value), identity(row.cost)),
        _amount(row.value, material),
    )


def _amount(value: Expression | None, material: Material) -> int | Fraction | None:
    if not isinstance(value, Constant | ParamRead):
        return None
    known = material.subjects.value(value)
    return known if isinstance(known, int | Fraction) and known > 0 else None
