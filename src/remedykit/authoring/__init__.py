"""Tools for who writes policies: scenarios, what they cost, how far a ranking can be trusted."""

from remedykit.authoring.analysis import findings
from remedykit.authoring.analysis.sources import own_files
from remedykit.authoring.boundaries.boundary import Boundaries, Boundary, Unreached
from remedykit.authoring.boundaries.finding import boundary_situations
from remedykit.authoring.coverage.coverage import Coverage
from remedykit.authoring.coverage.measuring import measured
from remedykit.authoring.coverage.targets import Target
from remedykit.authoring.exposure import Exposure, total_exposure
from remedykit.authoring.golden.files import (
    GoldenDifference,
    GoldenFile,
    compare_golden,
    golden_files,
    update_golden,
)
from remedykit.authoring.mutation.mutant import Mutant
from remedykit.authoring.mutation.report import MutationReport, mutation_report
from remedykit.authoring.mutation.survivors import Suggestion, Survivor
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
    "Coverage",
    "Difference",
    "Expectation",
    "Exposure",
    "Fault",
    "GoldenDifference",
    "GoldenFile",
    "Mutant",
    "MutationReport",
    "Outcome",
    "Places",
    "PlannedFixes",
    "Results",
    "Scenario",
    "Situation",
    "Stability",
    "Suggestion",
    "Survivor",
    "Target",
    "Unreached",
    "boundary_situations",
    "compare_golden",
    "findings",
    "golden_files",
    "measured",
    "mutation_report",
    "own_files",
    "read_scenarios",
    "run_scenario",
    "run_scenarios",
    "stability",
    "total_exposure",
    "update_golden",
]
