"""Looking at the tests of a condition in one decision: what each was, where it mattered.

A test matters where the tests beside it leave the condition open: of tests that must all hold,
where no other is false; of alternatives, where no other is true. What a test is elsewhere has no
say in what the condition is, so a scenario that shows it there would not notice if it were wrong.
The parts of a test are measured by the same: a word of a list matters where no other word holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, assert_never

from remedykit.authoring.coverage.parts import Part
from remedykit.engine.matching import Evaluation
from remedykit.language.kleene import negated
from remedykit.language.syntax import Expression
from remedykit.language.types import Truth


@dataclass(frozen=True, slots=True)
class Leaf:
    """A test.

    Attributes:
        truths: the target of each truth that it can have.
        parts: its parts, each with its target; 0 where it cannot make a difference by itself.
    """

    test: Expression
    truths: Mapping[Truth, int]
    parts: tuple[tuple[Part, int], ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Conditions of which all must hold, or one.

    Attributes:
        decided_by: the truth of a part that decides for all: false where all must hold.
    """

    parts: tuple[Probe, ...]
    decided_by: bool


@dataclass(frozen=True, slots=True)
class Turned:
    """The negation of a condition."""

    part: Probe


Probe = Leaf | Joined | Turned


class Look(NamedTuple):
    """The truth of a condition, and the targets that were seen in it, as a set of bits."""

    truth: Truth
    seen: int


def look(probe: Probe, evaluation: Evaluation) -> Look:
    """Return what a condition was in one decision, and what was seen of its tests."""
    match probe:
        case Leaf():
            return _at_leaf(probe, evaluation)
        case Joined():
            return _at_joined(probe, evaluation)
        case Turned():
            truth, seen = look(probe.part, evaluation)
            return Look(negated(truth), seen)
        case _ as unreachable:
            assert_never(unreachable)


def _at_leaf(leaf: Leaf, evaluation: Evaluation) -> Look:
    truth = evaluation.truth(leaf.test)
    seen = leaf.truths.get(truth, 0)
    deciding = [target for part, target in leaf.parts if evaluation.truth(part.test) is part.wanted]
    if len(deciding) == 1:  # of several, each hides the others
        seen |= deciding[0]
    return Look(truth, seen)


def _at_joined(joined: Joined, evaluation: Evaluation) -> Look:
    seen = decisive = deciding = 0
    truth: Truth = not joined.decided_by
    for part in joined.parts:
        found = look(part, evaluation)
        if found.truth is joined.decided_by:
            deciding += 1
            if deciding > 1:  # each of the two hides the other, and both hide the rest
                return Look(joined.decided_by, 0)
            decisive = found.seen
        elif found.truth is None:
            truth = None
        seen |= found.seen
    return Look(joined.decided_by, decisive) if deciding else Look(truth, seen)
