"""How many sets of fixes a plan may be chosen from: bounded when the policy is loaded."""

from __future__ import annotations

from collections import Counter
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
_EVERY = frozenset[str](INCIDENT_KINDS)


def check_sets(rules: tuple[Rule, ...], kinds: dict[str, RemedyKind], findings: Findings) -> None:
    """Report the first incident kind for which too many sets of fixes would have to be compared."""
    offered: dict[str, set[str]] = {incident: set() for incident in INCIDENT_KINDS}
    for rule in rules:
        if isinstance(rule.effect, Offer | Entitle):
            fixes = {each.kind for each in rule.effect.outcomes if kinds[each.kind].part == "fix"}
            for incident in _possible(rule.condition) if fixes else ():
                offered[incident] |= fixes
    for incident, fixes in offered.items():
        groups = Counter(kinds[name].group for name in fixes)
        sets = prod(1 + members for members in groups.values())
        if sets > MOST_SETS:
            findings.error(
                "too-many-sets",
                kinds[min(fixes)].place,
                f"{len(fixes)} fixes in {len(groups)} groups can be offered for `{incident}`: "
                f"{sets} sets to compare, and at most {MOST_SETS} are",
                help="put fixes of which a plan takes one into one `group`",
            )
            return


def _possible(condition: Expression) -> frozenset[str]:
    """The incident kinds for which a condition can hold, judged by its top-level tests alone."""
    match condition:
        case And(parts=parts):
            possible = _EVERY
            for part in parts:
                if isinstance(part, Tested | And):  # nothing else excludes any
                    possible &= _possible(part)
            return possible
        case Tested(subject=FactRead(name="incident.kind"), test=test):
            return _passing(test)
        case _:
            return _EVERY


def _passing(test: Test) -> frozenset[str]:
    match test:
        case EqualTo(operand=Constant(value=value)):
            return _EVERY & {value}
        case OneOf(tests=tests):
            return frozenset[str]().union(*map(_passing, tests))
        case _:
            return _EVERY
