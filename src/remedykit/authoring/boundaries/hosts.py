"""What must hold beside a condition so that a decision shows how it comes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import islice

from remedykit.authoring.analysis.conditions import ConditionReader
from remedykit.authoring.analysis.subjects import Subjects
from remedykit.authoring.boundaries.offerings import Goals, Offering, Shown, offerings_of
from remedykit.authoring.situations.goals import Goal
from remedykit.authoring.situations.pivots import pivots, pivots_of_define
from remedykit.effects.properties import constant_properties
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.facts.values import Facts
from remedykit.language.degree import walk, walk_through
from remedykit.language.syntax import (
    Adjust,
    And,
    AskApproval,
    CheckedPolicy,
    Compare,
    Constant,
    Define,
    DefineRead,
    Entitle,
    EqualTo,
    Expression,
    FactRead,
    Forbid,
    Offer,
    RemedyKind,
    RemedyRead,
    Rule,
    Selector,
    Tested,
)
from remedykit.language.types import MONEY

_MOST_SHOWN = 12  # remedies by which an effect is tried to be shown
_MOST_FIXES = 2  # beside which a perk is tried to be offered


@dataclass(frozen=True)
class Host:
    """A place where a define is read: the clause that turns with it, and what must hold beside.

    Attributes:
        clause: such as ``rule:lost.reship``.
        condition: what turns with the define.
        beside: goals of the other tests.
        show: finds what else would make the effect visible.
    """

    clause: str
    condition: Expression
    beside: Goals
    show: Callable[[], Iterable[Shown]]

    @cached_property
    def shown(self) -> tuple[Shown, ...]:
        """What else would make the effect visible, one way after the other."""
        return tuple(self.show())

    def with_beside(self, beside: Goals) -> Host:
        """Return the same place with goals of other tests."""
        return Host(self.clause, self.condition, beside, lambda: self.shown)


@dataclass(frozen=True)
class Hosts:
    """Finds what makes the conditions of one policy visible."""

    policy: CheckedPolicy
    offerings: tuple[Offering, ...]

    @classmethod
    def of(cls, policy: CheckedPolicy) -> Hosts:
        """Return what finds it in a policy."""
        return cls(policy, tuple(offerings_of(policy)))

    @cached_property
    def clauses(self) -> tuple[Host, ...]:
        """Every condition of rules, limits, needs and states, as its own host."""
        return tuple(self._clauses())

    def _clauses(self) -> Iterator[Host]:
        for rule in self.policy.rules:
            yield Host(f"rule:{rule.id}", rule.condition, (), partial(self._shown_rule, rule))
        for limit in self.policy.limits:
            offered = partial(self._offered, limit.of, limit.remedy_condition)
            yield Host(f"limit:{limit.id}", limit.condition, (), offered)
        for kind in self.policy.remedies:
            sides = (("needs", kind.needs, kind.states), ("states", kind.states, kind.needs))
            for word, condition, other in sides:
                show = partial(self._shown_kind, kind, other)
                yield Host(f"{word}:{kind.name}", condition, (), show)

    def of_define(self, name: str) -> Iterator[Host]:
        """Yield the clauses whose condition turns with a define of truth, directly or not."""
        yield from self._direct.get(name, ())
        for define, beside in self._through.get(name, {}).items():
            for host in self.of_define(define):
                for goals in beside:
                    yield host.with_beside((*host.beside, *goals))

    @cached_property
    def _direct(self) -> Mapping[str, Sequence[Host]]:
        """The clauses that turn with a test of a define, by its name."""
        found = defaultdict[str, list[Host]](list)
        for host in self.clauses:
            for pivot in pivots(host.condition):
                name = _define_read(pivot.test)
                if name is not None:
                    found[name].append(host.with_beside(pivot.beside))
        return found

    @cached_property
    def _through(self) -> Mapping[str, Mapping[str, Sequence[Goals]]]:
        """What must hold in each define beside its tests of another one, by the other's name."""
        found = defaultdict[str, defaultdict[str, list[Goals]]](lambda: defaultdict(list))
        for define in self.policy.defines:
            for pivot, _ in pivots_of_define(define):
                name = _define_read(pivot.test)
                if name is not None:
                    found[name][define.name].append(pivot.beside)
        return found

    def of_amount(self, name: str) -> Iterator[Shown]:
        """Yield what must hold for a remedy to be offered whose worth or cost a define makes."""
        for each in self.offerings:
            if any(self._makes(name, amount) for amount in (each.value, each.cost)):
                claimed = (Goal(each.rule.condition, True),)
                yield from (way.beside(claimed) for way in self.offered(each))

    def selected(self, of: Selector, condition: Expression) -> Iterator[Offering]:
        """Yield the offerings that a selector, and the tests on what a remedy is, let through."""
        for each in self.offerings:
            basis = of.basis in (None, each.basis)
            if each.kind.name in of.kinds and basis and self._may_hold(condition, each):
                yield each

    def offered(self, offering: Offering) -> Iterator[Shown]:
        """Yield what must hold for a remedy to be offered where its rule holds."""
        own = self._stands(offering)
        yield from (each.beside(own) for each in self._beside(offering))

    def _stands(self, offering: Offering) -> Goals:
        needs, states = offering.kind.needs, offering.kind.states
        return (Goal(needs, True), Goal(states, True), *self._worth(offering))

    def _beside(self, offering: Offering) -> Sequence[Shown]:
        """Return what there must be beside a remedy: of a perk a fix, if it is no entitlement."""
        return self._fixes.get((offering.rule.id, offering.kind.name), (Shown(()),))

    @cached_property
    def _fixes(self) -> Mapping[tuple[str, str], Sequence[Shown]]:
        """Ways to have a fix beside a perk, by the names of its rule and of its kind.

        First whatever offers one, then some rules that do; last none, for a perk need not be
        offered for all that a decision shows of it.
        """
        reader = ConditionReader(Subjects.of(self.policy))
        fixes = [
            (each.rule.condition, self._stands(each))
            for each in self.offerings
            if each.kind.part == "fix"
        ]

        def ways(perk: Offering) -> Iterator[Shown]:
            for condition, stands in fixes:
                conditions = (condition, *(goal.condition for goal in stands))
                together = (perk.rule.condition, perk.kind.needs, *conditions)
                if reader.read(And(together, perk.rule.place)).boxes:
                    yield Shown((Goal(condition, True), *stands))

        return {
            (each.rule.id, each.kind.name): (
                Shown((), fixed=True),
                *islice(ways(each), _MOST_FIXES),
                Shown(()),
            )
            for each in self.offerings
            if fixes and each.kind.part == "perk" and each.basis != "entitlement"
        }

    def _may_hold(self, condition: Expression, offering: Offering) -> bool:
        """Return whether tests on what a remedy is, not on what it is worth, let it through."""
        values = {**constant_properties(offering.kind), "remedy.basis": offering.basis}
        tests = condition.parts if isinstance(condition, And) else (condition,)
        about = self._nothing.about(values)
        return all(about.truth(each) is not False for each in tests if _reads_only(values, each))

    @cached_property
    def _nothing(self) -> ReferenceEvaluation:
        """Where no fact and no define is known."""
        return ReferenceEvaluation(replace(self.policy, defines=()), Facts({}, ""))

    def _worth(self, offering: Offering) -> Goals:
        goals: list[Goal] = []
        place = offering.kind.place
        if offering.value is not None:
            nothing = Constant(0, MONEY, place)
            goals.append(Goal(Compare(">", offering.value, nothing, place), True))
        perk_when = self.policy.ranking.perk_when
        if offering.kind.part == "perk" and perk_when is not None:
            goals += [
                Goal(define.body, True)
                for define in self.policy.defines
                if define.name == perk_when and isinstance(define.body, Expression)
            ]
        return tuple(goals)

    def _shown_rule(self, rule: Rule) -> tuple[Shown, ...]:
        match rule.effect:
            case Offer() | Entitle():
                own = [each for each in self.offerings if each.rule is rule][:_MOST_SHOWN]
                return tuple(way for each in own for way in self.offered(each))
            case Forbid(of=of):
                beside = self._offered(of, rule.remedy_condition)
                return tuple(replace(each, offered="") for each in beside)
            case Adjust(of=of) | AskApproval(of=of):
                return tuple(self._offered(of, rule.remedy_condition))
            case _:
                return ()

    def _shown_kind(self, kind: RemedyKind, other: Expression) -> Iterator[Shown]:
        """Yield what must hold for a remedy to be offered if one of its own conditions does."""
        offered = (each for each in self.offerings if each.kind is kind)
        for each in islice(offered, _MOST_SHOWN):
            goals = (Goal(each.rule.condition, True), Goal(other, True), *self._worth(each))
            yield from (way.beside(goals) for way in self._beside(each))

    def _offered(self, of: Selector, condition: Expression) -> Iterator[Shown]:
        """Yield what must hold for a remedy to be offered that a selector selects, kind by kind."""
        kinds: set[str] = set()
        for each in self.selected(of, condition):
            if each.kind.name not in kinds and len(kinds) < _MOST_SHOWN:
                kinds.add(each.kind.name)
                claimed = (Goal(each.rule.condition, True),)
                for way in self.offered(each):
                    yield replace(way.beside(claimed), offered=each.kind.name)

    def _makes(self, name: str, amount: Expression | None) -> bool:
        nodes = walk_through(() if amount is None else (amount,), self._defines)
        return any(isinstance(node, DefineRead) and node.name == name for node in nodes)

    @cached_property
    def _defines(self) -> Mapping[str, Define]:
        return {define.name: define for define in self.policy.defines}


def _reads_only(properties: Container[str], test: Expression) -> bool:
    """Return whether a test reads nothing but these properties, constants and params."""
    return all(
        part.name in properties
        for part in walk(test)
        if isinstance(part, FactRead | DefineRead | RemedyRead)
    )


def _define_read(test: Expression) -> str | None:
    """Return the define of which a test asks whether it holds, if it does."""
    match test:
        case Tested(subject=DefineRead(name=read), test=EqualTo()) | DefineRead(name=read):
            return read
        case _:
            return None
