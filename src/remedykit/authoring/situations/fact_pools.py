"""The values of each fact at which something may turn, and how far apart neighbours are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from remedykit.authoring.situations.building import NOW, simplest
from remedykit.explain.comparisons import conditions_of
from remedykit.explain.thresholds import Axis
from remedykit.language.degree import walk
from remedykit.language.operands import operands_of, words_in
from remedykit.language.syntax import (
    CheckedPolicy,
    Compare,
    Constant,
    Expression,
    FactRead,
    In,
    Param,
    ParamRead,
    Tested,
)
from remedykit.language.types import ORDERED, Base, FactDeclaration, Value
from remedykit.model.money import Money

_HUNDREDTH = Fraction(1, 100)
_HOUR = Fraction(3600)  # seconds
_PLAIN_AMOUNTS = ("100", "200", "0")  # in units of the currency
OTHER = "other"  # a text that no rule names


@dataclass(frozen=True, slots=True)
class Pools:
    """What each fact may be in a situation.

    Attributes:
        values: by the name of the fact: its values, simple ones first, ``None`` (where it may be
            unknown) last.
        params: the constants by name, in one currency.
    """

    values: Mapping[str, tuple[Value | None, ...]]
    params: Mapping[str, Value | None]

    @classmethod
    def of(cls, policy: CheckedPolicy, currency: str) -> Pools:
        """Return the pools of a policy's facts, in one currency."""
        params = {param.name: _constant(param, currency) for param in policy.params}
        named: dict[str, list[Value]] = {}
        for condition in conditions_of(policy):
            for name, value in _compared(condition, params):
                named.setdefault(name, []).append(value)
        values = {
            each.name: tuple(_pool(each, named.get(each.name, ()), currency))
            for each in policy.schema.declarations
        }
        return cls(values, params)

    def constant(self, operand: Constant | ParamRead) -> Value | None:
        """Return the value of a constant or param; ``None`` if it has none in this currency."""
        return operand.value if isinstance(operand, Constant) else self.params[operand.name]


def neighbours(declaration: FactDeclaration, value: Value) -> tuple[Value | None, Value | None]:
    """Return the values one unit below and above; ``None`` where the fact cannot have one."""
    axis = Axis(declaration.type.base)
    number = axis.number(value)
    if number is None:
        return None, None
    unit = unit_of(declaration.type.base, value)
    below, above = (axis.value(number + step) for step in (-unit, unit))
    return _allowed(declaration, below), _allowed(declaration, above)


def unit_of(base: Base, value: Value | None) -> Fraction:
    """Return the smallest step of a type that makes sense at a value, as a number on its axis.

    One for whole numbers, one minor unit, one day, one second; one in the last decimal of a number
    (a hundredth at least); one hour for a duration of whole hours, else one second.
    """
    match base, value:
        case Base.NUMBER, int() | Fraction():
            unit = _HUNDREDTH
            while value % unit and unit > Fraction(1, 10**6):
                unit /= 10
            return unit
        case Base.NUMBER, _:
            return _HUNDREDTH
        case Base.DURATION, timedelta() if not value % timedelta(hours=1):
            return _HOUR
        case _:
            return Fraction(1)


def within_bounds(declaration: FactDeclaration, number: Fraction) -> bool:
    """Return whether a fact may be so small, and so large."""
    least, most = declaration.at_least, declaration.at_most
    return (least is None or number >= least) and (most is None or number <= most)


def _allowed(declaration: FactDeclaration, value: Value | None) -> Value | None:
    if isinstance(value, int | Fraction) and not within_bounds(declaration, Fraction(value)):
        return None
    return value


def _constant(param: Param, currency: str) -> Value | None:
    return dict(param.by_currency).get(currency) if param.value is None else param.value


def _compared(
    condition: Expression, params: Mapping[str, Value | None]
) -> Iterator[tuple[str, Value]]:
    """Yield each fact with a value that it is compared with."""
    for node in walk(condition):
        match node:
            case Tested(subject=FactRead(name=name), test=test):
                operands: Iterable[Expression] = operands_of(test)
                yield from ((name, word) for word in words_in(test))
            case (
                Compare(left=FactRead(name=name), right=other)
                | Compare(left=other, right=FactRead(name=name))
            ):
                operands = (other,)
            case In(item=FactRead(name=name), members=members):
                operands = (members,)
            case _:
                continue
        for operand in operands:
            match operand:
                case Constant(value=value):
                    yield name, value
                case ParamRead(name=param) if (constant := params[param]) is not None:
                    yield name, constant
                case _:
                    pass


def _pool(
    declaration: FactDeclaration, named: Iterable[Value], currency: str
) -> Iterator[Value | None]:
    found: dict[tuple[type, Value], Value] = {}
    for value in (*_plain(declaration, currency), *_around(declaration, named)):
        found.setdefault((type(value), value), value)
    yield from (value for value in found.values() if _allowed(declaration, value) is not None)
    if not declaration.always_known:
        yield None


def _plain(declaration: FactDeclaration, currency: str) -> Iterator[Value]:
    """Yield values without a meaning of their own."""
    yield simplest(declaration, currency)
    match declaration.type.base:
        case Base.BOOL:
            yield True
        case Base.INT:
            yield from (0, 2)
        case Base.NUMBER:
            yield from (0, Fraction(1, 2))
        case Base.MONEY:
            yield from (Money(amount, currency).minor for amount in _PLAIN_AMOUNTS)
        case Base.TEXT:
            yield from declaration.type.values or ()
        case Base.DATE:
            yield from (NOW.date() - timedelta(days=1), NOW.date() + timedelta(days=1))
        case Base.TIME:
            yield from (NOW - timedelta(days=1), NOW + timedelta(days=1))
        case Base.DURATION:
            yield timedelta(0)
        case Base.TEXTS:
            yield from ((word,) for word in declaration.type.values or ())


def _around(declaration: FactDeclaration, named: Iterable[Value]) -> Iterator[Value]:
    """Yield the values that rules name, and their neighbours."""
    base = declaration.type.base
    for value in named:
        if base in ORDERED:
            found = (value, *neighbours(declaration, value))
            yield from (each for each in found if each is not None)
        elif isinstance(value, tuple) is (base is Base.TEXTS):
            yield value
        elif base is Base.TEXTS and isinstance(value, str):
            yield (value,)
        elif isinstance(value, tuple):
            yield from value
