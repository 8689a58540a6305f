"""What a boundary is: a situation where one test of a policy turns, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from remedykit.authoring.boundaries.points import Side
from remedykit.authoring.situations.situation import Situation
from remedykit.diagnostics import Place
from remedykit.language.types import Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """A situation at a place where one test turns, and with it the clause that it belongs to.

    Attributes:
        clause: what the test belongs to: ``rule:``, ``limit:``, ``needs:``, ``states:`` or
            ``define:`` and its name.
        place: of the test.
        subject: what is tested: a fact, a define, or a comparison in words.
        side: on which side of a threshold, or what the subject is.
        value: the threshold, or what the subject is, in words; may be empty.
        truth: of the condition that turns with the test; ``None`` is unknown.
        situation: where it is so.
    """

    clause: str
    place: Place
    subject: str
    side: Side
    value: str
    truth: Truth
    situation: Situation

    @property
    def name(self) -> str:
        """What it is called in one line: clause, subject, side and value."""
        return _named(self.clause, self.subject, self.side, self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreached:
    """A place where a test turns for which no situation was found, and why; see `Boundary`."""

    clause: str
    place: Place
    subject: str
    side: Side
    value: str
    reason: str

    @property
    def name(self) -> str:
        """What it is called in one line; see `Boundary.name`."""
        return _named(self.clause, self.subject, self.side, self.value)


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The boundary situations of a policy, clause by clause, and what was not reached."""

    reached: tuple[Boundary, ...]
    unreached: tuple[Unreached, ...]


def _named(*parts: str) -> str:
    return " ".join(part for part in parts if part)
