"""The diagnostics of policies that are analysed as a whole, not only read."""

from __future__ import annotations

from remedykit import Policy
from remedykit.authoring import findings
from remedykit.diagnostics import Diagnostic

FILE = "policy.yaml"
# Codes that only the analysis finds, and cases of others that it finds too.
CODES = frozenset(
    {
        "always-forbidden",
        "duplicate-rule",
        "implied-rule",
        "never-fires",
        "never-offered",
        "not-covered",
        "unused-name",
    }
)
_CASES = frozenset({"always-true.any", "gap-at-threshold.any", "gap-at-threshold.rules"})


def is_analysed(case: str) -> bool:
    """Return whether a golden case is about what the analysis finds."""
    return case in _CASES or case.partition(".")[0] in CODES


def found_in_whole(text: str) -> tuple[Diagnostic, ...]:
    """Return the warnings of a policy, and what the analysis finds."""
    policy = Policy.from_text(text)
    found = (*policy.warnings, *findings(policy, {FILE: tuple(text.splitlines())}))
    return tuple(sorted(found, key=lambda each: each.place))
