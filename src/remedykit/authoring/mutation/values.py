"""The values beside a value: one unit up and down, and the next word of a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from remedykit.authoring.situations.fact_pools import neighbours
from remedykit.language.syntax import CheckedPolicy, Constant, Expression, FactRead
from remedykit.language.types import (
    ORDERED,
    Base,
    FactDeclaration,
    FactType,
    Value,
)


@dataclass(frozen=True, slots=True)
class Beside:
    """Knows the values beside a value, within the bounds of the facts of one policy."""

    policy: CheckedPolicy
    currency: str

    def moved(self, constant: Constant, beside: Expression | None = None) -> Iterator[Constant]:
        """Yield an ordered constant one unit lower and one higher; of others nothing.

        Args:
            constant: of an expression.
            beside: what it is compared with; a fact has bounds, which it must keep.
        """
        for value in self.steps(constant.value, constant.type, beside):
            yield Constant(value, constant.type, constant.place)

    def steps(
        self, value: Value, of: FactType, beside: Expression | None = None
    ) -> Iterator[Value]:
        """Yield the values one unit below and above an ordered one; see `moved`."""
        if of.base in ORDERED:
            yield from (
                each for each in neighbours(self._bounds(of, beside), value) if each is not None
            )

    def _bounds(self, of: FactType, beside: Expression | None) -> FactDeclaration:
        declared = self.policy.schema.find(beside.name) if isinstance(beside, FactRead) else None
        return declared or FactDeclaration(name="", type=of, means="")


def is_whole(subject: Expression) -> bool:
    """Return whether what is read is a whole number of units: nothing lies between neighbours."""
    return isinstance(subject, FactRead) and subject.type.base in {
        Base.INT,
        Base.DATE,
        Base.MONEY,
    }


def next_word(word: str, words: Iterable[str], used: Iterable[str]) -> str | None:
    """Return the first word behind one, round in a circle, that is not used; or ``None``."""
    known, taken = tuple(words), {*used, word}
    start = known.index(word) + 1 if word in known else 0
    circle = (*known[start:], *known[:start])
    return next((each for each in circle if each not in taken), None)
