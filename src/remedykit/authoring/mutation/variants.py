"""The variants of one rule, limit, remedy kind or define: the same with one small change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from remedykit.authoring.mutation.effect_edits import EffectEdits
from remedykit.authoring.mutation.expression_edits import ExpressionEdits
from remedykit.authoring.mutation.mutant import Edit, Operator, Watched
from remedykit.authoring.mutation.rebuilding import replaced
from remedykit.authoring.mutation.values import Beside
from remedykit.authoring.mutation.whole_numbers import values_of
from remedykit.diagnostics import Place
from remedykit.language.degree import walk
from remedykit.language.syntax import (
    Cases,
    CheckedPolicy,
    Define,
    Entitle,
    Expression,
    Limit,
    Offer,
    Or,
    Outcome,
    RemedyKind,
    RemedyRead,
    Row,
    Rule,
)
from remedykit.language.types import BOOL

Node = TypeVar("Node", Rule, Limit, RemedyKind, Define)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant(Generic[Node]):
    """A clause with one small change; see `Mutant`."""

    clause: str
    operator: Operator
    place: Place
    change: str
    node: Node
    watched: Watched


@dataclass(frozen=True, slots=True)
class Variants:
    """Makes the variants of one policy's clauses."""

    expressions: ExpressionEdits
    effects: EffectEdits

    @classmethod
    def of(cls, policy: CheckedPolicy, currency: str) -> Variants:
        """Return what makes the variants of a policy's clauses, with amounts of a currency."""
        return cls(ExpressionEdits(Beside(policy, currency)), EffectEdits.of(policy))

    # --- rules and limits ----------------------------------------------------------------------

    def of_rule(self, rule: Rule) -> Iterator[Variant[Rule]]:
        """Yield the variants of a rule."""
        clause, condition = f"rule:{rule.id}", rule.condition
        never = Or((), rule.place)
        yield Variant(
            clause=clause,
            operator="effect",
            place=rule.place,
            change="it never acts",
            node=replace(rule, condition=never),
            watched=Watched(pairs=((condition, never),)),
        )
        for edit in self.expressions.of_condition(condition):
            node = replace(rule, condition=edit.whole)
            yield _variant(clause, edit, node, _of_condition(condition, edit))
        for edit in self._of_remedy(rule.remedy_condition):
            node = replace(rule, remedy_condition=edit.whole)
            yield _variant(clause, edit, node, Watched(within=condition))
        for each in self.effects.of_rule(rule):
            yield Variant(
                clause=clause,
                operator=each.operator,
                place=each.place,
                change=each.change,
                node=replace(rule, effect=each.effect),
                watched=Watched(within=condition),
            )
        if isinstance(rule.effect, Offer | Entitle):
            yield from self._overrides(rule, rule.effect)

    def of_limit(self, limit: Limit) -> Iterator[Variant[Limit]]:
        """Yield the variants of a limit."""
        clause, condition = f"limit:{limit.id}", limit.condition
        for edit in self.expressions.of_condition(condition):
            node = replace(limit, condition=edit.whole)
            yield _variant(clause, edit, node, _of_condition(condition, edit))
        for edit in self._of_remedy(limit.remedy_condition):
            node = replace(limit, remedy_condition=edit.whole)
            yield _variant(clause, edit, node, Watched(within=condition))
        for edit in self.expressions.of_amount(limit.at_most):
            node = replace(limit, at_most=edit.whole)
            yield _variant(clause, edit, node, _of_amount(limit.at_most, edit))

    def _of_remedy(self, condition: Expression) -> Iterator[Edit]:
        if _reads_remedy(condition):  # else there is none
            yield from self.expressions.of_condition(condition)

    def _overrides(self, rule: Rule, effect: Offer | Entitle) -> Iterator[Variant[Rule]]:
        for number, outcome in enumerate(effect.outcomes):
            for edit, watched in self._worth(outcome.overrides.value):
                terms = replace(outcome.overrides, value=edit.whole)
                other: Outcome = replace(outcome, overrides=terms)
                outcomes = replaced(effect.outcomes, number, other)
                yield _variant(
                    f"rule:{rule.id}",
                    edit,
                    replace(rule, effect=replace(effect, outcomes=outcomes)),
                    replace(watched, within=rule.condition),
                )

    def _worth(self, value: Expression | None) -> Iterator[tuple[Edit, Watched]]:
        if value is not None:
            for edit in self.expressions.of_amount(value):
                yield edit, _of_amount(value, edit)

    # --- remedy kinds and defines --------------------------------------------------------------

    def of_kind(self, kind: RemedyKind) -> Iterator[Variant[RemedyKind]]:
        """Yield the variants of a remedy kind: of when it can be had, and what it is worth."""
        for edit in self.expressions.of_condition(kind.needs):
            watched = _of_condition(kind.needs, edit)
            yield _variant(f"needs:{kind.name}", edit, replace(kind, needs=edit.whole), watched)
        for edit in self.expressions.of_condition(kind.states):
            watched = _of_condition(kind.states, edit)
            yield _variant(f"states:{kind.name}", edit, replace(kind, states=edit.whole), watched)
        for edit, watched in self._worth(kind.terms.value):
            node = replace(kind, terms=replace(kind.terms, value=edit.whole))
            yield _variant(f"value:{kind.name}", edit, node, watched)

    def of_define(self, define: Define) -> Iterator[Variant[Define]]:
        """Yield the variants of a define, and of each row of a table."""
        clause, body = f"define:{define.name}", define.body
        if not isinstance(body, Cases):
            for edit in self._value(define, body):
                watched = _of_condition(body, edit)
                yield _variant(clause, edit, replace(define, body=edit.whole), watched)
            return
        for number, row in enumerate(body.rows):
            for edit in self._conditions_of(row):
                changed = replaced(body.rows, number, replace(row, when=edit.whole))
                node = replace(define, body=replace(body, rows=changed))
                yield _variant(clause, edit, node, _of_condition(row.when, edit))
            for edit in () if body.op == "count" else self._value(define, row.value):
                changed = replaced(body.rows, number, replace(row, value=edit.whole))
                node = replace(define, body=replace(body, rows=changed))
                yield _variant(clause, edit, node, _of_amount(row.value, edit))
        if body.otherwise is not None:
            for edit in self._value(define, body.otherwise):
                node = replace(define, body=replace(body, otherwise=edit.whole))
                yield _variant(clause, edit, node, _of_amount(body.otherwise, edit))

    def _conditions_of(self, row: Row) -> Iterator[Edit]:
        """Yield a row's condition that never holds, and then every small change of it."""
        never = Or((), row.place)
        yield Edit(
            operator="dropped",
            place=row.place,
            change="without this row",
            old=row.when,
            new=never,
            whole=never,
        )
        yield from self.expressions.of_condition(row.when)

    def _value(self, define: Define, value: Expression) -> Iterator[Edit]:
        if define.type == BOOL and not isinstance(define.body, Cases):
            yield from self.expressions.of_condition(value)
        else:
            expressions = self.expressions.among(*values_of(define.body))
            yield from expressions.of_amount(value, define.type.values or ())


def _variant(clause: str, edit: Edit, node: Node, watched: Watched) -> Variant[Node]:
    return Variant(
        clause=clause,
        operator=edit.operator,
        place=edit.place,
        change=edit.change,
        node=node,
        watched=watched,
    )


def _of_condition(condition: Expression, edit: Edit) -> Watched:
    """Return where a changed condition shows: where its part, and all of it, come out otherwise.

    Args:
        condition: all of it; or an amount.
        edit: the change of a part of it.
    """
    whole = () if edit.old is condition else ((condition, edit.whole),)
    return Watched(pairs=((edit.old, edit.new), *whole))


def _of_amount(amount: Expression, edit: Edit) -> Watched:
    """Return where a changed amount shows; what a remedy is, is only known beside the remedy."""
    return Watched() if _reads_remedy(amount, edit.whole) else _of_condition(amount, edit)


def _reads_remedy(*expressions: Expression) -> bool:
    parts: Iterable[Expression] = (part for each in expressions for part in walk(each))
    return any(isinstance(part, RemedyRead) for part in parts)
