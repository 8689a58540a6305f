"""How many sets of fixes a plan may be chosen from: bounded when the policy is loaded."""

from __future__ import annotations

from math import prod

from remedykit.diagnostics import Findings
from remedykit.language.syntax import (
    And,
    Constant,
    Entitle,
    EqualTo,
    Expression,
    FactRead,
    Offer,
    OneOf,
    RemedyKind,
    Rule,
    Test,
    Tested,
)
from remedykit.model.words import INCIDENT_KINDS

MOST_SETS = 512


def check_sets(rules: tuple[Rule, ...], kinds: dict[str, RemedyKind], findings: Findings) -> None:
    """Report the first incident kind for which too many sets of fixes would have to be compared."""
    for incident in INCIDENT_KINDS:
        offered = {
            outcome.kind
            for rule in rules
            if isinstance(rule.effect, Offer | Entitle) and _possible(rule.condition, incident)
            for outcome in rule.effect.outcomes
        }
        fixes = sorted(name for name in offered if kinds[name].part == "fix")
        groups: dict[str, int] = {}
        for name in fixes:
            groups[kinds[name].group] = groups.get(kinds[name].group, 0) + 1
        sets = prod(1 + members for members in groups.values())
        if sets > MOST_SETS:
            findings.error(
                "too-many-sets",
                kinds[fixes[0]].place,
                f"{len(fixes)} fixes in {len(groups)} groups can be offered for `{incident}`: "
                f"{sets} sets to compare, and at most {MOST_SETS} are",
                help="put fixes of which a plan takes one into one `group`",
            )
            return


def _possible(condition: Expression, incident: str) -> bool:
    """Whether a condition can hold for an incident kind, judged by its top-level tests alone."""
    match condition:
        case And(parts=parts):
            return all(_possible(part, incident) for part in parts)
        case Tested(subject=FactRead(name="incident.kind"), test=test):
            return _passes(test, incident)
        case _:
            return True


def _passes(test: Test, word: str) -> bool:
    match test:
        case EqualTo(operand=Constant(value=value)):
            return value == word
        case OneOf(tests=tests):
            return any(_passes(part, word) for part in tests)
        case _:
            return True
