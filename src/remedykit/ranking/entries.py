"""A line of the final list, before it is known how many lines stand above it.

A named tuple where there are dozens; see `weighed`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from remedykit.ranking.weighed import Weighed, Worth


class Entry(NamedTuple):
    """A line of the list. Entries compare by their place in it: no two have the same name.

    Attributes:
        section: 0 for entitlements, then the plan, alternatives, inadequate ones.
        demerit: the score, negative: the least is the best.
        added: what it adds to the plan at its place.
        choice_of: see `Scored`.
    """

    section: int
    demerit: int
    cost: int
    name: str
    remedy: Weighed
    added: Worth
    in_plan: bool
    adequate: bool
    choice_of: str | None

    @property
    def merit(self) -> tuple[int, int, str]:
        """Its place within its section."""
        return self.demerit, self.cost, self.name


def planned(
    remedy: Weighed, added: Worth, adequate: bool, stood_in_for: Mapping[str, str]
) -> Entry:
    """Return the line of a remedy of the plan.

    Args:
        remedy: what stands in the plan.
        added: what it adds to those before it.
        adequate: whether the plan's fixes are.
        stood_in_for: by what stands in the plan, the best of the entitlements outside it that are
            a choice to it.
    """
    return Entry(
        0 if remedy.entitled else 1,
        -added.total,
        remedy.cost,
        remedy.name,
        remedy,
        added,
        in_plan=True,
        adequate=remedy.part != "fix" or adequate,
        choice_of=None if remedy.entitled else stood_in_for.get(remedy.name),
    )


def alternative(remedy: Weighed, rival: Weighed | None, added: Worth, adequate: bool) -> Entry:
    """Return the line of a remedy outside the plan.

    Args:
        remedy: what may stand in the plan instead of its rival.
        rival: what does.
        added: what the remedy would add at its rival's place.
        adequate: whether the plan's fixes were with it.
    """
    section, choice_of = 2 if adequate else 3, None
    if remedy.entitled:
        section, choice_of = 0, None if rival is None else rival.name
    demerit, cost, name = -added.total, remedy.cost, remedy.name
    return Entry(section, demerit, cost, name, remedy, added, False, adequate, choice_of)
