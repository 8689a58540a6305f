"""How a trace shows itself in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remedykit.explain.why_text import MARKS, rule_title, score_line
from remedykit.model.markup import element, escaped, listing

if TYPE_CHECKING:
    from remedykit.explain.why import DefineTrace, RemedyWhy, RuleTrace, TestTrace, Why


def why_html(why: Why) -> str:
    """Return a trace as nested lists."""
    sections = [element("h4", escaped(f"Policy {why.policy.name} {why.policy.version}"))]
    sections += [_remedy(remedy) for remedy in why.remedies]
    if why.others:
        sections.append(element("h5", "Beside the remedies") + _rules(why.others))
    if why.defines:
        points = "".join(_define(define) for define in why.defines)
        sections.append(element("h5", "Defines") + element("ul", points))
    return element("div", "".join(sections))


def _remedy(remedy: RemedyWhy) -> str:
    parts = [element("h5", escaped(f"{remedy.kind} ({remedy.part}): {remedy.standing}"))]
    if remedy.happened:
        parts.append(element("p", escaped(remedy.happened)))
    if remedy.score is not None:
        parts.append(element("p", escaped(f"score {score_line(remedy.score, remedy.breakdown)}")))
    parts.append(listing(f"assumed: {assumption}" for assumption in remedy.assumptions))
    parts.append(_rules(remedy.rules))
    if remedy.needs:
        parts.append(element("p", "Preconditions of the remedy") + _tests(remedy.needs))
    return "".join(parts)


def _rules(rules: tuple[RuleTrace, ...]) -> str:
    return element("ul", "".join(_rule(rule) for rule in rules)) if rules else ""


def _rule(rule: RuleTrace) -> str:
    reasons = [f"because: {rule.because}"] if rule.because else []
    reasons += [f"source: {rule.source}"] if rule.source else []
    title = escaped(f"{rule_title(rule)} ({rule.place})")
    return element("li", title + listing(reasons) + _tests(rule.tests))


def _define(define: DefineTrace) -> str:
    title = escaped(f"{define.name} is {define.value} ({define.place})")
    return element("li", title + _tests(define.tests))


def _tests(tests: tuple[TestTrace, ...]) -> str:
    return element("ul", "".join(_test(test) for test in tests)) if tests else ""


def _test(test: TestTrace) -> str:
    values = ", ".join(f"{read.name} is {read.value}" for read in test.values)
    shown = f"{MARKS[test.truth]}: {test.text}{f' [{values}]' if values else ''}"
    return element("li", escaped(shown) + _tests(test.parts))
