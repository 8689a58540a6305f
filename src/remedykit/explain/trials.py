"""Deciding a decision's facts again with some of them changed, each situation once."""

from __future__ import annotations

from collections.abc import Mapping

from remedykit.effects.candidates import Candidates
from remedykit.effects.layers import effects
from remedykit.effects.setting import Setting
from remedykit.errors import InputError
from remedykit.explain.changeable import Changeable
from remedykit.explain.deciding import Decider
from remedykit.facts.answered import changed
from remedykit.facts.values import Facts
from remedykit.language.types import Value
from remedykit.ranking.result import Ranked

Chosen = Mapping[str, Value]  # changed facts


class Trials:
    """Decides changed facts again, as far as it must be known whether one kind is offered.

    Attributes:
        tried: how many situations were looked at.
    """

    def __init__(self, decider: Decider, changeable: Changeable, kind: str) -> None:
        """Make ready to decide again."""
        self.tried = 0
        self._decider = decider
        self._changeable = changeable
        self._kind = kind
        self._settings: dict[frozenset[tuple[str, Value]], Setting | None] = {}
        self._candidates: dict[frozenset[tuple[str, Value]], Candidates | None] = {}
        self._ranked: dict[frozenset[tuple[str, Value]], Ranked | None] = {}

    def setting(self, chosen: Chosen) -> Setting | None:
        """Return what the engine makes of changed facts; ``None`` if they contradict each other."""
        key = frozenset(chosen.items())
        if key not in self._settings:
            self.tried += 1
            facts = self._facts(chosen)
            self._settings[key] = None if facts is None else self._decider.settle(facts)
        return self._settings[key]

    def _facts(self, chosen: Chosen) -> Facts | None:
        try:
            facts = changed(self._changeable.facts, chosen, self._decider.timeline)
        except InputError:
            return None
        return facts if self._changeable.agree(facts) else None

    def has_fix(self, chosen: Chosen) -> bool:
        """Return whether any fix is a candidate with some facts changed."""
        found = self._found(chosen)
        return found is not None and any(each.kind.part == "fix" for each in found.candidates)

    def is_offered(self, chosen: Chosen) -> bool:
        """Return whether the kind is offered with some facts changed."""
        ranked = self._ranking(chosen)
        return ranked is not None and any(
            scored.candidate.kind.name == self._kind for scored in ranked.remedies
        )

    def planned(self, chosen: Chosen) -> frozenset[str]:
        """Return the kinds in the plan with some facts changed.

        None if the kind that is wanted is no candidate.
        """
        ranked = self._ranking(chosen)
        plan = () if ranked is None else ranked.plan
        return frozenset(scored.candidate.kind.name for scored in plan)

    def _ranking(self, chosen: Chosen) -> Ranked | None:
        key = frozenset(chosen.items())
        if key not in self._ranked:
            self._ranked[key] = self._newly_ranked(chosen)
        return self._ranked[key]

    def _newly_ranked(self, chosen: Chosen) -> Ranked | None:
        setting, found = self.setting(chosen), self._found(chosen)
        if setting is None or found is None:
            return None
        if all(each.kind.name != self._kind for each in found.candidates):
            return None
        return self._decider.ranked(setting, found)

    def _found(self, chosen: Chosen) -> Candidates | None:
        """Return what may be offered with some facts changed, before it is ranked."""
        key = frozenset(chosen.items())
        if key not in self._candidates:
            setting = self.setting(chosen)
            self._candidates[key] = None if setting is None else effects(setting)
        return self._candidates[key]
