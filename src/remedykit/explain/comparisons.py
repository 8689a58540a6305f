"""What a policy compares: every two amounts, numbers or times whose order makes a difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from remedykit.diagnostics import Place
from remedykit.engine.matching import Evaluation
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.explain.wording import worded
from remedykit.facts.values import Facts
from remedykit.language.degree import body_parts, facts_read_by, walk, walk_through
from remedykit.language.operands import asks_what_is_known, operands_of
from remedykit.language.syntax import (
    Absolute,
    Adjust,
    Arithmetic,
    AskApproval,
    CheckedPolicy,
    Compare,
    Constant,
    Define,
    Entitle,
    Expression,
    Extreme,
    FactRead,
    Forbid,
    Limit,
    Offer,
    RemedyKind,
    Rounded,
    Rule,
    Tested,
)
from remedykit.language.types import MONEY, ORDERED, Value

_BUILT_IN = Place("", 1, 1, 1, 1)
_NOTHING = Constant(0, MONEY, _BUILT_IN)
_HALF = Fraction(1, 2)  # of a minor unit: amounts are rounded there


@dataclass(frozen=True, slots=True)
class Priced:
    """What one outcome of a rule, or the catalogue, makes of a remedy kind's value and cost."""

    kind: RemedyKind
    value: Expression
    cost: Expression | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides of which it matters whether the left one is more than the right one.

    Attributes:
        by: how much more, in the sides' own unit.
        about: the remedy whose value and cost the sides may read.
    """

    left: Expression
    right: Expression
    by: Fraction = Fraction(0)
    about: Priced | None = None

    def sides(self, evaluation: Evaluation) -> tuple[Value | None, Value | None]:
        """Return the values of both sides."""
        priced = self.about
        if priced is not None:
            remedy = {"remedy.value": evaluation.value(priced.value)}
            if priced.cost is not None:
                remedy["remedy.cost"] = evaluation.value(priced.cost)
            evaluation = evaluation.about(remedy)
        return evaluation.value(self.left), evaluation.value(self.right)

    def reads(self, defines: Mapping[str, Define]) -> frozenset[str]:
        """Return the facts that have a say in it."""
        return facts_read_by(self._expressions, defines)

    def rounded(self, defines: Mapping[str, Define]) -> Iterator[Comparison]:
        """Yield what it rounds to steps, in defines too: the amount beside the step."""
        for part in walk_through(self._expressions, defines):
            if isinstance(part, Rounded):
                yield Comparison(part.operand, part.step, about=self.about)

    def text(self, currency: str) -> tuple[str, ...]:
        """Return it in words: two that read the same are the same."""
        return (str(self.by), *(worded(each, currency) for each in self._expressions))

    @property
    def _expressions(self) -> tuple[Expression, ...]:
        if self.about is None:
            return self.left, self.right
        return self.left, self.right, self.about.value, self.about.cost or _NOTHING


def comparisons_of(policy: CheckedPolicy, facts: Facts, fact: str) -> tuple[Comparison, ...]:
    """Return every comparison in which a fact has a say, each once.

    Left out are those of rules and limits that hold for no answer.
    """
    return comparisons_in(_alive(policy, facts), facts, fact)


def comparisons_in(policy: CheckedPolicy, facts: Facts, fact: str) -> tuple[Comparison, ...]:
    """Return the same, with those of rules and limits that hold for no answer."""
    defines = {define.name: define for define in policy.defines}
    found = (each for each in _all(policy) if fact in each.reads(defines))
    return tuple({each.text(facts.currency): each for each in found}.values())


def _alive(policy: CheckedPolicy, facts: Facts) -> CheckedPolicy:
    """Return a policy without the rules and limits that no answer could make true."""
    evaluation = ReferenceEvaluation(policy, facts)

    def may_hold(clause: Rule | Limit) -> bool:
        condition = clause.condition
        return evaluation.truth(condition) is not False or asks_what_is_known(condition)

    return replace(
        policy,
        rules=tuple(rule for rule in policy.rules if may_hold(rule)),
        limits=tuple(limit for limit in policy.limits if may_hold(limit)),
    )


def conditions_of(policy: CheckedPolicy) -> Iterator[Expression]:
    """Yield every expression of a policy that decides something, those of defines included."""
    for clause in policy.rules + policy.limits:
        yield clause.condition
        yield clause.remedy_condition
    for kind in policy.remedies:
        yield kind.needs
        yield kind.states
    for define in policy.defines:
        yield from body_parts(define.body)


def _all(policy: CheckedPolicy) -> Iterator[Comparison]:
    priced = tuple(_priced(policy))
    for condition in conditions_of(policy):
        yield from (Comparison(*sides) for sides in _tested(condition))
        yield from _bends(condition)
    for each in priced:
        yield Comparison(each.value, _NOTHING, _HALF)  # less is worth nothing
        yield from _bends(each.value)
        if _gives_money_back(each.kind):
            yield from _rounded(_MONEY_BACK, each.value)
    for limit in policy.limits:
        yield Comparison(limit.at_most, _NOTHING)
        yield from _bends(limit.at_most)
        yield from _limited(limit, priced)
    for clause in policy.rules + policy.limits:
        yield from _of_remedies(clause, priced)


def _gives_money_back(kind: RemedyKind) -> bool:
    return kind.gives == "money_now" or (kind.part == "fix" and kind.gives == "money_later")


def _priced(policy: CheckedPolicy) -> Iterator[Priced]:
    """Yield what each rule makes of a remedy's value and cost."""
    kinds = {kind.name: kind for kind in policy.remedies}
    for rule in policy.rules:
        if isinstance(rule.effect, Offer | Entitle):
            for outcome in rule.effect.outcomes:
                kind, terms = kinds[outcome.kind], outcome.overrides
                value = terms.value or kind.terms.value
                if value is not None:
                    yield Priced(kind, value, terms.cost or kind.terms.cost)


