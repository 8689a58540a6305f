"""Offers that some rule always forbids."""

from __future__ import annotations

from remedykit.authoring.analysis.boxes import meeting
from remedykit.authoring.analysis.claims import Claims
from remedykit.authoring.analysis.material import Acting
from remedykit.authoring.analysis.report import Report, acts
from remedykit.authoring.situations.situation import Situation
from remedykit.diagnostics import Place
from remedykit.effects.tables import ClaimRow
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.language.syntax import Offer, Rule


def report_forbidden(report: Report, claims: Claims) -> None:
    """Report each remedy kind that a rule offers, and that is forbidden whenever it fires."""
    for number, rows in report.material.tables.claims.items():
        acting = report.material.acting[number]
        for row in rows if acting.boxes else ():
            bars = _always_met(report, acting, claims.forbidding(row))
            if bars:
                _report(report, acting, row, bars)


def _always_met(report: Report, acting: Acting, bars: tuple[Acting, ...]) -> tuple[Acting, ...]:
    """Return one of some rules that acts whenever a rule does, or several that do together."""
    is_covered = report.material.comparison.are_covered
    meeting_it = tuple(each for each in bars if _meet(acting, each))
    for each in meeting_it:
        if is_covered(acting.boxes, each.boxes):
            return (each,)
    boxes = tuple(box for each in meeting_it for box in each.boxes)
    return meeting_it if boxes and is_covered(acting.boxes, boxes) else ()


def _report(report: Report, acting: Acting, row: ClaimRow, barring: tuple[Acting, ...]) -> None:
    kind = row.of.kind.name
    decide = report.witnesses.policy

    def premise(evaluation: ReferenceEvaluation) -> bool:
        return acts(acting, evaluation)

    def shows(situation: Situation, evaluation: ReferenceEvaluation) -> bool:
        offered = [each for each in situation.decide(decide).remedies if each.kind == kind]
        forbidden = any(acts(each, evaluation) for each in barring)
        return forbidden and not any(acting.clause.id in each.rules for each in offered)

    what = f"always-forbidden: {acting.clause.id}, {kind}"
    reads = (acting.clause.condition, *(each.clause.condition for each in barring))
    example = report.example(what, acting.boxes, reads, premise, shows)
    if example is None:
        return
    told = " or ".join(f"`{each.clause.id}`" for each in barring)
    report.warning(
        "always-forbidden",
        _place(acting, kind),
        f"{acting.title} never gets to offer `{kind}`: whenever it fires, {told} forbids it",
        help="take it out of the offer, or narrow what forbids it",
        also=(barring[0].clause.place, "this forbids it"),
        example=example,
    )


def _meet(acting: Acting, other: Acting) -> bool:
    return any(meeting(one, another) is not None for one in acting.boxes for another in other.boxes)


def _place(acting: Acting, kind: str) -> Place:
    clause = acting.clause
    if isinstance(clause, Rule) and isinstance(clause.effect, Offer):
        for outcome in clause.effect.outcomes:
            if outcome.kind == kind:
                return outcome.place
    return clause.place
