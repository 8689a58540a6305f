"""Tools for who writes policies: scenarios, what they cost, how far a ranking can be trusted."""

from remedykit.authoring.analysis import findings
from remedykit.authoring.boundaries.boundary import Boundaries, Boundary, Unreached
from remedykit.authoring.boundaries.finding import boundary_situations
from remedykit.authoring.exposure import Exposure, total_exposure
from remedykit.authoring.golden.files import (
    GoldenDifference,
    GoldenFile,
    compare_golden,
    golden_files,
    update_golden,
)
from remedykit.authoring.scenarios.differences import Difference
from remedykit.authoring.scenarios.expectations import Expectation
from remedykit.authoring.scenarios.reading import read_scenarios
from remedykit.authoring.scenarios.scenario import (
    Fault,
    Outcome,
    Results,
    Scenario,
    run_scenario,
    run_scenarios,
)
from remedykit.authoring.situations.situation import Situation
from remedykit.authoring.stability import Places, PlannedFixes, Stability, stability

__all__ = [
    "Boundaries",
    "Boundary",
    "Difference",
    "Expectation",
    "Exposure",
    "Fault",
    "GoldenDifference",
    "GoldenFile",
    "Outcome",
    "Places",
    "PlannedFixes",
    "Results",
    "Scenario",
    "Situation",
    "Stability",
    "Unreached",
    "boundary_situations",
    "compare_golden",
    "findings",
    "golden_files",
    "read_scenarios",
    "run_scenario",
    "run_scenarios",
    "stability",
    "total_exposure",
    "update_golden",
]