def _tested(condition: Expression) -> Iterator[tuple[Expression, Expression]]:
    for node in walk(condition):
        match node:
            case Compare():
                yield node.left, node.right
            case Tested() if node.subject.type.base in ORDERED:
                yield from ((node.subject, end) for end in operands_of(node.test))
            case _:
                pass


def _bends(expression: Expression) -> Iterator[Comparison]:
    """Yield where an amount stops to grow as it did."""
    for node in walk(expression):
        yield from _bends_at(node)


def _bends_at(node: Expression) -> Iterator[Comparison]:
    match node:
        case Extreme():
            yield from (Comparison(*pair) for pair in combinations(node.items, 2))
        case Absolute():
            yield Comparison(node.operand, _NOTHING)
        case _:
            pass


def bends_behind(amount: Expression, defines: Mapping[str, Define]) -> Iterator[Comparison]:
    """Yield where an amount stops to grow as it did, in defines too; of steps the first one."""
    for node in walk_through((amount,), defines):
        yield from _bends_at(node)
        if isinstance(node, Rounded):
            yield Comparison(node.operand, node.step)


def ceilings_of(policy: CheckedPolicy, kind: RemedyKind, value: Expression) -> Iterator[Comparison]:
    """Yield where what a remedy is worth comes to more than a limit, or the built-in one, lets."""
    for limit in policy.limits:
        if kind.name in limit.of.kinds:
            yield Comparison(value, limit.at_most)
    if _gives_money_back(kind):
        yield Comparison(value, _MONEY_BACK)


def _rounded(one: Expression, other: Expression) -> Iterator[Comparison]:
    """Yield where one amount stops to be below another, once both are rounded."""
    yield from (Comparison(one, other, by) for by in (-_HALF, _HALF))


def _limited(limit: Limit, priced: Iterable[Priced]) -> Iterator[Comparison]:
    for each in priced:
        if each.kind.name in limit.of.kinds:
            yield from _rounded(limit.at_most, each.value)


def _of_remedies(clause: Rule | Limit, priced: Iterable[Priced]) -> Iterator[Comparison]:
    """Yield the tests on ``remedy.*`` for each remedy that they may be about."""
    tested = tuple(_tested(clause.remedy_condition))
    if not tested:
        return
    kinds = _kinds_of(clause)
    for each in priced:
        if each.kind.name in kinds:
            for left, right in tested:
                yield from (Comparison(left, right, by, each) for by in (-_HALF, _HALF))


def _kinds_of(clause: Rule | Limit) -> frozenset[str]:
    """Return the remedy kinds that a clause selects."""
    match clause:
        case Limit(of=of) | Rule(effect=Forbid(of=of) | Adjust(of=of) | AskApproval(of=of)):
            return of.kinds
        case _:
            return frozenset()


def _fact(name: str) -> FactRead:
    return FactRead(name, MONEY, _BUILT_IN)


# What money back may come to at most: the built-in ceiling of the effects.
_MONEY_BACK = Arithmetic(
    "+",
    Arithmetic("-", _fact("order.paid"), _fact("order.refunded"), MONEY, _BUILT_IN),
    _fact("incident.out_of_pocket"),
    MONEY,
    _BUILT_IN,
)
