"""Which facts of a decision may be thought otherwise, through which others, and how far apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from remedykit.explain.ends import EXPECTED, HAPPENED, PART_AND_WHOLE, Ends, ends_of
from remedykit.explain.thresholds import Axis
from remedykit.facts.answered import agreeing_with, follow_from_times
from remedykit.facts.derived import can_be_given, from_lines
from remedykit.facts.offers import from_offers
from remedykit.facts.values import Facts
from remedykit.language.types import Base, FactDeclaration, Schema, Value
from remedykit.model.currencies import minor_digits

# Which incident, order and currency it is: with another one it would be another decision.
_IDENTITY = frozenset({"incident.id", "order.id", "order.currency"})
# What has happened: with another kind it is another incident, so all else is tried first.
LAST_RESORT = frozenset({"incident.kind"})
# What follows from other facts is changed through these, besides by itself where it was handed in.
THROUGH: Mapping[str, tuple[str, ...]] = {
    "incident.days_late": ("incident.promised_by", "incident.delivered_at", "at"),
    "incident.carrier_scanned": ("order.first_scan_at",),
    "case.deviation_level": ("case.promises_broken",),
    "order.paid": ("order.total",),
}
# What the affected lines say.
OF_LINES = frozenset(from_lines(()))
_AFFECTED = frozenset({"incident.items_affected"})  # of no unit can anything be said
_DAY = 86_400  # seconds
_TOLD = Fraction(0)  # nothing need be otherwise for a fact to become known


@dataclass(frozen=True, slots=True)
class Changeable:
    """The facts of one decision, and what may be otherwise in them.

    Attributes:
        facts: as the decision read them.
        declared: those of them that may change, by name.
    """

    facts: Facts
    declared: Mapping[str, FactDeclaration]

    @classmethod
    def of(cls, schema: Schema, facts: Facts, reads: Iterable[str]) -> Changeable:
        """Return what may change among the facts that a policy reads."""
        kept = _with_promises(facts)
        wanted = {*reads, "case.promises_broken"}
        declared = {
            each.name: each
            for each in schema.declarations
            if each.name in wanted and _may_change(each, kept.values[each.name])
        }
        return cls(kept, declared)

    def behind(self, names: Iterable[str]) -> frozenset[str]:
        """Return the facts by whose change one of some facts can change.

        What is unknown is told itself, not by what it would follow from.
        """
        values = self.facts.values
        found = {*names}
        for name in names:
            found.update(THROUGH.get(name, ()) if values[name] is not None else ())
        return frozenset(found & self.declared.keys())

    def agreeing(self, chosen: Iterable[str]) -> frozenset[str]:
        """Return the facts by whose change some changed facts could come to agree with the rest."""
        names = frozenset(chosen)
        agreeing = agreeing_with(names) | _AFFECTED | (names and frozenset(PART_AND_WHOLE))
        if not names.isdisjoint(HAPPENED):
            agreeing |= {"at"}
        return agreeing & self.declared.keys()

    def agree(self, after: Facts) -> bool:
        """Return whether some order has such lines and such times as changed facts say.

        What is affected is not worth more than the order, unless it is already: the lines of an
        order sold at a discount may be worth more than its total. Nothing has happened after the
        moment of decision, unless it has already.
        """
        return all(not _exceeds(after, pair) or _exceeds(self.facts, pair) for pair in EXPECTED)

    def ends(self, name: str, chosen: Mapping[str, Value]) -> Ends:
        """Return between which values a fact agrees with what is known, and changed besides."""
        known = {**self.facts.values, **chosen}
        if self.facts.values["order.paid"] is None:
            known["order.paid"] = chosen.get("order.total")
        follows = "incident.days_late" in follow_from_times(self.facts)
        counted = not follows or "incident.days_late" in chosen
        return ends_of(name, known, counted=counted, expected=True)

    def is_possible(self, name: str, value: Value) -> bool:
        """Return whether a fact can come to have a value: the moment of decision only gets later.

        It is another value than it has.
        """
        before = self.facts.values[name]
        if name == "at" and isinstance(before, datetime) and isinstance(value, datetime):
            return value > before
        return value != before

    def distance(self, name: str, value: Value) -> Fraction:
        """Return how far a value is from the one that a fact has.

        In the fact's own unit: whole units of the currency for amounts, days for dates, times and
        durations. Every other word is 1 away, a list 1 for each word more or less. What is told
        although it was unknown is no distance away.
        """
        before, base = self.facts.values[name], self.declared[name].type.base
        if before is None:
            return _TOLD
        if isinstance(before, tuple) and isinstance(value, tuple):
            return Fraction(len({*before} ^ {*value}))
        axis = Axis(base)
        here, there = axis.number(before), axis.number(value)
        if here is None or there is None:
            return Fraction(1)
        return abs(there - here) / self._unit(base)

    def _unit(self, base: Base) -> int:
        match base:
            case Base.MONEY:
                return int(10 ** minor_digits(self.facts.currency))
            case Base.TIME | Base.DURATION:
                return _DAY
            case _:
                return 1


def _exceeds(facts: Facts, pair: tuple[str, str]) -> bool:
    part, whole = (Axis(Base.MONEY).number(facts.values[name]) for name in pair)
    return part is not None and whole is not None and part > whole


def _may_change(fact: FactDeclaration, value: Value | None) -> bool:
    if fact.name == "at":
        return True  # an unknown one can be told
    if fact.name in _IDENTITY or fact.protected:
        return False
    if fact.name.startswith("case.") or value is None:
        return can_be_given(fact)  # what was offered and refused is past
    return True


def _with_promises(facts: Facts) -> Facts:
    """Return facts with the broken promises where a policy reads only what follows from them."""
    level = facts.values["case.deviation_level"]
    if facts.values["case.promises_broken"] is not None or not isinstance(level, int):
        return facts
    failed = from_offers(facts.offers, 0)["case.deviation_level"]
    broken = level - failed if isinstance(failed, int) else level
    return replace(facts, values={**facts.values, "case.promises_broken": broken})
