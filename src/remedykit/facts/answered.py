"""What follows where a fact is handed in too, or changed, and which facts must agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from remedykit.errors import InputError
from remedykit.facts.derived import agreed, from_times
from remedykit.facts.offers import from_offers
from remedykit.facts.patterns import PatternMatcher
from remedykit.facts.retold import moment_of, retold
from remedykit.facts.values import Facts
from remedykit.language.types import Value

# The first never after, or above, the second: as orders and incidents demand when they are made.
IN_ORDER = (
    ("order.placed_at", "order.label_created_at"),
    ("order.placed_at", "order.first_scan_at"),
    ("order.placed_at", "incident.delivered_at"),
    ("order.first_scan_at", "incident.delivered_at"),
    ("order.refunded", "order.paid"),
)
# Facts of which one follows from the others, or contradicts them.
_TOGETHER = (
    *(frozenset(pair) for pair in IN_ORDER),
    frozenset({"order.total", "order.paid", "order.refunded"}),
    frozenset({"incident.carrier_scanned", "order.first_scan_at"}),
    frozenset({"incident.days_late", "incident.promised_by", "incident.delivered_at", "at"}),
)
# What the sums and the questions about affected units come to where there are none.
_OF_NOTHING: Mapping[str, Value] = {
    "incident.value_affected": 0,
    "incident.cost_affected": 0,
    "incident.part_cost": 0,
    "incident.return_cost": 0,
    "incident.hazardous": False,
    "incident.perishable": False,
    "incident.final_sale": False,
}


def agreeing_with(names: Iterable[str]) -> frozenset[str]:
    """Return some facts with those that must be known to hand one of them in later."""
    known = frozenset(names)
    asked = known - {"at"}  # always there, and never handed in later
    behind = {"case.opened_at"} if "case.age_days" in asked else set[str]()
    return known.union(behind, *(group for group in _TOGETHER if group & asked))


def answered(facts: Facts, name: str, value: Value, timeline: PatternMatcher) -> Facts:
    """Return the facts as they are read once an unknown one of them is handed in too.

    What follows from it is derived anew. A fact that was handed in although it follows from
    others, and says the same, counts as derived.

    Args:
        facts: what is known, with all that `agreeing_with` the new fact.
        name: of the new fact; one that can be given.
        value: as rules read it.
        timeline: tells what follows from the timeline by the policy.

    Raises:
        InputError: if it contradicts what is known.
    """
    return changed(facts, {name: value}, timeline)


def changed(facts: Facts, changes: Mapping[str, Value], timeline: PatternMatcher) -> Facts:
    """Return the facts as they are read if some of them, known or not, have other values.

    What follows from them is derived anew, as in `answered`. At a later moment nothing else has
    happened: only time has passed.

    Args:
        facts: what is known, with all that `agreeing_with` the changed facts.
        changes: the new values by name. What follows from the affected lines may be among them, as
            if the lines were others; what follows from times may be if it was handed in.
        timeline: tells what follows from the timeline by the policy.

    Raises:
        InputError: if they contradict each other, or what is known besides.
    """
    derived_before = from_times(facts.values, moment_of(facts))
    after = retold(facts, changes, timeline)
    values = dict(after.values)
    if "order.total" in changes and values["order.paid"] is None:
        values["order.paid"] = changes["order.total"]
    refuse_wrong_order(values)
    _refuse_part_of_nothing(values)
    given = values | {
        derived: None
        for derived, known in derived_before.items()
        if known is not None and derived not in changes
    }
    values |= agreed(given, from_times(values, moment_of(after)), facts.currency)
    if "case.promises_broken" in changes and not facts.events:
        values |= _of_offers(facts, values)
    return replace(after, values=values)


def without(facts: Facts, name: str, timeline: PatternMatcher) -> Facts:
    """Return the facts with one of them unknown, and all that followed from it."""
    after = retold(facts, {name: None}, timeline)
    values = dict(after.values)
    for derived, known in from_times(facts.values, moment_of(facts)).items():
        if known is not None and from_times(values, moment_of(after))[derived] is None:
            values[derived] = None
    if name == "case.promises_broken":
        values |= dict.fromkeys(_of_offers(facts, values))
    return replace(after, values=values)


def follow_from_times(facts: Facts) -> frozenset[str]:
    """Return the names of the facts that follow from the times that are known."""
    derived = from_times(facts.values, moment_of(facts))
    return frozenset(name for name, known in derived.items() if known is not None)


def _of_offers(facts: Facts, values: Mapping[str, Value | None]) -> dict[str, Value | None]:
    """Return what follows from past offers together with what may change."""
    found = from_offers(facts.offers, values["case.promises_broken"])
    return {"case.deviation_level": found["case.deviation_level"]}


def _refuse_part_of_nothing(values: Mapping[str, Value | None]) -> None:
    """Refuse what cannot be said of the affected units where there are none."""
    if values.get("incident.items_affected") != 0:
        return
    for name, nothing in _OF_NOTHING.items():
        if values.get(name) not in {nothing, None}:
            raise InputError(name, "is told of affected units, but none is affected")


def refuse_wrong_order(values: Mapping[str, Value | None]) -> None:
    """Refuse what happened before something that it follows, or is more than it can be.

    Raises:
        InputError: naming the later, or the smaller.
    """
    for earlier, later in IN_ORDER:
        _refuse_wrong_order(values, earlier, later)


def _refuse_wrong_order(values: Mapping[str, Value | None], earlier: str, later: str) -> None:
    match values[earlier], values[later]:
        case date() as one, date() as other if other < one:
            pass
        case (int() | Fraction()) as one, (int() | Fraction()) as other if other < one:
            pass
        case _:
            return
    raise InputError(later, f"is before or below {earlier}")
