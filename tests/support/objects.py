"""Python objects that no field of a model should take, and some that look as if it should."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from types import MappingProxyType

from remedykit import Case, Customer, LineItem, Money
from remedykit.model.case import Offer
from remedykit.model.incident import AffectedLine


class Word(str):
    """A text of a class of its own."""

    __slots__ = ()


class Tier(Enum):
    """An enumeration, as a platform may have one."""

    GOLD = "gold"


class Loud:
    """Cannot be shown."""

    def __repr__(self) -> str:
        """Fail."""
        raise RuntimeError("shown")

    __str__ = __repr__


def _endless() -> list[object]:
    found: list[object] = []
    found.append(found)
    return found


def _deep() -> list[object]:
    found: list[object] = []
    for _ in range(10_000):
        found = [found]
    return found


# Made anew each time, so that none is shared between tests.
OBJECTS: dict[str, Callable[[], object]] = {
    "a float": lambda: 1.5,
    "NaN": lambda: float("nan"),
    "infinity": lambda: float("inf"),
    "Decimal NaN": lambda: Decimal("NaN"),
    "Decimal sNaN": lambda: Decimal("sNaN"),
    "Decimal infinity": lambda: Decimal("-Infinity"),
    "a huge exponent": lambda: Decimal("1E+9999999"),
    "a tiny exponent": lambda: Decimal("1E-9999999"),
    "30 digits": lambda: Decimal("9" * 30),
    "30 digits, whole": lambda: 10**30,
    "10,000 digits": lambda: 10**10_000,
    "minus one": lambda: -1,
    "18 digits": lambda: 10**18 - 1,
    "a fraction": lambda: Fraction(1, 3),
    "complex": lambda: 1j,
    "true": lambda: True,
    "euros": lambda: Money("1.00", "EUR"),
    "yens": lambda: Money("1", "JPY"),
    "negative dollars": lambda: Money("-1.00", "USD"),
    "an amount as a map": lambda: {"amount": 1.5, "currency": "USD"},
    "a text": lambda: "x",
    "an empty text": lambda: "",
    "a text of 1 MiB": lambda: "x" * 1024 * 1024,
    "half a character": lambda: "\ud800",
    "a terminal escape": lambda: "\x1b[2J",
    "NUL": lambda: "\0",
    "a text of its own class": lambda: Word("gold"),
    "an enumeration": lambda: Tier.GOLD,
    "bytes": lambda: b"gold",
    "a naive time": lambda: datetime(2026, 11, 23),  # noqa: DTZ001 - the fault
    "the last time of all": lambda: datetime.max.replace(tzinfo=timezone(timedelta(hours=-14))),
    "the first time of all": lambda: datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
    "a time": lambda: datetime(2026, 11, 23, tzinfo=UTC),
    "a date": lambda: date(2026, 11, 23),
    "a time of day": lambda: time(12),
    "the longest duration": lambda: timedelta.max,
    "a list": lambda: ["1"],
    "a tuple": lambda: ("1",),
    "a set": lambda: {"1"},
    "a map": lambda: {"a": 1},
    "a map with a number as key": lambda: {1: 2},
    "a map with a strange key": lambda: {("a",): 1, Loud(): 2},
    "a read-only map": lambda: MappingProxyType({"a": 1}),
    "a list that holds itself": _endless,
    "10,000 lists": _deep,
    "20,000 elements": lambda: ["1"] * 20_000,
    "an iterator": lambda: iter(["1"]),
    "a function": lambda: len,
    "a class": lambda: str,
    "nothing that can be shown": Loud,
    "a list of what cannot be shown": lambda: [Loud()],
    "a customer": Customer,
    "a case": Case,
    "an empty line": LineItem.model_construct,
    "lines": lambda: (LineItem.model_construct(id="1", quantity=1), 3),
    "affected": lambda: (AffectedLine.model_construct(line=["1"], quantity="2"),),
    "offers": lambda: (
        Offer.model_construct(kind=3, status=[], value=1.5),
        Offer.model_construct(),
    ),
}
