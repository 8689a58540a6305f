"""What follows from the models: each derived fact is defined once, here.

About the affected lines:

- *sums* (``value_affected``, ``cost_affected``, ``part_cost``, ``return_cost``, ``items_affected``)
  add up over all affected units. One unknown summand makes the sum unknown; no affected line makes
  it 0; if it is unknown which lines are affected, the sum is unknown, but for a ``value_affected``
  that was given.
- *all* (``replacement_in_stock``, ``part_available``): true if it is true of every affected line,
  false as soon as one line says no, even if others are unknown; unknown else, and unknown, never
  true, where no line is affected or it is unknown which are.
- *any* (``hazardous``, ``perishable``, ``final_sale``): true if it is true of one affected line,
  false if of none; unknown if it is unknown which are affected.

About time: ``days_late`` counts whole days of 24 hours from ``promised_by`` to ``delivered_at``,
never below 0. Where ``delivered_at`` is not given, it was not delivered yet at the moment of
decision, and the days are counted up to ``at``.

What is given on the incident and derived too must agree, else the input is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from remedykit.errors import InputError
from remedykit.facts.affected import Affected
from remedykit.language.timeline_facts import TIMELINE
from remedykit.language.types import (
    BOOL,
    INT,
    MONEY,
    TEXTS,
    Base,
    FactDeclaration,
    FactType,
    Value,
)
from remedykit.model.exact import MAX_DIGITS
from remedykit.model.money import Money
from remedykit.model.words import PARTIES

_MOST = 10**MAX_DIGITS - 1

Values = Mapping[str, Value | None]


def _declare(
    name: str, fact_type: FactType, means: str, *, unit: str = "", default: Value | None = None
) -> FactDeclaration:
    return FactDeclaration(
        name=name,
        type=fact_type,
        means=means,
        unit=unit,
        default=default,
        at_least=Fraction(0) if fact_type in (INT, MONEY) else None,
        origin="derived",
    )


DERIVED: tuple[FactDeclaration, ...] = (
    _declare("incident.value_affected", MONEY, "price of all affected units together"),
    _declare("incident.cost_affected", MONEY, "what all affected units together cost the shop"),
    _declare("incident.part_cost", MONEY, "what the spare parts for all affected units cost"),
    _declare("incident.return_cost", MONEY, "what it costs to ship all affected units back"),
    _declare("incident.items_affected", INT, "how many units are affected", unit="units"),
    _declare(
        "incident.replacement_in_stock", BOOL, "whether all affected units can be sent again now"
    ),
    _declare(
        "incident.part_available", BOOL, "whether the parts for all affected lines can be sent now"
    ),
    _declare("incident.hazardous", BOOL, "whether any affected line is dangerous goods"),
    _declare("incident.perishable", BOOL, "whether any affected line spoils"),
    _declare("incident.final_sale", BOOL, "whether any affected line was sold for good"),
    _declare(
        "incident.days_late",
        INT,
        "whole days from the promised time to delivery, or to now if not delivered yet",
        unit="days",
    ),
    _declare("incident.carrier_scanned", BOOL, "whether the carrier has ever scanned the parcel"),
    _declare("case.offers_made", TEXTS, "remedy kinds offered so far", default=()),
    _declare("case.offers_refused", TEXTS, "remedy kinds that the customer refused", default=()),
    _declare(
        "case.deviation_level",
        INT,
        "failures of the recovery itself: offers refused or expired, promises broken",
        default=0,
    ),
    _declare(
        "case.waiting_on",
        FactType(Base.TEXT, ("nobody", *PARTIES)),
        "who must act next",
    ),
    _declare(
        "case.hours_waiting",
        INT,
        "whole hours since it is up to who must act next; 0 for nobody",
        unit="hours",
    ),
    _declare("case.handoffs", INT, "how often the customer was passed on or had to escalate"),
    _declare("case.escalations", INT, "how often the customer turned to somebody above"),
    _declare("case.highest_refused", MONEY, "the most that the customer refused; 0 if nothing"),
    _declare("case.age_days", INT, "whole days since the case was opened", unit="days"),
    _declare(
        "case.effort_spent",
        INT,
        "what the customer had to do: contacts, trips, returns and own repairs together",
    ),
    _declare(
        "case.goodwill_to_date", MONEY, "worth of the goodwill accepted or given in this case"
    ),
    _declare(
        "case.claim",
        FactType(Base.TEXT, ("none", "filed", "granted", "denied")),
        "what has become of the customer's last claim",
    ),
    _declare("case.resolved", BOOL, "whether the case is closed"),
)

# Facts that a model field may give and that may be derived too.
ALSO_GIVEN = (
    "incident.value_affected",
    "incident.days_late",
    "incident.replacement_in_stock",
    "incident.part_available",
    "incident.carrier_scanned",
)


def can_be_given(fact: FactDeclaration) -> bool:
    """Return whether a caller can hand a fact in; the others only follow from what is handed in.

    ``at`` counts among the others: it is the moment of deciding, not something to find out.
    """
    return fact.origin not in {"derived", TIMELINE} or fact.name in ALSO_GIVEN


def from_lines(units: tuple[Affected, ...] | None) -> dict[str, Value | None]:
    """Return what follows from the affected lines (``None``: unknown which they are).

    Raises:
        InputError: if a sum has more than 18 digits.
    """
    if units is None:
        return {}
    counts = [unit.quantity for unit in units]
    return {
        "incident.value_affected": _sum("value_affected", [u.price for u in units], counts),
        "incident.cost_affected": _sum("cost_affected", [u.unit_cost for u in units], counts),
        "incident.part_cost": _sum("part_cost", [u.part_cost for u in units], counts),
        "incident.return_cost": _sum("return_cost", [u.return_cost for u in units], counts),
        "incident.items_affected": _sum("items_affected", [1] * len(counts), counts),
        "incident.replacement_in_stock": _all(
            [None if u.stock is None else u.stock >= u.quantity for u in units]
        ),
        "incident.part_available": _all([u.part_available for u in units]),
        "incident.hazardous": True in [u.hazardous for u in units],
        "incident.perishable": True in [u.perishable for u in units],
        "incident.final_sale": True in [u.final_sale for u in units],
    }


def from_times(values: Values, at: datetime | None) -> dict[str, Value | None]:
    """Return what follows from the times of the order and the incident.

    Raises:
        InputError: if something is said to have happened after `at`.
    """
    for name in ("incident.delivered_at", "order.first_scan_at"):
        happened = values[name]
        if at is not None and isinstance(happened, datetime) and happened > at:
            where = name if name.startswith("incident.") else f"incident.{name}"
            raise InputError(
                where,
                f"{happened.isoformat()} is after `at`, the moment of decision, {at.isoformat()}",
            )
    promised, delivered = values["incident.promised_by"], values["incident.delivered_at"]
    end = delivered if isinstance(delivered, datetime) else at
    days_late = None
    if isinstance(promised, datetime) and end is not None:
        days_late = max(0, (end - promised) // timedelta(days=1))
    scanned = True if values["order.first_scan_at"] is not None else None
    return {"incident.days_late": days_late, "incident.carrier_scanned": scanned}


def agreed(given: Values, derived: Values, currency: str) -> dict[str, Value | None]:
    """Return the derived facts, with what is given where nothing follows.

    Args:
        given: what was handed in.
        derived: what follows from the lines and the times.
        currency: of the amounts.

    Raises:
        InputError: if a fact is given and derived, but different.
    """
    merged = dict(derived)
    for name in ALSO_GIVEN:
        told, follows = given.get(name), derived.get(name)
        if told is not None and follows is not None and told != follows:
            raise InputError(
                name,
                f"{_word(name, told, currency)} is given, but {_word(name, follows, currency)} "
                f"follows from {_SOURCES[name]}; "
                "leave one of them out, or mend it",
            )
        merged[name] = follows if told is None else told
    return merged


_SOURCES = {
    "incident.value_affected": "the prices of the affected lines",
    "incident.days_late": "promised_by and delivered_at (or `at`)",
    "incident.replacement_in_stock": "the stock of the affected lines",
    "incident.part_available": "part_available of the affected lines",
    "incident.carrier_scanned": "order.first_scan_at",
}


def _word(name: str, value: Value, currency: str) -> str:
    if name == "incident.value_affected" and isinstance(value, int):
        return str(Money.of_minor(value, currency))
    return str(value).lower()


def _sum(name: str, amounts: Sequence[int | None], counts: Sequence[int]) -> int | None:
    """Return the sum of the amounts times their counts, unknown if one of the amounts is."""
    total = 0
    for amount, count in zip(amounts, counts, strict=True):
        if amount is None:
            return None
        total += amount * count
    if total > _MOST:
        raise InputError(f"incident.{name}", f"adds up to more than {MAX_DIGITS} digits")
    return total


def _all(answers: Sequence[bool | None]) -> bool | None:
    if False in answers:
        return False
    return True if answers and None not in answers else None
