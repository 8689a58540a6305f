"""The values beside a value: one unit up and down, and the next word of a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from remedykit.authoring.mutation.whole_numbers import are_whole_numbers, is_whole_number
from remedykit.authoring.situations.fact_pools import neighbours
from remedykit.language.syntax import CheckedPolicy, Constant, Expression, FactRead
from remedykit.language.types import (
    INT,
    ORDERED,
    Base,
    FactDeclaration,
    FactType,
    Value,
)

_WHOLE = frozenset({Base.INT, Base.DATE, Base.MONEY})


@dataclass(frozen=True, slots=True)
class Beside:
    """Knows the values beside a value, within the bounds of the facts of one policy.

    Attributes:
        policy: whose facts they are.
        currency: of amounts.
        counts: whether the numbers stand among such as can only be whole, and so stay whole.
    """

    policy: CheckedPolicy
    currency: str
    counts: bool = False

    def moved(self, constant: Constant, beside: Expression | None = None) -> Iterator[Constant]:
        """Yield an ordered constant one unit lower and one higher; of others nothing.

        Args:
            constant: of an expression.
            beside: what it is compared with; a fact has bounds, which it must keep.
        """
        counts = self.counts and is_whole_number(constant, self.policy)
        for value in self.steps(constant.value, INT if counts else constant.type, beside):
            yield Constant(value, constant.type, constant.place)

    def steps(
        self, value: Value, of: FactType, beside: Expression | None = None
    ) -> Iterator[Value]:
        """Yield the values one unit below and above an ordered one; see `moved`."""
        if of.base in ORDERED:
            yield from (
                each for each in neighbours(self._bounds(of, beside), value) if each is not None
            )

    def among(self, *expressions: Expression) -> Beside:
        """Return the same for constants among some expressions."""
        return replace(self, counts=are_whole_numbers(expressions, self.policy))

    def is_whole(self, subject: Expression) -> bool:
        """Return whether a subject is a whole number of units: nothing lies between neighbours."""
        fact = isinstance(subject, FactRead) and subject.type.base in _WHOLE
        return fact or is_whole_number(subject, self.policy)

    def _bounds(self, of: FactType, beside: Expression | None) -> FactDeclaration:
        declared = self.policy.schema.find(beside.name) if isinstance(beside, FactRead) else None
        return declared or FactDeclaration(name="", type=of, means="")


def next_word(word: str, words: Iterable[str], used: Iterable[str]) -> str | None:
    """Return the first word behind one, round in a circle, that is not used; or ``None``."""
    known, taken = tuple(words), {*used, word}
    start = known.index(word) + 1 if word in known else 0
    circle = (*known[start:], *known[:start])
    return next((each for each in circle if each not in taken), None)
