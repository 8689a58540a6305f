"""Static analysis of a policy: what its author most likely did not mean, proved and shown."""

from remedykit.authoring.analysis.findings import Analysis, analysed, findings
from remedykit.authoring.analysis.sources import sources_in

__all__ = ["Analysis", "analysed", "findings", "sources_in"]
