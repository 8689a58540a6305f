"""Tools for who writes policies: scenarios, what they cost, how far a ranking can be trusted."""

from remedykit.authoring.exposure import Exposure, total_exposure
from remedykit.authoring.scenario_reading import read_scenarios
from remedykit.authoring.scenarios import (
    Difference,
    Expectation,
    Outcome,
    Scenario,
    run_scenario,
)
from remedykit.authoring.stability import Places, PlannedFixes, Stability, stability

__all__ = [
    "Difference",
    "Expectation",
    "Exposure",
    "Outcome",
    "Places",
    "PlannedFixes",
    "Scenario",
    "Stability",
    "read_scenarios",
    "run_scenario",
    "stability",
    "total_exposure",
]
