"""How a decision is printed: what to say, the plan, all remedies, and what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.table import Table

from remedykit.cli.output import add_row, grid, heading, print_lines, print_table, words
from remedykit.explain.time_words import TimeWords
from remedykit.model.decision import Answer, Decision, HandOver, Question, Remedy
from remedykit.model.upcoming import Upcoming
from remedykit.model.words import PARTS

_AMOUNTS = ("value", "cost", "score")
_PLANNED = "green"
_ASIDE = "dim"
_HANDED_OVER = {
    "rule": "as rule {rule} demands",
    "no_fix": "no fix can be offered",
    "no_adequate_fix": "no fix that can be offered makes the customer whole",
}


def print_decision(
    console: Console,
    decision: Decision,
    questions: tuple[Question, ...],
    upcoming: tuple[Upcoming, ...],
    times: TimeWords,
) -> None:
    """Print everything that a person needs who carries the decision out.

    Args:
        console: where to print.
        decision: what to do.
        questions: whose answers would change it.
        upcoming: what time alone will change, and when.
        times: the clocks by which that is told.
    """
    policy = decision.policy
    about = f" on incident {decision.incident_id}" if decision.incident_id else ""
    moment = f" at {decision.at.isoformat()}" if decision.at else ""
    console.print(words(f"{policy.name} {policy.version}{about}{moment}", "bold"))
    _print_section(console, "Hand over", map(_handed_over, decision.hand_over))
    _print_section(console, "The customer reads", decision.plan.message.splitlines())
    _print_plan(console, decision)
    _print_remedies(console, decision)
    _print_withheld(console, decision)
    _print_section(console, "Questions whose answer would change this", _asked(questions))
    named = f" ({times.named})" if times.named else ""
    _print_section(console, f"What time alone will change{named}", _passing(upcoming, times))
    _print_section(console, "Notes for who carries it out", _notes(decision))
    _print_section(console, "To do", decision.todo)


def _print_section(console: Console, title: str, lines: Iterable[str]) -> None:
    told = [line for line in lines if line]
    if told:
        console.print(heading(title))
        print_lines(console, told, indent=2)


def _print_plan(console: Console, decision: Decision) -> None:
    plan = decision.plan
    console.print(heading("Plan"))
    if not plan.remedies:
        print_lines(console, ["nothing can be offered"], indent=2)
        return
    table = grid(console, "part", "remedy", *_AMOUNTS, right=_AMOUNTS)
    planned = {remedy.kind: remedy for remedy in decision.remedies}
    for kind in sorted(plan.remedies, key=lambda kind: PARTS.index(planned[kind].part)):
        remedy = planned[kind]
        add_row(table, remedy.part, remedy.title, *_amounts(remedy))
    table.add_section()
    add_row(table, "", "all together", plan.value, plan.cost, plan.score, style="bold")
    print_table(console, table)
    if plan.missing_parts:
        print_lines(console, [f"lacks {_listed(plan.missing_parts)}"], indent=2)
    if not plan.adequate:
        print_lines(console, ["does not make the customer whole"], indent=2)
    if plan.approval:
        print_lines(console, [f"needs approval by {_listed(plan.approval)}"], indent=2)


def _print_remedies(console: Console, decision: Decision) -> None:
    if not decision.remedies:
        return
    console.print(heading("All remedies, part by part (* in the plan)"))
    table = grid(console, "part", "#", "", "kind", *_AMOUNTS, "notes", right=("#", *_AMOUNTS))
    for part in PARTS:
        _add_part(table, [remedy for remedy in decision.remedies if remedy.part == part])
    print_table(console, table)


def _add_part(table: Table, remedies: list[Remedy]) -> None:
    for remedy in sorted(remedies, key=lambda remedy: remedy.rank_in_part):
        add_row(
            table,
            remedy.part if remedy.rank_in_part == 1 else "",
            remedy.rank_in_part,
            "*" if remedy.in_plan else "",
            remedy.kind,
            *_amounts(remedy),
            "; ".join(_qualities(remedy)),
            style=_PLANNED if remedy.in_plan else "",
        )
    if remedies:
        table.add_section()


def _amounts(remedy: Remedy) -> tuple[str, str, str]:
    about = "~" if remedy.cost_is_estimated else ""
    return str(remedy.value or ""), f"{about}{remedy.cost}", str(remedy.score)


def _qualities(remedy: Remedy) -> Iterator[str]:
    """Yield what is particular about a remedy."""
    if remedy.basis != "standard":
        yield remedy.basis
    if remedy.to_confirm:
        yield "to confirm"
    if remedy.choice_of:
        yield f"the customer may choose it instead of {remedy.choice_of}"
    if not remedy.adequate:
        yield "does not make whole"
    if remedy.approval:
        yield f"approval by {_listed(remedy.approval)}"
    if remedy.due:
        yield f"due {remedy.due.isoformat()}"


def _print_withheld(console: Console, decision: Decision) -> None:
    if not decision.withheld:
        return
    console.print(heading("Withheld"))
    table = grid(console, "kind", "reason", "held back by", "unknown facts")
    for withheld in decision.withheld:
        add_row(
            table,
            withheld.kind,
            withheld.reason,
            withheld.rule,
            _listed(withheld.facts),
            style=_ASIDE,
        )
    print_table(console, table)


def _asked(questions: tuple[Question, ...]) -> Iterator[str]:
    for question in questions:
        yield f"{question.fact}: {question.means}"
        for answer in question.answers:
            yield f"  {answer.value}: {_changed(answer)}"


def _passing(upcoming: tuple[Upcoming, ...], times: TimeWords) -> Iterator[str]:
    for instant in upcoming:
        yield f"{times.moment(instant.at)}: {instant.because}"
        yield f"  {_changed(instant)}"


def _changed(then: Answer | Upcoming) -> str:
    """Return what is otherwise with an answer, or at an instant."""
    changes = [f"offers {_listed(then.offers)}"] if then.offers else []
    changes += [f"withdraws {_listed(then.withdraws)}"] if then.withdraws else []
    changes += [*then.changes, f"plan: {_listed(then.plan) or 'nothing'}"]
    return "; ".join(changes)


def _notes(decision: Decision) -> Iterator[str]:
    for remedy in decision.remedies:
        if remedy.in_plan and remedy.note:
            yield from (f"{remedy.kind}: {remedy.note}").splitlines()
    if decision.overridden_desire:
        yield f"The customer asked for {decision.overridden_desire}, which the plan does not give."


def _handed_over(hand_over: HandOver) -> str:
    reason = _HANDED_OVER.get(hand_over.reason, hand_over.reason)
    return f"to {hand_over.to}: {reason.format(rule=hand_over.rule)}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
