"""The plan's order for scoring, and what each of its remedies adds to those before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import assert_never

from remedykit.model.words import BASES, Part
from remedykit.ranking.score import Scale, Weighed, Worth


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineup:
    """A plan in its order for scoring.

    Attributes:
        fixes: entitlements, standard, goodwill; within each by gain.
        words: apology, then explanation.
        perks: in the order in which they were taken.
    """

    fixes: tuple[Weighed, ...]
    words: tuple[Weighed, ...]
    perks: tuple[Weighed, ...]

    @property
    def remedies(self) -> tuple[Weighed, ...]:
        """All remedies of the plan in the order of scoring."""
        return (*self.fixes, *self.words, *self.perks)

    def rival_of(self, remedy: Weighed) -> Weighed | None:
        """Return the remedy of the plan that another may stand instead of, if there is one.

        It is of the same group; words have a rival in the first words of their part, too.
        """
        same_group = (other for other in self.remedies if other.group == remedy.group)
        same_part = (other for other in self.words if other.part == remedy.part)
        return next(same_group, None) or next(same_part, None)

    def before(self, remedy: Weighed, rival: Weighed | None) -> tuple[Weighed, ...]:
        """Return what stands before the rival's place; without one, before the next part."""
        if rival is not None:
            return self.remedies[: self.remedies.index(rival)]
        match remedy.part:
            case "fix":
                return self.fixes
            case "apology" | "explanation":
                return (*self.fixes, *self.words)
            case "perk":
                return self.remedies
            case _ as unreachable:
                assert_never(unreachable)


def line_up(
    scale: Scale, *, fixes: Sequence[Weighed], words: Sequence[Weighed], perks: tuple[Weighed, ...]
) -> Lineup:
    """Return the remedies of a plan in their order for scoring."""
    ordered: tuple[Weighed, ...] = ()
    for basis in BASES:
        tier = [fix for fix in fixes if fix.candidate.basis == basis]
        ordered = (*ordered, *_by_gain(scale, ordered, tier))
    said: tuple[Weighed, ...] = ()
    parts: tuple[Part, ...] = ("apology", "explanation")
    for part in parts:
        tier = [word for word in words if word.part == part]
        said = (*said, *_by_gain(scale, (*ordered, *said), tier))
    return Lineup(fixes=ordered, words=said, perks=perks)


def contributions(scale: Scale, remedies: Sequence[Weighed]) -> tuple[Worth, ...]:
    """Return what each remedy adds to those before it."""
    return tuple(scale.added(remedies[:place], remedy) for place, remedy in enumerate(remedies))


def _by_gain(
    scale: Scale, before: tuple[Weighed, ...], remedies: Iterable[Weighed]
) -> tuple[Weighed, ...]:
    left = list(remedies)
    ordered: tuple[Weighed, ...] = ()
    while left:
        standing = (*before, *ordered)
        best = min(
            left,
            key=lambda r: (-scale.added(standing, r).total, r.candidate.cost, r.name),
        )
        left.remove(best)
        ordered = (*ordered, best)
    return ordered
