"""What single tests are about, and the values that each of it can have."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from remedykit.authoring.analysis.value_sets import (
    Ranges,
    ValueSet,
    everything,
    some_range,
    some_words,
)
from remedykit.language.intervals import Interval, Point
from remedykit.language.syntax import CheckedPolicy, Constant, Define, ParamRead
from remedykit.language.types import ORDERED, Base, FactDeclaration, FactType, Value

TRUE, FALSE = "true", "false"
# The scale of these has steps of 1: an amount handed in is whole minor units, a time microseconds.
_WHOLE = frozenset({Base.INT, Base.MONEY, Base.DATE, Base.TIME, Base.DURATION})


class Subject(NamedTuple):
    """What a test is about.

    Of a list, each word that it may contain is a subject of its own, and so is whether the list
    is known. What reads several facts is a subject about which nothing is assumed.

    Attributes:
        sort: a ``fact``; a ``word`` of a list; whether a ``list`` is known; a ``define`` that is
            computed; or a condition, the ``rest``, that is not taken apart.
        name: of the fact or define.
        word: of a list.
        of: what tells one condition from another.
    """

    sort: Literal["fact", "word", "list", "define", "rest"]
    name: str
    word: str = ""
    of: Hashable = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """The facts, defines and params of one policy, as analyses read them.

    Attributes:
        facts: every fact by name.
        domains: the values that each fact can have, lists aside.
        defines: by name.
        params: the constants by name; without those that depend on the currency of the order,
            where there are several.
    """

    facts: Mapping[str, FactDeclaration]
    domains: Mapping[str, ValueSet]
    defines: Mapping[str, Define]
    params: Mapping[str, Value]

    @classmethod
    def of(cls, policy: CheckedPolicy) -> Subjects:
        """Return what there is in a policy."""
        facts = {each.name: each for each in policy.schema.declarations}
        return cls(
            facts=facts,
            domains={
                name: _domain(fact) for name, fact in facts.items() if fact.type.base != Base.TEXTS
            },
            defines={each.name: each for each in policy.defines},
            params=_constants(policy),
        )

    def domain(self, subject: Subject) -> ValueSet:
        """Return every value that a subject can have."""
        match subject.sort:
            case "fact":
                return self.domains[subject.name]
            case "define":
                of = self.defines[subject.name].type
                return values_of_type(of, whole=of.base is Base.INT)
            case "word" | "list":
                return _TWO
            case _:
                return some_words(frozenset({TRUE, FALSE}), unknown=True)

    def is_list(self, subject: Subject) -> bool:
        """Return whether a subject is a define that gives a list of texts."""
        return subject.sort == "define" and self.defines[subject.name].type.base is Base.TEXTS

    def value(self, operand: Constant | ParamRead) -> Value | None:
        """Return what a test compares with; ``None`` if that is not one value."""
        return operand.value if isinstance(operand, Constant) else self.params.get(operand.name)


def values_of_type(of: FactType, *, whole: bool) -> ValueSet:
    """Return all values of a type that is no list of texts, and "unknown"."""
    if of.base is Base.BOOL:
        return some_words(frozenset({TRUE, FALSE}), unknown=True)
    if of.values is not None:
        return some_words(frozenset(of.values), unknown=True)
    return everything(ordered=of.base in ORDERED, whole=whole)


_TWO = some_words(frozenset({TRUE, FALSE}))


def _domain(fact: FactDeclaration) -> ValueSet:
    values = values_of_type(fact.type, whole=fact.type.base in _WHOLE)
    if isinstance(values, Ranges):
        low, high = _end(fact.at_least), _end(fact.at_most)
        declared = Interval(low, low is None, high, high is None)
        values = some_range(declared, whole=values.whole)
    return values._replace(unknown=not fact.always_known)


def _end(bound: Point | None) -> Point | None:
    return bound.numerator if bound is not None and bound.denominator == 1 else bound


def _constants(policy: CheckedPolicy) -> Mapping[str, Value]:
    found: dict[str, Value] = {}
    for param in policy.params:
        by_currency = dict(param.by_currency)
        value = param.value
        if value is None and len(policy.currencies) == 1:
            value = by_currency.get(policy.currencies[0])
        if value is not None:
            found[param.name] = value
    return found


def word_of(value: Value) -> str:
    """Return a text or a truth value as a word."""
    return str(value).lower() if isinstance(value, bool) else str(value)
