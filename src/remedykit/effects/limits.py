"""Which limits count a candidate, and what they allow.

A named tuple where there are several for each candidate; see `candidates`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from remedykit.effects.candidates import Candidate, Cap, Claimed
from remedykit.effects.claimed_kinds import ClaimedKind
from remedykit.effects.obstacles import Obstacle, waiting_for
from remedykit.effects.properties import values_of
from remedykit.effects.setting import MOST_MINOR_UNITS, Setting
from remedykit.engine.arithmetic import half_up
from remedykit.engine.matching import members
from remedykit.facts.values import Facts

MONEY_BACK = "money_back"  # the built-in ceiling's id
_MONEY_FACTS = ("order.paid", "order.refunded", "incident.out_of_pocket")
_NO_FACTS: frozenset[str] = frozenset()
# Some limits, and whether the built-in ceiling is with them.
_Key = tuple[int, bool]


class Hold(NamedTuple):
    """A limit that counts a candidate, or may count it.

    Attributes:
        limit: its id.
        at_most: minor units, not below 0; ``None`` if unknown.
        certain: whether it surely counts the candidate.
        facts: the unknown facts that leave the amount or the counting open, sorted.
    """

    limit: str
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


class Together(NamedTuple):
    """What some limits allow together that count without a test on the remedy.

    Attributes:
        holds: what each of them says.
        surely: minor units from which they surely take nothing; below 0 if that is unknown.
    """

    holds: tuple[Hold, ...]
    surely: int


_NO_LIMIT = Together((), MOST_MINOR_UNITS)


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one decision: what holds, or may hold.

    Attributes:
        holds: by number, the limits that count without a test on the remedy.
        money_back: the built-in ceiling.
        found: what was found `together` so far, for many candidates have the same limits; all that
            ever changes here.
    """

    setting: Setting
    holds: Mapping[int, Hold]
    money_back: Hold
    found: dict[_Key, Together] = field(default_factory=dict[_Key, Together])

    @classmethod
    def of(cls, setting: Setting) -> Limits:
        """Return the limits of a decision."""
        tables = setting.tables
        holds: dict[int, Hold] = {}
        for number in members(setting.matches.possible & tables.limiting & ~tables.tested):
            applies = setting.matches.truth(number)
            condition = tables.clauses[number].condition
            open_facts = setting.open_facts(condition) if applies is None else _NO_FACTS
            holds[number] = _hold(number, open_facts, setting, certain=applies is True)
        return cls(setting, holds, _money_back_hold(setting.facts))

    def together(self, claimed: Claimed) -> Together | None:
        """Return what holds back what is claimed; ``None`` if that takes a test on the remedy."""
        of = self.setting.tables.claimed_kinds[claimed]
        numbers = self.setting.matches.possible & of.limiting
        if numbers & self.setting.tables.tested:
            return None
        if not numbers and not of.is_money_back:
            return _NO_LIMIT
        key = numbers, of.is_money_back
        if key not in self.found:
            holds = [self.holds[number] for number in members(numbers)]
            if of.is_money_back:
                holds.append(self.money_back)
            surely = min([-1 if each.facts else each.allowed for each in holds])
            self.found[key] = Together(tuple(holds), surely)
        return self.found[key]

    def reducing(self, candidate: Candidate) -> Sequence[Hold]:
        """Return the limits that count a candidate and reduce it, by number.

        One that may hold counts as one that does.
        """
        of = self.setting.tables.claimed_kinds[candidate.claimed]
        numbers = self.setting.matches.possible & of.reducing
        return self._counting(numbers, of, candidate) if numbers else ()

    def withholding(self, candidate: Candidate) -> Sequence[Hold]:
        """Return the limits that count a candidate and withhold it, the built-in ceiling last."""
        of = self.setting.tables.claimed_kinds[candidate.claimed]
        numbers = self.setting.matches.possible & of.withholding
        found = self._counting(numbers, of, candidate) if numbers else ()
        return (*found, self.money_back) if of.is_money_back else found

    def _counting(self, numbers: int, of: ClaimedKind, candidate: Candidate) -> list[Hold]:
        """Return what those of some limits say that count a candidate."""
        setting = self.setting
        found: list[Hold] = []
        about = setting.evaluation
        if numbers & of.tested:
            about = about.about(values_of(candidate, of.constant, setting.facts))
        for number in members(numbers):
            if number in self.holds:
                found.append(self.holds[number])
                continue
            applies = setting.applies(number, of, about)
            if applies is not False:
                known = applies is True
                open_facts = _NO_FACTS if known else setting.open_facts_of(number, of, about)
                found.append(_hold(number, open_facts, setting, certain=known))
        return found


def caps_of(counted: Iterable[tuple[Hold, Claimed]]) -> tuple[Cap, ...]:
    """Return what limits allow to sets of the candidates that they hold, sorted by limit.

    A limit that only may count some of them gives a second cap, on all of them, which says what
    facts it wants.
    """
    known: dict[tuple[str, int], list[tuple[Hold, Claimed]]] = {}
    for hold, claimed in counted:
        if hold.at_most is not None:
            known.setdefault((hold.limit, hold.at_most), []).append((hold, claimed))
    caps: list[Cap] = []
    for (limit, at_most), counting in sorted(known.items()):
        sure = frozenset([claimed for hold, claimed in counting if not hold.facts])
        if sure:
            caps.append(Cap(limit, sure, at_most))
        facts = {fact for hold, _ in counting for fact in hold.facts}
        if facts:
            everything = frozenset([claimed for _, claimed in counting])
            caps.append(Cap(limit, everything, at_most, tuple(sorted(facts))))
    return tuple(caps)


def _hold(number: int, open_facts: frozenset[str], setting: Setting, *, certain: bool) -> Hold:
    """Return what a limit allows.

    Args:
        number: of the limit.
        open_facts: the unknown facts that leave open whether it counts the remedy.
        setting: of the decision.
        certain: whether it surely counts the remedy.
    """
    limit = setting.policy.limits[number - len(setting.policy.rules)]
    at_most = setting.amount(limit.at_most)
    if at_most is None:
        open_facts |= setting.open_facts(limit.at_most)
    allowed = None if at_most is None else max(0, at_most)
    return Hold(limit.id, allowed, certain=certain, facts=tuple(sorted(open_facts)))


def _money_back_hold(facts: Facts) -> Hold:
    """Return the built-in ceiling: what was paid less what was refunded, plus own expense."""
    unknown = (name for name in _MONEY_FACTS if facts.values.get(name) is None)
    return Hold(MONEY_BACK, _money_back(facts), certain=True, facts=tuple(sorted(unknown)))


def _money_back(facts: Facts) -> int | None:
    match tuple(facts.values.get(name) for name in _MONEY_FACTS):
        case (int() | Fraction()) as paid, (int() | Fraction()) as refunded, (
            int() | Fraction()
        ) as out_of_pocket:
            return max(0, half_up(paid - refunded + out_of_pocket))
        case _:
            return None
