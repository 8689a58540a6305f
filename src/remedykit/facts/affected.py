"""The affected line items of an incident, as plain values with every type checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, cast

from remedykit.errors import InputError
from remedykit.model.border import RefusedError, money_in
from remedykit.model.exact import shown
from remedykit.model.incident import AffectedLine, Incident
from remedykit.model.money import Money
from remedykit.model.order import LineItem, Order


class Affected(NamedTuple):
    """The affected units of one line. Amounts are minor units for one unit; ``None`` is unknown."""

    quantity: int
    price: int
    unit_cost: int | None
    stock: int | None
    part_available: bool | None
    part_cost: int | None
    return_cost: int | None
    hazardous: bool
    perishable: bool
    final_sale: bool


def affected_units(incident: Incident, order: Order, currency: str) -> tuple[Affected, ...] | None:
    """Return the affected units, line by line, or ``None`` if it is unknown which they are.

    Raises:
        InputError: if a line has a value of a wrong type, or an affected line is not in the order.
            Models check this when they are made; ``model_construct`` and ``model_copy`` do not.
    """
    named = elements(incident.__dict__.get("affected", ()), "incident.affected")
    if named is None:
        return None
    lines = _readers(order, currency)
    found: list[Affected] = []
    for index, affected in enumerate(named):
        where = f"incident.affected[{index}]"
        held: Mapping[str, object] = affected.__dict__ if isinstance(affected, AffectedLine) else {}
        # Taken out of the map, so that no line counts twice.
        line_id = held.get("line")
        line = lines.pop(line_id, None) if isinstance(line_id, str) else None
        if line is None:
            raise InputError(where, f"{shown(line_id)} is no line of the order, or named twice")
        found.append(_affected(line, _quantity(held.get("quantity"), line, where)))
    return tuple(found)


def elements(held: object, where: str) -> tuple[object, ...] | None:
    """Return the elements of a tuple that a model holds, or ``None`` if it holds ``None``.

    Raises:
        InputError: if it holds anything else.
    """
    if held is None:
        return None
    if not isinstance(held, tuple):
        raise InputError(where, "is not a list, as the model makes it")
    return cast("tuple[object, ...]", held)


@dataclass(frozen=True, slots=True)
class _LineReader:
    """Reads the fields of one line and trusts none of them."""

    held: Mapping[str, object]
    where: str
    currency: str

    def whole(self, name: str) -> int | None:
        raw = self.held.get(name)
        if raw is None or (type(raw) is int and raw >= 0):
            return raw
        raise self.wrong(name, f"{shown(raw)} is not a whole number of at least 0")

    def flag(self, name: str) -> bool | None:
        raw = self.held.get(name)
        if raw is None or raw is True or raw is False:
            return raw
        raise self.wrong(name, f"{shown(raw)} is neither true nor false")

    def amount(self, name: str) -> int | None:
        raw = self.held.get(name)
        if raw is None:
            return None
        if type(raw) is Money and raw.currency == self.currency and raw.minor >= 0:
            return raw.minor
        try:
            minor = money_in(raw, self.currency).minor
        except RefusedError as error:
            raise self.wrong(name, str(error)) from None
        if minor < 0:
            raise self.wrong(name, f"{Money.of_minor(minor, self.currency)} is below 0")
        return minor

    def wrong(self, name: str, problem: str) -> InputError:
        return InputError(f"{self.where}.{name}", problem)


def _readers(order: Order, currency: str) -> dict[str, _LineReader]:
    lines = elements(order.__dict__.get("lines", ()), "incident.order.lines") or ()
    readers: dict[str, _LineReader] = {}
    for position, line in enumerate(lines):
        where = f"incident.order.lines[{position}]"
        held: Mapping[str, object] = line.__dict__ if isinstance(line, LineItem) else {}
        line_id = held.get("id")
        if not isinstance(line_id, str):
            raise InputError(where, "is no LineItem with an id")
        readers[line_id] = _LineReader(held, where, currency)
    return readers


def _quantity(quantity: object, line: _LineReader, where: str) -> int:
    ordered = line.whole("quantity")
    if ordered is None:
        raise line.wrong("quantity", "is missing")
    if quantity is None:
        return ordered
    if type(quantity) is not int or not 0 < quantity <= ordered:
        raise InputError(f"{where}.quantity", f"{shown(quantity)} is not one of 1 to {ordered}")
    return quantity


def _affected(line: _LineReader, quantity: int) -> Affected:
    price = line.amount("price")
    if price is None:
        raise line.wrong("price", "is missing")
    return Affected(
        quantity=quantity,
        price=price,
        unit_cost=line.amount("unit_cost"),
        stock=line.whole("stock"),
        part_available=line.flag("part_available"),
        part_cost=line.amount("part_cost"),
        return_cost=line.amount("return_cost"),
        # Absence means that nobody marked it so: the model's default.
        hazardous=bool(line.flag("hazardous")),
        perishable=bool(line.flag("perishable")),
        final_sale=bool(line.flag("final_sale")),
    )
