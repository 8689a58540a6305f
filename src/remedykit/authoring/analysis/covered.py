"""Kinds of incidents that cannot get a part of a recovery that the policy promises."""

from __future__ import annotations

from collections.abc import Mapping

from remedykit.authoring.analysis.claims import Claims
from remedykit.authoring.analysis.report import Report
from remedykit.authoring.analysis.subjects import Subject
from remedykit.authoring.analysis.value_sets import Words
from remedykit.authoring.situations.situation import Situation
from remedykit.diagnostics import Place
from remedykit.language.names import listed
from remedykit.model.words import Part

_KIND = Subject("fact", "incident.kind")
_A = {"apology": "an apology", "explanation": "an explanation", "fix": "a fix", "perk": "a perk"}
_MOST_NAMED = 5


def report_not_covered(
    report: Report, claims: Claims, sources: Mapping[str, tuple[str, ...]]
) -> None:
    """Report each part in `covers` that some kinds of incidents can never get."""
    kinds_of_incidents = report.material.subjects.facts["incident.kind"].type.values or ()
    for part in report.material.checked.covers:
        covered = _covered(claims, part, set(kinds_of_incidents))
        missing = [kind for kind in kinds_of_incidents if kind not in covered]
        shown = [(kind, _example(report, kind, part)) for kind in missing]
        told = [(kind, example) for kind, example in shown if example is not None]
        if told:
            kinds = [kind for kind, _ in told]
            more = len(kinds) - _MOST_NAMED
            rest = f" and {more} more" if more > 0 else ""
            report.warning(
                "not-covered",
                _place(report, sources),
                f"`covers` promises {_A[part]}, and no rule can offer one for incidents of kind "
                f"{listed(kinds[:_MOST_NAMED])}{rest}",
                help=f"write a rule that offers {_A[part]} then, or take {part} out of `covers`",
                example=told[0][1] or (),
            )


def _covered(claims: Claims, part: Part, every: set[str]) -> set[str]:
    """Return the kinds of incidents for which some rule may offer a remedy of a part."""
    found: set[str] = set()
    for rows in claims.by_kind.values():
        for acting, row in rows:
            if row.of.kind.part != part or found == every:
                break
            for box in claims.possible(acting, row):
                allowed = box.get(_KIND)
                found |= allowed.words if isinstance(allowed, Words) else every
    return found


def _example(report: Report, kind: str, part: Part) -> tuple[str, ...] | None:
    decided_by = report.witnesses.policy

    def shows(situation: Situation, _: object) -> bool:
        return all(each.part != part for each in situation.decide(decided_by).remedies)

    box = {_KIND: Words(frozenset({kind}), excluded=False, unknown=False)}
    return report.example(f"not-covered: {part}, {kind}", (box,), (), lambda _: True, shows)


def _place(report: Report, sources: Mapping[str, tuple[str, ...]]) -> Place:
    """Return where `covers` stands: a key of its own, at the beginning of a line."""
    for name in sorted(sources):
        for number, line in enumerate(sources[name], 1):
            if line.startswith("covers:"):
                return Place(name, number, 1, number, len("covers") + 1)
    files = (*sorted(sources), *(kind.place.file for kind in report.material.checked.remedies))
    return Place((*files, "policy.yaml")[0], 1, 1, 1, 2)
