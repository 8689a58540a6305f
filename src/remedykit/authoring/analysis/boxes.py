"""Whether boxes meet, and whether some of them hold everything that is in another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from remedykit.authoring.analysis.conditions import Box
from remedykit.authoring.analysis.subjects import Subject, Subjects
from remedykit.authoring.analysis.value_sets import (
    ValueSet,
    both,
    either,
    is_empty,
    is_within,
    minus,
)

# Modelling choice: whoever needs more steps to compare two conditions does not compare them.
MOST_STEPS = 400
_MOST_MERGED = 16  # boxes of one condition among which pairs are looked for


def meeting(first: Box, second: Box) -> Box | None:
    """Return what is in both boxes, or ``None`` if nothing is."""
    found = dict(first)
    for subject, allowed in second.items():
        before = found.get(subject)
        values = allowed if before is None else both(before, allowed)
        if is_empty(values):
            return None
        found[subject] = values
    return found


def all_meeting(first: Iterable[Box], second: Sequence[Box]) -> tuple[Box, ...]:
    """Return what is in a box of the first and in one of the second."""
    met = (meeting(one, other) for one in first for other in second)
    return tuple(each for each in met if each is not None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Compares boxes over the subjects of one policy."""

    subjects: Subjects

    def is_covered(self, box: Box, by: Sequence[Box]) -> bool:
        """Return whether all of a box is in some other boxes together.

        ``False`` also where that takes more than `MOST_STEPS` to find out.
        """
        return self._covered(box, tuple(by), [MOST_STEPS])

    def are_covered(self, boxes: Iterable[Box], by: Sequence[Box]) -> bool:
        """Return whether all boxes are in some others together."""
        return all(self.is_covered(box, by) for box in boxes)

    def simplified(self, boxes: tuple[Box, ...]) -> tuple[Box, ...]:
        """Return fewer boxes with the same in them: those that differ in one subject are joined."""
        if not 1 < len(boxes) <= _MOST_MERGED:
            return boxes
        kept = list(boxes)
        while (pair := self._first_joined(kept)) is not None:
            first, second, joined = pair
            kept = [box for box in kept if box is not first and box is not second]
            kept.append(joined)
        return tuple(kept)

    def _covered(self, box: Box, by: tuple[Box, ...], steps: list[int]) -> bool:
        for number, other in enumerate(by):
            steps[0] -= 1
            if steps[0] < 0:
                return False
            if meeting(box, other) is None:
                continue
            rest = by[number + 1 :]
            return all(self._covered(part, rest, steps) for part in self._outside(box, other))
        return False

    def _outside(self, box: Box, other: Box) -> Iterator[Box]:
        """Yield what of a box is not in another, as boxes that have nothing in common."""
        inside = dict(box)
        for subject, allowed in other.items():
            values = self._values(inside, subject)
            left = minus(values, allowed)
            if not is_empty(left):
                yield {**inside, subject: left}
                inside[subject] = both(values, allowed)

    def _values(self, box: Box, subject: Subject) -> ValueSet:
        values = box.get(subject)
        return self.subjects.domain(subject) if values is None else values

    def _first_joined(self, boxes: list[Box]) -> tuple[Box, Box, Box] | None:
        for number, first in enumerate(boxes):
            for second in boxes[number + 1 :]:
                joined = self._joined(first, second)
                if joined is not None:
                    return first, second, joined
        return None

    def _joined(self, first: Box, second: Box) -> Box | None:
        """Return one box that holds the same as two, if there is one."""
        if first.keys() != second.keys():
            return None
        other = [each for each in first if not _is_same(first[each], second[each])]
        if len(other) > 1:
            return None
        joined = dict(first)
        for subject in other:
            values = either(first[subject], second[subject])
            if is_within(self.subjects.domain(subject), values):
                del joined[subject]
            else:
                joined[subject] = values
        return joined


def _is_same(first: ValueSet, second: ValueSet) -> bool:
    return first == second or (is_within(first, second) and is_within(second, first))
