"""Which clauses concern a remedy kind as it is claimed: found once, before any facts are known.

A set of clauses is a whole number, as in the matches: bit `n` stands for clause `n`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from remedykit.effects.candidates import Claimed
from remedykit.effects.properties import CONSTANT, constant_properties
from remedykit.engine.matching import set_of
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.facts.values import Facts
from remedykit.language.degree import walk
from remedykit.language.kleene import all_of
from remedykit.language.syntax import (
    Adjust,
    And,
    AskApproval,
    CheckedPolicy,
    DefineRead,
    Expression,
    FactRead,
    Forbid,
    Limit,
    RemedyKind,
    RemedyRead,
    Rule,
    Selector,
)
from remedykit.language.types import Truth, Value
from remedykit.model.words import BASES, Basis, Gives

_BASIS = "remedy.basis"
_MONEY: tuple[Gives, ...] = ("money_now", "money_later")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedKind:
    """A remedy kind as it is claimed on one basis, and the clauses that concern it.

    Clauses that its constant properties exclude are left out.

    Attributes:
        claimed: its name and the basis: what limits count it as.
        constant: its constant properties.
        strength: the place of the basis; the least is the strongest.
        entitled: whether the customer has a right to it.
        needs: the number of the clause that it can be carried out.
        states: the number of the clause that its words are true.
        required: both of these.
        forbidding: the rules that forbid it.
        weighing: the rules that adjust it or ask for an approval.
        reducing: the limits that count it and reduce.
        withholding: the limits that count it and withhold.
        limiting: all limits that count it.
        tested: those of all these with a test that its constant properties do not answer.
        is_money_back: whether it gives cash, whatever it is called, or is a fix that gives money.
    """

    kind: RemedyKind
    basis: Basis
    claimed: Claimed
    constant: Mapping[str, Value | None]
    strength: int
    entitled: bool
    needs: int
    states: int
    required: int
    forbidding: int
    weighing: int
    reducing: int
    withholding: int
    limiting: int
    tested: int
    is_money_back: bool


@dataclass(frozen=True, slots=True)
class _Tested:
    """A clause with tests on the remedy.

    Attributes:
        answerable: the tests that the constant properties of a remedy answer.
        sees_basis: whether it is about a claim: a rule that forbids comes before.
    """

    number: int
    of: Selector
    answerable: tuple[Expression, ...]
    are_all: bool
    sees_basis: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerns:
    """Tells which clauses of a policy concern a remedy kind.

    Attributes:
        kinds: by name, with the place in the catalogue.
        first_needs: the number of the first clause that a remedy can be carried out.
        nothing_known: an evaluation without facts.
        untested: by selector, which many clauses share: those without tests on the remedy.
        tested: those with such tests.
        forbidding: all rules that forbid; the next three in the same way.
    """

    kinds: Mapping[str, tuple[RemedyKind, int]]
    first_needs: int
    nothing_known: ReferenceEvaluation
    untested: Mapping[Selector, int]
    tested: tuple[_Tested, ...]
    forbidding: int
    weighing: int
    reducing: int
    withholding: int

    @classmethod
    def of(cls, policy: CheckedPolicy) -> Concerns:
        """Prepare a policy."""
        rules, limits = policy.rules, tuple(enumerate(policy.limits, len(policy.rules)))
        clauses: tuple[Rule | Limit, ...] = (*policy.rules, *policy.limits)
        untested: defaultdict[Selector, int] = defaultdict(int)
        tested: list[_Tested] = []
        for number, clause in enumerate(clauses):
            selector = _selector(clause)
            if selector is None:
                continue
            if is_always(clause.remedy_condition):
                untested[selector] |= 1 << number
            else:
                tested.append(_tested(number, clause, selector))
        return cls(
            kinds={kind.name: (kind, place) for place, kind in enumerate(policy.remedies)},
            first_needs=len(rules) + len(limits),
            nothing_known=ReferenceEvaluation(replace(policy, defines=()), Facts({}, currency="")),
            untested=untested,
            tested=tuple(tested),
            forbidding=set_of(n for n, r in enumerate(rules) if isinstance(r.effect, Forbid)),
            weighing=set_of(
                n for n, r in enumerate(rules) if isinstance(r.effect, Adjust | AskApproval)
            ),
            reducing=set_of(number for number, limit in limits if limit.over == "reduce"),
            withholding=set_of(number for number, limit in limits if limit.over == "withhold"),
        )

    def claimed_kind(self, name: str, basis: Basis) -> ClaimedKind:
        """Return a remedy kind as it is claimed on a basis."""
        kind, place = self.kinds[name]
        concerning = tested = 0
        for selector, numbers in self.untested.items():
            if selects(selector, name, basis):
                concerning |= numbers
        needs = self.first_needs + place
        states = needs + len(self.kinds)
        constant = constant_properties(kind)
        views = constant, {**constant, _BASIS: basis}
        for clause in self.tested:
            if selects(clause.of, name, basis):
                answer = self._answer(clause, views[clause.sees_basis])
                concerning |= (answer is not False) << clause.number
                tested |= (answer is None) << clause.number
        return ClaimedKind(
            kind=kind,
            basis=basis,
            claimed=(name, basis),
            constant=constant,
            strength=BASES.index(basis),
            entitled=basis == "entitlement",
            needs=needs,
            states=states,
            required=1 << needs | 1 << states,
            forbidding=concerning & self.forbidding,
            weighing=concerning & self.weighing,
            reducing=concerning & self.reducing,
            withholding=concerning & self.withholding,
            limiting=concerning & (self.reducing | self.withholding),
            tested=tested,
            is_money_back=kind.gives == "money_now"
            or (kind.part == "fix" and kind.gives in _MONEY),
        )

    def _answer(self, clause: _Tested, properties: Mapping[str, Value | None]) -> Truth:
        """Return whether the tests of a clause hold; ``None`` if that must be left open."""
        if not clause.answerable:
            return None
        about = self.nothing_known.about(properties)
        answer = all_of(about.truth(test) for test in clause.answerable)
        return answer if answer is False or clause.are_all else None


def selects(selector: Selector, kind: str, basis: Basis) -> bool:
    """Return whether a clause is about a remedy kind as claimed on a basis."""
    return kind in selector.kinds and selector.basis in {None, basis}


def is_always(condition: Expression) -> bool:
    """Return whether a condition holds whatever there is."""
    return isinstance(condition, And) and not condition.parts


def _selector(clause: Rule | Limit) -> Selector | None:
    match clause:
        case Limit():
            return clause.of
        case Rule(effect=Forbid(of=of) | Adjust(of=of) | AskApproval(of=of)):
            return of
        case _:
            return None


def _tested(number: int, clause: Rule | Limit, selector: Selector) -> _Tested:
    condition = clause.remedy_condition
    tests = condition.parts if isinstance(condition, And) else (condition,)
    sees_basis = isinstance(clause, Limit) or not isinstance(clause.effect, Forbid)
    constant = frozenset({*CONSTANT, _BASIS}) if sees_basis else CONSTANT
    answerable = tuple(test for test in tests if _reads_only(constant, test))
    return _Tested(number, selector, answerable, len(answerable) == len(tests), sees_basis)


def _reads_only(properties: frozenset[str], test: Expression) -> bool:
    """Return whether a test reads nothing but these properties, constants and params."""
    return all(
        part.name in properties
        for part in walk(test)
        if isinstance(part, FactRead | DefineRead | RemedyRead)
    )
