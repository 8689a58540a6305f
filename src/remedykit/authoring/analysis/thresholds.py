"""Tests that belong together and leave out a threshold, or leave out nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from remedykit.authoring.analysis.boxes import meeting
from remedykit.authoring.analysis.conditions import Box
from remedykit.authoring.analysis.material import Acting
from remedykit.authoring.analysis.report import Report, acts
from remedykit.authoring.analysis.subjects import Subject
from remedykit.authoring.analysis.value_sets import Ranges, known_in, some_range
from remedykit.authoring.situations.fact_pools import neighbours
from remedykit.engine.indexed.conjunctions import as_test
from remedykit.engine.reference import ReferenceEvaluation
from remedykit.explain.wording import worded_value
from remedykit.language.degree import body_parts, walk
from remedykit.language.intervals import Interval, Point, point_of
from remedykit.language.syntax import (
    AllOf,
    And,
    Between,
    Constant,
    Expression,
    FactRead,
    Limit,
    OneOf,
    Or,
    ParamRead,
    Rule,
    Test,
)
from remedykit.language.types import Value

_End = tuple[Subject, Point]


class _Side(NamedTuple):
    """A box that ends at a threshold, or begins there, without it."""

    acting: Acting
    others: Box  # the same box without the subject of the threshold


def report_thresholds(report: Report) -> None:
    """Report thresholds that two rules, or two tests of one, leave out on both sides."""
    left_out = _left_out(report)
    for (subject, point), value in sorted(left_out.items(), key=lambda each: str(each[0])):
        below, above = _sides(report.material.acting, subject, point)
        for low in below:
            high = next((each for each in above if _belong_together(low, each)), None)
            if high is None or _is_told(report, low, high):
                continue
            if not _is_met(report, low, subject, point):
                _report(report, low, high, subject, value, point)


def report_always(report: Report) -> None:
    """Report `any` of which one test always holds where all facts are known."""
    material = report.material
    for either in _alternatives(report):
        boxes = material.reader.read(either).boxes
        subjects = {each for box in boxes for each in box}
        known: Box = {each: known_in(material.subjects.domain(each)) for each in subjects}
        told = {each.place for each in material.policy.warnings if each.code == "always-true"}
        if either.place in told or not boxes or not subjects:
            continue
        if material.comparison.is_covered(known, boxes):
            report.warning(
                "always-true",
                either.place,
                "one of these tests always holds",
                help="leave `any` out, or write {known: true} if the facts must be known",
            )


def _alternatives(report: Report) -> Iterator[Or]:
    checked = report.material.checked
    conditions = [each.clause.condition for each in report.material.acting]
    conditions += [part for define in checked.defines for part in body_parts(define.body)]
    for condition in conditions:
        parts = condition.parts if isinstance(condition, And) else (condition,)
        yield from (part for part in parts if isinstance(part, Or) and part.parts)


# --- thresholds --------------------------------------------------------------------------------


def _left_out(report: Report) -> dict[_End, Value]:
    """Return the values that some test excludes as its low end, and another as its high end."""
    ends: tuple[dict[_End, Value], dict[_End, Value]] = ({}, {})
    checked = report.material.checked
    conditions = [each.clause.condition for each in report.material.acting]
    conditions += [part for define in checked.defines for part in body_parts(define.body)]
    for part in (part for condition in conditions for part in walk(condition)):
        on = as_test(part)
        if on is None or not isinstance(on[0], FactRead):
            continue
        lows, highs = (dict(_excluded(on[1], report, low=low)) for low in (True, False))
        subject = Subject("fact", on[0].name)
        for found, own, other in ((ends[0], lows, highs), (ends[1], highs, lows)):
            # A list of tests that leaves one out itself was told when it was read.
            found.update({(subject, point): own[point] for point in own.keys() - other.keys()})
    return {end: value for end, value in ends[0].items() if end in ends[1]}


def _excluded(test: Test, report: Report, *, low: bool) -> Iterator[tuple[Point, Value]]:
    match test:
        case Between():
            end = test.low if low else test.high
            if end is not None and (test.low_excluded if low else test.high_excluded):
                yield from _point(end, report)
        case OneOf(tests=tests) | AllOf(tests=tests):
            for each in tests:
                yield from _excluded(each, report, low=low)
        case _:
            pass  # `not` puts in what it leaves out


def _point(end: Constant | ParamRead, report: Report) -> Iterator[tuple[Point, Value]]:
    value = report.material.subjects.value(end)
    point = None if value is None else point_of(value)
    if value is not None and point is not None:
        yield point, value


def _sides(
    acting: Iterable[Acting], subject: Subject, point: Point
) -> tuple[list[_Side], list[_Side]]:
    """Return the boxes that end just below a point, and those that begin just above it."""
    below: list[_Side] = []
    above: list[_Side] = []
    for each in acting:
        for box in each.boxes:
            allowed = box.get(subject)
            if isinstance(allowed, Ranges):
                side = _Side(each, {name: box[name] for name in box if name != subject})
                step = 1 if allowed.whole else 0
                highs = {interval.high for interval in allowed.ranges if _open(interval, step, 1)}
                lows = {interval.low for interval in allowed.ranges if _open(interval, step, 0)}
                below += [side] * (point - step in highs)
                above += [side] * (point + step in lows)
    return below, above


def _open(interval: Interval, step: int, high: int) -> bool:
    """Return whether an end is excluded; those of whole numbers are all included."""
    return step == 1 or (interval.high_excluded if high else interval.low_excluded)


def _is_told(report: Report, low: _Side, high: _Side) -> bool:
    """Return whether the loader has told of a threshold that the tests of one rule leave out."""
    if low.acting is not high.acting:
        return False
    places = {part.place for part in walk(low.acting.clause.condition)}
    warnings = report.material.policy.warnings
    return any(each.code == "gap-at-threshold" and each.place in places for each in warnings)


def _belong_together(low: _Side, high: _Side) -> bool:
    """Return whether two boxes differ in nothing but their side, and have effects of one sort."""
    return low.others == high.others and _sort(low.acting.clause) == _sort(high.acting.clause)


def _sort(clause: Rule | Limit) -> str:
    return "limit" if isinstance(clause, Limit) else type(clause.effect).__name__


def _is_met(report: Report, side: _Side, subject: Subject, point: Point) -> bool:
    """Return whether some rule with an effect of the same sort is about the threshold itself."""
    box = _at(report, side, subject, point)
    sort = _sort(side.acting.clause)
    same = [each for each in report.material.acting if _sort(each.clause) == sort]
    about = [each for acting in same for each in acting.boxes if subject in each]
    met = [each for each in about if meeting(box, each) is not None]
    return report.material.comparison.is_covered(box, met)


def _at(report: Report, side: _Side, subject: Subject, point: Point) -> Box:
    domain = report.material.subjects.domain(subject)
    whole = isinstance(domain, Ranges) and domain.whole
    return {**side.others, subject: some_range(Interval(point, False, point, False), whole=whole)}


def _report(
    report: Report, low: _Side, high: _Side, subject: Subject, value: Value, point: Point
) -> None:
    fact = report.material.subjects.facts[subject.name]
    below, above = neighbours(fact, value)

    def premise(evaluation: ReferenceEvaluation) -> bool:
        just_below, just_above = (_with(evaluation, fact.name, each) for each in (below, above))
        return acts(low.acting, just_below) and acts(high.acting, just_above)

    def shows(_: object, evaluation: ReferenceEvaluation) -> bool:
        return not acts(low.acting, evaluation) and not acts(high.acting, evaluation)

    reads: tuple[Expression, ...] = (low.acting.clause.condition, high.acting.clause.condition)
    told = f"{fact.name} {worded_value(value, fact.type.base, report.witnesses.currency)}"
    box = _at(report, low, subject, point)
    example = report.example(f"gap-at-threshold: {told}", (box,), reads, premise, shows)
    if example is None:
        return
    same = low.acting is high.acting
    who = low.acting.title if same else f"{low.acting.title} and {high.acting.title}"
    leave = "leaves" if same else "leave"
    report.warning(
        "gap-at-threshold",
        low.acting.clause.place,
        f"{who} {leave} out just {told}",
        help="include the threshold on one side: `..5` and `5<..`",
        also=None if same else (high.acting.clause.place, "the other side"),
        example=example,
    )


def _with(evaluation: ReferenceEvaluation, name: str, value: Value | None) -> ReferenceEvaluation:
    facts = evaluation.facts
    return ReferenceEvaluation(
        evaluation.policy, replace(facts, values={**facts.values, name: value})
    )
