"""The final order: entitlements, the rest of the plan, alternatives, inadequate ones last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from remedykit.model.words import PARTS, Part
from remedykit.ranking.entries import Entry, planned
from remedykit.ranking.lineup import Lineup
from remedykit.ranking.result import Scored
from remedykit.ranking.stakes import Assumption


def in_order(lineup: Lineup, adequate: bool, alternatives: Sequence[Entry]) -> tuple[Scored, ...]:
    """Return the plan's remedies and the alternatives, scored and in their final order."""
    stood_in_for = _stood_in_for(alternatives)
    members = zip(lineup.remedies, lineup.contributions(), strict=True)
    plan = [planned(remedy, added, adequate, stood_in_for) for remedy, added in members]
    entries = sorted((*plan, *alternatives))
    assumptions = lineup.scale.stakes.assumptions
    assumed: dict[tuple[Part, bool], tuple[str, ...]] = {}
    counted = dict.fromkeys(PARTS, 0)
    remedies: list[Scored] = []
    for rank, entry in enumerate(entries, start=1):
        _, demerit, cost, _, remedy, added, in_plan, adequate, choice_of = entry
        part = remedy.part
        counted[part] += 1
        alike = part, cost != 0
        if alike not in assumed:
            assumed[alike] = _concerning(*alike, assumptions)
        remedies.append(
            Scored(
                remedy.candidate,
                rank,
                counted[part],
                in_plan,
                adequate,
                -demerit,
                added,
                assumed[alike],
                choice_of,
            )
        )
    return tuple(remedies)


def _stood_in_for(outside: Iterable[Entry]) -> dict[str, str]:
    """Return, by the kind in the plan, the best of the entitlements that are a choice to it."""
    best: dict[str, str] = {}
    choices = [entry for entry in outside if entry.choice_of is not None]
    for entry in sorted(choices, key=lambda entry: entry.merit):
        best.setdefault(str(entry.choice_of), entry.name)
    return best


def _concerning(part: Part, costs: bool, assumptions: Iterable[Assumption]) -> tuple[str, ...]:
    concerning = [
        assumption.text
        for assumption in assumptions
        if part in assumption.parts and (costs or not assumption.of_cost)
    ]
    return tuple(concerning)
