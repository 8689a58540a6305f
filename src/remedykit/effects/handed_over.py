"""Who must take the incident, and the merchant's own work."""

from __future__ import annotations

from dataclasses import dataclass

from remedykit.effects.setting import Setting
from remedykit.language.syntax import HandOver as HandOverEffect
from remedykit.language.syntax import Todo
from remedykit.model.decision import HandOver


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """Hand-overs by rule id, tasks sorted, and the unknown facts that left some rule open."""

    hand_over: tuple[HandOver, ...]
    todo: tuple[str, ...]
    open_facts: frozenset[str]


def handed_over(setting: Setting) -> HandedOver:
    """Hand over by every rule that may hold; list the work of rules that definitely hold."""
    hand_over, todo, open_facts = list[HandOver](), set[str](), set[str]()
    for rule in setting.policy.rules:
        truth = setting.holds(f"rule:{rule.id}")
        match rule.effect:
            case HandOverEffect(to=to) if truth is not False:
                hand_over.append(HandOver(to=to, reason="rule", rule=rule.id))
            case Todo(tasks=tasks) if truth is True:
                todo.update(tasks)
            case HandOverEffect() | Todo():
                pass
            case _:
                continue
        if truth is None:
            open_facts.update(setting.open_facts(rule.condition))
    return HandedOver(
        hand_over=tuple(hand_over), todo=tuple(sorted(todo)), open_facts=frozenset(open_facts)
    )
