"""What differs between two decisions on the same incident, in short and stable words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from remedykit.explain.wording import worded_value
from remedykit.language.types import Base
from remedykit.model.decision import Decision, Remedy

_NONE = "none"


def changes_between(before: Decision, after: Decision) -> tuple[str, ...]:
    """Return what differs beside which remedies are offered: the same differences, the same words.

    Told are value, basis, approval and due time of the remedies that both offer, which of them
    join or leave the plan, who takes the incident, and a wish that the plan does not fulfil.
    """
    now, then = _by_kind(before), _by_kind(after)
    both = sorted(now.keys() & then.keys())
    return (
        *(change for kind in both for change in _of_remedy(now[kind], then[kind])),
        *_gained(
            (each.to for each in before.hand_over),
            (each.to for each in after.hand_over),
            "hand over to {}",
            "no hand over to {}",
        ),
        *_wish(before.overridden_desire, after.overridden_desire),
    )


def todo_changes(before: Decision, after: Decision) -> tuple[str, ...]:
    """Return which of the merchant's own work comes and goes, in short and stable words."""
    return tuple(_gained(before.todo, after.todo, "todo {}", "no todo {}"))


def _by_kind(decision: Decision) -> dict[str, Remedy]:
    return {remedy.kind: remedy for remedy in decision.remedies}


def _of_remedy(now: Remedy, then: Remedy) -> Iterator[str]:
    kind = now.kind
    if now.in_plan != then.in_plan:
        yield f"{kind} {'joins' if then.in_plan else 'leaves'} the plan"
    if now.value != then.value:
        yield f"value of {kind}: {now.value or _NONE} -> {then.value or _NONE}"
    if now.basis != then.basis:
        yield f"basis of {kind}: {now.basis} -> {then.basis}"
    if now.to_confirm != then.to_confirm:
        yield f"{kind} is {'to confirm' if then.to_confirm else 'confirmed'}"
    if now.approval != then.approval:
        yield f"approval of {kind}: {', '.join(then.approval) or _NONE}"
    if now.due != then.due:
        yield f"{kind} is due: {_due(now)} -> {_due(then)}"


def _due(remedy: Remedy) -> str:
    return _NONE if remedy.due is None else worded_value(remedy.due, Base.TIME, "")


def _gained(before: Iterable[str], after: Iterable[str], gained: str, lost: str) -> Iterator[str]:
    now, then = set(before), set(after)
    yield from (gained.format(word) for word in sorted(then - now))
    yield from (lost.format(word) for word in sorted(now - then))


def _wish(before: str | None, after: str | None) -> Iterator[str]:
    if before != after:
        yield f"overridden wish: {after or _NONE}"
