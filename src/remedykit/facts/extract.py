"""From an incident, a customer, a case and the policy's own facts to the facts of one decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from pydantic import BaseModel

from remedykit.diagnostics import printable
from remedykit.errors import InputError
from remedykit.facts.affected import affected_units
from remedykit.facts.answered import refuse_wrong_order
from remedykit.facts.convert import fact_value, shape_for, told
from remedykit.facts.derived import agreed, from_lines, from_times
from remedykit.facts.inputs import Fault, input_error, validated
from remedykit.facts.of_case import NOTHING_HAPPENED, case_facts
from remedykit.facts.patterns import PatternMatcher, PlainMatcher
from remedykit.facts.schema import order_model
from remedykit.facts.sources import Source
from remedykit.facts.values import Facts
from remedykit.language.timeline_facts import TIMELINE
from remedykit.language.types import TIME, Schema, Value
from remedykit.model.border import RefusedError, suggestion
from remedykit.model.case import Case
from remedykit.model.currencies import minor_digits
from remedykit.model.customer import Customer
from remedykit.model.exact import shown, trimmed
from remedykit.model.incident import Incident
from remedykit.model.order import Order

_TIME = shape_for(TIME)
_NO_CASE = Case()
_NO_PATTERNS = PlainMatcher()
_MOST_UNKNOWN = 100  # names that are told one by one; more are no misspelt ones


@dataclass(frozen=True, slots=True, kw_only=True)
class FactReader:
    """Reads the facts that a policy declares; made once a policy by `fact_reader`."""

    incident_model: type[Incident]
    customer_model: type[Customer]
    defaults: Mapping[str, Value | None]
    incident: tuple[Source, ...]
    order: tuple[Source, ...]
    customer: tuple[Source, ...]
    case: tuple[Source, ...]
    own: tuple[Source, ...]
    following: frozenset[str]
    timeline: PatternMatcher

    def facts(
        self,
        incident: Incident | Mapping[str, object],
        customer: Customer | Mapping[str, object],
        *,
        case: Case | Mapping[str, object] | None = None,
        own: Mapping[str, object] | None = None,
        at: datetime | str | None = None,
    ) -> Facts:
        """Return every declared fact: ``None`` where it is unknown, its default where it has one.

        Args:
            incident: of the policy's class of incidents, or a map of its fields.
            customer: of the policy's class of customers, or a map of its fields.
            case: what has happened since; without it, nothing has.
            own: the policy's own facts by name.
            at: the moment of decision, with its zone; without it, facts that need it are unknown.

        Raises:
            InputError: naming each place that is wrong.
        """
        checked_incident = validated(self.incident_model, incident, "incident")
        checked_customer = validated(self.customer_model, customer, "customer")
        checked_case = _NO_CASE if case is None else validated(Case, case, "case")
        order, currency = _order_of(checked_incident)
        walk = _Walk(dict(self.defaults), [], currency)
        moment = walk.read_moment(at)
        walk.read(checked_incident.__dict__, self.incident, "incident")
        walk.read(order.__dict__, self.order, "incident.order")
        walk.read(checked_customer.__dict__, self.customer, "customer")
        walk.read(checked_case.__dict__, self.case, "case")
        walk.read_own({} if own is None else own, self.own, self.following)
        if walk.faults:
            raise input_error(walk.faults)
        values = walk.values
        told = NOTHING_HAPPENED
        if case is not None:
            models = {"incident": checked_incident, "order": order}
            told = case_facts(checked_case, values, models, currency, moment)
        values |= told.values
        if told.events:
            refuse_wrong_order(values)
        values |= self.timeline.values(told.events, moment)
        derived = from_lines(affected_units(checked_incident, order, currency))
        derived |= from_times(values, moment)
        values |= agreed(values, derived, currency)
        return Facts(values, currency, told.offers, told.events)


def fact_reader(
    schema: Schema,
    own_names: tuple[str, ...] = (),
    incident: type[Incident] = Incident,
    customer: type[Customer] = Customer,
    *,
    timeline: PatternMatcher = _NO_PATTERNS,
) -> FactReader:
    """Return what reads the facts of a policy.

    Args:
        schema: all facts: those of `model_schema` for the same classes, and the policy's own.
        own_names: the names of the policy's own facts.
        incident: the class of incidents that the policy reads.
        customer: the class of customers that the policy reads.
        timeline: tells which of the policy's facts follow from the timeline, and how.
    """
    own = frozenset(own_names)

    def sources(group: str, model: type[BaseModel]) -> tuple[Source, ...]:
        found = ((each.name.partition(".")[2], each) for each in schema.declarations)
        return tuple(
            Source.of(field, each)
            for field, each in found
            if each.name == f"{group}.{field}"
            and field in model.model_fields
            and each.name not in own
        )

    return FactReader(
        incident_model=incident,
        customer_model=customer,
        defaults={each.name: each.default for each in schema.declarations},
        incident=sources("incident", incident),
        order=sources("order", order_model(incident)),
        customer=sources("customer", customer),
        case=sources("case", Case),
        own=tuple(Source.of(each.name, each) for each in schema.declarations if each.name in own),
        following=frozenset(each.name for each in schema.declarations if each.origin == TIMELINE),
        timeline=timeline,
    )


@dataclass(frozen=True, slots=True)
class _Walk:
    """One reading: the values found so far, and everything that is wrong."""

    values: dict[str, Value | None]
    faults: list[Fault]
    currency: str

    def read(self, held: Mapping[str, object], sources: tuple[Source, ...], where: str) -> None:
        """Read each source from what a model holds, or from the policy's own facts."""
        values, currency = self.values, self.currency
        for source in sources:
            raw = held.get(source.field)
            if raw is None:
                if source.required:
                    self.faults.append((f"{where}.{source.field}", "is missing"))
                continue  # the default is there
            value = source.straight(raw, source, currency)
            if value is None:
                try:
                    value = source.with_care(raw, currency)
                except RefusedError as error:
                    self.faults.append((f"{where}.{source.field}", told(error, source.declaration)))
            values[source.name] = value

    def read_own(self, own: object, sources: tuple[Source, ...], following: frozenset[str]) -> None:
        """Read the policy's own facts, and refuse what it does not declare, or what follows."""
        if not isinstance(own, Mapping):
            found = type(own).__name__
            self.faults.append(("facts", f"is of type {found}; a map of facts by name is read"))
            return
        given = cast("Mapping[str, object]", own)
        declared = tuple(source.field for source in sources)
        if len(given) > len(declared) + _MOST_UNKNOWN:
            told = f"is a map of {len(given)} facts; the policy has {len(declared)} of its own"
            self.faults.append(("facts", told))
            return
        for name in given:
            if name not in declared:
                problem = _undeclared(name, declared, tuple(self.values), following)
                self.faults.append((f"facts.{_printed(name)}", problem))
        tidy = {name: trimmed(value) for name, value in given.items()}
        self.read(tidy, sources, "facts")

    def read_moment(self, at: datetime | str | None) -> datetime | None:
        """Read the moment of decision."""
        if at is None:
            return None
        try:
            moment = fact_value(_TIME, at, self.currency)
        except RefusedError as error:
            self.faults.append(("at", str(error)))
            return None
        self.values["at"] = moment
        return moment if isinstance(moment, datetime) else None


def _order_of(incident: Incident) -> tuple[Order, str]:
    order = incident.__dict__.get("order")
    if not isinstance(order, Order):
        raise InputError("incident.order", "is no Order")
    currency = order.__dict__.get("currency")
    if not isinstance(currency, str):
        raise InputError("incident.order.currency", f"{shown(currency)} is no code of a currency")
    try:
        minor_digits(currency)
    except ValueError as error:
        raise InputError("incident.order.currency", str(error)) from None
    return order, currency


def _undeclared(
    name: object, declared: tuple[str, ...], names: tuple[str, ...], following: frozenset[str]
) -> str:
    if name in following:
        return "follows from the events of the case; hand in these"
    if name in names:
        return "is read from the models; give it there"
    return f"is no fact of the policy's own{suggestion(_printed(name), declared)}"


def _printed(name: object) -> str:
    return printable(name[:80]) if isinstance(name, str) else shown(name)
