"""Rules and limits whose condition can never hold."""

from __future__ import annotations

from collections.abc import Sequence

from remedykit.authoring.analysis.conditions import Clash
from remedykit.authoring.analysis.material import Acting
from remedykit.authoring.analysis.report import Report, acts
from remedykit.diagnostics import Place
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.language.syntax import Limit


def report_never(report: Report) -> None:
    """Report rules and limits whose condition is true of no facts.

    What holds unless it is definitely false may still act where a fact is unknown.
    """
    for acting in report.material.acting:
        if not acting.boxes:
            verb = "apply" if isinstance(acting.clause, Limit) else "fire"
            _report(report, acting, acting.clashes, f"can never {verb}", ())
        elif not acting.wanted.certain:
            reading = report.material.reader.read(acting.clause.condition)
            if not reading.boxes:
                _report_only_unknown(report, acting, reading.clashes)


def _report_only_unknown(report: Report, acting: Acting, clashes: Sequence[Clash]) -> None:
    condition = acting.clause.condition

    def premise(evaluation: ReferenceEvaluation) -> bool:
        return acts(acting, evaluation)

    def shows(_: object, evaluation: ReferenceEvaluation) -> bool:
        return evaluation.truth(condition) is None

    what = f"never-fires: {acting.clause.id}"
    example = report.example(what, acting.boxes, (condition,), premise, shows)
    if example is not None:
        told = "can never hold and acts only where a fact is unknown"
        _report(report, acting, clashes, told, example)


def _report(
    report: Report,
    acting: Acting,
    clashes: Sequence[Clash],
    told: str,
    example: tuple[str, ...],
) -> None:
    place, also, reason = _proof(acting, clashes)
    report.warning(
        "never-fires",
        place,
        f"{acting.title} {told}: {reason}",
        help="mend one of the tests, or delete it",
        also=also,
        example=example,
    )


def _proof(acting: Acting, clashes: Sequence[Clash]) -> tuple[Place, tuple[Place, str] | None, str]:
    """Return the tests that exclude each other in the first way to meet the condition."""
    if not clashes:
        return acting.clause.place, None, "its condition is always false"
    first, second = clashes[0]
    rest = "" if len(clashes) == 1 else f" (and so in each of the {len(clashes)} ways to meet it)"
    if first.place == second.place:
        return second.place, None, f"no value passes this test{rest}"
    one, other = sorted((first.place, second.place))
    return other, (one, "the other one stands here"), f"two of its tests exclude each other{rest}"
