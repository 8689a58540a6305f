"""What follows where one more fact is handed in, and which facts must agree with each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

from remedykit.errors import InputError
from remedykit.facts.derived import agreed, from_times
from remedykit.facts.values import Facts
from remedykit.language.types import Value

# The first never after, or above, the second: as orders and incidents demand when they are made.
_IN_ORDER = (
    ("order.placed_at", "order.label_created_at"),
    ("order.placed_at", "order.first_scan_at"),
    ("order.placed_at", "incident.delivered_at"),
    ("order.first_scan_at", "incident.delivered_at"),
    ("order.refunded", "order.paid"),
)
# Facts of which one follows from the others, or contradicts them.
_TOGETHER = (
    *(frozenset(pair) for pair in _IN_ORDER),
    frozenset({"order.total", "order.paid", "order.refunded"}),
    frozenset({"incident.carrier_scanned", "order.first_scan_at"}),
    frozenset({"incident.days_late", "incident.promised_by", "incident.delivered_at", "at"}),
)


def agreeing_with(names: Iterable[str]) -> frozenset[str]:
    """Return some facts with those that must be known to hand one of them in later."""
    known = frozenset(names)
    asked = known - {"at"}  # always there, and never handed in later
    return known.union(*(group for group in _TOGETHER if group & asked))


def answered(facts: Facts, name: str, value: Value) -> Facts:
    """Return the facts as they are read once an unknown one of them is handed in too.

    What follows from it is derived anew. A fact that was handed in although it follows from
    others, and says the same, counts as derived.

    Args:
        facts: what is known, with all that `agreeing_with` the new fact.
        name: of the new fact; one that can be given.
        value: as rules read it.

    Raises:
        InputError: if it contradicts what is known.
    """
    moment = facts.values.get("at")
    at = moment if isinstance(moment, datetime) else None
    derived_before = from_times(facts.values, at)
    values = {**facts.values, name: value}
    if name == "order.total" and values["order.paid"] is None:
        values["order.paid"] = value
    for earlier, later in _IN_ORDER:
        _refuse_wrong_order(values, earlier, later)
    given = values | {
        derived: None for derived, known in derived_before.items() if known is not None
    }
    values |= agreed(given, from_times(values, at), facts.currency)
    return replace(facts, values=values)


def _refuse_wrong_order(values: dict[str, Value | None], earlier: str, later: str) -> None:
    match values[earlier], values[later]:
        case date() as one, date() as other if other < one:
            pass
        case (int() | Fraction()) as one, (int() | Fraction()) as other if other < one:
            pass
        case _:
            return
    raise InputError(later, f"is before or below {earlier}")
