"""The plan's order for scoring, and what each of its remedies adds to those before it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import assert_never

from remedykit.model.words import BASES, Part
from remedykit.ranking.score import Scale
from remedykit.ranking.weighed import NOTHING, Standing, Weighed, Worth

_SAID_IN_ORDER: tuple[Part, ...] = ("apology", "explanation")


@dataclass(frozen=True, slots=True)
class Lineup:
    """A plan, or its beginning, in its order for scoring: fixes, words, perks.

    Attributes:
        remedies: in their order.
        standings: what comes before each place in the order: nothing, the first remedy, the first
            two, and so on up to all.
    """

    scale: Scale
    remedies: tuple[Weighed, ...]
    standings: tuple[Standing, ...]

    @classmethod
    def of(cls, scale: Scale, remedies: Iterable[Weighed]) -> Lineup:
        """Return the lineup of remedies that are in their order already."""
        return cls(scale, (), (NOTHING,)).extended(remedies)

    @property
    def fixes(self) -> tuple[Weighed, ...]:
        """Entitlements, standard, goodwill; within each by gain."""
        return tuple([one for one in self.remedies if one.part == "fix"])

    @property
    def words(self) -> tuple[Weighed, ...]:
        """Apology, then explanation."""
        return tuple([one for one in self.remedies if one.part in _SAID_IN_ORDER])

    @property
    def perks(self) -> tuple[Weighed, ...]:
        """Those in the order in which they were taken."""
        return tuple([one for one in self.remedies if one.part == "perk"])

    @property
    def standing(self) -> Standing:
        """What all of it comes to."""
        return self.standings[-1]

    # --- growing ---

    def with_fixes(self, fixes: Sequence[Weighed]) -> Lineup:
        """Return the lineup and after it the fixes of a plan."""
        if len(fixes) < 2:
            return self.extended(fixes)
        return self._by_gain([[f for f in fixes if f.candidate.basis == each] for each in BASES])

    def with_words(self, words: Sequence[Weighed]) -> Lineup:
        """Return the lineup and after it the words of a plan."""
        return self._by_gain([[w for w in words if w.part == each] for each in _SAID_IN_ORDER])

    def extended(self, remedies: Iterable[Weighed]) -> Lineup:
        """Return the lineup and after it the remedies in the order given."""
        return self._by_gain([(remedy,) for remedy in remedies])

    def _by_gain(self, batches: Iterable[Sequence[Weighed]]) -> Lineup:
        """Return it and after it batch by batch, of each first the remedy that adds most."""
        scale, remedies, standings = self.scale, list(self.remedies), list(self.standings)
        for batch in batches:
            left = batch
            while left:
                best = scale.best(left, standings[-1])
                remedies.append(best)
                standings.append(scale.standing((best,), standings[-1]))
                left = [one for one in left if one is not best]
        return Lineup(scale, tuple(remedies), tuple(standings))

    # --- scoring ---

    def contributions(self) -> tuple[Worth, ...]:
        """Return what each remedy adds to those before it."""
        return tuple([after.beyond(before) for before, after in pairwise(self.standings)])

    def place_of_rival(self, remedy: Weighed) -> int | None:
        """Return the place of the remedy that another may stand instead of, if there is one.

        It is of the same group; words have a rival in the first words of their part, too.
        """
        group, part, of_part = remedy.group, remedy.part, None
        for place, other in enumerate(self.remedies):
            if other.group == group:
                return place
            if of_part is None and other.part == part:
                of_part = place
        return of_part if part in _SAID_IN_ORDER else None

    def added(self, remedy: Weighed, place: int | None) -> Worth:
        """Return what another remedy adds at a place, or without one where its part ends."""
        at = self._own_place(remedy) if place is None else place
        before = self.standings[at]
        return self.scale.standing((remedy,), before).beyond(before)

    def _own_place(self, remedy: Weighed) -> int:
        """Return the place where the next part begins."""
        match remedy.part:
            case "fix":
                return len(self.fixes)
            case "apology" | "explanation":
                return len(self.fixes) + len(self.words)
            case "perk":
                return len(self.remedies)
            case _ as unreachable:
                assert_never(unreachable)
