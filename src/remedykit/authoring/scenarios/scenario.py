"""A policy author's tests: given facts, an expected decision, and what came out instead.

They stand beside the rules in files ``*.scenarios.yaml``; ``docs/scenarios.md`` tells how they are
written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from remedykit.authoring.given import Given
from remedykit.authoring.scenarios.differences import Difference, differences_between
from remedykit.authoring.scenarios.expectations import Expectation
from remedykit.diagnostics import Place
from remedykit.errors import InputError
from remedykit.model.decision import Decision
from remedykit.policy import Policy

Verdict = Literal["passed", "failed", "xfailed", "xpassed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One test of a policy.

    Attributes:
        name: unique in its policy.
        place: where it stands; of a row of a table, the row.
        at: the moment of decision, if one is given.
        xfail: why it is known to fail; empty if it must pass.
    """

    name: str
    place: Place
    given: Given
    at: datetime | None
    expect: Expectation
    xfail: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A scenario, its decision, and where the decision is not as expected."""

    scenario: Scenario
    decision: Decision
    differences: tuple[Difference, ...]

    @property
    def passed(self) -> bool:
        """Whether everything came as expected."""
        return not self.differences

    @property
    def verdict(self) -> Verdict:
        """What that means: a scenario that is known to fail must do so."""
        if self.scenario.xfail:
            return "xpassed" if self.passed else "xfailed"
        return "passed" if self.passed else "failed"

    @property
    def is_fine(self) -> bool:
        """Whether nobody need look into it."""
        return self.verdict in {"passed", "xfailed"}

    def report(self) -> str:
        """Return what was expected, what came, and why; a line each, or an empty text."""
        if self.verdict == "xpassed":
            return f"it passes, but is marked as known to fail: {self.scenario.xfail}"
        return "\n".join(difference.report() for difference in self.differences)


@dataclass(frozen=True, slots=True)
class Fault:
    """A scenario that could not be decided, because what it gives is wrong."""

    scenario: Scenario
    error: InputError


@dataclass(frozen=True, slots=True)
class Results:
    """What became of several scenarios."""

    outcomes: tuple[Outcome, ...]
    faults: tuple[Fault, ...]

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """Those that somebody must look into, beside the faults."""
        return tuple(outcome for outcome in self.outcomes if not outcome.is_fine)

    @property
    def are_fine(self) -> bool:
        """Whether nobody need look into anything."""
        return not self.failed and not self.faults


def run_scenario(policy: Policy, scenario: Scenario) -> Outcome:
    """Decide a scenario and hold the decision against what it expects.

    Raises:
        InputError: if what is given is wrong; names the place.
    """
    decision = scenario.given.decide(policy, scenario.at)
    return Outcome(scenario, decision, differences_between(scenario.expect, decision, policy))


def run_scenarios(policy: Policy, scenarios: Iterable[Scenario]) -> Results:
    """Run scenarios one after the other; one that cannot be decided does not stop the others."""
    outcomes: list[Outcome] = []
    faults: list[Fault] = []
    for scenario in scenarios:
        try:
            outcomes.append(run_scenario(policy, scenario))
        except InputError as error:
            faults.append(Fault(scenario, error))
    return Results(tuple(outcomes), tuple(faults))
