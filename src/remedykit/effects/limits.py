"""Which limits count a candidate, and what they allow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from remedykit.effects.candidates import Candidate, Cap, Claimed
from remedykit.effects.obstacles import Obstacle, waiting_for
from remedykit.effects.properties import properties_of
from remedykit.effects.setting import Setting
from remedykit.engine.arithmetic import half_up
from remedykit.facts.values import Facts
from remedykit.language.syntax import Limit
from remedykit.model.words import Gives

MONEY_BACK = "money_back"  # the built-in ceiling's id
_MONEY_FACTS = ("order.paid", "order.refunded", "incident.out_of_pocket")
_MONEY: tuple[Gives, ...] = ("money_now", "money_later")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A limit that counts a candidate, or may count it.

    Attributes:
        limit: its id.
        claimed: the candidate, as the limit counts it.
        at_most: minor units, not below 0; ``None`` if unknown.
        certain: whether it surely counts the candidate.
        facts: the unknown facts that leave the amount or the counting open, sorted.
    """

    limit: str
    claimed: Claimed
    at_most: int | None
    certain: bool
    facts: tuple[str, ...]

    @property
    def allowed(self) -> int:
        """What it surely allows: nothing, if its amount is unknown."""
        return self.at_most or 0

    @property
    def obstacle(self) -> Obstacle:
        """What to tell of a candidate that it holds back."""
        if self.certain and self.at_most is not None:
            return Obstacle("over_limit", self.limit)
        return waiting_for(self.facts, self.limit)


def holds_on(
    candidate: Candidate, over: Literal["reduce", "withhold"], setting: Setting
) -> tuple[Hold, ...]:
    """Return which limits count a candidate; one that may hold counts as one that does.

    The built-in ceiling on money back is among those that withhold.
    """
    limits = (limit for limit in setting.policy.limits if limit.over == over)
    found = [_hold(limit, candidate, setting) for limit in limits]
    if over == "withhold" and _is_money_back(candidate):
        found.append(_money_back_hold(candidate, setting.facts))
    return tuple(hold for hold in found if hold is not None)


def caps_of(holds: Iterable[Hold]) -> tuple[Cap, ...]:
    """Return what limits allow to sets of the candidates that they hold, sorted by limit.

    A limit that only may count some of them gives a second cap, on all of them, which says what
    facts it wants.
    """
    known: dict[tuple[str, int], list[Hold]] = {}
    for hold in holds:
        if hold.at_most is not None:
            known.setdefault((hold.limit, hold.at_most), []).append(hold)
    caps: list[Cap] = []
    for (limit, at_most), counting in sorted(known.items()):
        sure = frozenset(hold.claimed for hold in counting if not hold.facts)
        facts = frozenset(fact for hold in counting for fact in hold.facts)
        if sure:
            caps.append(Cap(limit, sure, at_most))
        if facts:
            everything = frozenset(hold.claimed for hold in counting)
            caps.append(Cap(limit, everything, at_most, tuple(sorted(facts))))
    return tuple(caps)


def _hold(limit: Limit, candidate: Candidate, setting: Setting) -> Hold | None:
    remedy = properties_of(candidate, setting.facts)
    truth = setting.applies(limit, limit.of, remedy)
    if truth is False:
        return None
    at_most = setting.amount(limit.at_most)
    open_facts = (*setting.open_facts(limit.at_most), *setting.open_facts_of(limit, remedy))
    return Hold(
        limit=limit.id,
        claimed=candidate.claimed,
        at_most=None if at_most is None else max(0, at_most),
        certain=truth is True,
        facts=tuple(sorted(set(open_facts))),
    )


def _is_money_back(candidate: Candidate) -> bool:
    """Return whether it gives cash, whatever it is called, or is a fix that gives money."""
    kind = candidate.kind
    return kind.gives == "money_now" or (kind.part == "fix" and kind.gives in _MONEY)


def _money_back_hold(candidate: Candidate, facts: Facts) -> Hold:
    """Return the built-in ceiling: what was paid less what was refunded, plus own expense."""
    return Hold(
        limit=MONEY_BACK,
        claimed=candidate.claimed,
        at_most=_money_back(facts),
        certain=True,
        facts=tuple(sorted(name for name in _MONEY_FACTS if facts.values.get(name) is None)),
    )


def _money_back(facts: Facts) -> int | None:
    match tuple(facts.values.get(name) for name in _MONEY_FACTS):
        case (int() | Fraction()) as paid, (int() | Fraction()) as refunded, (
            int() | Fraction()
        ) as out_of_pocket:
            return max(0, half_up(paid - refunded + out_of_pocket))
        case _:
            return None
