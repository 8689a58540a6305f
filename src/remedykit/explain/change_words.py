"""How the change of a fact reads: «3 more days late», «tier gold instead of silver»."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from remedykit.explain.answers import answer_text
from remedykit.explain.changeable import OF_LINES
from remedykit.explain.messages import PERSONAL
from remedykit.explain.thresholds import Axis
from remedykit.explain.time_words import End, TimeWords, apart_text, duration_words
from remedykit.explain.why_not import FactChange
from remedykit.facts.values import Facts
from remedykit.language.names import joined
from remedykit.language.types import Base, FactDeclaration, Schema, Value
from remedykit.model.rational import exact_text

_MOST_NAMED = 3  # words that would do
_SPOKEN = {"at": "decided", "incident.kind": "kind of incident"}
_DAY = timedelta(days=1)


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
    times: TimeWords

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
            text = self._told(fact, after, also)
        elif fact.personal:
            text = f"{_spoken(fact)} {self._any_of(after, fact, also)} instead of what it is"
        else:
            text = self._otherwise(fact, before, after, also)
        return FactChange(
            fact=fact.name,
            before=shown,
            after=self._written(after, fact),
            text=text,
            of_lines=before is not None and fact.name in OF_LINES,
        )

    def _told(self, fact: FactDeclaration, after: Value, also: Span | OneOf | None) -> str:
        """Return what an unknown fact would have to be."""
        spoken = _spoken(fact)
        match also:
            case Span(low=None, high=None) | OneOf(are_all=True):
                known = "moment of decision" if fact.name == "at" else spoken
                return f"{known} becomes known"
            case Span() as span:
                first, rest = self._range(fact, after, span)
            case _:
                first, rest = self._any_of(after, fact, also), ""
        if isinstance(after, datetime) and _goes_on(spoken):
            when = f"{_when(spoken, first)}{rest}"
            # When it is decided is nothing that turns out.
            return when if fact.name == "at" else f"it turns out to be {when}"
        return f"{spoken} turns out to be {first}{rest}"

    def _range(self, fact: FactDeclaration, after: Value, span: Span) -> tuple[str, str]:
        """Return the bound that is said first, and what is said after it."""
        base, low, high = fact.type.base, span.low, span.high
        if low is None:
            first = self._amount(after if high is None else high, fact, "high")
            return first, f" or {_less(base)}"
        first = self._amount(low, fact, "low")
        if high is None:
            return first, f" or {_more(base)}"
        last = self._amount(high, fact, "high")
        return (self._amount(low, fact), "") if low == high else (first, _to(first, last))

    def _otherwise(
        self, fact: FactDeclaration, before: Value, after: Value, also: Span | OneOf | None
    ) -> str:
        axis = Axis(fact.type.base)
        here, there = axis.number(before), axis.number(after)
        spoken = _spoken(fact)
        if here is not None and there is not None:
            more = there > here
            if isinstance(before, datetime) and isinstance(after, datetime):
                return self._at_another_time(spoken, before, after)
            if fact.unit and spoken.startswith(f"{fact.unit} "):
                rest = spoken.removeprefix(f"{fact.unit} ")
                count = exact_text(abs(there - here))
                unit = fact.unit.removesuffix("s") if count == "1" else fact.unit
                return f"{count} {'more' if more else 'fewer'} {unit} {rest}"
        found = self._any_of(after, fact, also)
        return f"{spoken} {found} instead of {self._amount(before, fact)}"

    def _at_another_time(self, spoken: str, before: datetime, after: datetime) -> str:
        """Return how a known time would be otherwise: on another day, or so much apart."""
        more, apart = after > before, abs(after - before)
        day = self.times.day(after, "low" if more else "high")
        if day and apart % _DAY:
            return f"{_when(spoken, day)} instead of {self.times.moment(before)}"
        return f"{spoken} {apart_text(apart)} {'later' if more else 'earlier'}"

    def _any_of(self, after: Value, fact: FactDeclaration, also: Span | OneOf | None) -> str:
        """Return the value that a fact would have, with some others that would do."""
        values = also.values if isinstance(also, OneOf) else (after,)
        words = [self._amount(value, fact) for value in values[:_MOST_NAMED]]
        if len(values) > _MOST_NAMED:
            words.append("another")
        return joined(words, "or")

    def _amount(self, value: Value, fact: FactDeclaration, end: End | None = None) -> str:
        match value:
            case datetime():
                day = "" if end is None else self.times.day(value, end)
                return day or self.times.moment(value)
            case timedelta():
                return duration_words(value)
            case _:
                pass
        currency = f" {self.facts.currency}" if fact.type.base is Base.MONEY else ""
        return self._written(value, fact) + currency

    def _written(self, value: Value, fact: FactDeclaration) -> str:
        return answer_text(value, fact, self.facts, self.schema)

    def _shown(self, value: Value, fact: FactDeclaration) -> str:
        return PERSONAL if fact.personal else self._written(value, fact)


def _spoken(fact: FactDeclaration) -> str:
    """Return the name of a fact as a person would say it."""
    return _SPOKEN.get(fact.name) or fact.name.rpartition(".")[2].replace("_", " ")


def _goes_on(spoken: str) -> bool:
    """Return whether the name of a time goes on with the time: ``placed at``, ``promised by``."""
    return spoken == _SPOKEN["at"] or spoken.endswith((" at", " by"))


def _when(spoken: str, said: str) -> str:
    """Return the name of a time with a day or a moment: ``placed on 2026-12-05``."""
    happened = spoken.removesuffix(" at")
    if happened == spoken != _SPOKEN["at"]:
        return f"{spoken} {said}"
    return f"{happened} {'at' if ':' in said else 'on'} {said}"


def _to(first: str, last: str) -> str:
    return "" if first == last else f" to {last}"


def _more(base: Base) -> str:
    return "later" if base in {Base.TIME, Base.DATE} else "more"


def _less(base: Base) -> str:
    return "earlier" if base in {Base.TIME, Base.DATE} else "less"
