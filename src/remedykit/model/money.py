"""Money: an exact amount in one currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import total_ordering
from math import isfinite
from typing import TYPE_CHECKING, Any, cast

from pydantic_core import PydanticCustomError, core_schema

from remedykit.model.currencies import MINOR_DIGITS, minor_digits
from remedykit.model.exact import MAX_DIGITS, decimal_of, digits_and_scale, shown, trimmed

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler

_KEYS: frozenset[object] = frozenset({"amount", "currency"})
_MOST = 10**MAX_DIGITS - 1  # minor units
_new, _put = object.__new__, object.__setattr__


@total_ordering
@dataclass(frozen=True, slots=True, init=False, repr=False)
class Money:
    """An exact amount of one currency, held in whole minor units.

    Nothing is rounded and no currency is converted, but where a method says so. Amounts of the
    same currency can be compared, ordered, added and subtracted; amounts of two currencies are
    never equal, and anything else between them is an error.

    Attributes:
        minor: the amount in minor units (cents for USD), at most 18 digits; may be negative.
        currency: code of ISO 4217, in capitals.

    >>> price = Money("35.00", "USD")
    >>> price + Money.of_minor(250, "USD")
    Money('37.50', 'USD')
    >>> price.times(Decimal("0.333")), str(price * 2)
    (Money('11.66', 'USD'), '70.00 USD')
    """

    minor: int
    currency: str

    def __init__(self, amount: str | int | Decimal, currency: str) -> None:
        """Make an amount of `currency` from a number in whole units.

        Args:
            amount: in whole units (dollars, not cents). Text and ``Decimal`` have at most as many
                decimals as the currency; a ``Decimal`` may end in further zeros.
            currency: code of ISO 4217, in capitals.

        Raises:
            TypeError: if the amount is a float or no number, or the currency is no text.
            ValueError: if the amount has too many decimals or digits or is not finite, or the
                currency is unknown.
        """
        decimals = minor_digits(_code(currency))
        try:
            minor = minor_units(decimal_of(trimmed(amount)), currency)
        except TypeError as error:
            raise TypeError(
                f"Money amount={shown(amount)} {_advice(error, amount, decimals)}"
            ) from None
        except ValueError as error:
            raise ValueError(f"Money amount={shown(amount)} {error}") from None
        _put(self, "minor", minor)
        _put(self, "currency", currency)

    @classmethod
    def of_minor(cls, minor: int, currency: str) -> Money:
        """Return the amount of `minor` minor units.

        Raises:
            TypeError: if `minor` is not a whole number.
            ValueError: if it has more than 18 digits, or the currency is unknown.

        >>> Money.of_minor(3500, "USD")
        Money('35.00', 'USD')
        """
        # The types are looked at first: this is called many times a decision, and all is well.
        if type(currency) is not str or currency not in MINOR_DIGITS:
            minor_digits(_code(currency))
        if type(minor) is not int:
            minor = _whole(minor, "minor", "write a whole number of minor units")
        if not -_MOST <= minor <= _MOST:
            raise ValueError(f"Money minor={shown(minor)} has more than {MAX_DIGITS} digits")
        money = _new(cls)
        _put(money, "minor", minor)
        _put(money, "currency", currency)
        return money

    @property
    def amount(self) -> Decimal:
        """The amount in whole units, with all decimals of the currency.

        >>> Money("35", "USD").amount
        Decimal('35.00')
        """
        return Decimal(major_text(self.minor, self.currency))

    def times(self, factor: int | Decimal | Fraction) -> Money:
        """Return the amount times `factor`, rounded to the minor unit, halves up.

        "Up" is towards the greater amount: -0.5 cents become 0.

        Raises:
            TypeError: if the factor is a float or no number.
            ValueError: if it is not finite, or the result has more than 18 digits.

        >>> Money("0.25", "USD").times(Fraction(1, 2))
        Money('0.13', 'USD')
        """
        exact = self.minor * _factor(factor)
        return Money.of_minor((2 * exact + 1).__floor__() // 2, self.currency)

    def __add__(self, other: Money) -> Money:
        """Return the sum; both must be of one currency."""
        match other:
            case Money():
                self._same_currency(other, "add")
                return Money.of_minor(self.minor + other.minor, self.currency)
            case _:
                return NotImplemented

    def __sub__(self, other: Money) -> Money:
        """Return the difference; both must be of one currency."""
        match other:
            case Money():
                self._same_currency(other, "subtract")
                return Money.of_minor(self.minor - other.minor, self.currency)
            case _:
                return NotImplemented

    def __mul__(self, count: int) -> Money:
        """Return the amount `count` times; see `times` for other factors."""
        advice = "use money.times(factor), which rounds half up"
        return Money.of_minor(self.minor * _whole(count, "factor", advice), self.currency)

    __rmul__ = __mul__

    def __neg__(self) -> Money:
        """Return the amount with the other sign."""
        return Money.of_minor(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        """Tell whether this is the smaller amount; both must be of one currency."""
        match other:
            case Money():
                self._same_currency(other, "compare")
                return self.minor < other.minor
            case _:
                return NotImplemented

    def __str__(self) -> str:
        """Return such as ``35.00 USD``."""
        return f"{major_text(self.minor, self.currency)} {self.currency}"

    def __repr__(self) -> str:
        """Return such as ``Money('35.00', 'USD')``."""
        return f"Money('{major_text(self.minor, self.currency)}', '{self.currency}')"

    def _same_currency(self, other: Money, verb: str) -> None:
        if self.currency != other.currency:
            raise ValueError(
                f"cannot {verb} {self} and {other}; amounts of two currencies are never converted"
            )

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: object, _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Let pydantic models hold money: a `Money`, or a map of ``amount`` and ``currency``."""
        return core_schema.no_info_plain_validator_function(
            _validated, serialization=core_schema.plain_serializer_function_ser_schema(_as_map)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _schema: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Describe the map form in JSON Schema."""
        return {
            "type": "object",
            "title": "Money",
            "properties": {
                "amount": {"type": "string", "examples": ["35.00"]},
                "currency": {"type": "string", "pattern": "^[A-Z]{3}$", "examples": ["USD"]},
            },
            "required": ["amount", "currency"],
            "additionalProperties": False,
        }


def _code(currency: object) -> str:
    if not isinstance(currency, str):
        raise TypeError(
            f"Money currency={shown(currency)} is not text; write a code of ISO 4217, such as 'USD'"
        )
    return currency


def _whole(value: object, name: str, advice: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"Money {name}={shown(value)} is not a whole number; {advice}")
    return int(value)


def minor_units(amount: Decimal, currency: str) -> int:
    """Return `amount` in minor units of `currency`, exactly.

    Raises:
        ValueError: if it has too many decimals or digits. The message goes on after the amount.
    """
    decimals = minor_digits(currency)
    number, scale = digits_and_scale(amount)
    if scale > decimals:
        raise ValueError(f"has {scale} decimals; {currency} has {decimals}")
    minor = int(number * 10 ** (decimals - scale))
    if abs(minor) >= 10**MAX_DIGITS:
        raise ValueError(f"has more than {MAX_DIGITS} digits, decimals counted")
    return minor


def major_text(minor: int, currency: str) -> str:
    """Return minor units as whole units in text, with all decimals of the currency.

    >>> major_text(-3500, "USD"), major_text(3500, "JPY")
    ('-35.00', '3500')
    """
    decimals = minor_digits(currency)
    if not decimals:
        return str(minor)
    digits = str(abs(minor)).zfill(decimals + 1)
    return f"{'-' if minor < 0 else ''}{digits[:-decimals]}.{digits[-decimals:]}"


def _advice(error: TypeError, amount: object, decimals: int) -> str:
    if isinstance(amount, float) and isfinite(amount):
        return f"is a float; write it as a string, '{amount:.{decimals}f}'"
    return str(error)


def _factor(factor: object) -> int | Fraction:
    match factor:
        case Fraction():
            return factor
        case int() | Decimal():
            try:
                number, scale = digits_and_scale(decimal_of(factor))
            except (TypeError, ValueError) as error:
                raise type(error)(f"factor={shown(factor)} {error}") from None
            return Fraction(number, 10**scale)
        case float():
            raise TypeError(f"factor={factor} is a float; write Decimal('{factor}') or a Fraction")
        case _:
            raise TypeError(f"factor={shown(factor)} is not a number")


def money_from_map(fields: Mapping[object, object]) -> Money:
    """Return the money that a map of ``amount`` and ``currency`` writes.

    Raises:
        TypeError: if the amount is a float or no number, or the currency is no text.
        ValueError: if there are other fields, or `Money` refuses the values.
    """
    if frozenset(fields) != _KEYS:
        raise ValueError("write an amount with its currency: {amount: '35.00', currency: USD}")
    return Money(cast("str", fields["amount"]), cast("str", fields["currency"]))


def _validated(value: object) -> Money:
    if isinstance(value, Money):
        return value
    try:
        return money_from_map(
            cast("Mapping[object, object]", value) if isinstance(value, Mapping) else {}
        )
    except (TypeError, ValueError) as error:
        raise PydanticCustomError("money", "{problem}", {"problem": str(error)}) from None


def _as_map(money: Money) -> dict[str, str]:
    return {"amount": major_text(money.minor, money.currency), "currency": money.currency}
