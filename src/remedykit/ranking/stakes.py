"""What is at stake in one decision: the loss, what may be lost with the customer, and how long.

Every score is measured against it. Where a fact is unknown, something is assumed, and said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Literal

from remedykit.engine.arithmetic import MICROSECONDS_AN_HOUR, half_up
from remedykit.engine.matching import Evaluation
from remedykit.language.syntax import Expression
from remedykit.language.types import Value
from remedykit.model.words import PARTS, Part, Resource
from remedykit.ranking.tables import RankingTables

_Number = int | Fraction

# docs/ranking.md#words-apology-and-explanation
TIMELY_WITHIN = timedelta(hours=24)
# Stands in for a loss of 0 or unknown where the policy declares no `small_loss`.
_SMALLEST_LOSS = 100  # minor units; docs/ranking.md#the-loss
_HIGHEST_RISK = 1000  # thousandths
_MICROSECONDS_A_DAY = 24 * MICROSECONDS_AN_HOUR

# docs/ranking.md#what-was-lost; every other kind loses goods.
_LOST: dict[str, Resource] = {
    "billing_error": "money",
    "refund_not_received": "money",
    "return_problem": "money",
    "late_delivery": "service",
    "failed_delivery_attempt": "service",
    "service_failure": "attention",
}
# docs/ranking.md#compensation; in every other kind he rejects what he got.
_ACCEPTED = frozenset(
    {"missing_part", "late_delivery", "failed_delivery_attempt", "service_failure"}
)


@dataclass(frozen=True, slots=True)
class Assumption:
    """What was assumed, in words, and which scores hang on it.

    Attributes:
        text: a sentence without its full stop.
        parts: the parts whose scores hang on it.
        of_cost: whether it is what cost is measured against: no matter to what costs nothing.
    """

    text: str
    parts: tuple[Part, ...]
    of_cost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stakes:
    """What scores are measured against.

    Attributes:
        loss: what the customer lost, in minor units; at least 1.
        value_at_risk: what the merchant may lose, in minor units; at least 1.
        lost: the kind of resource that was lost.
        mode: whether the customer keeps what he has.
        waited_days: days from the discovery to the moment of decision; 0 if unknown.
        timely: whether an apology now comes within a day of the discovery.
        risk: 0 to 1000.
        assumptions: what was assumed where a fact is unknown.
        open_facts: the unknown facts that were wanted for this, sorted.
    """

    loss: int
    value_at_risk: int
    lost: Resource
    mode: Literal["accept", "reject"]
    waited_days: int | Fraction
    timely: bool
    risk: int
    assumptions: tuple[Assumption, ...]
    open_facts: tuple[str, ...]


def stakes_of(tables: RankingTables, evaluation: Evaluation) -> Stakes:
    """Return what is at stake in the decision that an engine evaluated.

    Args:
        tables: of the policy whose ``ranking`` names the defines and params used.
        evaluation: of that policy's defines and params.
    """
    return _Reader(tables, evaluation).stakes()


class _Reader:
    """Reads the facts of one decision; notes what was unknown and what was assumed for it."""

    def __init__(self, tables: RankingTables, evaluation: Evaluation) -> None:
        self._tables = tables
        self._ranking = tables.ranking
        self._evaluation = evaluation
        self._values = evaluation.facts.values
        self._repaired = self._values.get("incident.self_repaired") is True
        self._assumptions: list[Assumption] = []
        self._open: set[str] = set()

    def stakes(self) -> Stakes:
        kind = self._values.get("incident.kind")
        loss = self._loss()
        waited = self._waited()
        accepted = self._repaired or kind in _ACCEPTED
        return Stakes(
            loss=loss,
            value_at_risk=self._value_at_risk(loss),
            lost="money" if self._repaired else _LOST.get(str(kind), "goods"),
            mode="accept" if accepted else "reject",
            waited_days=0 if waited is None else _days(waited),
            timely=waited is not None and waited <= TIMELY_WITHIN,
            risk=self._risk(),
            assumptions=tuple(self._assumptions),
            open_facts=tuple(sorted(self._open)),
        )

    # --- the loss ---

    def _loss(self) -> int:
        name = self._ranking.loss
        loss = self._built_in_loss() if name is None else self._define(name)
        if loss is not None and (amount := _minor_units(loss)) > 0:
            return amount
        found = "unknown" if loss is None else "nothing"
        small, source = self._amount(self._ranking.small_loss), "`small_loss`"
        if small is None or _minor_units(small) <= 0:
            small, source = _SMALLEST_LOSS, f"{_SMALLEST_LOSS} minor units"
        self._assume(f"the loss is {found}; it counts as {source}", "fix", "perk")
        return _minor_units(small)

    def _built_in_loss(self) -> _Number | None:
        impaired = self._impaired_value()
        expense = self._number("incident.out_of_pocket")
        trips = self._trips_worth()
        if impaired is None or expense is None or trips is None:
            return None
        return impaired + expense + trips

    def _impaired_value(self) -> _Number | None:
        if self._repaired:
            return 0
        impact = self._number("incident.functional_impact")
        value = self._number("incident.value_affected")
        if impact is None or value is None:
            return value  # an impact that nobody spoke of is a whole one
        return value * impact

    def _trips_worth(self) -> _Number | None:
        trips = self._number("incident.trips")
        if trips is None or trips == 0:
            return trips
        trip_cost = self._amount(self._ranking.trip_cost)
        if trip_cost is None:
            self._assume("trips count nothing: the policy has no `trip_cost`", "fix", "perk")
            return 0
        return trips * trip_cost

    # --- what the merchant may lose ---

    def _value_at_risk(self, loss: int) -> int:
        total = self._or_assumed(
            "order.total",
            "the order's total",
            "assumed_order_total",
            self._ranking.assumed_order_total,
        )
        future = self._or_assumed(
            "customer.predicted_ltv",
            "what the customer will buy",
            "assumed_lifetime_value",
            self._ranking.assumed_lifetime_value,
        )
        at_risk = _minor_units(total + future)
        if at_risk > 0:
            return at_risk
        self._assume_of_cost("the value at risk is nothing; the loss stands in for it")
        return loss

    def _or_assumed(self, fact: str, title: str, param: str, assumed: Expression | None) -> _Number:
        known = self._number(fact)
        if known is not None:
            return known
        amount = self._amount(assumed)
        if amount is None:
            self._assume_of_cost(f"{title} is unknown and counted as nothing")
            return 0
        self._assume_of_cost(f"{title} is unknown; `{param}` stands in for it")
        return amount

    # --- time and risk ---

    def _waited(self) -> timedelta | None:
        at, discovered = self._time("at"), self._time("incident.discovered_at")
        if at is None or discovered is None:
            self._assume(
                "how long ago it was discovered is unknown: no day counts as waited, "
                "and an apology not as timely",
                "apology",
                "explanation",
                "perk",
            )
            return None
        return max(at - discovered, timedelta(0))

    def _risk(self) -> int:
        if self._ranking.risk is None:
            return 0
        risk = self._define(self._ranking.risk)
        if risk is None:
            self._assume("the risk is unknown and counted as none", "fix")
            return 0
        return min(max(risk // 1, 0), _HIGHEST_RISK)

    # --- reading ---

    def _assume(self, text: str, *parts: Part) -> None:
        self._assumptions.append(Assumption(text, parts))

    def _assume_of_cost(self, text: str) -> None:
        self._assumptions.append(Assumption(text, PARTS, of_cost=True))

    def _number(self, fact: str) -> _Number | None:
        value = self._values.get(fact)
        if value is None:
            self._open.add(fact)
        return _as_number(value)

    def _time(self, fact: str) -> datetime | None:
        value = self._values.get(fact)
        if value is None:
            self._open.add(fact)
        return value if isinstance(value, datetime) else None

    def _define(self, name: str) -> _Number | None:
        value = self._evaluation.defined(name)
        if value is None:
            self._open.update(self._tables.unknown_behind(name, self._evaluation.facts))
        return _as_number(value)

    def _amount(self, expression: Expression | None) -> _Number | None:
        return None if expression is None else _as_number(self._evaluation.value(expression))


def _as_number(value: Value | None) -> _Number | None:
    return value if value is not None and isinstance(value, _Number) else None


def _minor_units(amount: _Number) -> int:
    return amount if isinstance(amount, int) else half_up(amount)


def _days(duration: timedelta) -> Fraction:
    return Fraction(duration // timedelta(microseconds=1), _MICROSECONDS_A_DAY)
