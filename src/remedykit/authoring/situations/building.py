"""From wanted facts to a situation that has them: what `facts.extract` does, turned round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from remedykit.authoring.situations.event_pieces import plain_events
from remedykit.authoring.situations.moments import moved
from remedykit.authoring.situations.situation import Situation, amount_text, plain_value
from remedykit.authoring.situations.timelines import facts_of_timeline, timeline
from remedykit.errors import InputError
from remedykit.facts.derived import can_be_given
from remedykit.facts.values import Facts
from remedykit.language.plain_json import Plain
from remedykit.language.types import Base, FactDeclaration, Value
from remedykit.model.money import Money
from remedykit.policy import Policy

Wanted = Mapping[str, Value | None]

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)  # decided then where nothing else is wanted
_DAY = timedelta(days=1)
_PRICE = 100  # of an affected line of unknown worth, in units of the currency
# What only affected lines tell.
FACTS_OF_LINES = (
    "incident.items_affected",
    "incident.cost_affected",
    "incident.part_cost",
    "incident.return_cost",
    "incident.hazardous",
    "incident.perishable",
    "incident.final_sale",
)
# Unknown in a timeline where the moment of decision is.
_OF_ELAPSED = ("case.hours_waiting", "case.age_days")
_UNIT_AMOUNTS = {
    "unit_cost": "incident.cost_affected",
    "part_cost": "incident.part_cost",
    "return_cost": "incident.return_cost",
}
# Nothing of these can lie after the moment of decision.
_EVENTS = ("incident.delivered_at", "order.first_scan_at")


@dataclass(frozen=True, slots=True)
class Unbuildable:
    """Why no situation has the facts that were wanted."""

    reason: str


@dataclass(frozen=True, slots=True)
class Built:
    """A situation with the facts that the policy reads in it: to read them again takes long."""

    situation: Situation
    facts: Facts


def built(policy: Policy, wanted: Wanted, currency: str) -> Built | Unbuildable:
    """Return a situation in which every wanted fact has its value; the rest is as simple as can be.

    It was read again: what it returns has these facts.

    Args:
        policy: whose facts they are.
        wanted: values as rules read them; ``None`` is unknown.
        currency: of the order.
    """
    draft = drafted(policy, wanted, currency)
    if isinstance(draft, Unbuildable):
        return draft
    found = draft.facts.values
    for name, value in wanted.items():
        if found[name] != value:
            return Unbuildable(_otherwise(policy, name, value, found[name]))
    return draft


def drafted(policy: Policy, wanted: Wanted, currency: str) -> Built | Unbuildable:
    """Return a situation that the policy can read, with the wanted facts as far as they agree."""
    try:
        situation = Draft(policy, wanted, currency).situation()
        return Built(situation, situation.read(policy))
    except (InputError, ValueError) as error:
        return Unbuildable(str(error))


def _otherwise(policy: Policy, name: str, wanted: Value | None, found: Value | None) -> str:
    declaration = policy.schema.find(name)
    if wanted is None and declaration is not None and declaration.always_known:
        return f"{name} is never unknown"
    told = ("unknown" if each is None else str(each).lower() for each in (wanted, found))
    return "{} cannot be {} beside the other facts: it comes out as {}".format(name, *told)


@dataclass(frozen=True, slots=True)
class Draft:
    """Writes wanted facts into the fields from which they are read."""

    policy: Policy
    wanted: Wanted
    currency: str

    def situation(self) -> Situation:
        """Return a situation with the wanted facts, as far as they agree with each other.

        Raises:
            ValueError: if a value cannot be written.
        """
        order, incident = self._fields("order"), self._fields("incident")
        lines, affected = self._lines()
        order = {"id": "1", "currency": self.currency} | lines | order
        incident = incident | affected
        if "incident.items_affected" in self.wanted and affected:
            incident.pop("value_affected", None)
        self._settle_late(incident)
        return Situation(
            incident={**incident, "order": {**order, **self._paid(order)}},
            customer=self._fields("customer"),
            case=self._case(),
            facts=dict(self._own()),
            at=self._at(),
        )

    def _fields(self, group: str) -> dict[str, Plain]:
        """Return the fields of one model that are wanted, or that it cannot do without."""
        fields: dict[str, Plain] = {}
        for declaration in self.policy.schema.declarations:
            of, _, field = declaration.name.partition(".")
            if of == group and self._is_field(declaration):
                value = self._value(declaration)
                if value is not None and value != declaration.default:
                    fields[field] = plain_value(declaration, value, self.currency)
        return fields

    def _is_field(self, declaration: FactDeclaration) -> bool:
        if declaration.name in self.policy.checked.own_facts or not can_be_given(declaration):
            return False
        return declaration.name not in FACTS_OF_LINES and declaration.name != "order.currency"

    def _value(self, declaration: FactDeclaration) -> Value | None:
        wanted = self.wanted.get(declaration.name)
        if wanted is None and declaration.required and declaration.name != "order.id":
            return simplest(declaration, self.currency)
        return wanted

    def _own(self) -> Iterator[tuple[str, Plain]]:
        for name in self.policy.checked.own_facts:
            declaration = self.policy.schema.find(name)
            value = self.wanted.get(name)
            if declaration is not None and value is not None and value != declaration.default:
                yield name, plain_value(declaration, value, self.currency)

    # --- lines ---------------------------------------------------------------------------------

    def _lines(self) -> tuple[dict[str, Plain], dict[str, Plain]]:
        """Return lines of the order, and which of them are affected."""
        if all(self.wanted.get(name) is None for name in FACTS_OF_LINES):
            return {}, {}
        count = self.wanted.get("incident.items_affected", 1)
        if count == 0:
            return {}, {"affected": []}
        worth = self.wanted.get("incident.value_affected")
        price = str(_PRICE) if worth is None else self._amount(worth)
        first: dict[str, Plain] = {"id": "1", "price": price}
        others: dict[str, Plain] = {"id": "2", "price": "0"}
        for field, name in _UNIT_AMOUNTS.items():
            amount = self.wanted.get(name)
            if amount is not None:
                first[field], others[field] = self._amount(amount), "0"
        for field in ("hazardous", "perishable", "final_sale"):
            if self.wanted.get(f"incident.{field}"):
                first[field] = True
        if not isinstance(count, int) or count <= 1:
            return {"lines": [first]}, {"affected": ["1"]}
        others["quantity"] = count - 1
        return {"lines": [first, others]}, {"affected": ["1", "2"]}

    def _amount(self, minor: Value) -> str:
        return amount_text(minor, self.currency)

    def _paid(self, order: Mapping[str, Plain]) -> dict[str, Plain]:
        """Return what was paid, where it would otherwise be less than what was paid back."""
        refunded = self.wanted.get("order.refunded")
        told = "lines" in order or "total" in order
        if not isinstance(refunded, int) or not told or "order.paid" in self.wanted:
            return {}
        total = self.wanted.get("order.total")
        least = total if isinstance(total, int) else 0
        return {"paid": self._amount(max(refunded, least))}

    # --- times ---------------------------------------------------------------------------------

    def _settle_late(self, incident: dict[str, Plain]) -> None:
        """Leave `days_late` out where it follows from times."""
        if "promised_by" in incident and self._end() is not None:
            incident.pop("days_late", None)

    def _end(self) -> datetime | None:
        delivered = self.wanted.get("incident.delivered_at")
        return delivered if isinstance(delivered, datetime) else self._at()

    def _at(self) -> datetime | None:
        if "at" in self.wanted:
            at = self.wanted["at"]
            return at if isinstance(at, datetime) else None
        if self._is_timed() and any(self.wanted.get(name, NOW) is None for name in _OF_ELAPSED):
            return None
        promised, late = (self.wanted.get(f"incident.{n}") for n in ("promised_by", "days_late"))
        happened = [each for each in map(self.wanted.get, _EVENTS) if isinstance(each, datetime)]
        if isinstance(promised, datetime) and self.wanted.get("incident.delivered_at") is None:
            if isinstance(late, int):
                overdue = moved(promised, late, _DAY)
                return None if overdue is None else max([overdue, *happened])
            if "incident.days_late" in self.wanted:
                return None
        return max([NOW, *happened])

    # --- the case ------------------------------------------------------------------------------

    def _case(self) -> dict[str, Plain]:
        """Return the case as its sum; as a timeline where something is wanted of one."""
        if self._is_timed():
            at = self._at()
            events = timeline(self.policy, self.wanted, self.currency, at, at or NOW)
            return {"events": plain_events(events, self.currency)} if events else {}
        told = self._fields("case") | self._age() | self._offers()
        # One thing that is told leaves unknown what only a timeline tells.
        return {"contacts": 0} if self._timed() and not told else told

    def _is_timed(self) -> bool:
        """Return whether something is to be known that only a timeline tells."""
        return any(self.wanted[name] is not None for name in self._timed())

    def _timed(self) -> frozenset[str]:
        return facts_of_timeline(self.policy.checked) & self.wanted.keys()

    def _age(self) -> dict[str, Plain]:
        """Return when the case was opened, so that it is as old as is wanted."""
        days, at = self.wanted.get("case.age_days"), self._at()
        if not isinstance(days, int) or at is None or "case.opened_at" in self.wanted:
            return {}
        opened = moved(at, -days, _DAY)
        return {} if opened is None else {"opened_at": opened.isoformat()}

    def _offers(self) -> dict[str, Plain]:
        """Return past offers and broken promises that come to the wanted level of deviation."""
        any_kind = next((each.name for each in self.policy.checked.remedies), "other")
        highest = self.wanted.get("case.highest_refused", 0)
        refused = _texts(self.wanted.get("case.offers_refused"))
        refused = refused or (any_kind,) * (highest != 0)
        made = [each for each in _texts(self.wanted.get("case.offers_made")) if each not in refused]
        failures = self.wanted.get("case.deviation_level")
        broken = self.wanted.get("case.promises_broken")
        left = max(0, failures - len(refused)) if isinstance(failures, int) else 0
        fields: dict[str, Plain] = {}
        if isinstance(broken, int):
            left = max(0, left - broken)
        elif left:
            fields["promises_broken"], left = left, 0
        made += [any_kind] * max(0, left - len(made))
        worth = {"value": self._amount(highest)} if highest else {}
        offers: list[Plain] = [{"kind": kind, "status": "refused", **worth} for kind in refused]
        for number, kind in enumerate(made):
            offers.append({"kind": kind, "status": "expired" if number < left else "offered"})
        if offers:
            fields["offers"] = offers
        return fields


def simplest(declaration: FactDeclaration, currency: str) -> Value:
    """Return a plain value of a fact's type."""
    least = declaration.at_least
    match declaration.type.base:
        case Base.BOOL:
            return False
        case Base.INT | Base.NUMBER:
            return 1 if least is None or least <= 1 else int(least)
        case Base.MONEY:
            return Money(_PRICE, currency).minor
        case Base.TEXT:
            return (declaration.type.values or ("other",))[0]
        case Base.DATE:
            return NOW.date()
        case Base.TIME:
            return NOW
        case Base.DURATION:
            return timedelta(hours=1)
        case Base.TEXTS:
            return ()


def _texts(value: Value | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
