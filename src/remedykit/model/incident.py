"""The incident: what went wrong, with its order and the affected line items."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from types import NoneType
from typing import Annotated, Any, cast

from pydantic import GetPydanticSchema, field_validator, model_validator

from remedykit.model.base import AsTuple, Fact, Faults, Model, fault, faults
from remedykit.model.border import suggestion
from remedykit.model.exact import shown
from remedykit.model.order import Order, is_sound_line
from remedykit.model.shapes import Amount, Number
from remedykit.model.words import Desired, DetectedBy, IncidentKind, Locus, Severity


class AffectedLine(Model):
    """A line of the order that something is wrong with; its id alone means all of its units."""

    line: Annotated[str, Fact("the id of the line")]
    quantity: Annotated[
        int | None, Fact("units affected; all of the line if not given", at_least=1)
    ] = None

    @model_validator(mode="before")
    @classmethod
    def _from_id(cls, data: Any) -> Any:
        match data:
            case str():
                return {"line": data}
            case dict():
                return cast("dict[str, object]", data)
            case _:
                advice = "write the id of a line in quotes, or {line: '1', quantity: 2}"
                raise fault("affected", advice)


_AffectedLines = Annotated[Sequence[AffectedLine], AsTuple()] | None
_AFFECTED = GetPydanticSchema(lambda _, handler: handler(_AffectedLines))
_MOST_COMPARED = 100  # lines among which the one that was meant is looked for, which is slow
_MOST_TOLD = 20  # faults that are told with what may have been meant


class Incident(Model):
    """What went wrong. What is ``None`` is unknown.

    ``affected`` names the lines of the order that it is about: ids, or `AffectedLine` where only
    some units are. Amounts become `Money` in the order's currency when the incident is made.
    """

    kind: Annotated[IncidentKind, Fact("what went wrong")]
    order: Order
    affected: Annotated[Sequence[AffectedLine | str] | None, _AFFECTED] = None
    value_affected: Annotated[
        Amount | None,
        Fact("worth of what is affected, where the affected lines do not tell it", at_least=0),
    ] = None
    id: Annotated[str | None, Fact("the incident's id")] = None
    severity: Annotated[Severity | None, Fact("how bad it is")] = None
    functional_impact: Annotated[
        Number | None, Fact("share of its use that is lost, 0 to 1", at_least=0, at_most=1)
    ] = None
    locus: Annotated[Locus | None, Fact("where the cause lies")] = None
    controllable: Annotated[bool | None, Fact("whether it could have been prevented")] = None
    recurrence: Annotated[
        int | None, Fact("earlier failures of the same sort for this customer", at_least=0)
    ] = None
    cause_code: Annotated[str | None, Fact("the cause, as the shop's systems name it")] = None
    cause_confidence: Annotated[
        Number | None, Fact("how sure the cause is, 0 to 1", at_least=0, at_most=1)
    ] = None
    detected_by: Annotated[DetectedBy | None, Fact("who noticed it first")] = None
    discovered_at: Annotated[datetime | None, Fact("when it was noticed")] = None
    reported_at: Annotated[datetime | None, Fact("when the customer reported it")] = None
    promised_by: Annotated[datetime | None, Fact("when delivery was promised at the latest")] = None
    delivered_at: Annotated[datetime | None, Fact("when it was delivered")] = None
    needed_by: Annotated[datetime | None, Fact("when the customer needs it")] = None
    days_late: Annotated[
        int | None, Fact("whole days after the promised time", unit="days", at_least=0)
    ] = None
    carrier_scanned: Annotated[
        bool | None, Fact("whether the carrier has ever scanned the parcel")
    ] = None
    replacement_in_stock: Annotated[
        bool | None, Fact("whether all that is affected can be sent again now")
    ] = None
    part_available: Annotated[
        bool | None, Fact("whether the missing or broken parts can be sent now")
    ] = None
    packaging_kept: Annotated[bool | None, Fact("whether the customer has the packaging")] = None
    usable: Annotated[bool | None, Fact("whether it can be used as it is")] = None
    needs_specialist: Annotated[bool, Fact("whether a layman must not repair it")] = False
    self_repaired: Annotated[bool, Fact("whether the customer has repaired it himself")] = False
    out_of_pocket: Annotated[
        Amount, Fact("what the customer has spent on it, with receipts", at_least=0)
    ] = Decimal(0)
    trips: Annotated[int, Fact("trips the customer has made for it", unit="trips", at_least=0)] = 0
    hours_spent: Annotated[
        Number | None, Fact("time the customer has spent on it", unit="hours", at_least=0)
    ] = None
    evidence: Annotated[tuple[str, ...], Fact("what proves it, such as photos")] = ()
    desired: Annotated[Desired | None, Fact("what the customer asks for")] = None

    @field_validator("order")
    @classmethod
    def _sound_order(cls, order: Order) -> Order:
        if not _is_sound(order):
            raise fault("order", "was not made by Order(...); make it anew, so that it is checked")
        return order

    def _settle(self) -> None:
        amounts, wrong = self.amounts_in(self.order.currency)
        wrong += _wrong_lines(self) + _contradictions(self)
        if wrong:
            raise faults(type(self).__name__, wrong)
        # Nobody else has the new incident yet.
        vars(self).update(amounts)


def _is_sound(order: Order) -> bool:
    # ``model_construct`` and ``model_copy(update=...)`` make orders that were never checked. What
    # is read here must be sound; the rest is checked when facts are made.
    held = order.__dict__
    lines = held.get("lines")
    times = (held.get("placed_at"), held.get("first_scan_at"))
    return (
        isinstance(held.get("currency"), str)
        and all(moment is None or _is_aware(moment) for moment in times)
        and isinstance(lines, tuple)
        and all(is_sound_line(line) for line in cast("tuple[object, ...]", lines))
    )


def _is_aware(moment: object) -> bool:
    return isinstance(moment, datetime) and moment.utcoffset() is not None


def _is_sound_affected(affected: AffectedLine) -> bool:
    held = affected.__dict__
    return isinstance(held.get("line"), str) and type(held.get("quantity")) in {int, NoneType}


def _wrong_lines(incident: Incident) -> Faults:
    units = {line.id: line.quantity for line in incident.order.lines}
    known = tuple(units)[:_MOST_COMPARED]
    seen: set[str] = set()
    wrong: Faults = []
    # Each is an AffectedLine by now; the annotation tells what may be written. One that was never
    # checked is left to the reading of facts, like all that `model_construct` makes.
    named = [item for item in incident.affected or () if isinstance(item, AffectedLine)]
    for index, affected in enumerate(named):
        if not _is_sound_affected(affected):
            continue
        problem = _wrong_line(affected, units, seen, known if len(wrong) < _MOST_TOLD else ())
        if problem:
            wrong.append((("affected", index), fault("affected", problem)))
        seen.add(affected.line)
    return wrong


def _wrong_line(
    affected: AffectedLine, units: dict[str, int], seen: set[str], known: tuple[str, ...]
) -> str:
    line, quantity = affected.line, affected.quantity
    if line not in units:
        return f"the order has no line {shown(line)}{suggestion(line, known)}"
    if line in seen:
        return f"line {shown(line)} is named twice; name it once, with the quantity of both"
    if quantity is not None and quantity > units[line]:
        return f"line {shown(line)} has {units[line]} units; {quantity} are affected"
    return ""


def _contradictions(incident: Incident) -> Faults:
    order, delivered = incident.order, incident.delivered_at
    wrong: Faults = []
    if order.first_scan_at is not None and incident.carrier_scanned is False:
        problem = f"is false, but order.first_scan_at is {order.first_scan_at.isoformat()}"
        wrong.append((("carrier_scanned",), fault("contradiction", problem)))
    for name, earlier in (
        ("order.placed_at", order.placed_at),
        ("order.first_scan_at", order.first_scan_at),
    ):
        if delivered is not None and earlier is not None and delivered < earlier:
            problem = f"{delivered.isoformat()} is before {name}, {earlier.isoformat()}"
            wrong.append((("delivered_at",), fault("contradiction", problem)))
    return wrong
