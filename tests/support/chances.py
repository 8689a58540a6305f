"""Where chance comes from: Hypothesis, which makes failures small, or a seed, which is fast."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from random import Random
from typing import Protocol, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

T = TypeVar("T")


class Chance(Protocol):
    """Makes the choices that random policies and facts consist of."""

    def pick(self, options: Sequence[T]) -> T:
        """Return one of the options; the first is the plainest."""
        ...

    def count(self, low: int, high: int) -> int:
        """Return a whole number, both ends included; the lowest is the plainest."""
        ...


class Drawn:
    """Chance as Hypothesis has it."""

    def __init__(self, draw: DrawFn) -> None:
        self._draw = draw

    def pick(self, options: Sequence[T]) -> T:
        """Return one of the options."""
        return options[self.count(0, len(options) - 1)]

    def count(self, low: int, high: int) -> int:
        """Return a whole number."""
        return self._draw(_numbers(low, high))


@cache
def _numbers(low: int, high: int) -> st.SearchStrategy[int]:
    """Return the same strategy for the same ends: to make one takes longer than to draw from it."""
    return st.integers(low, high)


class Rolled:
    """Chance from a seed."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - the tests need no secrets

    def pick(self, options: Sequence[T]) -> T:
        """Return one of the options."""
        return options[int(self._random.random() * len(options))]

    def count(self, low: int, high: int) -> int:
        """Return a whole number."""
        return low + int(self._random.random() * (high - low + 1))


def flag(chance: Chance, *, one_in: int = 2) -> bool:
    """Return ``True`` once in so many times; ``False`` is the plainer."""
    return chance.pick((False,) * (one_in - 1) + (True,))
