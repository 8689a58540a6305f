"""What a decision says, in one line that is easy to review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from remedykit.authoring.boundaries.boundary import Boundary, Unreached
from remedykit.diagnostics import printable
from remedykit.model.decision import Decision, Remedy
from remedykit.policy import Policy

_TRUTHS = {True: "holds", False: "does not hold", None: "is open"}


def golden_line(policy: Policy, boundary: Boundary) -> str:
    """Return a boundary and what is decided there, in one line.

    First the name of the boundary and whether its condition holds; then the plan, the other
    offers, what is withheld and why, who takes it, what is to be done, and what is asked. Scores
    are left out, and so is what the texts say.
    """
    decision = boundary.situation.decide(policy)
    asked = ", ".join(each.fact for each in policy.questions(decision))
    said = f"{decided_line(decision)}; asks {asked}" if asked else decided_line(decision)
    return printable(f"{boundary.name} {_TRUTHS[boundary.truth]} | {said}")


def decided_line(decision: Decision) -> str:
    """Return what a decision says, in one line: all of a golden line but the questions."""
    return "; ".join(_parts(decision))


def unreached_line(unreached: Unreached) -> str:
    """Return a boundary to which no situation was found, and why, in one line."""
    return printable(f"{unreached.name} | not reached: {unreached.reason}")


def _parts(decision: Decision) -> Iterator[str]:
    remedies = decision.remedies
    parts: tuple[tuple[str, Iterable[str]], ...] = (
        ("plan", (_offer(each) for each in remedies if each.in_plan)),
        ("also", (_offer(each) for each in remedies if not each.in_plan)),
        ("withheld", _withheld(decision)),
        ("hand over", (f"{each.to} ({each.rule or each.reason})" for each in decision.hand_over)),
        ("todo", decision.todo),
    )
    for word, told in parts:
        listed = ", ".join(told)
        if listed or word == "plan":
            yield f"{word} {listed or 'nothing'}"


def _offer(remedy: Remedy) -> str:
    """Return a remedy with what is particular about it: worth, ground, points, approval, due."""
    words = [remedy.kind]
    if remedy.value is not None:
        words.append(str(remedy.value.amount))
    if remedy.basis != "standard":
        words.append("to confirm" if remedy.to_confirm else remedy.basis)
    adjusted = [each.points for each in remedy.breakdown if each.name == "adjustments"]
    words += (f"{points:+}" for points in adjusted if points)
    words += (f"approved by {role}" for role in remedy.approval)
    if remedy.due is not None:
        words.append(f"due {remedy.due.date().isoformat()}")
    return " ".join(words)


def _withheld(decision: Decision) -> Iterator[str]:
    """Yield what is withheld, kinds with the same reason together."""
    kinds: dict[str, list[str]] = {}
    for each in decision.withheld:
        why = f"{each.reason} {each.rule}".strip() if each.reason == "forbidden" else each.reason
        told = f"{why}: {' '.join(each.facts)}" if each.facts else why
        kinds.setdefault(told, []).append(each.kind)
    for told, those in kinds.items():
        yield f"{' '.join(those)} ({told})"
