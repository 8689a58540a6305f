"""What a policy can cost: the dearest plan over its own scenarios."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from remedykit.authoring.scenarios.scenario import Outcome
from remedykit.model.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """The dearest plan in one currency.

    Attributes:
        scenario: the name of the scenario that it answers; the first by name of several.
        cost: what the plan costs.
        value: what the customer gets.
    """

    scenario: str
    cost: Money
    value: Money


def total_exposure(outcomes: Iterable[Outcome]) -> tuple[Exposure, ...]:
    """Return a policy's total exposure, one entry a currency, sorted by its code.

    A limit that was deleted unnoticed shows here, as far as the scenarios reach it.
    """
    dearest: dict[str, Exposure] = {}
    for outcome in sorted(outcomes, key=lambda each: each.scenario.name):
        plan = outcome.decision.plan
        found = Exposure(scenario=outcome.scenario.name, cost=plan.cost, value=plan.value)
        before = dearest.setdefault(outcome.decision.currency, found)
        if found.cost > before.cost:
            dearest[outcome.decision.currency] = found
    return tuple(dearest[currency] for currency in sorted(dearest))
