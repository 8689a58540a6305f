"""Facts that a search would hardly hit on: where two amounts meet, and lists of several words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from remedykit.authoring.situations.crossings import crossings
from remedykit.authoring.situations.goals import Chosen, Goal, Solver
from remedykit.language.degree import walk_through
from remedykit.language.operands import operands_of, words_in
from remedykit.language.syntax import Compare, DefineRead, Expression, FactRead, Tested
from remedykit.language.types import ORDERED, Base

_MOST_MEETINGS = 2  # places where two amounts meet


@dataclass(frozen=True, slots=True)
class Settled:
    """Finds such facts for the goals of one policy."""

    solver: Solver

    def around(self, goals: Iterable[Goal]) -> Iterator[Chosen]:
        """Yield facts around the places where two amounts meet, if every goal may be met there."""
        goals = tuple(goals)
        for node in self._nodes(goals):
            for compared in _compared(node):
                for sides in islice(crossings(self.solver, compared), _MOST_MEETINGS):
                    yield from (each for each in sides.values() if self.may_meet(goals, each))

    def lists(self, goals: Iterable[Goal]) -> Iterator[Chosen]:
        """Yield lists with all words that a test names, and without one, in the same way."""
        goals = tuple(goals)
        for node in self._nodes(goals):
            yield from (each for each in _lists(node) if self.may_meet(goals, each))

    def may_meet(self, goals: Iterable[Goal], chosen: Chosen) -> bool:
        """Return whether facts that are settled leave it open that goals are met, or meet them."""
        for condition, wanted in goals:
            truth = self.solver.evaluation(chosen, condition).truth(condition)
            if truth is not None and truth is not wanted:
                return False
        return True

    def _nodes(self, goals: Iterable[Goal]) -> Iterator[Expression]:
        return walk_through((goal.condition for goal in goals), self.solver.defines)


def _compared(node: Expression) -> Iterator[Compare]:
    """Yield what a part of a condition compares that is more than one fact."""
    match node:
        case Compare():
            yield node
        case Tested(subject=DefineRead() as read, test=test) if read.type.base in ORDERED:
            for operand in dict.fromkeys(operands_of(test)):
                yield Compare("<", read, operand, node.place)
        case _:
            pass


def _lists(node: Expression) -> Iterator[Chosen]:
    match node:
        case Tested(subject=FactRead(name=name, type=of), test=test) if of.base is Base.TEXTS:
            words = tuple(dict.fromkeys(words_in(test)))
            if len(words) > 1:
                yield {name: words}
                for word in words:
                    yield {name: tuple(each for each in words if each != word)}
        case _:
            pass
