"""All analyses of one policy, in one order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from remedykit.authoring.analysis.claims import Claims
from remedykit.authoring.analysis.covered import report_not_covered
from remedykit.authoring.analysis.forbidden_offers import report_forbidden
from remedykit.authoring.analysis.material import Material
from remedykit.authoring.analysis.never import report_never
from remedykit.authoring.analysis.never_offered import report_never_offered
from remedykit.authoring.analysis.repeated_rules import report_repeated
from remedykit.authoring.analysis.report import Report
from remedykit.authoring.analysis.thresholds import report_always, report_thresholds
from remedykit.authoring.analysis.unused import report_unused
from remedykit.diagnostics import Diagnostic
from remedykit.policy import Policy

_NO_SOURCES: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was found about a policy.

    Attributes:
        findings: in the order of their places.
        refuted: what was found, and then not so in a situation that it is about. Each is a fault
            of the analysis, and is not among the findings.
    """

    findings: tuple[Diagnostic, ...]
    refuted: tuple[str, ...]


def findings(
    policy: Policy, sources: Mapping[str, tuple[str, ...]] = _NO_SOURCES
) -> tuple[Diagnostic, ...]:
    """Return what is most likely not meant about a policy as a whole, as warnings.

    Rules that never fire, are there twice or add nothing to others; offers that are always
    forbidden; remedy kinds, params and defines without use; parts that `covers` promises in vain;
    thresholds that two rules leave out. Each is proved from the tests on single facts; what an
    expression over several facts may come out as is never guessed. Where a situation can show
    it, the finding has one as its `example`, and it was decided by the reference engine first.

    Args:
        policy: which has no errors.
        sources: the lines of its files by the names that places show, so that messages can quote
            them. Where there are any, what is only about other files is left out: a policy that
            this one extends.
    """
    return analysed(policy, sources).findings


def analysed(policy: Policy, sources: Mapping[str, tuple[str, ...]] = _NO_SOURCES) -> Analysis:
    """Return the findings, and what a situation refuted."""
    material = Material(policy)
    report = Report.about(material, sources)
    claims = Claims(material)
    report_never(report)
    report_repeated(report)
    report_forbidden(report, claims)
    report_never_offered(report, claims)
    report_not_covered(report, claims, sources)
    report_unused(report)
    report_thresholds(report)
    report_always(report)
    found = tuple(each for each in report.findings.sorted() if _is_about(each, sources))
    return Analysis(found, tuple(report.refuted))


def _is_about(finding: Diagnostic, sources: Mapping[str, tuple[str, ...]]) -> bool:
    """Return whether a finding is about one of some files; about anything, if there are none."""
    places = [finding.place, *([finding.also.place] if finding.also else [])]
    return not sources or any(place.file in sources for place in places)
