"""The tests that decided a condition, in short lines, with the defines that stand behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from remedykit.explain.why import DefineTrace, TestTrace
from remedykit.explain.why_text import MARKS

_DEEPEST = 8  # defines behind defines that are followed
_MOST = 8  # lines of one condition


@dataclass(frozen=True, slots=True)
class DecidingTests:
    """Tells which tests made a condition what it is.

    Attributes:
        defines: those that stand behind the conditions told of.
    """

    defines: tuple[DefineTrace, ...]

    def lines(self, tests: Iterable[TestTrace]) -> Iterator[str]:
        """Yield the tests that made a condition fail, or all of them if it holds; a line each."""
        told = tuple(tests)
        failed = [test for test in told if test.truth is not True]
        found = [line for test in failed or told for line in self._lines(test, 0)]
        yield from found[:_MOST]
        if len(found) > _MOST:
            yield f"and {len(found) - _MOST} more"

    def _lines(self, test: TestTrace, depth: int) -> Iterator[str]:
        parts = [part for part in test.parts if part.truth is test.truth]
        if parts:  # else it is turned round, as by `not`, and is told as a whole
            for part in parts:
                yield from self._lines(part, depth)
            return
        leaves = tuple(_leaves(test))
        values = {read.name: read.value for leaf in leaves for read in leaf.values}
        told = ", ".join(f"{name} is {value}" for name, value in values.items())
        yield f"{MARKS[test.truth]}: {test.text}{f'   [{told}]' if told else ''}"
        if depth < _DEEPEST:
            for define in self.defines:
                if define.name in values:
                    yield from self._behind(define, depth + 1)

    def _behind(self, define: DefineTrace, depth: int) -> Iterator[str]:
        """Yield what decided a define: of rows those that match or may, of tests what failed."""
        failed = [test for test in define.tests if test.truth is not True]
        for test in failed or define.tests:
            for line in self._lines(test, depth):
                yield f"  {define.name}: {line}" if not line.startswith(" ") else f"  {line}"


def _leaves(test: TestTrace) -> Iterator[TestTrace]:
    if not test.parts:
        yield test
    for part in test.parts:
        yield from _leaves(part)
