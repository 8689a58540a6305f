"""Which truths a test can have where it matters, as far as tests on single facts tell.

What is impossible here is so; what is possible may still be impossible, because of what two facts
have to do with each other, or of what an expression comes to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from remedykit.authoring.analysis.boxes import Comparison
from remedykit.authoring.analysis.conditions import (
    DEFINITELY,
    MOST_CONJUNCTIONS,
    POSSIBLY,
    Box,
    ConditionReader,
    Conjunction,
    Wanted,
)
from remedykit.authoring.analysis.subjects import Subjects
from remedykit.authoring.analysis.value_sets import both, is_empty
from remedykit.authoring.coverage.certain import Certainty
from remedykit.language.syntax import CheckedPolicy, Expression
from remedykit.language.types import Truth

ANYTHING: tuple[Box, ...] = ({},)


class Room(NamedTuple):
    """The facts that are left where something is looked at, as boxes; none: it never is."""

    reader: ConditionReader
    certainty: Certainty
    boxes: tuple[Box, ...] = ANYTHING

    @classmethod
    def of(cls, policy: CheckedPolicy) -> Room:
        """Return the room in which any facts of a policy are."""
        reader = ConditionReader(Subjects.of(policy))
        return cls(reader, Certainty(reader))

    def where(self, condition: Expression, wanted: Wanted) -> Room:
        """Return what is left of it where a condition is as wanted; all of it if that is too much.

        Leaving a condition out makes the room wider, and what is impossible in it stays so.
        """
        conjunctions = self.reader.conjunctions(condition, wanted)
        narrowed = (_narrowed(box, each) for box in self.boxes for each in conjunctions)
        left = (box for box in narrowed if box is not None)
        boxes = tuple(islice(left, MOST_CONJUNCTIONS + 1))
        return self if len(boxes) > MOST_CONJUNCTIONS else self._replace(boxes=boxes)

    def where_any(self, conditions: Iterable[Expression]) -> Room:
        """Return what is left of it where one of some conditions holds or may hold."""
        rooms = [self.where(condition, POSSIBLY) for condition in conditions]
        boxes = tuple(box for room in rooms for box in room.boxes)
        return self if len(boxes) > MOST_CONJUNCTIONS else self._replace(boxes=boxes)

    def is_full_of(self, conditions: Iterable[Expression]) -> bool:
        """Return whether it is proved that everywhere in it one of these holds or may hold."""
        met = [box for each in conditions for box in self.reader.read(each, POSSIBLY).boxes]
        return Comparison(self.reader.subjects).are_covered(self.boxes, met)

    def truths(self, test: Expression) -> Iterator[Truth]:
        """Yield the truths that a test can have in it."""
        if self.where(test, DEFINITELY).boxes:
            yield True
        if self.where(test, DEFINITELY.turned).boxes:
            yield False
        if self.certainty.of(test):
            return
        if self.where(test, POSSIBLY).where(test, POSSIBLY.turned).boxes:
            yield None


def _narrowed(box: Box, conjunction: Conjunction) -> Box | None:
    """Return what is in a box and in a conjunction; ``None`` if nothing is."""
    narrowed = dict(box)
    for atom in conjunction:
        before = narrowed.get(atom.subject)
        allowed = atom.allowed if before is None else both(before, atom.allowed)
        if is_empty(allowed):
            return None
        narrowed[atom.subject] = allowed
    return narrowed
