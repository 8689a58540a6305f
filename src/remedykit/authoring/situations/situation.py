"""A situation: all that is handed in to be decided, as plain values that a scenario can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from remedykit.facts.values import Facts
from remedykit.language.plain_json import Plain
from remedykit.language.types import Base, FactDeclaration, Value
from remedykit.model.decision import Decision
from remedykit.model.money import Money
from remedykit.model.rational import exact_text
from remedykit.policy import Policy

_SECOND = timedelta(seconds=1)
_DURATIONS = (
    (timedelta(hours=1), "hours"),
    (timedelta(minutes=1), "minutes"),
    (_SECOND, "seconds"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The arguments of `Policy.decide`, written as a file of scenarios has them.

    Attributes:
        incident: fields of the incident, with its order.
        customer: fields of the customer.
        case: fields of the case; empty where nothing has happened since.
        facts: the policy's own facts by name.
        at: the moment of decision, if there is one.
    """

    incident: Mapping[str, Plain]
    customer: Mapping[str, Plain]
    case: Mapping[str, Plain]
    facts: Mapping[str, Plain]
    at: datetime | None

    def read(self, policy: Policy) -> Facts:
        """Return the facts that rules read in it.

        Raises:
            InputError: if the policy cannot read it.
        """
        return policy.reader.facts(
            self.incident, self.customer, case=self.case, own=self.facts, at=self.at
        )

    def decide(self, policy: Policy) -> Decision:
        """Return what a policy decides in it.

        Raises:
            InputError: if the policy cannot read it.
        """
        return policy.decide(
            self.incident, self.customer, case=self.case, facts=self.facts, at=self.at
        )

    def with_incident(self, **fields: Plain) -> Situation:
        """Return the same situation with some fields of the incident set otherwise."""
        return replace(self, incident={**self.incident, **fields})

    def with_customer(self, **fields: Plain) -> Situation:
        """Return the same situation with some fields of the customer set otherwise."""
        return replace(self, customer={**self.customer, **fields})

    def to_dict(self) -> dict[str, Plain]:
        """Return it as the keys of a scenario have it: `given` and `at`, without what is empty."""
        parts = (
            ("incident", self.incident),
            ("customer", self.customer),
            ("case", self.case),
            ("facts", self.facts),
        )
        needed = ("incident", "customer")
        given: Plain = {name: dict(part) for name, part in parts if part or name in needed}
        at: dict[str, Plain] = {} if self.at is None else {"at": self.at.isoformat()}
        return {"given": given} | at


def plain_value(declaration: FactDeclaration, value: Value, currency: str) -> Plain:
    """Return a value of a fact as it is written in a file.

    Raises:
        ValueError: if there is no such writing, as for a third of a cent.
    """
    match value:
        case bool() | str():
            return value
        case int() | Fraction() if declaration.type.base is Base.MONEY:
            return amount_text(value, currency)
        case int():
            return value
        case Fraction():
            return _decimal(value)
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case timedelta():
            return _duration(value)
        case tuple():
            return list(value)


def amount_text(minor: Value, currency: str) -> str:
    """Return an amount of minor units as it is written in a file.

    Raises:
        ValueError: if it is no whole number of them.
    """
    match minor:
        case int():
            return str(Money.of_minor(minor, currency).amount)
        case _:
            raise ValueError(f"{minor} minor units are no amount of {currency}")


def _decimal(number: Fraction) -> str:
    text = exact_text(number)
    if "/" in text:
        raise ValueError(f"{text} is no decimal number")
    return text


def _duration(value: timedelta) -> str:
    for unit, word in _DURATIONS:
        if not value % unit:
            return f"{value // unit} {word}"
    return f"{exact_text(Fraction(value // timedelta(microseconds=1), 10**6))} seconds"
