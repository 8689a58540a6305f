"""Between which values an ordered fact agrees with the other facts that are known.

A threshold may lie where no value of the fact agrees with them, as where an order would have been
placed after its delivery. What turns there shows only at the end of what is still possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from remedykit.explain.thresholds import Axis
from remedykit.facts.answered import IN_ORDER
from remedykit.language.types import Base, Value

PART_AND_WHOLE = ("incident.value_affected", "order.total")  # the first is never worth more
# What has happened, or was noticed, was so by the moment of decision.
HAPPENED = (
    "order.placed_at",
    "order.label_created_at",
    "order.first_scan_at",
    "incident.discovered_at",
    "incident.reported_at",
    "incident.delivered_at",
)
# The first is never above, or after, the second: what says so is refused.
_REFUSED = (*IN_ORDER, ("order.first_scan_at", "at"), ("incident.delivered_at", "at"))
# The same, but what says so may be handed in.
EXPECTED = (PART_AND_WHOLE, *((name, "at") for name in HAPPENED))
_DAY, _SECOND = 86_400, 1

_Known = Mapping[str, Value | None]


@dataclass(frozen=True, slots=True)
class Ends:
    """The least and the most that a fact can be, as on its `Axis`; ``None``: nothing bounds it."""

    least: Fraction | None = None
    most: Fraction | None = None

    def values(self, base: Base) -> Iterator[Value]:
        """Yield those there are."""
        for end in (self.least, self.most):
            value = None if end is None else Axis(base).value(end)
            if value is not None:
                yield value

    def passed(self, values: Iterable[Value], base: Base) -> Iterator[Value]:
        """Yield those beyond which some values lie."""
        places = [place for place in map(_number, values) if place is not None]
        least, most = self.least, self.most
        is_below = least is not None and any(place < least for place in places)
        is_above = most is not None and any(place > most for place in places)
        passed = Ends(least if is_below else None, most if is_above else None)
        yield from passed.values(base)


def ends_of(name: str, known: _Known, *, counted: bool, expected: bool = False) -> Ends:
    """Return between which values a fact agrees with others; no ends if it never does.

    Args:
        name: of the fact.
        known: all facts.
        counted: whether the days late that are known were handed in, so that the times must agree.
        expected: whether it must agree with what is only expected, too.
    """
    orders = (*_REFUSED, *EXPECTED) if expected else _REFUSED
    least = [_number(known[earlier]) for earlier, later in orders if later == name]
    most = [_number(known[later]) for earlier, later in orders if earlier == name]
    if name == "order.total" and known["order.paid"] is None:  # it follows
        least.append(_number(known["order.refunded"]))
    if name == PART_AND_WHOLE[0] and known["incident.items_affected"] == 0:
        most.append(Fraction(0))
    if counted:
        first, last = _of_days_late(name, known)
        least.append(first)
        most.append(last)
    lowest = max((each for each in least if each is not None), default=None)
    highest = min((each for each in most if each is not None), default=None)
    if lowest is not None and highest is not None and lowest > highest:
        return Ends()
    return Ends(lowest, highest)


def _of_days_late(name: str, known: _Known) -> tuple[Fraction | None, Fraction | None]:
    """Return between which times so many whole days come out."""
    days, promised = _number(known["incident.days_late"]), _number(known["incident.promised_by"])
    delivered, at = _number(known["incident.delivered_at"]), _number(known["at"])
    if days is None:
        return None, None
    longest = (days + 1) * _DAY - _SECOND
    shortest = days * _DAY if days else None  # what came early is late by 0 days, too
    ends_it = name == "incident.delivered_at" or (name == "at" and delivered is None)
    if ends_it and promised is not None:
        return None if shortest is None else promised + shortest, promised + longest
    ended = at if delivered is None else delivered
    if name == "incident.promised_by" and ended is not None:
        return ended - longest, None if shortest is None else ended - shortest
    return None, None


def _number(value: Value | None) -> Fraction | None:
    return Axis(Base.TIME).number(value)
