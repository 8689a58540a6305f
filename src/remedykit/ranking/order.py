"""The final order: entitlements, the rest of the plan, alternatives, inadequate ones last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from remedykit.model.words import Part
from remedykit.ranking.alternatives import Alternative
from remedykit.ranking.lineup import Lineup, contributions
from remedykit.ranking.result import Scored
from remedykit.ranking.score import Scale, Weighed, Worth
from remedykit.ranking.stakes import Assumption


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    remedy: Weighed
    added: Worth
    in_plan: bool
    adequate: bool
    choice_of: str | None

    @property
    def merit(self) -> tuple[int, int, str]:
        """The least is the best."""
        return (-self.added.total, self.remedy.candidate.cost, self.remedy.name)

    @property
    def place(self) -> tuple[int, int, int, str]:
        """Where it stands in the list."""
        if self.remedy.candidate.entitled:
            section = 0
        elif self.in_plan:
            section = 1
        else:
            section = 2 if self.adequate else 3
        return (section, *self.merit)


def in_order(
    scale: Scale, lineup: Lineup, alternatives: Sequence[Alternative]
) -> tuple[Scored, ...]:
    """Return the plan's remedies and the alternatives, scored and in their final order."""
    listed = [_outside_plan(alternative) for alternative in alternatives]
    entries = sorted(_planned(scale, lineup, listed) + listed, key=lambda entry: entry.place)
    counted: Counter[Part] = Counter()
    remedies: list[Scored] = []
    for rank, entry in enumerate(entries, start=1):
        counted[entry.remedy.part] += 1
        remedies.append(
            Scored(
                candidate=entry.remedy.candidate,
                rank=rank,
                rank_in_part=counted[entry.remedy.part],
                in_plan=entry.in_plan,
                adequate=entry.adequate,
                score=entry.added.total,
                breakdown=entry.added.summands(),
                assumptions=_concerning(entry, scale.stakes.assumptions),
                choice_of=entry.choice_of,
            )
        )
    return tuple(remedies)


def _outside_plan(alternative: Alternative) -> _Entry:
    rival = alternative.rival
    is_choice = alternative.remedy.candidate.entitled and rival is not None
    return _Entry(
        remedy=alternative.remedy,
        added=alternative.added,
        in_plan=False,
        adequate=alternative.adequate,
        choice_of=rival.name if is_choice and rival is not None else None,
    )


def _planned(scale: Scale, lineup: Lineup, outside: Iterable[_Entry]) -> list[_Entry]:
    adequate = scale.is_adequate(lineup.fixes)
    stands_in_for = _stood_in_for(outside)
    return [
        _Entry(
            remedy=remedy,
            added=added,
            in_plan=True,
            adequate=remedy.part != "fix" or adequate,
            choice_of=None if remedy.candidate.entitled else stands_in_for.get(remedy.name),
        )
        for remedy, added in zip(
            lineup.remedies, contributions(scale, lineup.remedies), strict=True
        )
    ]


def _stood_in_for(outside: Iterable[_Entry]) -> dict[str, str]:
    """Return, by the kind in the plan, the best of the entitlements that are a choice to it."""
    best: dict[str, str] = {}
    for entry in sorted(outside, key=lambda entry: entry.merit):
        if entry.choice_of is not None:
            best.setdefault(entry.choice_of, entry.remedy.name)
    return best


def _concerning(entry: _Entry, assumptions: Iterable[Assumption]) -> tuple[str, ...]:
    return tuple(
        assumption.text
        for assumption in assumptions
        if entry.remedy.part in assumption.parts
        and (entry.remedy.candidate.cost != 0 or not assumption.of_cost)
    )
