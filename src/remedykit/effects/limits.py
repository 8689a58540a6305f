"""Which limits count which candidates, and what they allow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from remedykit.effects.candidates import Candidate, Cap
from remedykit.effects.obstacles import Obstacle
from remedykit.effects.properties import properties_of
from remedykit.effects.setting import Setting
from remedykit.engine.arithmetic import half_up
from remedykit.facts.values import Facts
from remedykit.language.syntax import Limit

MONEY_BACK = "money_back"  # the built-in ceiling's id
_MONEY_FACTS = ("order.paid", "order.refunded", "incident.out_of_pocket")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A limit that counts a candidate.

    Attributes:
        limit: its id.
        kind: the candidate's kind.
        at_most: minor units, not below 0; ``None`` if unknown.
        certain: whether it surely counts the candidate.
        facts: the unknown facts that leave the amount or the counting open, sorted.
    """

    limit: str
    kind: str
    at_most: int | None
    certain: bool
    facts: tuple[str, ...]

    def exceeded_by(self, value: int) -> bool:
        """Return whether a value alone is more than is surely allowed; nothing never is."""
        return value > (self.at_most or 0)

    @property
    def obstacle(self) -> Obstacle:
        """What to tell of a candidate that it holds back."""
        if self.certain and self.at_most is not None:
            return Obstacle("over_limit", self.limit)
        return Obstacle("needs_fact", self.limit, self.facts)


def holds_of(
    limits: Iterable[Limit], candidates: tuple[Candidate, ...], setting: Setting
) -> tuple[Hold, ...]:
    """Return which limits count which candidates; one that may hold counts as one that does."""
    return tuple(
        hold
        for limit in limits
        if f"limit:{limit.id}" in setting.matches.possible
        for hold in _holds(limit, candidates, setting)
    )


def money_back_holds(candidates: Iterable[Candidate], facts: Facts) -> tuple[Hold, ...]:
    """Return the built-in ceiling on the money that fixes give.

    Money back never exceeds what was paid, minus what was refunded, plus receipts of expense.
    """
    at_most = _money_back(facts)
    unknown = tuple(sorted(name for name in _MONEY_FACTS if facts.values.get(name) is None))
    return tuple(
        Hold(
            limit=MONEY_BACK,
            kind=candidate.kind.name,
            at_most=at_most,
            certain=True,
            facts=unknown,
        )
        for candidate in candidates
        if candidate.kind.part == "fix" and candidate.kind.gives in {"money_now", "money_later"}
    )


def caps_of(holds: Iterable[Hold], candidates: Iterable[Candidate]) -> tuple[Cap, ...]:
    """Return, sorted by id, what the limits allow to sets of the candidates that are left."""
    left = {candidate.kind.name for candidate in candidates}
    kinds: dict[tuple[str, int], set[str]] = {}
    for hold in holds:
        if hold.at_most is not None and hold.kind in left:
            kinds.setdefault((hold.limit, hold.at_most), set()).add(hold.kind)
    return tuple(
        Cap(limit, frozenset(counted), at_most)
        for (limit, at_most), counted in sorted(kinds.items())
    )


def _holds(limit: Limit, candidates: Iterable[Candidate], setting: Setting) -> Iterator[Hold]:
    at_most = setting.amount(limit.at_most)
    for candidate in candidates:
        remedy = properties_of(candidate, setting.facts)
        truth = setting.applies(limit, limit.of, remedy)
        if truth is not False:
            yield Hold(
                limit=limit.id,
                kind=candidate.kind.name,
                at_most=None if at_most is None else max(0, at_most),
                certain=truth is True,
                facts=tuple(
                    sorted(
                        {*setting.open_facts(limit.at_most), *setting.open_facts_of(limit, remedy)}
                    )
                ),
            )


def _money_back(facts: Facts) -> int | None:
    match tuple(facts.values.get(name) for name in _MONEY_FACTS):
        case (int() | Fraction()) as paid, (int() | Fraction()) as refunded, (
            int() | Fraction()
        ) as out_of_pocket:
            return max(0, half_up(paid - refunded + out_of_pocket))
        case _:
            return None
