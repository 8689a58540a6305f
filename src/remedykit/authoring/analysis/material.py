"""A policy as analyses read it: when each of its rules and limits acts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from remedykit.authoring.analysis.boxes import Comparison
from remedykit.authoring.analysis.conditions import (
    DEFINITELY,
    POSSIBLY,
    Box,
    Clash,
    ConditionReader,
    Wanted,
)
from remedykit.authoring.analysis.subjects import Subjects
from remedykit.effects.tables import EffectTables
from remedykit.language.syntax import (
    Adjust,
    CheckedPolicy,
    Entitle,
    Limit,
    Offer,
    Rule,
    Todo,
)
from remedykit.policy import Policy


class Acting(NamedTuple):
    """When a rule or limit acts.

    Attributes:
        number: among the policy's clauses.
        wanted: what its condition must be for it: some act only if it definitely holds.
        boxes: the facts on which it acts; none if it never does.
        clashes: why other ways to meet its condition are none.
    """

    number: int
    clause: Rule | Limit
    wanted: Wanted
    boxes: tuple[Box, ...]
    clashes: tuple[Clash, ...]

    @property
    def title(self) -> str:
        """What to call it."""
        return f"the {'limit' if isinstance(self.clause, Limit) else 'rule'} `{self.clause.id}`"


@dataclass(frozen=True)
class Material:
    """One policy, prepared for analyses; what several of them read is made once."""

    policy: Policy

    @property
    def checked(self) -> CheckedPolicy:
        """The checked policy."""
        return self.policy.checked

    @property
    def tables(self) -> EffectTables:
        """What its rules claim, and what concerns these claims."""
        return self.policy.decider.effect_tables

    @cached_property
    def subjects(self) -> Subjects:
        """What its tests are about."""
        return Subjects.of(self.checked)

    @cached_property
    def reader(self) -> ConditionReader:
        """Reads its conditions."""
        return ConditionReader(self.subjects)

    @cached_property
    def comparison(self) -> Comparison:
        """Compares boxes."""
        return Comparison(self.subjects)

    @cached_property
    def acting(self) -> tuple[Acting, ...]:
        """Every rule and every limit, by number."""
        return tuple(
            self._acting(number, clause) for number, clause in enumerate(self.tables.clauses)
        )

    def _acting(self, number: int, clause: Rule | Limit) -> Acting:
        wanted = _wanted(clause)
        reading = self.reader.read(clause.condition, wanted)
        boxes = self.comparison.simplified(reading.boxes)
        return Acting(number, clause, wanted, boxes, reading.clashes)


def _wanted(clause: Rule | Limit) -> Wanted:
    """Return what a clause waits for: nothing is unlocked by what is unknown."""
    if isinstance(clause, Rule) and isinstance(clause.effect, Offer | Entitle | Adjust | Todo):
        return DEFINITELY
    return POSSIBLY
