"""How the change of a fact reads: «3 more days late», «tier gold instead of silver»."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from remedykit.explain.answers import answer_text, duration_text
from remedykit.explain.messages import PERSONAL
from remedykit.explain.thresholds import Axis
from remedykit.explain.why_not import FactChange
from remedykit.facts.values import Facts
from remedykit.language.types import Base, FactDeclaration, Schema, Value
from remedykit.model.rational import exact_text

_MOST_NAMED = 3  # words that would do
_SPOKEN = {"at": "decided", "incident.kind": "kind of incident"}


@dataclass(frozen=True, slots=True)
class Span:
    """The values of an unknown fact with an order that would all do, as far as they were tried.

    Attributes:
        low: the least; ``None`` if there is none.
        high: the highest; ``None`` if there is none.
    """

    low: Value | None
    high: Value | None


@dataclass(frozen=True, slots=True)
class OneOf:
    """The values of a fact without an order that would do; the first is the one that was chosen.

    Attributes:
        are_all: whether that is every value that it could have.
    """

    values: tuple[Value, ...]
    are_all: bool


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """Writes changes of the facts of one decision."""

    schema: Schema
    facts: Facts

    def change(
        self, fact: FactDeclaration, after: Value, also: Span | OneOf | None = None
    ) -> FactChange:
        """Return one change with its words.

        Args:
            fact: the fact.
            after: the value that it would have.
            also: what would do as well.
        """
        before = self.facts.values[fact.name]
        shown = None if before is None else self._shown(before, fact)
        if before is None:
            text = f"{_spoken(fact)} {self._told(fact, after, also)}"
        elif fact.personal:
            text = f"{_spoken(fact)} {self._any_of(after, fact, also)} instead of what it is"
        else:
            text = self._otherwise(fact, before, after, also)
        return FactChange(fact=fact.name, before=shown, after=self._written(after, fact), text=text)

    def _told(self, fact: FactDeclaration, after: Value, also: Span | OneOf | None) -> str:
        """Return what an unknown fact would have to be."""
        match also:
            case Span(low=None, high=None) | OneOf(are_all=True):
                return "becomes known"
            case Span(low=None, high=high) if high is not None:
                return f"turns out to be {self._amount(high, fact)} or {_less(fact.type.base)}"
            case Span(low=low, high=None) if low is not None:
                return f"turns out to be {self._amount(low, fact)} or {_more(fact.type.base)}"
            case Span(low=low, high=high) if low is not None and high is not None and low != high:
                return f"turns out to be {self._amount(low, fact)} to {self._amount(high, fact)}"
            case _:
                return f"turns out to be {self._any_of(after, fact, also)}"

    def _otherwise(
        self, fact: FactDeclaration, before: Value, after: Value, also: Span | OneOf | None
    ) -> str:
        axis = Axis(fact.type.base)
        here, there = axis.number(before), axis.number(after)
        spoken = _spoken(fact)
        if here is not None and there is not None:
            more = there > here
            if isinstance(before, datetime) and isinstance(after, datetime):
                apart = duration_text(abs(after - before))
                return f"{spoken} {apart} {'later' if more else 'earlier'}"
            if fact.unit and spoken.startswith(f"{fact.unit} "):
                rest = spoken.removeprefix(f"{fact.unit} ")
                count = exact_text(abs(there - here))
                unit = fact.unit.removesuffix("s") if count == "1" else fact.unit
                return f"{count} {'more' if more else 'fewer'} {unit} {rest}"
        found = self._any_of(after, fact, also)
        return f"{spoken} {found} instead of {self._amount(before, fact)}"

    def _any_of(self, after: Value, fact: FactDeclaration, also: Span | OneOf | None) -> str:
        """Return the value that a fact would have, with some others that would do."""
        values = also.values if isinstance(also, OneOf) else (after,)
        words = [self._amount(value, fact) for value in values[:_MOST_NAMED]]
        if len(values) > _MOST_NAMED:
            words.append("another")
        return " or ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)

    def _amount(self, value: Value, fact: FactDeclaration) -> str:
        currency = f" {self.facts.currency}" if fact.type.base is Base.MONEY else ""
        return self._written(value, fact) + currency

    def _written(self, value: Value, fact: FactDeclaration) -> str:
        return answer_text(value, fact, self.facts, self.schema)

    def _shown(self, value: Value, fact: FactDeclaration) -> str:
        return PERSONAL if fact.personal else self._written(value, fact)


def _spoken(fact: FactDeclaration) -> str:
    """Return the name of a fact as a person would say it."""
    return _SPOKEN.get(fact.name) or fact.name.rpartition(".")[2].replace("_", " ")


def _more(base: Base) -> str:
    return "later" if base in {Base.TIME, Base.DATE} else "more"


def _less(base: Base) -> str:
    return "earlier" if base in {Base.TIME, Base.DATE} else "less"
