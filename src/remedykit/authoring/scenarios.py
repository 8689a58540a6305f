"""A policy author's tests: given facts, an expected decision, and what came out instead.

They stand beside the rules in files ``*.scenarios.yaml``::

    scenarios:
      - name: a lost parcel, in stock
        given: {incident: {...}, customer: {...}}      # and case, facts
        at: "2026-11-20T19:00:00-05:00"
        expect:
          first: reship_express
          plan: [sincere, no_scan, reship_express]
          withheld: {full_refund: forbidden}
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from remedykit.authoring.given import Given
from remedykit.diagnostics import Place
from remedykit.model.decision import Decision
from remedykit.model.words import WithheldReason
from remedykit.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a decision must show; what is ``None`` or empty is not looked at.

    Attributes:
        first: the fix that must come first among the fixes.
        plan: the kinds that must stand in the plan, and no others; in any order.
        withheld: kinds that must be withheld, with the reason.
    """

    first: str | None
    plan: tuple[str, ...] | None
    withheld: tuple[tuple[str, WithheldReason], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One test of a policy.

    Attributes:
        name: unique in its policy.
        place: where it stands.
        at: the moment of decision, if one is given.
    """

    name: str
    place: Place
    given: Given
    at: datetime | None
    expect: Expectation


@dataclass(frozen=True, slots=True)
class Difference:
    """One expectation that was not met: what it is about, what was expected, what came."""

    about: str
    expected: str
    got: str

    def __str__(self) -> str:
        """Return the three in one line."""
        return f"{self.about}: expected {self.expected}, got {self.got}"


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


def run_scenario(policy: Policy, scenario: Scenario) -> Outcome:
    """Decide a scenario and hold the decision against what it expects.

    Raises:
        InputError: if what is given is wrong; names the place.
    """
    decision = scenario.given.decide(policy, scenario.at)
    return Outcome(scenario, decision, _differences(scenario.expect, decision))


def _differences(expect: Expectation, decision: Decision) -> tuple[Difference, ...]:
    found: list[Difference] = []
    if expect.first is not None:
        fixes = [remedy.kind for remedy in decision.remedies if remedy.part == "fix"]
        if fixes[:1] != [expect.first]:
            found.append(Difference("first", expect.first, fixes[0] if fixes else "no fix"))
    if expect.plan is not None and set(expect.plan) != set(decision.plan.remedies):
        found.append(Difference("plan", _listed(expect.plan), _listed(decision.plan.remedies)))
    for kind, reason in expect.withheld:
        reasons = [each.reason for each in decision.withheld if each.kind == kind]
        if reason not in reasons:
            found.append(Difference(f"withheld {kind}", reason, _standing(kind, decision)))
    return tuple(found)


def _listed(kinds: tuple[str, ...]) -> str:
    return f"[{', '.join(sorted(kinds))}]"


def _standing(kind: str, decision: Decision) -> str:
    """Return what became of a kind that should have been withheld for another reason."""
    reasons = [each.reason for each in decision.withheld if each.kind == kind]
    if reasons:
        return ", ".join(reasons)
    if kind in decision.plan.remedies:
        return "in the plan"
    return "offered" if any(each.kind == kind for each in decision.remedies) else "not offered"
