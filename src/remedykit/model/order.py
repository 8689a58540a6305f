"""The order that an incident is about, and its line items."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import field_validator

from remedykit.model.base import AsTuple, Fact, Faults, Model, fault, faults
from remedykit.model.currencies import minor_digits
from remedykit.model.exact import MAX_DIGITS
from remedykit.model.money import Money
from remedykit.model.shapes import Amount
from remedykit.model.words import SoldBy


class LineItem(Model):
    """A line of an order. What is ``None`` is unknown; amounts are for one unit."""

    id: Annotated[str, Fact("the line's id, unique in its order")]
    title: Annotated[str | None, Fact("what the customer calls it")] = None
    sku: Annotated[str | None, Fact("the article's number")] = None
    quantity: Annotated[int, Fact("units ordered", at_least=1)] = 1
    price: Annotated[Amount, Fact("what the customer pays a unit", at_least=0)]
    unit_cost: Annotated[Amount | None, Fact("what a unit costs the shop", at_least=0)] = None
    stock: Annotated[int | None, Fact("units that can be sent now", at_least=0)] = None
    part_available: Annotated[bool | None, Fact("whether spare parts can be sent now")] = None
    part_cost: Annotated[
        Amount | None, Fact("what the spare part for a unit costs the shop", at_least=0)
    ] = None
    return_cost: Annotated[Amount | None, Fact("what it costs to ship a unit back", at_least=0)] = (
        None
    )
    hazardous: Annotated[bool, Fact("whether it is dangerous goods, unfit for the post")] = False
    perishable: Annotated[bool, Fact("whether it spoils")] = False
    final_sale: Annotated[bool, Fact("whether it was sold without a right to return")] = False


class Order(Model):
    """An order. What is ``None`` is unknown.

    All amounts, those of the lines too, become `Money` in the order's currency when it is made.
    ``total`` is the sum of the lines where it is not given, ``paid`` the total.
    """

    id: Annotated[str, Fact("the order's id")]
    currency: Annotated[str, Fact("the currency of all amounts, a code of ISO 4217")]
    lines: Annotated[Sequence[LineItem], AsTuple()] = ()
    total: Annotated[
        Amount | None,
        Fact("price of the whole order; the sum of its lines if not given", at_least=0),
    ] = None
    paid: Annotated[
        Amount | None, Fact("what the customer has paid; the total if not given", at_least=0)
    ] = None
    refunded: Annotated[Amount, Fact("what was paid back so far", at_least=0)] = Decimal(0)
    shipping_paid: Annotated[
        Amount | None, Fact("what of it was paid for shipping", at_least=0)
    ] = None
    placed_at: Annotated[datetime | None, Fact("when it was placed")] = None
    label_created_at: Annotated[
        datetime | None, Fact("when the parcel's label was printed; that is not yet shipped")
    ] = None
    first_scan_at: Annotated[datetime | None, Fact("when the carrier first scanned the parcel")] = (
        None
    )
    sold_by: Annotated[SoldBy | None, Fact("who sold it")] = None
    country: Annotated[
        str | None, Fact("country of delivery, a code of ISO 3166", protected=True)
    ] = None
    chargeback: Annotated[
        bool, Fact("whether the customer has had the payment taken back by the bank")
    ] = False

    @field_validator("currency")
    @classmethod
    def _known_currency(cls, currency: str) -> str:
        try:
            minor_digits(currency)
        except ValueError as error:
            raise fault("currency", str(error)) from None
        return currency

    @field_validator("lines")
    @classmethod
    def _sound_lines(cls, lines: Sequence[LineItem]) -> Sequence[LineItem]:
        if not all(is_sound_line(line) for line in lines):
            raise fault("lines", "has a line that was not made by LineItem(...); make it anew")
        return lines

    def _settle(self) -> None:
        lines, wrong = _lines_in(self.lines, self.currency)
        amounts, wrong_amounts = self.amounts_in(self.currency)
        wrong += _repeated_ids(self.lines) + wrong_amounts + _times_out_of_order(self)
        if not wrong:
            total = amounts.get("total", _sum_of(lines, self.currency))
            if total is not None:
                amounts = {"total": total, "paid": total} | amounts
            wrong = _refunded_too_much(amounts)
        if wrong:
            raise faults(type(self).__name__, wrong)
        # Nobody else has the new order yet.
        vars(self).update(amounts, lines=lines)


def is_sound_line(line: object) -> bool:
    """Return whether what is read of a line here is of the right types.

    ``model_construct`` and ``model_copy(update=...)`` make lines that were never checked; the rest
    of them is checked when facts are made.
    """
    if not isinstance(line, LineItem):
        return False
    held = line.__dict__
    return isinstance(held.get("id"), str) and type(held.get("quantity")) is int and "price" in held


def _lines_in(lines: Sequence[LineItem], currency: str) -> tuple[tuple[LineItem, ...], Faults]:
    converted: list[LineItem] = []
    wrong: Faults = []
    for index, line in enumerate(lines):
        amounts, wrong_amounts = line.amounts_in(currency, ("lines", index))
        converted.append(line.model_copy(update=amounts))
        wrong += wrong_amounts
    return tuple(converted), wrong


def _repeated_ids(lines: Sequence[LineItem]) -> Faults:
    first: dict[str, int] = {}
    wrong: Faults = []
    for index, line in enumerate(lines):
        before = first.setdefault(line.id, index)
        if before != index:
            problem = f"{line.id!r} is the id of lines[{before}] too; each line has its own"
            wrong.append((("lines", index, "id"), fault("repeated_id", problem)))
    return wrong


def _times_out_of_order(order: Order) -> Faults:
    placed = order.placed_at
    return [
        (
            (name,),
            fault(
                "contradiction", f"{moment.isoformat()} is before placed_at, {placed.isoformat()}"
            ),
        )
        for name, moment in (
            ("label_created_at", order.label_created_at),
            ("first_scan_at", order.first_scan_at),
        )
        if placed is not None and moment is not None and moment < placed
    ]


def _sum_of(lines: tuple[LineItem, ...], currency: str) -> Money | None:
    if not lines:
        return None
    minor = sum(line.price.minor * line.quantity for line in lines if isinstance(line.price, Money))
    if minor >= 10**MAX_DIGITS:
        raise fault("total", f"the sum of the lines has more than {MAX_DIGITS} digits")
    return Money.of_minor(minor, currency)


def _refunded_too_much(amounts: dict[str, Money]) -> Faults:
    paid, refunded = amounts.get("paid"), amounts["refunded"]
    if paid is None or refunded <= paid:
        return []
    return [(("refunded",), fault("contradiction", f"{refunded} is more than paid, {paid}"))]
