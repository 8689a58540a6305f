"""Who must take the incident, and the merchant's own work."""

from __future__ import annotations

from dataclasses import dataclass

from remedykit.effects.setting import Setting
from remedykit.engine.matching import members
from remedykit.model.decision import HandOver


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Hand-overs by rule id, tasks sorted, and the unknown facts that left some rule open."""

    hand_over: tuple[HandOver, ...]
    todo: tuple[str, ...]
    open_facts: frozenset[str]


def handed_over(setting: Setting) -> HandedOver:
    """Hand over by every rule that may hold; list the work of rules that definitely hold."""
    tables, matches = setting.tables, setting.matches
    open_facts: set[str] = set()
    for number in members((tables.handing_over | tables.listing_work) & setting.unknown):
        open_facts |= setting.open_facts(tables.clauses[number].condition)
    working = members(tables.listing_work & matches.definite)
    tasks = {task for number in working for task in tables.tasks[number]}
    handing_over = members(tables.handing_over & matches.possible)
    return HandedOver(
        tuple(tables.hand_overs[number] for number in handing_over),
        tuple(sorted(tasks)),
        frozenset(open_facts),
    )
