"""On which facts a rule can offer a remedy: it fires, nothing forbids it, and it can be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from remedykit.authoring.analysis.boxes import all_meeting
from remedykit.authoring.analysis.conditions import DEFINITELY, POSSIBLY, Box
from remedykit.authoring.analysis.material import Acting, Material
from remedykit.effects.tables import ClaimRow
from remedykit.engine.matching import members

# Modelling choice: where these are more, what a remedy needs is not looked at.
_MOST_BOXES = 256


@dataclass(frozen=True)
class Claims:
    """What the rules of one policy can offer."""

    material: Material
    _needed: dict[tuple[str, bool], tuple[Box, ...]] = field(
        default_factory=dict[tuple[str, bool], tuple[Box, ...]]
    )

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[tuple[Acting, ClaimRow], ...]]:
        """Return the rules that offer each remedy kind, or entitle to it."""
        acting, found = self.material.acting, dict[str, list[tuple[Acting, ClaimRow]]]()
        for number, rows in self.material.tables.claims.items():
            for row in rows:
                found.setdefault(row.of.kind.name, []).append((acting[number], row))
        return {kind: tuple(rows) for kind, rows in found.items()}

    def forbidding(self, row: ClaimRow) -> tuple[Acting, ...]:
        """Return the rules that forbid what is claimed whenever they act."""
        if row.of.entitled:
            return ()
        acting = self.material.acting
        return tuple(acting[number] for number in members(row.of.forbidding & ~row.of.tested))

    def possible(self, acting: Acting, row: ClaimRow) -> tuple[Box, ...]:
        """Return the facts on which a rule's claim may stand, and perhaps some more.

        A remedy may still come out worthless, refused before, or above a limit.
        """
        boxes = acting.boxes
        needed = self._needed_by(row)
        if len(boxes) * len(needed) <= _MOST_BOXES:
            boxes = all_meeting(boxes, needed)
        bars = tuple(box for each in self.forbidding(row) for box in each.boxes)
        if not bars:
            return boxes
        comparison = self.material.comparison
        return tuple(box for box in boxes if not comparison.is_covered(box, bars))

    def _needed_by(self, row: ClaimRow) -> tuple[Box, ...]:
        """Return the facts on which a remedy can be carried out and its words are true."""
        of = row.of
        key = of.kind.name, of.entitled
        if key not in self._needed:
            # What somebody has a right to is offered "to confirm" while a need is unknown.
            wanted = POSSIBLY if of.entitled else DEFINITELY
            read = self.material.reader.read
            needs, states = read(of.kind.needs, wanted).boxes, read(of.kind.states).boxes
            self._needed[key] = all_meeting(needs, states)
        return self._needed[key]
