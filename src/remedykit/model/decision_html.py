"""How a decision shows itself in a notebook; facts stay out, for some are personal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from remedykit.model.markup import element, escaped, listing, paragraph, table

if TYPE_CHECKING:
    from remedykit.model.decision import Decision, Remedy, Withheld

_HEAD = ("#", "part", "remedy", "in plan", "basis", "value", "cost", "score", "rules")


def decision_html(decision: Decision) -> str:
    """Return a decision as small HTML: message, remedies, what is withheld, who must act."""
    plan = decision.plan
    title = f"Plan: {', '.join(plan.remedies) or 'none'} (score {plan.score}, cost {plan.cost})"
    sections = [
        element("h4", escaped(title)),
        paragraph(plan.message) if plan.message else "",
        table(_HEAD, (_remedy_row(remedy) for remedy in decision.remedies)),
        _section("Withheld", tuple(_withheld_line(each) for each in decision.withheld)),
        _section(
            "Hand over",
            tuple(
                f"to {each.to}: {each.reason} {each.rule}".rstrip() for each in decision.hand_over
            ),
        ),
        _section("To do", decision.todo),
        _section("Unknown facts", decision.open_facts),
    ]
    return element("div", "".join(sections))


def _remedy_row(remedy: Remedy) -> tuple[str, ...]:
    return (
        str(remedy.rank),
        remedy.part,
        remedy.title,
        "yes" if remedy.in_plan else "",
        remedy.basis,
        "" if remedy.value is None else str(remedy.value),
        str(remedy.cost),
        str(remedy.score),
        ", ".join(remedy.rules),
    )


def _withheld_line(withheld: Withheld) -> str:
    facts = f" ({', '.join(withheld.facts)})" if withheld.facts else ""
    return f"{withheld.kind}: {withheld.reason} {withheld.rule}".rstrip() + facts


def _section(title: str, lines: tuple[str, ...]) -> str:
    return element("h5", escaped(title)) + listing(lines) if lines else ""
