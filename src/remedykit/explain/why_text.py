"""How a trace reads as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from remedykit.diagnostics import printable
from remedykit.model.decision import Contribution

if TYPE_CHECKING:
    from remedykit.explain.why import DefineTrace, RemedyWhy, RuleTrace, TestTrace, Why

MARKS: dict[bool | None, str] = {True: "yes", False: "no", None: "unknown"}


def why_text(why: Why) -> str:
    """Return a trace as lines of plain text, indented by two a level."""
    lines = [f"policy {why.policy.name} {why.policy.version}"]
    if not why.remedies:
        lines += ["", "nothing was offered or withheld: no rule that acts offers anything"]
    for remedy in why.remedies:
        lines += ["", *_remedy(remedy)]
    if why.others:
        lines += ["", "beside the remedies"]
        lines += [f"  {line}" for rule in why.others for line in _rule(rule)]
    if why.defines:
        lines += ["", "defines"]
        lines += [f"  {line}" for define in why.defines for line in _define(define)]
    return "\n".join(printable(line) for line in lines)


def score_line(score: object, breakdown: tuple[Contribution, ...]) -> str:
    """Return a score as the sum that it is: ``47.0 = distributive 48.2 - cost 1.2``."""
    summands = [each for each in breakdown if each.points != 0]
    terms = "".join(
        f" {'-' if each.points < 0 else '+'} {each.name} {abs(each.points)}" for each in summands
    )
    return f"{score} ={terms.removeprefix(' +')}" if summands else f"{score}"


def rule_title(rule: RuleTrace) -> str:
    """Return what a rule does, or would do."""
    done = rule.does if rule.acts else f"does not act ({rule.does})"
    return f"{rule.id} {done} {rule.detail}".rstrip()


def _remedy(remedy: RemedyWhy) -> Iterator[str]:
    yield f"{remedy.kind} ({remedy.part}): {remedy.standing}"
    if remedy.happened:
        yield f"  {remedy.happened}"
    if remedy.score is not None:
        yield f"  score {score_line(remedy.score, remedy.breakdown)}"
    for assumption in remedy.assumptions:
        yield f"  assumed: {assumption}"
    for rule in remedy.rules:
        yield from (f"  {line}" for line in _rule(rule))
    if remedy.needs:
        yield "  preconditions of the remedy"
        for test in remedy.needs:
            yield from (f"    {line}" for line in _test(test))


def _rule(rule: RuleTrace) -> Iterator[str]:
    yield f"{rule_title(rule)} ({rule.place})"
    if rule.because:
        yield f"  because: {rule.because}"
    if rule.source:
        yield f"  source: {rule.source}"
    for test in rule.tests:
        yield from (f"  {line}" for line in _test(test))


def _define(define: DefineTrace) -> Iterator[str]:
    yield f"{define.name} is {define.value} ({define.place})"
    for test in define.tests:
        yield from (f"  {line}" for line in _test(test))


def _test(test: TestTrace) -> Iterator[str]:
    values = ", ".join(f"{read.name} is {read.value}" for read in test.values)
    yield f"{MARKS[test.truth]}: {test.text}{f'   [{values}]' if values else ''}"
    for part in test.parts:
        yield from (f"  {line}" for line in _test(part))
