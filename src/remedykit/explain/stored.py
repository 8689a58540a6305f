"""Facts as the plain data that a decision keeps, and back: enough to decide again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import NamedTuple, assert_never

from remedykit.diagnostics import printable
from remedykit.errors import InputError
from remedykit.facts.values import Facts, Offered
from remedykit.language.types import Base, FactDeclaration, FactType, Schema, Value
from remedykit.model.currencies import minor_digits
from remedykit.model.decision import FactValue, PastOffer
from remedykit.model.json_codec import PlainValue
from remedykit.model.money import Money, major_text
from remedykit.model.rational import exact_text, fraction_of

_MICROSECOND = timedelta(microseconds=1)
_SECOND = 1_000_000  # microseconds
_MOST_USUAL = 15  # most counts of incidents, contacts or days are small


class StoredFact(NamedTuple):
    """How one fact is written; what is written again and again is there already.

    A named tuple, because every decision takes all of them apart.

    Attributes:
        name: of the fact.
        base: its type.
        unknown: written where it is unknown.
        usual: written at some values: truth values, words that are declared, small numbers.
    """

    name: str
    base: Base
    unknown: FactValue
    usual: Mapping[Value, FactValue]

    @classmethod
    def of(cls, declaration: FactDeclaration) -> StoredFact:
        """Return how a declared fact is written."""
        name = declaration.name
        return cls(
            name=name,
            base=declaration.type.base,
            unknown=FactValue(name, None),
            usual={value: FactValue(name, value) for value in _usual(declaration.type)},
        )


def facts_to_store(schema: Schema, names: Iterable[str]) -> tuple[StoredFact, ...]:
    """Return how the facts of some names are written, sorted by name; made once a policy."""
    wanted = frozenset(names)
    return tuple(StoredFact.of(each) for each in schema.declarations if each.name in wanted)


def stored_facts(facts: Facts, kept: Iterable[StoredFact]) -> tuple[FactValue, ...]:
    """Return some facts as plain data, in the order of `kept`.

    Whole numbers, truth values and texts stand as they are; amounts are texts such as ``"35.00"``,
    other numbers texts such as ``"2.5"`` or ``"1/3"``, dates and times texts of ISO 8601 (times in
    UTC, with ``Z``), durations texts such as ``"PT172800S"``.
    """
    values, currency = facts.values, facts.currency
    stored: list[FactValue] = []
    for name, base, unknown, usual in kept:
        value = values.get(name)
        if value is None:
            stored.append(unknown)
        elif usual and value in usual:
            stored.append(usual[value])
        else:
            stored.append(FactValue(name, _plain(value, base, currency)))
    return tuple(stored)


def restored_facts(
    stored: tuple[FactValue, ...], offers: tuple[PastOffer, ...], currency: str, schema: Schema
) -> Facts:
    """Return the facts that `stored_facts` and `stored_offers` wrote; others are unknown.

    Raises:
        InputError: if a fact is not declared, its value is not of its type, or there is no such
            currency.
    """
    try:
        minor_digits(currency)
    except ValueError as error:
        raise InputError("decision.currency", str(error)) from None
    values: dict[str, Value | None] = dict.fromkeys(schema.names)
    for fact in stored:
        declaration = schema.find(fact.name)
        if declaration is None:
            where = f"decision.facts[{printable(fact.name[:80])}]"
            raise InputError(where, "is no fact of this policy")
        values[fact.name] = _value(fact.value, declaration, currency)
    return Facts(
        values,
        currency,
        tuple(
            Offered(each.kind, None if each.value is None else each.value.minor, each.status)
            for each in offers
        ),
    )


def stored_offers(facts: Facts) -> tuple[PastOffer, ...]:
    """Return what was offered before as plain data."""
    return tuple(
        PastOffer(
            each.kind,
            None if each.value is None else Money.of_minor(int(each.value), facts.currency),
            each.status,
        )
        for each in facts.offers
    )


def _usual(fact_type: FactType) -> tuple[bool | int | str, ...]:
    match fact_type.base:
        case Base.BOOL:
            return True, False
        case Base.INT:
            return tuple(range(_MOST_USUAL + 1))
        case Base.TEXT:
            return fact_type.values or ()
        case _:
            return ()


def _plain(value: Value, base: Base, currency: str) -> PlainValue:
    match value:
        case str() | tuple():
            return value
        case int() | Fraction() if base is Base.MONEY:
            return _major_text(value, currency)
        case int() if base is not Base.NUMBER:
            return value
        case int() | Fraction():
            return exact_text(value)
        case datetime():
            return f"{value.astimezone(UTC).isoformat()[:-6]}Z"  # for +00:00
        case date():
            return value.isoformat()
        case timedelta():
            return f"PT{exact_text(Fraction(value // _MICROSECOND, _SECOND))}S"
        case _:
            assert_never(value)


def _major_text(minor: int | Fraction, currency: str) -> str:
    if isinstance(minor, int):
        return major_text(minor, currency)
    return exact_text(minor / 10 ** minor_digits(currency))


def _value(plain: PlainValue, declaration: FactDeclaration, currency: str) -> Value | None:
    if plain is None:
        return None
    value = _typed(plain, declaration.type.base, currency)
    words = value if isinstance(value, tuple) else (value,)
    if value is None or (declaration.type.values and not {*words} <= {*declaration.type.values}):
        raise InputError(
            f"decision.facts[{declaration.name}]",
            f"is {plain!r}; expected a value of type {declaration.type}",
        )
    return value


def _typed(plain: PlainValue, base: Base, currency: str) -> Value | None:
    """Return the value of a type that plain data stands for, or ``None`` if it is none."""
    match base, plain:
        case (Base.BOOL, bool()) | (Base.TEXT, str()) | (Base.TEXTS, tuple()):
            return plain
        case Base.INT, int() if not isinstance(plain, bool):
            return plain
        case Base.NUMBER, str():
            return _number(plain, 1)
        case Base.MONEY, str():
            return _number(plain, 10 ** minor_digits(currency))
        case ((Base.TIME | Base.DATE | Base.DURATION), str()):
            return _time(plain, base)
        case _:
            return None


def _number(text: str, scale: int) -> int | Fraction | None:
    number = fraction_of(text)
    if number is None:
        return None
    scaled = number * scale
    return scaled.numerator if scaled.denominator == 1 else scaled


def _time(text: str, base: Base) -> date | datetime | timedelta | None:
    try:
        match base:
            case Base.DATE:
                return date.fromisoformat(text)
            case Base.TIME:
                moment = datetime.fromisoformat(text)
                return moment.astimezone(UTC) if moment.tzinfo else None
            case _:
                seconds = fraction_of(text.removeprefix("PT").removesuffix("S"))
                return None if seconds is None else int(seconds * _SECOND) * _MICROSECOND
    except (ValueError, OverflowError):
        return None
